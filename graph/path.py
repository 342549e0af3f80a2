"""How two nodes hang together: the shortest ways through the graph, told step by step.

Breadth-first search along relationships, whichever way they point. A municipality joins all its
departments and so says nothing about two of them: ways lead through one only where nothing else
joins the two nodes. Of equally short ways, those through nodes with few relationships stand
first, for they say more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.answer import Cut, Ranked
from graph.naming import placed, title
from graph.snapshot import Snapshot
from graph.spans import spans
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.text import Text

LONGEST = 8
"""The steps of the longest way looked for; further apart, two nodes have little in common."""

MOST = 1_000
"""How many ways are told: there can be millions, and nobody learns from the later ones."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a sentence, and the relationships that make it (the first is told)."""

    source: str
    target: str
    relation: str
    explanation: Text
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A way between two nodes, from the first to the second."""

    nodes: tuple[str, ...]
    steps: tuple[Step, ...]


def paths(snapshot: Snapshot, a: str, b: str, first: int = 3, longest: int = LONGEST) -> Cut[Path]:
    """The first of the ways from a to b; see the whole list."""
    return ranked_paths(snapshot, a, b, longest).cut(first)


def ranked_paths(snapshot: Snapshot, a: str, b: str, longest: int = LONGEST) -> Ranked[Path]:
    """The shortest ways from a to b, all of the same length, at most ``MOST``; none where they do
    not hang together within ``longest`` steps.

    Raises KeyError for an id that is not in the snapshot, ValueError where a is b.
    """
    if a == b:
        raise ValueError(f"a way leads from one node to another: {a}")
    start, end = snapshot.place[a], snapshot.place[b]
    found = _between(snapshot, start, end, True, longest)
    if found is None:
        found = _between(snapshot, start, end, False, longest)
    before = {} if found is None else _before(snapshot, found, end)
    ways = iter(()) if found is None else _walk(snapshot, before, end)
    known: list[tuple[int, ...]] = []

    def answer(place: int) -> Path:
        known.extend(islice(ways, max(0, place + 1 - len(known))))
        return _path(snapshot, known[place])

    return Ranked(0 if found is None else min(MOST, _number(before, end)), answer)


def joined_nodes(snapshot: Snapshot) -> sparse.csr_array:
    """Which places are joined by a relationship, whichever way; ask by ``snapshot.derived``."""
    size, every = len(snapshot.ids), list(snapshot.relations.values())
    one = np.concatenate([relations.sources for relations in every])
    other = np.concatenate([relations.targets for relations in every])
    places = (np.concatenate([one, other]), np.concatenate([other, one]))
    return sparse.csr_array((np.ones(len(places[0]), dtype=np.int8), places), shape=(size, size))


def neighbours(joined: sparse.csr_array, place: int) -> npt.NDArray[np.int32]:
    """The places joined to one, in order."""
    return np.asarray(joined.indices[joined.indptr[place] : joined.indptr[place + 1]])


Steps = npt.NDArray[np.int8]
Before = Mapping[int, Sequence[int]]
"""Of each place reached, the places one step nearer to the start, in order."""


def _between(
    snapshot: Snapshot, start: int, end: int, around_hubs: bool, longest: int
) -> Steps | None:
    """How many steps from the start each place on the shortest ways is: a neighbour one step
    nearer is the one before it. None where there is no way within ``longest`` steps. Searched
    from both ends at once, a layer at a time from that which has the smaller one."""
    joined = snapshot.derived(joined_nodes)
    open_to = np.ones(len(snapshot.ids), dtype=np.bool_)
    if around_hubs:
        hubs = snapshot.kind_range["municipality"]
        open_to[hubs.start : hubs.stop] = False
    open_to[[start, end]] = True
    steps = [np.full(len(snapshot.ids), -1, dtype=np.int8) for _ in range(2)]
    layers = [np.array([start]), np.array([end])]
    reached = [0, 0]
    for side in range(2):
        steps[side][layers[side]] = 0
    while sum(reached) < longest and all(map(len, layers)):
        side = 0 if len(layers[0]) <= len(layers[1]) else 1
        near = joined.indices[spans(joined, layers[side])[0]]
        fresh = np.unique(near[(steps[side][near] < 0) & open_to[near]])
        reached[side] += 1
        steps[side][fresh] = reached[side]
        layers[side] = fresh
        if (steps[1 - side][fresh] >= 0).any():
            return _on_the_way(joined, steps, reached)
    return None


def _on_the_way(joined: sparse.csr_array, steps: Sequence[Steps], reached: Sequence[int]) -> Steps:
    """The steps from the start also of what was looked at from the end: on from the places where
    both searches met."""
    from_start, from_end = steps
    half, length = reached[0], sum(reached)
    met = (from_start == half) & (from_end == reached[1])
    from_start[(from_start == half) & ~met] = -1
    layer = np.flatnonzero(met)
    for step in range(half + 1, length + 1):
        near = joined.indices[spans(joined, layer)[0]]
        layer = np.unique(near[from_end[near] == length - step])
        from_start[layer] = step
    return from_start


def _before(snapshot: Snapshot, from_start: Steps, end: int) -> Before:
    """From the end back along the shortest ways."""
    joined = snapshot.derived(joined_nodes)
    before: dict[int, Sequence[int]] = {}
    layer = [end]
    for step in range(int(from_start[end]) - 1, -1, -1):
        for place in layer:
            near = neighbours(joined, place)
            before[place] = near[from_start[near] == step].tolist()
        layer = sorted({nearer for place in layer for nearer in before[place]})
    return before | dict.fromkeys(layer, ())


def _number(before: Before, end: int) -> int:
    ways: dict[int, int] = {}

    def count(place: int) -> int:
        if place not in ways:
            ways[place] = sum(map(count, before[place])) or 1
        return ways[place]

    return count(end)


def _walk(snapshot: Snapshot, before: Before, end: int) -> Iterator[tuple[int, ...]]:
    """The ways to the end, those through nodes with fewest relationships first at every step."""
    degrees = np.diff(snapshot.derived(joined_nodes).indptr)
    waiting: list[tuple[int, ...]] = [(end,)]
    while waiting:
        way = waiting.pop()
        nearer = before[way[0]]
        if not nearer:
            yield way
        # The last put on is taken first.
        for place in sorted(nearer, key=lambda each: (degrees[each], each), reverse=True):
            waiting.append((place, *way))


def _path(snapshot: Snapshot, places: tuple[int, ...]) -> Path:
    nodes = tuple(snapshot.ids[place] for place in places)
    steps = tuple(_step(snapshot, a, b) for a, b in pairwise(nodes))
    return Path(nodes, steps)


def _step(snapshot: Snapshot, a: str, b: str) -> Step:
    there = [each for each in ONTOLOGY.relations if snapshot.has(each, a, b)]
    back = [each for each in ONTOLOGY.relations if snapshot.has(each, b, a)]
    elements = [relation_key(each, a, b) for each in there]
    elements += [relation_key(each, b, a) for each in back]
    relation = (there or back)[0]
    kind = ONTOLOGY.relations[relation]
    phrase = kind.phrase if there else kind.inverse
    first, second = _called(snapshot, a), _called(snapshot, b)
    explanation = Text(
        f"{first.da} {phrase.da} {second.da}.", f"{first.en} {phrase.en} {second.en}."
    )
    return Step(a, b, relation, explanation, tuple(elements))


def _called(snapshot: Snapshot, node: str) -> Text:
    name = placed(snapshot, node) if kind_of(node) == "department" else title(snapshot, node)
    return Text(f"„{name.da}“", f"“{name.en}”") if kind_of(node) == "problem" else name
