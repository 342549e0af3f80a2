"""Which nodes hold which words: an inverted index in a few arrays, never changed, only made anew
from an older one and from what is different."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.columns import frozen
from graph.relations import Places

Flags = npt.NDArray[np.bool_]
_NOWHERE = np.zeros(0, np.int32)
_AFTER = chr(0x10FFFF)


@dataclass(frozen=True, eq=False)
class Postings:
    """The places of the nodes that hold each word: ``places[starts[i] : starts[i + 1]]`` hold
    ``words[i]``. Words are sorted, and so are each one's places."""

    size: int
    words: Sequence[str]
    starts: Places
    places: Places

    def having(self, forms: Iterable[str], beginning: str | None = None) -> Places:
        """The nodes that hold a word that is one of these, or that begins so; each once, sorted."""
        held = []
        for form in forms:
            at = bisect_left(self.words, form)
            if at < len(self.words) and self.words[at] == form:
                held.append(self._between(at, at + 1))
        if beginning is not None:
            first = bisect_left(self.words, beginning)
            held.append(self._between(first, bisect_left(self.words, beginning + _AFTER)))
        return union(held)

    def having_any(self, chosen: npt.NDArray[np.int64]) -> Places:
        """The nodes that hold a word with one of these numbers; each once, sorted."""
        counts = self.starts[chosen + 1] - self.starts[chosen]
        skipped = np.cumsum(counts) - counts
        at = np.repeat(self.starts[chosen] - skipped, counts) + np.arange(counts.sum())
        return union([self.places[at]])

    def _between(self, first: int, end: int) -> Places:
        return self.places[self.starts[first] : self.starts[end]]


def union(some: Iterable[Places]) -> Places:
    """Each place that stands in any of these, sorted."""
    places = np.concatenate((_NOWHERE, *some))
    places.sort()
    is_new = np.ones(len(places), dtype=np.bool_)
    np.not_equal(places[1:], places[:-1], out=is_new[1:])
    return places[is_new]


def among(places: Places, some: Places) -> npt.NDArray[np.bool_]:
    """Which of the places are among these, which are sorted."""
    at = np.searchsorted(some, places)
    return np.asarray(np.append(some, -1)[at] == places, dtype=np.bool_)


class Told:
    """Words of nodes, as they are gone through: what postings are made of."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._words, self._places = array("i"), array("i")

    def add(self, place: int, words: Iterable[str]) -> None:
        """A node at this place holds these words."""
        numbers = self._numbers
        for word in words:
            self._words.append(numbers.setdefault(word, len(numbers)))
            self._places.append(place)

    def added_to(self, kept: Postings, size: int) -> Postings:
        """What is kept of older postings, and what was added, of so many nodes."""
        words = sorted({*kept.words, *self._numbers})
        number = dict(zip(words, range(len(words)), strict=True))
        old = np.fromiter(map(number.__getitem__, kept.words), np.int64, len(kept.words))
        new = np.fromiter(map(number.__getitem__, self._numbers), np.int64, len(self._numbers))
        codes = np.concatenate(
            (
                np.repeat(old, np.diff(kept.starts)) * size + kept.places,
                new[np.frombuffer(self._words, np.int32)] * size
                + np.frombuffer(self._places, np.int32),
            )
        )
        return _of_codes(words, codes, size)


def without(postings: Postings, gone: Flags, moved: Places | None) -> Postings:
    """The postings but for some nodes; ``moved`` is the new place of each of the others."""
    stays = ~gone[postings.places]
    counts = np.concatenate(([0], np.cumsum(stays)))
    places = postings.places[stays]
    if moved is not None:
        places = moved[places]
    starts = counts[postings.starts].astype(np.int32)
    return Postings(postings.size, postings.words, starts, places)


def _of_codes(words: Sequence[str], codes: npt.NDArray[np.int64], size: int) -> Postings:
    codes.sort()
    if len(codes):
        codes = codes[np.concatenate(([True], codes[1:] != codes[:-1]))]
    counts = np.bincount(codes // max(size, 1), minlength=len(words))
    held = np.flatnonzero(counts)  # a word that nothing holds any more is forgotten
    starts = np.concatenate(([0], np.cumsum(counts[held]))).astype(np.int32)
    places = (codes % max(size, 1)).astype(np.int32)
    return Postings(size, tuple(words[at] for at in held.tolist()), frozen(starts), frozen(places))
