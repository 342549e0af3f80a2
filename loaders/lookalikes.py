"""New names that look like a name of the same kind: suggestions for a person, never a merge."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from schema.names import fold

ALIKE = 88
"""From 0 to 100: the share of letters in common, words in any order, from which two names are
told to look alike."""
_MOST_PAIRS = 100_000_000
_PAIRS_AT_ONCE = 500_000
_SHORTEST = 4
_TELL_NOTHING = frozenset({"kommune", "kommunes", "municipality"})
_NUMBERS = re.compile(r"\d+")
_LETTERS = 32
_BITS = 2 * _LETTERS

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two nodes whose names look alike, ``node`` the newer; ``score`` from 0 to 100."""

    node: str
    other: str
    score: int


class TooManyNames(Exception):  # noqa: N818
    """Comparing them all would take too long."""


class Comparable:
    """Names by node id, ready to be compared. ``letters`` has a bit for each letter that a name
    holds and one for each that it holds twice, so that names whose bits differ in more places
    than two that look alike could differ in letters need not be compared."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.nodes = [*names]
        self.texts = [_comparable(name) for name in names.values()]
        self.numbers = [" ".join(_NUMBERS.findall(text)) for text in self.texts]
        self.lengths = np.fromiter(map(len, self.texts), np.int64, len(self.texts))
        self.letters = _letters(self.texts, self.lengths)

    def __len__(self) -> int:
        return len(self.nodes)


def look_alikes(new: Comparable, old: Comparable) -> Iterator[Alike]:
    """For each new node the nearest of the others, where it is near; names all of one kind (and
    one municipality). Names that differ in a number are two. Raises TooManyNames."""
    if len(new) * (len(new) + len(old)) > _MOST_PAIRS:
        raise TooManyNames
    yield from _Both(new, old).nearest()


class _Both:
    """New names before old ones: two new ones are told of once, at the later."""

    def __init__(self, new: Comparable, old: Comparable) -> None:
        self._new = len(new)
        self._nodes = [*new.nodes, *old.nodes]
        self._texts = [*new.texts, *old.texts]
        self._lengths = np.concatenate((new.lengths, old.lengths))
        self._letters = np.concatenate((new.letters, old.letters))
        numbered = {numbers: i for i, numbers in enumerate(dict.fromkeys(new.numbers))}
        both = (*new.numbers, *old.numbers)
        self._numbers = np.fromiter((numbered.get(n, -1) for n in both), np.int64, len(both))
        # Those whose numbers no new name has, and very short ones, which always look alike, are
        # out; the others by their length, so that those of like length lie together.
        places = np.flatnonzero((self._numbers >= 0) & (self._lengths >= _SHORTEST))
        self._others = places[np.argsort(self._lengths[places], kind="stable")]
        self._by_length = self._lengths[self._others]

    def nearest(self) -> Iterator[Alike]:
        """The nearest of each new name that has one, in the order of the new names."""
        best: dict[int, tuple[int, int]] = {}
        for rows, others in self._candidates():
            scores = process.cpdist(
                [self._texts[i] for i in rows],
                [self._texts[j] for j in others],
                scorer=fuzz.ratio,
                score_cutoff=ALIKE,
                dtype=np.uint8,
            )
            for at in np.flatnonzero(scores).tolist():
                found = int(scores[at]), -others[at]
                best[rows[at]] = max(best.get(rows[at], found), found)
        for i in sorted(best):
            score, other = best[i]
            yield Alike(self._nodes[i], self._nodes[-other], score)

    def _candidates(self) -> Iterator[tuple[list[int], list[int]]]:
        """Pairs that may look alike."""
        lengths = self._lengths[: self._new]
        for length in np.unique(lengths[lengths >= _SHORTEST]).tolist():
            shortest, longest = length * ALIKE / (200 - ALIKE), length * (200 - ALIKE) / ALIKE
            start = np.searchsorted(self._by_length, math.floor(shortest))
            end = np.searchsorted(self._by_length, math.ceil(longest), "right")
            rows, others = np.flatnonzero(lengths == length), self._others[start:end]
            step = max(1, _PAIRS_AT_ONCE // max(1, len(others)))
            for first in range(0, len(rows), step):
                yield self._alike_enough(length, rows[first : first + step], others)

    def _alike_enough(
        self, length: int, rows: Integers, others: Integers
    ) -> tuple[list[int], list[int]]:
        """Pairs whose letters differ in few enough places, and their numbers in none. In all, two
        names that look alike differ in so small a share of their letters."""
        differing = np.bitwise_count(self._letters[rows, None] ^ self._letters[others])
        allowed = (self._lengths[others] + length) * (100 - ALIKE) // 100
        near = np.nonzero(differing <= np.minimum(allowed, _BITS).astype(np.uint8))
        i, j = rows[near[0]], others[near[1]]
        chosen = ((j < i) | (j >= self._new)) & (self._numbers[i] == self._numbers[j])
        return i[chosen].tolist(), j[chosen].tolist()


def _letters(texts: Sequence[str], lengths: Integers) -> npt.NDArray[np.uint64]:
    """64 bits for each text: which letters it holds, and which of them at least twice."""
    if not texts:
        return np.empty(0, np.uint64)
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    rows = np.repeat(np.arange(len(texts)), lengths)
    places = rows * _LETTERS + codes % _LETTERS
    counts = np.bincount(places, minlength=len(texts) * _LETTERS).reshape(len(texts), _LETTERS)
    bits = np.packbits(np.hstack((counts >= 1, counts >= 2)), axis=1)
    return np.ascontiguousarray(bits).view(np.uint64).ravel()


def _comparable(name: str) -> str:
    """The words of a name in one order, without those that tell nothing where others do."""
    words = sorted(fold(name).split("-"))
    return " ".join(word for word in words if word not in _TELL_NOTHING) or " ".join(words)
