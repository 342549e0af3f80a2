"""Shortest ways between two nodes, and what lies around one, by walking."""

from collections.abc import Collection, Iterator
from itertools import islice, zip_longest

from schema.names import kind_of
from schema.records import relation_key
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.told import KINDS

LONGEST, MOST = 8, 1_000
Way = tuple[str, ...]


def ways(graph: PlainGraph, a: str, b: str) -> list[Way]:
    """All shortest ways, up to ``MOST``, each from a to b: through a municipality only where
    nothing else joins the two. Looked at from b, those through nodes with few relationships
    stand first, then by id."""
    hubs = set(graph.of_kind("municipality")) - {a, b}
    distance = _distances(graph, a, b, hubs)
    if b not in distance:
        distance = _distances(graph, a, b, set())
    return list(islice(_back(graph, distance, b), MOST)) if b in distance else []


def _distances(graph: PlainGraph, a: str, b: str, closed: set[str]) -> dict[str, int]:
    distance = {a: 0}
    layer = {a}
    for step in range(1, LONGEST + 1):
        layer = {n for node in layer for n in graph.joined[node]} - distance.keys() - closed
        distance |= dict.fromkeys(layer, step)
        if b in layer:
            break
    return distance


def _back(graph: PlainGraph, distance: dict[str, int], end: str) -> Iterator[Way]:
    if distance[end] == 0:
        yield (end,)
        return
    nearer = [n for n in graph.joined[end] if distance.get(n, -1) == distance[end] - 1]
    for node in sorted(nearer, key=lambda n: (len(graph.joined[n]), n)):
        for way in _back(graph, distance, node):
            yield (*way, end)


def around(
    graph: PlainGraph,
    centre: str,
    reach: int,
    kinds: Collection[str] = KINDS,
    relations: Collection[str] | None = None,
) -> dict[str, int]:
    """The nodes within so many steps and how far they are, nearest first; of equally near ones
    each kind has its turn, best joined first, then by id. Ways lead through a municipality only
    from itself."""
    followed = [r for r in graph.relations if relations is None or r in relations]
    distance = {centre: 0}
    layer = [centre]
    for step in range(1, reach + 1):
        links: dict[str, int] = {}
        for node in layer:
            for other in _joined(graph, node, followed):
                if other not in distance and kind_of(other) in kinds:
                    links[other] = links.get(other, 0) + 1
        by_kind = [
            sorted((n for n in links if kind_of(n) == kind), key=lambda n: (-links[n], n))
            for kind in KINDS
        ]
        near = [node for turn in zip_longest(*by_kind) for node in turn if node is not None]
        distance |= dict.fromkeys(near, step)
        layer = [node for node in near if kind_of(node) != "municipality"]
    return distance


def _joined(graph: PlainGraph, node: str, relations: Collection[str]) -> set[str]:
    return {n for r in relations for n in (*graph.out(r, node), *graph.into(r, node))}


def among(
    graph: PlainGraph, nodes: Collection[str], relations: Collection[str] | None = None
) -> set[str]:
    """All relationships among these nodes."""
    return {
        relation_key(relation, source, target)
        for relation in graph.relations
        if relations is None or relation in relations
        for source in nodes
        for target in graph.out(relation, source)
        if target in nodes
    }
