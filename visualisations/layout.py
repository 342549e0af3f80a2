"""Where the nodes of a network stand: computed beforehand, the same every time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, inf, isinf, pi, sin, sqrt
from typing import Literal

import networkx as nx

from visualisations.label import Box, box
from visualisations.looks import NODE_LOOKS
from visualisations.network import Network

Arrangement = Literal["rings", "columns", "spring"]
Point = tuple[float, float]

SEED = 7
MARGIN = 16
GAP = 10
COLUMN_WIDTH = 210
MOST_IN_COLUMN = 14
RING_STEP = 150
# Screens and labels are wider than they are high, so rings are drawn as ellipses.
STRETCH = 1.5
KIND_ORDER = {kind: place for place, kind in enumerate(NODE_LOOKS)}


@dataclass(frozen=True)
class Layout:
    """Positions of the nodes' centres, and the frame that holds them with their labels."""

    positions: Mapping[str, Point]
    left: float
    top: float
    width: float
    height: float


def layout(network: Network, arrangement: Arrangement | None = None) -> Layout:
    """Rings around one node in focus, columns between two, else springs; no labels overlap."""
    chosen = arrangement or _fitting(network)
    place = {"rings": _rings, "columns": _columns, "spring": _spring}[chosen]
    boxes = {node.id: box(node.label) for node in network.nodes}
    positions = _apart(place(network), boxes)
    return _framed(positions, boxes)


def _fitting(network: Network) -> Arrangement:
    if len(network.focus) == 1:
        return "rings"
    return "columns" if len(network.focus) == 2 else "spring"


def _spring(network: Network) -> dict[str, Point]:
    graph = network.undirected()
    reach = 105 * sqrt(len(graph))
    placed = nx.spring_layout(graph, seed=SEED, iterations=120, k=1.6 / sqrt(max(len(graph), 1)))
    return {
        node: (float(placed[node][0]) * reach * STRETCH, float(placed[node][1]) * reach)
        for node in graph
    }


def _rings(network: Network) -> dict[str, Point]:
    distances = network.distances()
    kinds = {node.id: KIND_ORDER[node.kind] for node in network.nodes}
    graph = network.undirected()
    angles: dict[str, float] = {}
    positions: dict[str, Point] = {}
    radius = 0.0
    for steps in sorted(set(distances.values())):
        ring = [node for node, distance in distances.items() if distance == steps]
        if steps < 2 or isinf(steps):
            ring.sort(key=lambda node: (kinds[node], node))
        else:
            ring.sort(key=lambda node: (_mean(angles[n] for n in graph[node] if n in angles), node))
        if steps > 0:
            radius = max(radius + RING_STEP, len(ring) * 92 / (2 * pi))
        for place, node in enumerate(ring):
            angles[node] = 2 * pi * place / len(ring)
            angle = angles[node] - pi / 2
            positions[node] = (radius * STRETCH * cos(angle), radius * sin(angle))
    return positions


def _columns(network: Network) -> dict[str, Point]:
    positions: dict[str, Point] = {}
    for number, column in enumerate(_ordered_columns(network)):
        for place, node in enumerate(column):
            positions[node] = (number * COLUMN_WIDTH, (place - (len(column) - 1) / 2) * 84)
    return positions


def _ordered_columns(network: Network) -> list[list[str]]:
    """One column a kind, two nodes in focus as the outermost, few crossings in between."""
    columns: list[list[str]] = []
    outermost = network.focus if len(network.focus) == 2 else ()
    for kind in NODE_LOOKS:
        members = sorted(n.id for n in network.nodes if n.kind == kind and n.id not in outermost)
        for start in range(0, len(members), MOST_IN_COLUMN):
            columns.append(members[start : start + MOST_IN_COLUMN])
    if outermost:
        columns = [[outermost[0]], *columns, [outermost[1]]]
    graph = network.undirected()
    for sweep in (columns, columns[::-1], columns):
        _order_by_neighbours(sweep, graph)
    return columns


def _order_by_neighbours(columns: list[list[str]], graph: "nx.Graph[str]") -> None:
    heights: dict[str, float] = {}
    for column in columns:
        column.sort(key=lambda node: (_mean(heights[n] for n in graph[node] if n in heights), node))
        for place, node in enumerate(column):
            heights[node] = place - (len(column) - 1) / 2


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else inf


def _apart(positions: dict[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Push overlapping boxes apart, and widen the whole where that alone does not do."""
    nodes = sorted(positions)
    places = {node: list(positions[node]) for node in nodes}
    rounds = 0
    while _push(nodes, places, boxes):
        rounds += 1
        if rounds % 25 == 0:
            for place in places.values():
                place[0] *= 1.08
                place[1] *= 1.08
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _push(nodes: list[str], places: dict[str, list[float]], boxes: Mapping[str, Box]) -> bool:
    moved = False
    for index, first in enumerate(nodes):
        for second in nodes[index + 1 :]:
            across, down = _overlap(places[first], places[second], boxes[first], boxes[second])
            if across <= 0 or down <= 0:
                continue
            moved = True
            axis, shift = (0, across) if across < down else (1, down)
            sign = 1 if places[second][axis] >= places[first][axis] else -1
            places[first][axis] -= sign * (shift / 2 + 0.5)
            places[second][axis] += sign * (shift / 2 + 0.5)
    return moved


def _overlap(one: list[float], two: list[float], a: Box, b: Box) -> tuple[float, float]:
    across = a.half_width + b.half_width + GAP - abs(one[0] - two[0])
    down = min(one[1] + a.below, two[1] + b.below) - max(one[1] - a.above, two[1] - b.above) + GAP
    return across, down


def _framed(positions: dict[str, Point], boxes: Mapping[str, Box]) -> Layout:
    if not positions:
        return Layout({}, 0, 0, 2 * MARGIN, 2 * MARGIN)
    left = min(x - boxes[node].half_width for node, (x, _) in positions.items()) - MARGIN
    right = max(x + boxes[node].half_width for node, (x, _) in positions.items()) + MARGIN
    top = min(y - boxes[node].above for node, (_, y) in positions.items()) - MARGIN
    bottom = max(y + boxes[node].below for node, (_, y) in positions.items()) + MARGIN
    return Layout(
        positions, round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)
    )
