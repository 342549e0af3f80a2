"""The graph's structure in memory: immutable, of one revision, and quick to ask."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.columns import Column, column_of
from graph.structure import Structure
from schema.field import Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key

Places = npt.NDArray[np.int32]
T = TypeVar("T")


@dataclass(frozen=True)
class Relations:
    """All relationships of one kind, sorted by source and target.

    ``sources[i]`` and ``targets[i]`` are the places of relationship i's nodes in the snapshot;
    ``fields[name]`` holds its structural fields (see ``graph.columns``).
    """

    kind: str
    size: int
    sources: Places
    targets: Places
    fields: Mapping[str, Column]

    @cached_property
    def _starts(self) -> Places:
        return np.searchsorted(self.sources, np.arange(self.size + 1)).astype(np.int32)

    @cached_property
    def _by_target(self) -> Places:
        return np.lexsort((self.sources, self.targets)).astype(np.int32)

    @cached_property
    def _target_starts(self) -> Places:
        ordered = self.targets[self._by_target]
        return np.searchsorted(ordered, np.arange(self.size + 1)).astype(np.int32)

    def of_source(self, node: int) -> Places:
        """The relationships that start at a node."""
        return np.arange(self._starts[node], self._starts[node + 1], dtype=np.int32)

    def of_target(self, node: int) -> Places:
        """The relationships that end at a node, in the order of their sources."""
        return self._by_target[self._target_starts[node] : self._target_starts[node + 1]]

    def targets_of(self, node: int) -> list[int]:
        """The places that a node's relationships lead to."""
        return cast(list[int], self.targets[self._starts[node] : self._starts[node + 1]].tolist())

    def sources_of(self, node: int) -> list[int]:
        """The places that a node's relationships come from."""
        return cast(list[int], self.sources[self.of_target(node)].tolist())

    def find(self, source: int, target: int) -> int | None:
        """The relationship between two nodes, or None."""
        return self._by_pair.get(source * self.size + target)

    @cached_property
    def _by_pair(self) -> dict[int, int]:
        codes = self.sources.astype(np.int64) * self.size + self.targets
        return {code: place for place, code in enumerate(codes.tolist())}

    def where(self, chosen: npt.NDArray[np.bool_]) -> "Relations":
        """Only the chosen relationships."""
        fields = {name: column.take(chosen) for name, column in self.fields.items()}
        return Relations(self.kind, self.size, self.sources[chosen], self.targets[chosen], fields)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """Ones where a relationship is: a row for each source node, a column for each target."""
        ones = np.ones(len(self.sources), dtype=np.float64)
        shape = (self.size, self.size)
        return sparse.csr_array((ones, (self.sources, self.targets)), shape=shape)


@dataclass(frozen=True)
class Snapshot:
    """All nodes and relationships of one revision.

    A node's *place* is its index in ``ids``; ids are sorted, so kinds lie together and two
    snapshots of the same graph are the same whichever store they came from.
    """

    revision: int
    ids: tuple[str, ...]
    node_columns: Mapping[str, Mapping[str, Column]]
    relations: Mapping[str, Relations]

    def __repr__(self) -> str:
        return f"Snapshot(revision={self.revision}, nodes={len(self.ids)})"

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each id."""
        return {node: place for place, node in enumerate(self.ids)}

    @cached_property
    def kind_range(self) -> dict[str, range]:
        """The places of each kind's nodes."""
        ranges = {}
        for kind in ONTOLOGY.nodes:
            start = np.searchsorted(self._ids_array, f"{kind}:")
            end = np.searchsorted(self._ids_array, f"{kind};")
            ranges[kind] = range(int(start), int(end))
        return ranges

    @cached_property
    def _ids_array(self) -> npt.NDArray[np.str_]:
        return np.array(self.ids, dtype=np.str_) if self.ids else np.empty(0, dtype="U1")

    @cached_property
    def _derived(self) -> dict[Callable[["Snapshot"], object], object]:
        return {}

    def derived(self, make: Callable[["Snapshot"], T]) -> T:
        """What a pure function makes of this snapshot, made once and kept as long as it lives."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast(T, self._derived[make])

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
        return str(self.value(node, "name"))

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
    ids = tuple(sorted(node for nodes in structure.nodes.values() for node in nodes))
    place = {node: i for i, node in enumerate(ids)}
    return Snapshot(
        structure.revision,
        ids,
        {kind: _node_columns(structure, kind) for kind in ONTOLOGY.nodes},
        {kind: _relations(structure, kind, place) for kind in ONTOLOGY.relations},
    )


def _node_columns(structure: Structure, kind: str) -> dict[str, Column]:
    nodes = structure.nodes.get(kind, ())
    order = sorted(range(len(nodes)), key=nodes.__getitem__)
    fields = structure.node_fields.get(kind, {})
    return {
        field.name: column_of(field, [fields[field.name][i] for i in order])
        for field in ONTOLOGY.nodes[kind].fields
        if field.structural
    }


def _relations(structure: Structure, kind: str, place: Mapping[str, int]) -> Relations:
    pairs = structure.relations.get(kind, ())
    sources = np.fromiter((place[source] for source, _ in pairs), np.int32, len(pairs))
    targets = np.fromiter((place[target] for _, target in pairs), np.int32, len(pairs))
    order = np.lexsort((targets, sources))
    told = structure.relation_fields.get(kind, {})
    fields = {
        field.name: column_of(field, [told[field.name][i] for i in order])
        for field in ONTOLOGY.relations[kind].fields
        if field.structural
    }
    return Relations(kind, len(place), sources[order], targets[order], fields)
