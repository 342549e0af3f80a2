"""The graph's structure in memory: immutable, of one revision, and quick to ask."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from operator import itemgetter, lt
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from graph.change import Change
from graph.columns import Column, column_of, frozen
from graph.derived import Derived
from graph.relations import Places, pair_codes
from graph.relations import Relations as Relations
from graph.structure import Pair, Pairs, Structure
from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key

T = TypeVar("T")
_SOURCE: Callable[[Pair], str] = itemgetter(0)
_TARGET: Callable[[Pair], str] = itemgetter(1)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All nodes and relationships of one revision.

    A node's *place* is its index in ``ids``, and ``place`` tells it; ids are sorted, so kinds lie
    together and two snapshots of the same graph are the same whichever store they came from.
    """

    revision: int
    ids: tuple[str, ...]
    place: Mapping[str, int]
    node_columns: Mapping[str, Mapping[str, Column]]
    relations: Mapping[str, Relations]

    def __repr__(self) -> str:
        return f"Snapshot(revision={self.revision}, nodes={len(self.ids)})"

    @cached_property
    def kind_range(self) -> dict[str, range]:
        """The places of each kind's nodes."""
        return {
            kind: range(bisect_left(self.ids, f"{kind}:"), bisect_left(self.ids, f"{kind};"))
            for kind in ONTOLOGY.nodes
        }

    @cached_property
    def _derived(self) -> Derived:
        return Derived()

    def derived(self, make: Callable[["Snapshot"], T]) -> T:
        """What a pure function makes of this snapshot, made once and kept as long as it lives;
        where ``make`` can bring it up to date it is carried over (``graph.derived``)."""
        return self._derived.of(make, self)

    def carry_over(self, change: Change) -> None:
        """Take over what has been derived from the snapshot that this one is a refreshed one of."""
        self._derived.carry(change.before._derived, change)

    def __contains__(self, node: str) -> bool:
        return node in self.place

    def nodes(self, kind: str) -> tuple[str, ...]:
        """The ids of a kind's nodes, sorted."""
        return self._nodes[kind]

    @cached_property
    def _nodes(self) -> dict[str, tuple[str, ...]]:
        return {
            kind: self.ids[places.start : places.stop] for kind, places in self.kind_range.items()
        }

    def value(self, node: str, field: str) -> Value | None:
        """A structural field of a node, or None where it is not told."""
        kind = kind_of(node)
        return self.node_columns[kind][field].value(self.place[node] - self.kind_range[kind].start)

    def name(self, node: str) -> str:
        """A node's name as people write it."""
        return str(self._names[self.place[node]])

    @cached_property
    def _names(self) -> npt.NDArray[np.object_]:
        """The names by their nodes' places."""
        return np.concatenate(
            [self.node_columns[kind]["name"].codes for kind in sorted(ONTOLOGY.nodes)]
        )

    def outgoing(self, relation: str, node: str) -> list[str]:
        """The ids that relationships of this kind lead to from a node."""
        relations = self.relations[relation]
        return [self.ids[i] for i in relations.targets_of(self.place[node])]

    def incoming(self, relation: str, node: str) -> list[str]:
        """The ids that relationships of this kind come from to a node."""
        relations = self.relations[relation]
        return [self.ids[i] for i in relations.sources_of(self.place[node])]

    def has(self, relation: str, source: str, target: str) -> bool:
        """Whether there is such a relationship between two nodes."""
        found = self.relations[relation].find(self.place[source], self.place[target])
        return found is not None

    def told(self, relation: str, source: str, target: str, field: str) -> Value | None:
        """A structural field of a relationship, or None where it or the value is not there."""
        relations = self.relations[relation]
        found = relations.find(self.place[source], self.place[target])
        return None if found is None else relations.fields[field].value(found)

    def elements(self, relation: str, chosen: Sequence[int]) -> Iterator[str]:
        """The keys of relationships, as the store knows them."""
        relations = self.relations[relation]
        for i in chosen:
            yield relation_key(
                relation, self.ids[relations.sources[i]], self.ids[relations.targets[i]]
            )


def snapshot_of(structure: Structure) -> Snapshot:
    """The snapshot of what a store handed over, the same from either store."""
    orders = {kind: _order(structure.nodes.get(kind, ())) for kind in sorted(ONTOLOGY.nodes)}
    ids = tuple(node for kind in orders for node in sorted(structure.nodes.get(kind, ())))
    place = dict(zip(ids, range(len(ids)), strict=True))
    known: dict[int, Places] = {}
    return Snapshot(
        structure.revision,
        ids,
        place,
        {kind: _node_columns(structure, kind, orders[kind]) for kind in ONTOLOGY.nodes},
        {kind: _relations(structure, kind, place, known) for kind in ONTOLOGY.relations},
    )


def _order(nodes: Sequence[str]) -> Places | None:
    """The places of some nodes in the order of their ids, None where they stand so already."""
    if all(map(lt, nodes, islice(nodes, 1, None))):
        return None
    return np.array(sorted(range(len(nodes)), key=nodes.__getitem__), dtype=np.int32)


def _node_columns(structure: Structure, kind: str, order: Places | None) -> dict[str, Column]:
    return _columns(ONTOLOGY.nodes[kind].fields, structure.node_fields.get(kind, {}), order)


def _columns(
    fields: Sequence[Field],
    told: Mapping[str, Sequence[Value | None]],
    order: Places | None,
) -> dict[str, Column]:
    columns = {
        field.name: column_of(field, told.get(field.name, ()))
        for field in fields
        if field.structural
    }
    if order is None:
        return columns
    return {name: column.take(order) for name, column in columns.items()}


def _relations(
    structure: Structure, kind: str, place: Mapping[str, int], known: dict[int, Places]
) -> Relations:
    sources, targets = _ends(structure.relations.get(kind, ()), place, known)
    codes = pair_codes(sources, targets, len(place))
    order = None
    if not (codes[1:] > codes[:-1]).all():
        order = np.argsort(codes).astype(np.int32)
        sources, targets = sources[order], targets[order]
    told = structure.relation_fields.get(kind, {})
    fields = _columns(ONTOLOGY.relations[kind].fields, told, order)
    return Relations(kind, len(place), frozen(sources), frozen(targets), fields)


def _ends(
    pairs: Sequence[Pair], place: Mapping[str, int], known: dict[int, Places]
) -> tuple[Places, Places]:
    """The places of the sources and of the targets; ``known`` keeps those of a list of ids."""
    if isinstance(pairs, Pairs):
        places = known.get(id(pairs.ids))
        if places is None:
            places = known[id(pairs.ids)] = _known_places(pairs.ids, place)
        return _all_there(places[pairs.sources]), _all_there(places[pairs.targets])
    return _places(map(_SOURCE, pairs), place), _places(map(_TARGET, pairs), place)


def _places(ids: Iterable[str], place: Mapping[str, int]) -> Places:
    return np.fromiter(map(place.__getitem__, ids), dtype=np.int32)


def _known_places(ids: Sequence[str], place: Mapping[str, int]) -> Places:
    """The places of some ids, -1 for one that no node has (any more)."""
    return np.fromiter(map(place.get, ids, repeat(-1)), dtype=np.int32, count=len(ids))


def _all_there(places: Places) -> Places:
    if len(places) and places.min() < 0:
        raise KeyError("a relationship leads to a node that is not there")
    return places
