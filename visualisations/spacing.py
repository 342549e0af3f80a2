"""Room for every node and its label: boxes pushed apart until none overlaps another."""

from collections.abc import Mapping

from visualisations.label import Box

Point = tuple[float, float]

GAP = 8
ROUNDS_BEFORE_WIDENING = 25
WIDENING = 1.06


def apart(positions: Mapping[str, Point], boxes: Mapping[str, Box]) -> dict[str, Point]:
    """Push overlapping boxes apart, and widen the whole where that alone does not do."""
    nodes = sorted(positions)
    places = {node: list(positions[node]) for node in nodes}
    rounds = 0
    while _push(nodes, places, boxes):
        rounds += 1
        if rounds % ROUNDS_BEFORE_WIDENING == 0:
            for place in places.values():
                place[0] *= WIDENING
                place[1] *= WIDENING
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in places.items()}


def _push(nodes: list[str], places: dict[str, list[float]], boxes: Mapping[str, Box]) -> bool:
    moved = False
    for index, first in enumerate(nodes):
        for second in nodes[index + 1 :]:
            across = _across(places[first], places[second], boxes[first], boxes[second])
            if across <= 0:
                continue
            down = _down(places[first], places[second], boxes[first], boxes[second])
            if down <= 0:
                continue
            moved = True
            axis, shift = (0, across) if across < down else (1, down)
            sign = 1 if places[second][axis] >= places[first][axis] else -1
            places[first][axis] -= sign * (shift / 2 + 0.5)
            places[second][axis] += sign * (shift / 2 + 0.5)
    return moved


def _across(one: list[float], two: list[float], a: Box, b: Box) -> float:
    return a.half_width + b.half_width + GAP - abs(one[0] - two[0])


def _down(one: list[float], two: list[float], a: Box, b: Box) -> float:
    return min(one[1] + a.below, two[1] + b.below) - max(one[1] - a.above, two[1] - b.above) + GAP
