"""What follows from the rows: solved here, familiar, required, held; and how rare a thing is."""

import math
from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from schema.names import kind_of
from schema.records import relation_key
from tests.graph.plain.graph import PlainGraph

T = TypeVar("T", bound=Hashable)

HELD = ("in_use", "pilot", "planned")
ACTIVE = ("in_use", "pilot")
SHOWS = {"in_use": 3, "pilot": 2, "retired": 2}


def status(graph: PlainGraph, department: str, solution: str) -> str | None:
    """A use without a status is in use."""
    if not graph.has("USES", department, solution):
        return None
    return str(graph.told("USES", department, solution, "status") or "in_use")


def decision(graph: PlainGraph, department: str, solution: str) -> str | None:
    """A card without a decision is proposed."""
    if not graph.has("PROPOSES", department, solution):
        return None
    return str(graph.told("PROPOSES", department, solution, "decision") or "proposed")


def uses(graph: PlainGraph, department: str, statuses: Collection[str]) -> set[str]:
    """The solutions that a department uses in one of these ways."""
    return {s for s in graph.out("USES", department) if status(graph, department, s) in statuses}


def users(graph: PlainGraph, solution: str, statuses: Collection[str] = ACTIVE) -> list[str]:
    """The departments that use a solution in one of these ways, by id."""
    return [d for d in graph.into("USES", solution) if status(graph, d, solution) in statuses]


def solved(graph: PlainGraph, department: str) -> set[str]:
    """What a solution in use in the department solves."""
    return {p for s in uses(graph, department, ["in_use"]) for p in graph.out("SOLVES", s)}


def unsolved(graph: PlainGraph, department: str) -> set[str]:
    """What it faces and nothing in use there solves."""
    return set(graph.out("FACES", department)) - solved(graph, department)


def solvers(graph: PlainGraph, department: str, problem: str) -> list[str]:
    """The solutions in use there that solve the problem."""
    return sorted(uses(graph, department, ["in_use"]) & set(graph.into("SOLVES", problem)))


def familiarity(graph: PlainGraph, department: str, technology: str) -> int | None:
    """As stated, else as use shows; None where neither says anything."""
    stated = graph.told("FAMILIAR_WITH", department, technology, "level")
    if stated is not None:
        return int(str(stated))
    shown = [level for level, _ in _shown(graph, department, technology)]
    return max(shown, default=None)


def familiarity_elements(graph: PlainGraph, department: str, technology: str) -> set[str]:
    """What says how familiar: the statement, or the uses that show the most."""
    if graph.told("FAMILIAR_WITH", department, technology, "level") is not None:
        return {relation_key("FAMILIAR_WITH", department, technology)}
    shown = _shown(graph, department, technology)
    most = max(level for level, _ in shown)
    best = [solution for level, solution in shown if level == most]
    return {relation_key("USES", department, s) for s in best} | {
        relation_key("BUILT_ON", s, technology) for s in best
    }


def _shown(graph: PlainGraph, department: str, technology: str) -> list[tuple[int, str]]:
    return [
        (SHOWS[str(status(graph, department, s))], s)
        for s in graph.out("USES", department)
        if status(graph, department, s) in SHOWS and graph.has("BUILT_ON", s, technology)
    ]


class Requirement:
    """A competence that is required: the highest level told (0 where none is), whether it is
    essential to any, and what says so."""

    def __init__(self) -> None:
        self.level = 0
        self.essential = False
        self.elements: set[str] = set()

    def add(self, level: int, essential: bool, elements: Iterable[str]) -> None:
        self.level = max(self.level, level)
        self.essential = self.essential or essential
        self.elements |= set(elements)


def required(graph: PlainGraph, solution: str) -> dict[str, Requirement]:
    """By competence: what the solution requires, itself and through its technologies."""
    found: dict[str, Requirement] = {}
    for demander in (solution, *graph.out("BUILT_ON", solution)):
        through = [] if demander == solution else [relation_key("BUILT_ON", solution, demander)]
        for competence in graph.out("REQUIRES", demander):
            level = graph.told("REQUIRES", demander, competence, "level")
            useful = graph.told("REQUIRES", demander, competence, "necessity") == "useful"
            found.setdefault(competence, Requirement()).add(
                0 if level is None else int(str(level)),
                not useful,
                [*through, relation_key("REQUIRES", demander, competence)],
            )
    return found


def competences(graph: PlainGraph, department: str) -> dict[str, int]:
    """What the department has, and at which level; one that it has without a level is at 1."""
    return {
        c: max(1, int(str(graph.told("HAS", department, c, "level") or 1)))
        for c in graph.out("HAS", department)
    }


def meant_for(graph: PlainGraph, solution: str) -> set[str]:
    """The users of a solution: all that its uses name, whatever their status."""
    return {
        word
        for department in graph.into("USES", solution)
        for word in graph.words("USES", department, solution, "users")
    }


def rarity(sets: Iterable[Collection[T]]) -> Mapping[T, float]:
    """w(x) = ln((1 + N) / (1 + df(x))) + 1: N counts the sets that hold anything at all. What is
    in none of them is as rare as can be."""
    filled = [set(each) for each in sets if each]
    counts = Counter(x for each in filled for x in each)
    return _Rarity(counts, len(filled))


class _Rarity(dict[T, float]):
    """The rarities, also of what nobody has."""

    def __init__(self, counts: Counter[T], among: int) -> None:
        super().__init__({x: math.log((1 + among) / (1 + df)) + 1 for x, df in counts.items()})
        self._rarest = math.log(1 + among) + 1

    def __missing__(self, _thing: T) -> float:
        return self._rarest


def jaccard(a: Collection[T], b: Collection[T], weight: Mapping[T, float]) -> float:
    """Σ w(A∩B) / Σ w(A∪B); 0 of two empty sets."""
    both, either = set(a) & set(b), set(a) | set(b)
    return sum(weight[x] for x in both) / sum(weight[x] for x in either) if either else 0.0


def line(graph: PlainGraph, department: str) -> set[str]:
    """The department with all above and below it."""
    return {department, *_reached(graph.out, department), *_reached(graph.into, department)}


def _reached(step: Callable[[str, str], list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for node in step("PART_OF", waiting.pop()):
            if kind_of(node) == "department" and node not in found:
                found.add(node)
                waiting.append(node)
    return found
