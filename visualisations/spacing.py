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
    """Push each overlapping pair apart once, in order; whether there was any."""
    moved = False
    rooms = [(places[node], boxes[node]) for node in nodes]
    for index, (one, a) in enumerate(rooms):
        half = a.half_width
        for two, b in rooms[index + 1 :]:
            # Nearly all pairs are told apart here: half of what a picture takes.
            across = half + b.half_width + GAP - abs(one[0] - two[0])
            if across <= 0:
                continue
            down = _down(one, two, a, b)
            if down <= 0:
                continue
            moved = True
            axis, shift = (0, across) if across < down else (1, down)
            sign = 1 if two[axis] >= one[axis] else -1
            one[axis] -= sign * (shift / 2 + 0.5)
            two[axis] += sign * (shift / 2 + 0.5)
    return moved


def _down(one: list[float], two: list[float], a: Box, b: Box) -> float:
    return min(one[1] + a.below, two[1] + b.below) - max(one[1] - a.above, two[1] - b.above) + GAP
