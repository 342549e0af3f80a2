"""What lies around a node, few enough to draw, and how much of it was left out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from graph.snapshot import Snapshot
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key

MOST = 60


@dataclass(frozen=True)
class Neighbourhood:
    """The ego network of a node (``centre``, first in ``nodes``): the nodes shown, nearest first,
    how many steps each is away, and every relationship among them by its key. ``left_out`` counts
    the nodes within reach that are not shown, in all and by kind."""

    centre: str
    nodes: tuple[str, ...]
    distance: Mapping[str, int]
    relations: tuple[str, ...]
    left_out: int
    left_out_by_kind: Mapping[str, int]


def neighbourhood(
    snapshot: Snapshot,
    centre: str,
    most: int = MOST,
    reach: int = 1,
    kinds: Collection[str] | None = None,
    relations: Collection[str] | None = None,
) -> Neighbourhood:
    """At most ``most`` nodes within ``reach`` steps, along these kinds of relationship and among
    these kinds of node, or all. Near nodes come before far ones; of equally near ones each kind
    has its turn, best joined to what is nearer first, then by id. A municipality joins all its
    departments: ways lead through it only from itself.

    Raises KeyError for an id that is not in the snapshot.
    """
    if centre not in snapshot:
        raise KeyError(centre)
    followed = [each for each in ONTOLOGY.relations if relations is None or each in relations]
    chosen = [centre]
    distance = {centre: 0}
    layer = [centre]
    for step in range(1, reach + 1):
        links: dict[str, int] = {}
        for node in layer:
            for neighbour in _joined(snapshot, node, followed):
                wanted = kinds is None or kind_of(neighbour) in kinds
                if wanted and neighbour not in distance:
                    links[neighbour] = links.get(neighbour, 0) + 1
        layer = _in_turn(links)
        distance |= dict.fromkeys(layer, step)
        chosen.extend(layer)
        layer = [node for node in layer if kind_of(node) != "municipality"]
    shown, rest = chosen[:most], chosen[most:]
    return Neighbourhood(
        centre,
        tuple(shown),
        {node: distance[node] for node in shown},
        tuple(_among(snapshot, set(shown), followed)),
        len(rest),
        _by_kind(rest),
    )


def _joined(snapshot: Snapshot, node: str, relations: Iterable[str]) -> set[str]:
    return {
        neighbour
        for relation in relations
        for way in (snapshot.outgoing, snapshot.incoming)
        for neighbour in way(relation, node)
    }


def _in_turn(links: Mapping[str, int]) -> list[str]:
    by_kind = [
        sorted(
            (node for node in links if kind_of(node) == kind), key=lambda node: (-links[node], node)
        )
        for kind in ONTOLOGY.nodes
    ]
    return [node for turn in zip_longest(*by_kind) for node in turn if node is not None]


def _among(snapshot: Snapshot, nodes: set[str], relations: Iterable[str]) -> Iterable[str]:
    for relation in relations:
        for node in sorted(nodes):
            for target in snapshot.outgoing(relation, node):
                if target in nodes:
                    yield relation_key(relation, node, target)


def _by_kind(nodes: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for node in nodes:
        counts[kind_of(node)] = counts.get(kind_of(node), 0) + 1
    return dict(sorted(counts.items()))
