"""Where the nodes of a network stand: computed beforehand, the same every time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import atan2, cos, inf, isinf, pi, sin, sqrt
from typing import TYPE_CHECKING, Literal

from visualisations.label import Box, box
from visualisations.looks import NODE_LOOKS
from visualisations.network import Network
from visualisations.spacing import Point, apart

if TYPE_CHECKING:
    import networkx as nx

Arrangement = Literal["rings", "columns", "spring"]

SEED = 7
MARGIN = 16
COLUMN_WIDTH = 270
ROW_HEIGHT = 74
MOST_IN_COLUMN = 12
STAGGER = 44
# From here on, the lines between columns hide more than the columns tell.
MOST_IN_COLUMNS = 24
RING_STEP = 145
# Screens and labels are wider than they are high, so rings are drawn as ellipses.
STRETCH = 1.5
AREA_PER_NODE = 17_000
# How far springs give way to an even spread over the frame, from 0 to 1.
EVENNESS = 0.6
KIND_ORDER = {kind: place for place, kind in enumerate(NODE_LOOKS)}
# Who uses it, what is used, what it is for and takes: from left to right.
LAYERS = (("municipality", "department"), ("solution",), ("problem", "technology", "competence"))


@dataclass(frozen=True)
class Layout:
    """Positions of the nodes' centres, and the frame that holds them with their labels."""

    positions: Mapping[str, Point]
    left: float
    top: float
    width: float
    height: float


def layout(network: Network, arrangement: Arrangement | None = None) -> Layout:
    """Rings around one node in focus, columns for few nodes, else springs; no labels overlap."""
    chosen = arrangement or _fitting(network)
    place = {"rings": _rings, "columns": _columns, "spring": _spring}[chosen]
    boxes = {node.id: box(node.label) for node in network.nodes}
    return _framed(apart(place(network), boxes), boxes)


def _fitting(network: Network) -> Arrangement:
    if len(network.focus) == 1:
        return "rings"
    return "columns" if len(network.nodes) <= MOST_IN_COLUMNS else "spring"


def _spring(network: Network) -> dict[str, Point]:
    import networkx as nx  # slow to import, and most pages draw none

    graph = network.undirected.copy()
    alone = list(nx.isolates(graph))
    graph.remove_nodes_from(alone)
    bottom = sqrt(len(graph) * AREA_PER_NODE / STRETCH) / 2 + ROW_HEIGHT
    row = {node: (place * 10.0, bottom) for place, node in enumerate(alone)}
    return row | _sprung(graph)


def _sprung(graph: "nx.Graph[str]") -> dict[str, Point]:
    import networkx as nx  # slow to import, and most pages draw none

    if not graph:
        return {}
    placed = nx.spring_layout(graph, seed=SEED, iterations=150, k=2 / sqrt(len(graph)))
    height = sqrt(len(graph) * AREA_PER_NODE / STRETCH)
    across = _spread({node: float(placed[node][0]) for node in graph}, height * STRETCH)
    down = _spread({node: float(placed[node][1]) for node in graph}, height)
    return {node: (across[node], down[node]) for node in graph}


def _spread(values: dict[str, float], length: float) -> dict[str, float]:
    """Values along one axis, drawn towards an even spread so that dense places open up."""
    ranked = sorted(values, key=lambda node: (values[node], node))
    reach = max(abs(value) for value in values.values()) or 1.0
    spread = {}
    for place, node in enumerate(ranked):
        even = 2 * (place + 0.5) / len(ranked) - 1
        mixed = EVENNESS * even + (1 - EVENNESS) * values[node] / reach
        spread[node] = mixed * length / 2
    return spread


def _rings(network: Network) -> dict[str, Point]:
    distances = network.distances()
    kinds = {node.id: KIND_ORDER[node.kind] for node in network.nodes}
    graph = network.undirected
    angles: dict[str, float] = {}
    positions: dict[str, Point] = {}
    radius = 0.0
    for steps in sorted(set(distances.values())):
        ring = [node for node, distance in distances.items() if distance == steps]
        ring.sort(key=lambda node: (kinds[node], node))
        if steps > 0:
            radius = max(radius + RING_STEP, len(ring) * 92 / (2 * pi))
        inner = steps < 2 or isinf(steps)
        angles |= _evenly(ring) if inner else _beside_neighbours(ring, graph, angles)
        for node in ring:
            x, y = cos(angles[node]), sin(angles[node])
            positions[node] = (radius * STRETCH * x, radius * y)
    return positions


def _evenly(ring: list[str]) -> dict[str, float]:
    # Half a step aside: nothing stands right above the middle, where labels meet lines.
    return {node: 2 * pi * (place + 0.5) / len(ring) - pi / 2 for place, node in enumerate(ring)}


def _beside_neighbours(
    ring: list[str], graph: "nx.Graph[str]", angles: Mapping[str, float]
) -> dict[str, float]:
    """As close as they can stand to their neighbours on the rings inside."""
    wished = {node: _middle(angles[n] for n in graph[node] if n in angles) for node in ring}
    ordered = sorted(ring, key=lambda node: (wished[node], node))
    gap = 2 * pi / max(len(ring), 16)
    for _round in range(100):
        for first, second in zip(ordered, [*ordered[1:], ordered[0]], strict=True):
            turn = 2 * pi if first == ordered[-1] else 0.0
            missing = gap - (wished[second] + turn - wished[first])
            if first != second and missing > 0:
                wished[first] -= missing / 2
                wished[second] += missing / 2
    return wished


def _middle(angles: Iterable[float]) -> float:
    known = list(angles)
    return atan2(sum(map(sin, known)), sum(map(cos, known)))


def _columns(network: Network) -> dict[str, Point]:
    positions: dict[str, Point] = {}
    for number, column in enumerate(_ordered_columns(network)):
        aside = STAGGER if len(column) > 3 else 0
        for place, node in enumerate(column):
            x = number * COLUMN_WIDTH + (aside if place % 2 else -aside)
            positions[node] = (x, (place - (len(column) - 1) / 2) * ROW_HEIGHT)
    return positions


def _ordered_columns(network: Network) -> list[list[str]]:
    """One column a layer, two nodes in focus as the outermost, few crossings in between."""
    columns: list[list[str]] = []
    outermost = network.focus if len(network.focus) == 2 else ()
    for layer in LAYERS:
        members = sorted(
            node.id for node in network.nodes if node.kind in layer and node.id not in outermost
        )
        parts = -(-len(members) // MOST_IN_COLUMN)
        columns += [members[start::parts] for start in range(parts)]
    if outermost:
        columns = [[outermost[0]], *columns, [outermost[1]]]
    graph = network.undirected
    for sweep in (columns, columns[::-1], columns, columns[::-1]):
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
