"""The graph's structure in memory: immutable, of one revision, and quick to ask."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from threading import Lock, RLock
from typing import TypeVar, cast

import numpy as np

from graph.columns import Column, column_of
from graph.relations import Places, pair_codes
from graph.relations import Relations as Relations
from graph.structure import Pair, Pairs, Structure
from schema.field import Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key

T = TypeVar("T")


@dataclass(frozen=True)
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
        return Derived(self)

    def derived(self, make: Callable[["Snapshot"], T]) -> T:
        """What a pure function makes of this snapshot, made once and kept as long as it lives;
        where ``make`` can bring it up to date it is carried over (``graph.derived``)."""
        return self._derived.of(make)

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
    orders = {kind: _order(structure.nodes.get(kind, ())) for kind in sorted(ONTOLOGY.nodes)}
    ids = tuple(
        structure.nodes[kind][place]
        for kind, order in orders.items()
    )
