"""The graph, or one municipality's part of it, with all fields: what an export writes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from graph.scope import scope_of
from graph.snapshot import Snapshot
from graph.store import Store
from schema.field import Value
from schema.ontology import ONTOLOGY
from schema.records import relation_key

_BATCH = 5_000
Pair = tuple[str, str]


@dataclass(frozen=True)
class Excerpt:
    """Some of a graph's nodes and the relationships between them, by kind, and their fields."""

    snapshot: Snapshot
    nodes: Mapping[str, Sequence[str]]
    relations: Mapping[str, Sequence[Pair]]
    details: Mapping[str, Mapping[str, Value]]

    def fields(self, element: str) -> Mapping[str, Value]:
        """All that is told of a node or relationship."""
        return self.details.get(element, {})

    def elements(self) -> list[str]:
        """Every node's id and every relationship's key."""
        return _elements(self.nodes, self.relations)


def excerpt(
    snapshot: Snapshot,
    store: Store,
    municipality: str | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Excerpt:
    """The whole graph, or what hangs together with the departments of one municipality: what they
    use, propose, face, have and know, and what that is built on and requires. Raises KeyError for
    a municipality that is not in the snapshot.

    ``advance`` is called with the number of elements each time some have been fetched.
    """
    nodes = _told_by(snapshot, municipality)
    by_kind = {kind: [n for n in snapshot.nodes(kind) if n in nodes] for kind in ONTOLOGY.nodes}
    relations = {kind: _among(snapshot, kind, nodes) for kind in ONTOLOGY.relations}
    details: dict[str, Mapping[str, Value]] = {}
    elements = _elements(by_kind, relations)
    for start in range(0, len(elements), _BATCH):
        some = elements[start : start + _BATCH]
        details.update(store.details(some))
        advance(len(some))
    return Excerpt(snapshot, by_kind, relations, details)


def _told_by(snapshot: Snapshot, municipality: str | None) -> set[str]:
    """The nodes; a problem that a municipality's solutions solve for others alone is not its."""
    nodes = scope_of(snapshot, municipality).nodes
    told = {node for some in nodes.values() for node in some}
    if municipality is None:
        return told
    faced = {p for each in nodes["department"] for p in snapshot.outgoing("FACES", each)}
    return told - ({*nodes["problem"]} - faced)


def _among(snapshot: Snapshot, kind: str, nodes: set[str]) -> list[Pair]:
    relations = snapshot.relations[kind]
    pairs = zip(relations.sources.tolist(), relations.targets.tolist(), strict=True)
    named = ((snapshot.ids[source], snapshot.ids[target]) for source, target in pairs)
    return [pair for pair in named if pair[0] in nodes and pair[1] in nodes]


def _elements(
    nodes: Mapping[str, Sequence[str]], relations: Mapping[str, Sequence[Pair]]
) -> list[str]:
    keys = [relation_key(kind, *pair) for kind, pairs in relations.items() for pair in pairs]
    return [*(node for some in nodes.values() for node in some), *keys]
