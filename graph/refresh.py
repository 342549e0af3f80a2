"""A newer snapshot made of an older one and of what has changed since: what did not is shared."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from graph.change import Change
from graph.columns import Column, column_of, frozen
from graph.ledger import part_of
from graph.relations import Places, Relations, pair_codes
from graph.snapshot import Snapshot
from graph.store import Changes, Store
from graph.structure import Pair
from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import is_relation, parse_relation

Fields = Mapping[str, Value]
Rows = npt.NDArray[np.int64]
K = TypeVar("K", str, Pair)

_SHARE = 8
"""Where more than one element in so many was touched, building anew is about as quick."""
_FEW = 10_000
"""So many elements are never too many."""


@dataclass(frozen=True)
class _Touched:
    """The touched nodes and relationships by kind, each with its fields, or None: it is gone."""

    nodes: Mapping[str, Mapping[str, Fields | None]]
    relations: Mapping[str, Mapping[Pair, Fields | None]]


def changes_since(held: Snapshot, store: Store) -> Changes | None:
    """What has changed since a snapshot, None where it is too much to follow."""
    size = len(held.ids) + sum(len(each.sources) for each in held.relations.values())
    return store.changes(held.revision, max(_FEW, size // _SHARE))


def moved(held: Snapshot, changes: Changes) -> Snapshot | None:
    """The snapshot with what was touched as it is now, and all the rest as it was. None where a
    department is or was part of something that nothing says: whether that is there now does not
    follow from what was touched."""
    touched = _sorted_out(held, changes)
    ids, places = _ids(held, touched)
    place = held.place if places is None else dict(zip(ids, range(len(ids)), strict=True))
    after = Snapshot(
        changes.revision,
        ids,
        place,
        {kind: _node_columns(held, kind, touched.nodes.get(kind, {})) for kind in ONTOLOGY.nodes},
        {
            kind: _relations(held, kind, touched.relations.get(kind, {}), place, places)
            for kind in ONTOLOGY.relations
        },
    )
    if not (_is_whole(held) and _is_whole(after)):
        return None
    nodes = {kind: frozenset(each) for kind, each in touched.nodes.items()}
    pairs = {kind: frozenset(each) for kind, each in touched.relations.items()}
    after.carry_over(Change(held, after, nodes, pairs, places))
    return after


def _is_whole(snapshot: Snapshot) -> bool:
    """Whether every relationship has both ends, and every department is part of something."""
    ends = (end for each in snapshot.relations.values() for end in (each.sources, each.targets))
    parts = snapshot.relations["PART_OF"].sources
    return len(parts) == len(snapshot.nodes("department")) and all(
        end.min(initial=0) >= 0 for end in ends
    )


def _sorted_out(held: Snapshot, changes: Changes) -> _Touched:
    nodes: dict[str, dict[str, Fields | None]] = {}
    relations: dict[str, dict[Pair, Fields | None]] = {}
    for element, fields in changes.elements.items():
        if is_relation(element):
            kind, source, target = parse_relation(element)
            relations.setdefault(kind, {})[source, target] = fields
        else:
            nodes.setdefault(kind_of(element), {})[element] = fields
    parts = _part_of(held, nodes.get("department", {}))
    if parts:
        relations["PART_OF"] = parts
    return _Touched(nodes, relations)


def _part_of(held: Snapshot, departments: Mapping[str, Fields | None]) -> dict[Pair, Fields | None]:
    """What the touched departments were part of, unless they still are, and what they are now."""
    parts: dict[Pair, Fields | None] = {}
    for department in departments:
        if department in held:
            for parent in held.outgoing("PART_OF", department):
                parts[department, parent] = None
    for department, fields in departments.items():
        if fields is not None:
            _, source, target = parse_relation(part_of(department, fields))
            parts[source, target] = {}
    return parts


def _ids(held: Snapshot, touched: _Touched) -> tuple[tuple[str, ...], Places | None]:
    """The ids now, and where each one that was there before has gone; None: nowhere."""
    told = [item for nodes in touched.nodes.values() for item in nodes.items()]
    gone = {node for node, fields in told if fields is None and node in held}
    come = sorted(node for node, fields in told if fields is not None and node not in held)
    if not gone and not come:
        return held.ids, None
    staying = np.ones(len(held.ids), dtype=bool)
    staying[[held.place[node] for node in gone]] = False
    before = np.zeros(len(held.ids) + 1, dtype=np.int32)
    np.add.at(before, [bisect_left(held.ids, node) for node in come], 1)
    places = np.cumsum(staying, dtype=np.int32) - 1 + np.cumsum(before[:-1], dtype=np.int32)
    places[~staying] = -1
    kept = held.ids if not gone else [node for node in held.ids if node not in gone]
    # Two sorted runs: merged in one pass, without comparing everything with everything.
    return tuple(sorted([*kept, *come])), frozen(places)


@dataclass(frozen=True)
class _Rows(Generic[K]):
    """What becomes of the rows of a table: the places of those that go and of those that are
    written anew, and the keys of those that are written anew and of those that come."""

    size: int
    gone: Sequence[int]
    written: Sequence[int]
    keys: Sequence[K]
    come: Sequence[K]

    def kept(self) -> Rows:
        """The row that each one that stays is taken from: the old ones, then the written ones."""
        rows = np.arange(self.size)
        rows[self.written] = self.size + np.arange(len(self.written))
        return np.delete(rows, self.gone)

    def taken(self, kept: Rows, at: Rows) -> Rows:
        """The same with those that come, each before the one ``at`` that place among the kept."""
        first = self.size + len(self.written)
        return np.insert(kept, at, first + np.arange(len(self.come)))


def _rows(
    size: int, touched: Mapping[K, Fields | None], find: Callable[[K], int | None]
) -> _Rows[K]:
    gone, written, keys, come = [], [], [], []
    for key in sorted(touched):
        place = find(key)
        if touched[key] is None:
            gone += [] if place is None else [place]
        elif place is None:
            come.append(key)
        else:
            written.append(place)
            keys.append(key)
    return _Rows(size, gone, written, keys, come)


def _columns(
    fields: Iterable[Field],
    held: Mapping[str, Column],
    told: Sequence[Fields],
    taken: Rows,
) -> dict[str, Column]:
    columns = {}
    for field in fields:
        if field.structural:
            new = column_of(field, [each.get(field.name) for each in told])
            both = np.concatenate((held[field.name].codes, new.codes))
            columns[field.name] = Column(field, frozen(both[taken]))
    return columns


def _node_columns(
    held: Snapshot, kind: str, touched: Mapping[str, Fields | None]
) -> Mapping[str, Column]:
    """The columns of a kind's nodes; the same where none was touched."""
    if not touched:
        return held.node_columns[kind]
    nodes, start = held.nodes(kind), held.kind_range[kind].start
    rows = _rows(
        len(nodes), touched, lambda node: held.place[node] - start if node in held else None
    )
    at = np.array([bisect_left(nodes, node) for node in rows.come], dtype=np.int64)
    at -= np.searchsorted(np.array(rows.gone, dtype=np.int64), at)
    told = [touched[node] or {} for node in (*rows.keys, *rows.come)]
    taken = rows.taken(rows.kept(), at)
    return _columns(ONTOLOGY.nodes[kind].fields, held.node_columns[kind], told, taken)


def _relations(
    held: Snapshot,
    kind: str,
    touched: Mapping[Pair, Fields | None],
    place: Mapping[str, int],
    places: Places | None,
) -> Relations:
    """The relationships of a kind; the same where none was touched and no place has moved."""
    old = held.relations[kind]
    if not touched and places is None:
        return old
    sources = old.sources if places is None else places[old.sources]
    targets = old.targets if places is None else places[old.targets]
    if not touched:
        return Relations(kind, len(place), frozen(sources), frozen(targets), old.fields)
    rows = _rows(len(sources), touched, lambda pair: _find(held, old, pair))
    new = (*rows.keys, *rows.come)
    sources = np.concatenate((sources, _ends(place, new, 0)))
    targets = np.concatenate((targets, _ends(place, new, 1)))
    kept = rows.kept()
    codes = pair_codes(sources, targets, len(place))
    at = np.searchsorted(codes[kept], codes[len(codes) - len(rows.come) :])
    taken = rows.taken(kept, at)
    told = [touched[pair] or {} for pair in new]
    fields = _columns(ONTOLOGY.relations[kind].fields, old.fields, told, taken)
    return Relations(kind, len(place), frozen(sources[taken]), frozen(targets[taken]), fields)


def _find(held: Snapshot, relations: Relations, pair: Pair) -> int | None:
    source, target = (held.place.get(node) for node in pair)
    return None if source is None or target is None else relations.find(source, target)


def _ends(place: Mapping[str, int], pairs: Sequence[Pair], end: int) -> Places:
    return np.array([place.get(pair[end], -1) for pair in pairs], dtype=np.int32)
