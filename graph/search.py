"""Search in names and descriptions, the same over either store.

An inverted index in arrays, made from a snapshot and brought up to date from an older one. Words
are folded and stemmed (``graph.words``), so that inflected Danish and English words match, with and
without æøå; parts of the words of names find compounds: *pleje* finds *hjemmeplejen*.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Literal

import numpy as np
import numpy.typing as npt

from graph.answer import Cut, Ranked
from graph.columns import frozen
from graph.postings import Postings, Told, among, union, without
from graph.relations import Places
from graph.snapshot import Snapshot
from graph.spelling import Spelling
from graph.words import Stemmer, words
from schema.names import municipality_of

PART = 3
"""So many letters of a word's middle can be searched for."""
MOST_WORDS = 16
"""Further words of a query are left out: nobody searches for more, but a program might."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found: by its whole name, a word of its name, a part of a word of its name,
    or its description."""

    node: str
    by: str


Descriptions = Iterable[tuple[str, str]]
_BY = ("whole name", "name", "part of name", "description")
_NAMES = ("name", "danish_name", "english_name")
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
_LENGTHS = np.uint16
_LENGTH_BITS, _PLACE_BITS = 16, 32


@dataclass(frozen=True, eq=False)
class SearchIndex:
    """What can be searched in one snapshot. Safe to ask from several threads.

    ``names`` and ``about`` hold the forms of the words of names and of descriptions, ``spelt`` the
    words of names as they are. ``lengths`` is how many words each node's names have; ``wholes``
    are the names as one number each, rising, and ``bearers`` the places of the nodes that bear
    them.
    """

    snapshot: Snapshot
    stemmer: Stemmer
    names: Postings
    spelt: Postings
    about: Postings
    lengths: npt.NDArray[np.uint16]
    wholes: npt.NDArray[np.int64]
    bearers: Places

    def search(
        self, query: str, kinds: Collection[str] | None = None, first: int | None = 20
    ) -> Cut[Hit]:
        """The first of ``ranked``."""
        return self.ranked(query, kinds).cut(first)

    def ranked(self, query: str, kinds: Collection[str] | None = None) -> Ranked[Hit]:
        """The nodes whose names or description have all words of the query, or the last word's
        beginning: whole names first, then words of names, parts of words of names, and
        descriptions; within these the names with the fewest other words, then by id. Any text is a
        query; one without letters and digits finds nothing."""
        asked = words(query)[:MOST_WORDS]
        if not asked:
            return Ranked(0, self._nothing)
        found = list(self._found(asked, None if kinds is None else sorted(kinds)))
        ends = np.cumsum([len(each.places) for each in found]).tolist()

        def hit(at: int) -> Hit:
            by = bisect_right(ends, at)
            place = found[by].in_order[at - ends[by]]  # counted from the end of these
            return Hit(self.snapshot.ids[place], _BY[by])

        return Ranked(ends[-1], hit)

    def _nothing(self, at: int) -> Hit:
        raise IndexError(at)

    def _found(self, asked: list[str], kinds: list[str] | None) -> Iterator[_Found]:
        """What is found in each way, best first; what is found in one way is not in the next."""
        seen = np.zeros(len(self.snapshot.ids), dtype=np.bool_)
        named = [self._having(self.names, asked, i) for i in range(len(asked))]
        told = [self._told(each, asked, i) for i, each in enumerate(named)]
        ways = (self._whole(asked), _in_all(named), self._with_parts(asked), _in_all(told))
        for places in ways:
            new = self._of_kinds(places[~seen[places]], kinds)
            seen[new] = True
            yield _Found(new, self.lengths, named)

    def _of_kinds(self, places: Places, kinds: list[str] | None) -> Places:
        if kinds is None:
            return places
        ranges = (self.snapshot.kind_range[kind] for kind in kinds)
        ends = ((each.start, each.stop) for each in ranges)
        return np.concatenate([places[slice(*np.searchsorted(places, each))] for each in ends])

    def _having(self, postings: Postings, asked: list[str], i: int) -> Places:
        is_last = i + 1 == len(asked)
        return postings.having(self.stemmer.forms(asked[i]), asked[i] if is_last else None)

    def _told(self, named: Places, asked: list[str], i: int) -> Places:
        """The nodes that have a word anywhere: also departments whose municipality has it."""
        departments = self.snapshot.kind_range["department"].start
        homes = np.zeros(len(self.snapshot.ids) + 1, dtype=np.bool_)
        homes[self._of_kinds(named, ["municipality"])] = True
        of_these = (np.flatnonzero(homes[self._homes]) + departments).astype(np.int32)
        return union([named, self._having(self.about, asked, i), of_these])

    @cached_property
    def _homes(self) -> Places:
        """The place of each department's municipality; -1 where that is not there."""
        place = self.snapshot.place
        homes = (place.get(municipality_of(each), -1) for each in self.snapshot.nodes("department"))
        return np.fromiter(homes, dtype=np.int32)

    def _whole(self, asked: list[str]) -> Places:
        """The nodes that bear exactly this name."""
        number = _number(asked)
        first, end = (int(np.searchsorted(self.wholes, number, side)) for side in _SIDES)
        return union([self.bearers[first:end]])

    def _with_parts(self, asked: list[str]) -> Places:
        """The nodes that have words in their names that hold all that is long enough."""
        parts = [self._part(word) for word in asked if len(word) >= PART]
        having = [self.spelt.having_any(self._spelling.holding(part)) for part in parts]
        return _in_all(having) if having else np.zeros(0, np.int32)

    def _part(self, word: str) -> str:
        stem = self.stemmer.stem(word)
        return stem if len(stem) > PART else word

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(self.spelt.words)


@dataclass(frozen=True, eq=False)
class _Found:
    """What was found in one way. Put in order only where it is looked at: names that hold more of
    the query's words first, then those with fewer words, then by id."""

    places: Places
    lengths: npt.NDArray[np.uint16]
    named: list[Places]

    @cached_property
    def in_order(self) -> npt.NDArray[np.int64]:
        keys = self.lengths[self.places].astype(np.int64)
        for named in self.named:
            keys += (~among(self.places, named)).astype(np.int64) << _LENGTH_BITS
        keys = (keys << _PLACE_BITS) | self.places
        keys.sort()
        return keys & ((1 << _PLACE_BITS) - 1)


def _in_all(some: list[Places]) -> Places:
    """The places that stand in all of these."""
    first, *others = sorted(some, key=len)
    return reduce(lambda one, other: one[among(one, other)], others, first)


def _number(name: Iterable[str]) -> int:
    """A name's words as one number, by which it is found again while this program runs."""
    return hash(" ".join(name))


def build_index(
    snapshot: Snapshot, descriptions: Mapping[str, str] | Descriptions = ()
) -> SearchIndex:
    """The index of a snapshot's names, and of these descriptions by node id."""
    size = len(snapshot.ids)
    empty = Postings(size, (), np.zeros(1, np.int32), np.zeros(0, np.int32))
    nothing = SearchIndex(
        snapshot,
        Stemmer(),
        empty,
        empty,
        empty,
        np.zeros(size, _LENGTHS),
        np.zeros(0, np.int64),
        np.zeros(0, np.int32),
    )
    told = descriptions.items() if isinstance(descriptions, Mapping) else descriptions
    return _with(nothing, range(size), told)


def refreshed_index(
    index: SearchIndex, snapshot: Snapshot, told: Mapping[str, str | None]
) -> SearchIndex:
    """The index of a newer snapshot, made of an older one's: ``told`` are the nodes that were
    touched in between, gone ones too, each with its description or None."""
    before, size = index.snapshot, len(snapshot.ids)
    gone = np.zeros(len(before.ids), dtype=np.bool_)
    gone[[before.place[node] for node in told if node in before]] = True
    places = None if before.ids is snapshot.ids else _moved(before, snapshot)
    bears = ~gone[index.bearers]
    bearers = index.bearers[bears]
    lengths = np.zeros(size, _LENGTHS)
    stays = np.flatnonzero(~gone)
    lengths[stays if places is None else places[stays]] = index.lengths[stays]
    kept = SearchIndex(
        snapshot,
        index.stemmer,
        without(index.names, gone, places),
        without(index.spelt, gone, places),
        without(index.about, gone, places),
        lengths,
        index.wholes[bears],
        bearers if places is None else places[bearers],
    )
    touched = [snapshot.place[node] for node in told if node in snapshot]
    described = ((node, text) for node, text in told.items() if text is not None)
    return _with(kept, sorted(touched), described)


def _moved(before: Snapshot, after: Snapshot) -> Places:
    """The place in a later snapshot of each place in an earlier one, -1 where it is gone."""
    new = (after.place.get(node, -1) for node in before.ids)
    return np.fromiter(new, dtype=np.int32, count=len(before.ids))


def _with(kept: SearchIndex, places: Sequence[int], descriptions: Descriptions) -> SearchIndex:
    """The index with the nodes at these places, which are not in it yet."""
    snapshot, stemmer = kept.snapshot, kept.stemmer
    names, spelt, about = Told(), Told(), Told()
    lengths = kept.lengths.copy()
    wholes, bearers = array("q"), array("i")
    for place, names_there in _names(snapshot, places):
        called = list(dict.fromkeys(tuple(words(name)) for name in names_there))
        spoken = [word for name in called for word in name]
        names.add(place, stemmer.all_forms(spoken))
        spelt.add(place, spoken)
        lengths[place] = min(len(spoken), np.iinfo(_LENGTHS).max)
        for name in called:
            wholes.append(_number(name))
            bearers.append(place)
    for node, text in descriptions:
        about.add(snapshot.place[node], stemmer.all_forms(words(text)))
    size = len(snapshot.ids)
    all_wholes = np.concatenate((kept.wholes, np.frombuffer(wholes, np.int64)))
    all_bearers = np.concatenate((kept.bearers, np.frombuffer(bearers, np.int32)))
    order = np.lexsort((all_bearers, all_wholes))
    return SearchIndex(
        snapshot,
        stemmer,
        names.added_to(kept.names, size),
        spelt.added_to(kept.spelt, size),
        about.added_to(kept.about, size),
        frozen(lengths),
        frozen(all_wholes[order]),
        frozen(all_bearers[order]),
    )


def _names(snapshot: Snapshot, places: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
    """All names of the nodes at these places, which rise."""
    for kind, there in snapshot.kind_range.items():
        single = [snapshot.node_columns[kind][field].codes for field in _NAMES]
        several = snapshot.node_columns[kind]["other_names"].codes
        for place in places[bisect_left(places, there.start) : bisect_left(places, there.stop)]:
            at = place - there.start
            names = [str(codes[at]) for codes in single if codes[at] is not None]
            yield place, names + list(several[at] or ())
