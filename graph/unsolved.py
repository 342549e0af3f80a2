"""What nobody here has solved: who faces it, how pressing it is, and what solves it elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.answer import Cut, Ranked
from graph.facts import Facts, entries
from graph.snapshot import Snapshot
from graph.solved import decision_of, status_of
from schema.names import municipality_of
from schema.records import relation_key
from schema.vocabulary import PRIORITY


@dataclass(frozen=True, slots=True)
class Facing:
    """A department with the problem unsolved, and the priority it gives it, if it says any."""

    department: str
    priority: str | None
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Solver:
    """A solution of the problem: the departments where it is in use, of these those who face the
    problem and so have solved it, where it is on trial or planned, and those who propose it, but
    for cards that were declined. None of them may be there: then it is only known of."""

    solution: str
    in_use: tuple[str, ...]
    solved_in: tuple[str, ...]
    on_the_way: tuple[str, ...]
    proposed_by: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnsolvedProblem:
    """A problem, the departments that face it unsolved (most pressing first), and its solutions
    (most used first). ``high`` counts those who give it high priority."""

    problem: str
    facing: tuple[Facing, ...]
    solvers: tuple[Solver, ...]

    @property
    def high(self) -> int:
        return sum(each.priority == "high" for each in self.facing)

    @property
    def solved_elsewhere(self) -> bool:
        """Whether someone who faces it has a solution of it in use: that a solution used for
        something else could solve it too, is no more than a chance."""
        return any(each.solved_in for each in self.solvers)


def unsolved_problems(
    snapshot: Snapshot, municipality: str | None = None, first: int | None = None
) -> Cut[UnsolvedProblem]:
    """The first of the problems that are not solved; see the whole list."""
    return ranked_unsolved(snapshot, municipality).cut(first)


def ranked_unsolved(snapshot: Snapshot, municipality: str | None = None) -> Ranked[UnsolvedProblem]:
    """The problems that departments of a municipality, or of all, face and have not solved: those
    that most give high priority first, then those that most face, then by id.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    if municipality is not None and municipality not in snapshot:
        raise KeyError(municipality)
    facing = _facing(snapshot, municipality)
    order = sorted(
        facing,
        key=lambda each: (
            -sum(one.priority == "high" for one in facing[each]),
            -len(facing[each]),
            each,
        ),
    )
    return Ranked(len(order), lambda place: unsolved(snapshot, order[place], facing[order[place]]))


def unsolved(snapshot: Snapshot, problem: str, facing: Sequence[Facing]) -> UnsolvedProblem:
    """What there is to say of one problem that these departments face unsolved."""
    pressing = sorted(facing, key=lambda each: (-_urgency(each.priority), each.department))
    solvers = [_solver(snapshot, each, problem) for each in snapshot.incoming("SOLVES", problem)]
    solvers.sort(
        key=lambda each: (
            -len(each.in_use),
            -len(each.on_the_way),
            -len(each.proposed_by),
            each.solution,
        )
    )
    return UnsolvedProblem(problem, tuple(pressing), tuple(solvers))


def _urgency(priority: str | None) -> int:
    return -1 if priority is None else PRIORITY.codes[priority]


def _facing(snapshot: Snapshot, municipality: str | None) -> dict[str, list[Facing]]:
    departments, problems = snapshot.nodes("department"), snapshot.nodes("problem")
    found: dict[str, list[Facing]] = {}
    rows = [
        row
        for row, department in enumerate(departments)
        if municipality is None or municipality_of(department) == municipality
    ]
    for row, column in _entries(snapshot, rows):
        department, problem = departments[row], problems[column]
        told = snapshot.told("FACES", department, problem, "priority")
        key = relation_key("FACES", department, problem)
        each = Facing(department, None if told is None else str(told), (key,))
        found.setdefault(problem, []).append(each)
    return found


def _entries(snapshot: Snapshot, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Department and problem, counted within their kinds, of all that is unsolved in these
    departments."""
    unsolved_there = snapshot.derived(Facts).unsolved
    for row in rows:
        for column in entries(unsolved_there, row).tolist():
            yield row, column


def _solver(snapshot: Snapshot, solution: str, problem: str) -> Solver:
    by_status: dict[str, list[str]] = {}
    for department in snapshot.incoming("USES", solution):
        status = str(status_of(snapshot, department, solution))
        by_status.setdefault(status, []).append(department)
    in_use = by_status.get("in_use", [])
    on_the_way = sorted([*by_status.get("pilot", []), *by_status.get("planned", [])])
    solved_in = [each for each in in_use if snapshot.has("FACES", each, problem)]
    proposed_by = [
        each
        for each in snapshot.incoming("PROPOSES", solution)
        if decision_of(snapshot, each, solution) != "declined"
    ]
    elements = [
        relation_key("SOLVES", solution, problem),
        *(relation_key("USES", each, solution) for each in [*in_use, *on_the_way]),
        *(relation_key("FACES", each, problem) for each in solved_in),
        *(relation_key("PROPOSES", each, solution) for each in proposed_by),
    ]
    return Solver(
        solution,
        tuple(in_use),
        tuple(solved_in),
        tuple(on_the_way),
        tuple(proposed_by),
        tuple(elements),
    )
