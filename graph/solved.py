"""What follows from the rows, node by node: solved here, familiar, required, used by.

The rules stand in the sheets' own description; every question asks them here, so that all mean
the same by them. ``graph.facts`` holds the same as matrices.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.remembered import SOLUTIONS, remembered
from graph.snapshot import Snapshot
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.vocabulary import PEOPLE

FAMILIARITY_OF_STATUS = {"in_use": 3, "pilot": 2, "retired": 2}
"""The familiarity that follows from a use of a solution that is built on the technology."""


@dataclass(frozen=True, slots=True)
class Familiarity:
    """How well a department knows a technology, 0 to 4, and whether it was stated or follows
    from what it uses; ``elements`` are the relationships that say so."""

    level: int
    derived: bool
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A competence that a solution requires, itself or through a technology. ``level`` is the
    highest that is asked for, None where no level is told; ``elements`` say so."""

    competence: str
    level: int | None
    essential: bool
    elements: tuple[str, ...]


def status_of(snapshot: Snapshot, department: str, solution: str) -> str | None:
    """The status of a use, in use where none is written; None where there is no use."""
    if not snapshot.has("USES", department, solution):
        return None
    told = snapshot.told("USES", department, solution, "status")
    return str(told or ONTOLOGY.relations["USES"].by_name["status"].default)


def decision_of(snapshot: Snapshot, department: str, solution: str) -> str | None:
    """What was decided of a card, proposed where nothing is written; None where there is none."""
    if not snapshot.has("PROPOSES", department, solution):
        return None
    told = snapshot.told("PROPOSES", department, solution, "decision")
    return str(told or ONTOLOGY.relations["PROPOSES"].by_name["decision"].default)


def held(snapshot: Snapshot, department: str, *statuses: str) -> list[str]:
    """The solutions that a department uses with one of these statuses; with none named, all."""
    return [
        solution
        for solution in snapshot.outgoing("USES", department)
        if not statuses or status_of(snapshot, department, solution) in statuses
    ]


def solvers_here(snapshot: Snapshot, department: str, problem: str) -> list[str]:
    """The solutions in use in the department that solve the problem."""
    return [
        solution
        for solution in between(snapshot, department, "USES", problem, "SOLVES")
        if status_of(snapshot, department, solution) == "in_use"
    ]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A solution that a department has not in use, but on trial (``pilot``), ``planned`` or
    ``proposed``; ``element`` says so."""

    solution: str
    stage: str
    element: str


def under_way(snapshot: Snapshot, department: str, solution: str) -> UnderWay | None:
    """How far a department itself is with a solution; None where it is in use, or was given up or
    declined, or nothing is said."""
    status = status_of(snapshot, department, solution)
    if status in ("pilot", "planned"):
        return UnderWay(solution, status, relation_key("USES", department, solution))
    if status is None and decision_of(snapshot, department, solution) not in (None, "declined"):
        return UnderWay(solution, "proposed", relation_key("PROPOSES", department, solution))
    return None


def under_way_here(snapshot: Snapshot, department: str, problem: str) -> list[UnderWay]:
    """What a department itself tries, plans or proposes against a problem, by solution."""
    solutions = snapshot.incoming("SOLVES", problem)
    found = (under_way(snapshot, department, each) for each in solutions)
    return [each for each in found if each is not None]


def unsolved_here(snapshot: Snapshot, department: str) -> list[str]:
    """The problems that the department faces and that nothing in use there solves."""
    solved = {
        problem
        for solution in held(snapshot, department, "in_use")
        for problem in snapshot.outgoing("SOLVES", solution)
    }
    return [problem for problem in snapshot.outgoing("FACES", department) if problem not in solved]


def familiarity(snapshot: Snapshot, department: str, technology: str) -> Familiarity | None:
    """How familiar a department is with a technology: as stated, else as its uses show (in use
    3, pilot or retired 2); None where neither says anything."""
    stated = snapshot.told("FAMILIAR_WITH", department, technology, "level")
    if stated is not None:
        key = relation_key("FAMILIAR_WITH", department, technology)
        return Familiarity(int(str(stated)), False, (key,))
    shown = _shown(snapshot, department, technology)
    if not shown:
        return None
    highest = max(level for level, _ in shown)
    elements = [
        element
        for level, solution in shown
        if level == highest
        for element in (
            relation_key("USES", department, solution),
            relation_key("BUILT_ON", solution, technology),
        )
    ]
    return Familiarity(highest, True, tuple(elements))


def _shown(snapshot: Snapshot, department: str, technology: str) -> list[tuple[int, str]]:
    # Few of what it uses is built on the technology: only of these the status is looked up.
    return [
        (FAMILIARITY_OF_STATUS[status], solution)
        for solution in between(snapshot, department, "USES", technology, "BUILT_ON")
        if (status := status_of(snapshot, department, solution)) in FAMILIARITY_OF_STATUS
    ]


def between(snapshot: Snapshot, source: str, first: str, target: str, second: str) -> list[str]:
    """The nodes between a source and a target, by id: the first relationship leads to them, and
    the second from them on."""
    reached = snapshot.relations[first].targets_of(snapshot.place[source])
    leading = snapshot.relations[second].sources_of(snapshot.place[target])
    return [snapshot.ids[place] for place in sorted(set(reached).intersection(leading))]


@remembered(SOLUTIONS)
def requirements(snapshot: Snapshot, solution: str) -> tuple[Requirement, ...]:
    """The competences that a solution requires, its own and those of its technologies, by id:
    of several demands for one competence the highest level, and essential before useful."""
    demands: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for competence, demander, elements in _demands(snapshot, solution):
        demands.setdefault(competence, []).append((demander, elements))
    return tuple(
        _requirement(snapshot, competence, demands[competence]) for competence in sorted(demands)
    )


def _demands(snapshot: Snapshot, solution: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for competence in snapshot.outgoing("REQUIRES", solution):
        yield competence, solution, (relation_key("REQUIRES", solution, competence),)
    for technology in snapshot.outgoing("BUILT_ON", solution):
        built = relation_key("BUILT_ON", solution, technology)
        for competence in snapshot.outgoing("REQUIRES", technology):
            yield competence, technology, (built, relation_key("REQUIRES", technology, competence))


def _requirement(
    snapshot: Snapshot, competence: str, demands: list[tuple[str, tuple[str, ...]]]
) -> Requirement:
    levels = [
        int(str(level))
        for demander, _ in demands
        if (level := snapshot.told("REQUIRES", demander, competence, "level")) is not None
    ]
    essential = any(
        snapshot.told("REQUIRES", demander, competence, "necessity") != "useful"
        for demander, _ in demands
    )
    elements = tuple(dict.fromkeys(element for _, said in demands for element in said))
    return Requirement(competence, max(levels, default=None), essential, elements)


def users_of(snapshot: Snapshot, solution: str) -> list[str]:
    """Whom the solution is for: all that its uses name, in the vocabulary's order. Empty where
    none of them says."""
    named = {
        word
        for department in snapshot.incoming("USES", solution)
        for word in _words(snapshot, department, solution)
    }
    return [word.key for word in PEOPLE if word.key in named]


def _words(snapshot: Snapshot, department: str, solution: str) -> tuple[str, ...]:
    told = snapshot.told("USES", department, solution, "users")
    return told if isinstance(told, tuple) else ()


def ancestors(snapshot: Snapshot, department: str) -> list[str]:
    """The departments above this one, nearest first."""
    above: list[str] = []
    step = snapshot.outgoing("PART_OF", department)
    while step and step[0].startswith("department:") and step[0] not in above:
        above.append(step[0])
        step = snapshot.outgoing("PART_OF", step[0])
    return above


def descendants(snapshot: Snapshot, department: str) -> list[str]:
    """The departments below this one at any depth, by id."""
    below: set[str] = set()
    waiting = [department]
    while waiting:
        parts = set(snapshot.incoming("PART_OF", waiting.pop())) - below
        below |= parts
        waiting.extend(parts)
    return sorted(below)


def line_of(snapshot: Snapshot, department: str) -> set[str]:
    """The department itself and all above and below it: one organisation told at several levels,
    so no partners of one another."""
    return {department, *ancestors(snapshot, department), *descendants(snapshot, department)}
