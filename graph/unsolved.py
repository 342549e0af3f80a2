"""What nobody here has solved: who faces it, how pressing it is, and what solves it elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.answer import Cut, Ranked
from graph.columns import word_code
from graph.facts import Facts
from graph.scope import departments_in
from graph.snapshot import Snapshot
from graph.solved import decision_of, status_of
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
    places = _unsolved_places(snapshot, municipality)
    faces, problems = snapshot.relations["FACES"], snapshot.nodes("problem")
    problem = faces.targets[places] - snapshot.kind_range["problem"].start
    priority = faces.fields["priority"]
    high = priority.codes[places] == word_code(priority.field, "high")
    counts = np.bincount(problem, minlength=len(problems))
    pressing = np.bincount(problem[high], minlength=len(problems))
    order = np.lexsort((np.arange(len(problems)), -counts, -pressing))[: np.count_nonzero(counts)]

    def answer(place: int) -> UnsolvedProblem:
        facing = [_facing(snapshot, each) for each in places[problem == order[place]].tolist()]
        return unsolved(snapshot, problems[order[place]], facing)

    return Ranked(len(order), answer)


def solved_elsewhere(snapshot: Snapshot, municipality: str | None = None) -> int:
    """How many of those problems are ``solved_elsewhere``.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    if municipality is not None and municipality not in snapshot:
        raise KeyError(municipality)
    facing = snapshot.relations["FACES"].targets
    still = np.bincount(facing[snapshot.derived(Facts).unsolved_faces], minlength=len(snapshot.ids))
    here = np.unique(facing[_unsolved_places(snapshot, municipality)])
    return int(
        np.count_nonzero(np.bincount(facing, minlength=len(snapshot.ids))[here] > still[here])
    )


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


def _facing(snapshot: Snapshot, place: int) -> Facing:
    """Who faces a problem, told by the place of the relationship."""
    faces = snapshot.relations["FACES"]
    told = faces.fields["priority"].value(place)
    department = snapshot.ids[faces.sources[place]]
    (element,) = snapshot.elements("FACES", [place])
    return Facing(department, None if told is None else str(told), (element,))


def _unsolved_places(snapshot: Snapshot, municipality: str | None) -> npt.NDArray[np.intp]:
    """The relationships FACES of what is unsolved in a municipality's departments, or in all."""
    places = snapshot.derived(Facts).unsolved_faces
    departments = departments_in(snapshot, municipality)
    if len(departments) == 0:
        return places[:0]
    sources = snapshot.relations["FACES"].sources[places]
    ends = [snapshot.place[departments[0]], snapshot.place[departments[-1]] + 1]
    return places[slice(*np.searchsorted(sources, ends).tolist())]


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
