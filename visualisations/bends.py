"""How far each link bends aside: around its twins, and around nodes that stand in its way."""

from collections import Counter
from math import hypot

from visualisations.label import NODE_RADIUS
from visualisations.layout import Layout
from visualisations.network import Network
from visualisations.spacing import Point

TWIN_BEND = 26
# Tried in this order: the straightest line that passes free of other nodes.
DETOURS = (0, 45, -45, 80, -80)
CLEARANCE = NODE_RADIUS + 9
ROOM = CLEARANCE + 50
# Of points along a curve: how much they lie towards its start, its control point and its end.
SAMPLES = tuple(
    ((1 - t) ** 2, 2 * (1 - t) * t, t * t) for t in (step / 14 for step in range(1, 14))
)


def bends(network: Network, places: Layout) -> list[float]:
    """The offset of each link's control point from its middle; positive is to its right."""
    pairs = [tuple(sorted((link.source, link.target))) for link in network.links]
    together, seen = Counter(pairs), Counter[tuple[str, ...]]()
    found = []
    for link, pair in zip(network.links, pairs, strict=True):
        place = seen[pair] - (together[pair] - 1) / 2
        seen[pair] += 1
        # A bend turns with the direction of its link; twins are told apart along the sorted pair.
        aside = TWIN_BEND * (place if link.source == pair[0] else -place)
        others = [point for id_, point in places.positions.items() if id_ not in pair]
        start, end = places.positions[link.source], places.positions[link.target]
        found.append(_free(start, end, aside, others))
    return found


def control_point(start: Point, end: Point, bend: float) -> Point:
    """The control point of the curve that a bent link follows."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy) or 1.0
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return middle[0] - dy / length * bend, middle[1] + dx / length * bend


def _free(start: Point, end: Point, aside: float, others: list[Point]) -> float:
    (left, right), (above, below) = (
        (min(start[axis], end[axis]) - ROOM, max(start[axis], end[axis]) + ROOM) for axis in (0, 1)
    )
    near = [point for point in others if left < point[0] < right and above < point[1] < below]
    for detour in DETOURS:
        if not _blocked(_points(start, control_point(start, end, aside + detour), end), near):
            return aside + detour
    return aside


def _points(start: Point, control: Point, end: Point) -> list[Point]:
    return [
        (
            out * start[0] + turn * control[0] + back * end[0],
            out * start[1] + turn * control[1] + back * end[1],
        )
        for out, turn, back in SAMPLES
    ]


def _blocked(curve: list[Point], others: list[Point]) -> bool:
    for left, top in others:
        for x, y in curve:
            if hypot(x - left, y - top) < CLEARANCE:
                return True
    return False
