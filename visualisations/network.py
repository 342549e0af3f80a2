"""A network to be drawn: nodes, links and what was left out of it."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from schema.text import Text
from visualisations.looks import LINK_LOOKS, NODE_LOOKS, phrase_of

if TYPE_CHECKING:
    import networkx as nx

NODES_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """Something in the graph, with the page that it leads to and what is worth knowing of it."""

    id: str
    label: str
    kind: str
    href: str | None = None
    evidence: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkLink:
    """A relationship, and what it rests on. ``said`` overrides the phrase of its kind."""

    source: str
    target: str
    kind: str
    evidence: tuple[Text, ...] = ()
    said: Text | None = None

    @property
    def phrase(self) -> Text:
        return phrase_of(self.kind) if self.said is None else self.said


@dataclass(frozen=True)
class Network:
    """What is to be drawn. ``focus`` names the nodes that it is about: one stands in the middle,
    two stand on either side."""

    nodes: tuple[NetworkNode, ...]
    links: tuple[NetworkLink, ...]
    left_out: int = 0
    focus: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids = [node.id for node in self.nodes]
        if len(set(ids)) < len(ids):
            twice = sorted(id_ for id_, times in Counter(ids).items() if times > 1)
            raise ValueError(f"nodes that stand twice: {twice}")
        ends = {end for link in self.links for end in (link.source, link.target)}
        if missing := sorted({*ends, *self.focus} - set(ids)):
            raise ValueError(f"links or focus name nodes that are not there: {missing}")
        kinds = {node.kind for node in self.nodes} - NODE_LOOKS.keys()
        kinds |= {link.kind for link in self.links} - LINK_LOOKS.keys()
        if kinds:
            raise ValueError(f"kinds without a look: {sorted(kinds)}")

    @cached_property
    def undirected(self) -> "nx.Graph[str]":
        """The plain graph that distances and positions are computed on."""
        import networkx as nx  # slow to import, and most pages draw none

        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted(node.id for node in self.nodes))
        graph.add_edges_from(sorted((link.source, link.target) for link in self.links))
        return graph

    def distances(self) -> dict[str, float]:
        """Steps from the focus (else from the most connected node); infinite where none leads."""
        graph = self.undirected
        if not self.nodes:
            return {}
        layer = set(self.focus) or {max(sorted(graph), key=graph.degree)}
        steps: dict[str, float] = {}
        while layer:
            steps.update(dict.fromkeys(layer, max(steps.values(), default=-1) + 1))
            layer = {near for node in layer for near in graph[node]} - steps.keys()
        return {node: steps.get(node, inf) for node in graph}


def limited(network: Network, most: int = NODES_AT_ONCE) -> Network:
    """The nodes closest to the focus, the most connected first, and how many were left out."""
    if len(network.nodes) <= most:
        return network
    distances = network.distances()
    degree = dict(network.undirected.degree())
    ranked = sorted(distances, key=lambda id_: (distances[id_], -degree[id_], id_))
    kept = set(ranked[:most])
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.id in kept),
        links=tuple(link for link in network.links if {link.source, link.target} <= kept),
        left_out=network.left_out + len(network.nodes) - most,
    )
