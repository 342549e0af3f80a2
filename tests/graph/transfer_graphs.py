"""Random small graphs in which everything that a fit is made of may be told or left out, and the
fit reckoned plainly, pair by pair, as the slow and obvious check."""

from collections.abc import Sequence
from statistics import median
from typing import Any

from hypothesis import strategies as st

from graph.kinship import kle_subject
from graph.snapshot import Snapshot
from graph.solved import (
    familiarity,
    requirements,
    solvers_here,
    status_of,
    unsolved_here,
    users_of,
)
from schema.field import Value
from schema.vocabulary import PEOPLE, STATUS
from tests.graph.small import Fields, snapshot

DEPARTMENTS = ("a/x", "a/y", "b/x", "b/y", "c/z")
SOLUTIONS = ("bot", "map", "rda", "sms", "web")
PROBLEMS = ("calls", "letters", "queues", "typing")
TECHNOLOGIES = ("ai", "gis", "robot")
COMPETENCES = ("drawing", "law", "prompts")

PEOPLE_TOLD = st.lists(st.sampled_from([word.key for word in PEOPLE]), unique=True).map(tuple)
SUBJECTS = st.sampled_from(["27", "27.03", "27.03.05", "27.09", "41.01"])


@st.composite
def transfer_graphs(draw: st.DrawFn) -> Snapshot:
    """A snapshot of up to five departments and five solutions in three municipalities."""
    statuses = st.sampled_from([word.key for word in STATUS])
    uses = _fields(status=statuses, users=PEOPLE_TOLD)
    necessity = st.sampled_from(["useful", "essential"])
    needs = _fields(level=st.integers(1, 5), necessity=necessity)
    requirers = [*(f"solution:{each}" for each in SOLUTIONS), "technology:ai", "technology:gis"]
    return snapshot(
        uses=draw(_some(DEPARTMENTS, SOLUTIONS, uses, 12)),
        faces=draw(_some(DEPARTMENTS, PROBLEMS, st.just({}), 10)),
        solves=draw(_some(SOLUTIONS, PROBLEMS, st.just({}), 10)),
        built_on=draw(_some(SOLUTIONS, TECHNOLOGIES, st.just({}), 8)),
        has=draw(_some(DEPARTMENTS, COMPETENCES, _level(1, 5), 8)),
        familiar=draw(_some(DEPARTMENTS, TECHNOLOGIES, _level(0, 4), 8)),
        requires=draw(_some(requirers, COMPETENCES, needs, 8)),
        nodes=_nodes(draw),
    )


def _nodes(draw: st.DrawFn) -> dict[str, dict[str, Value]]:
    about = _fields(digital_maturity=st.integers(1, 5), serves=PEOPLE_TOLD)
    of_problem = _fields(kle=SUBJECTS)
    return {
        **{f"department:{each}": draw(about) for each in DEPARTMENTS},
        **{f"problem:{each}": draw(of_problem) for each in PROBLEMS},
        **{f"solution:{each}": {} for each in SOLUTIONS},
    }


def _fields(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[Fields]:
    return st.fixed_dictionaries({}, optional=optional)


def _level(lowest: int, highest: int) -> st.SearchStrategy[Fields]:
    return st.integers(lowest, highest).map(lambda level: {"level": level})


def _some(
    sources: Sequence[str], targets: Sequence[str], fields: st.SearchStrategy[Fields], most: int
) -> st.SearchStrategy[list[tuple[str, str, Fields]]]:
    pairs = st.tuples(st.sampled_from(sources), st.sampled_from(targets), fields)
    return st.lists(pairs, max_size=most, unique_by=lambda each: each[:2])


def plain_parts(graph: Snapshot, department: str, solution: str) -> dict[str, float | None]:
    """The parts of a fit as the design says them, without a matrix."""
    return {
        "problem": _problem(graph, department, solution),
        "users": _users(graph, department, solution),
        "technology": _technology(graph, department, solution),
        "competence": _competence(graph, department, solution),
        "maturity": _maturity(graph, department, solution),
    }


def _problem(graph: Snapshot, department: str, solution: str) -> float | None:
    faced, solved = graph.outgoing("FACES", department), graph.outgoing("SOLVES", solution)
    if not faced or not solved:
        return None
    if set(unsolved_here(graph, department)) & set(solved):
        return 1.0
    if any(solvers_here(graph, department, problem) for problem in set(faced) & set(solved)):
        return 0.5
    return 0.5 if any(_akin(graph, a, b) for a in faced for b in solved) else 0.0


def _akin(graph: Snapshot, a: str, b: str) -> bool:
    """The names of these problems are nothing alike, so the subject alone can join them."""
    first, second = (kle_subject(_text(graph.value(each, "kle"))) for each in (a, b))
    if first is None or second is None or first[0] != second[0]:
        return False
    return first[1] == second[1] or -1 in (first[1], second[1])


def _text(value: Value | None) -> str | None:
    return None if value is None else str(value)


def _users(graph: Snapshot, department: str, solution: str) -> float | None:
    serves, users = graph.value(department, "serves"), users_of(graph, solution)
    if not isinstance(serves, tuple) or not users:
        return None
    return sum(each in serves for each in users) / len(users)


def _technology(graph: Snapshot, department: str, solution: str) -> float | None:
    known = [
        min(1.0, found.level / 3)
        for technology in graph.outgoing("BUILT_ON", solution)
        if (found := familiarity(graph, department, technology)) is not None
    ]
    return sum(known) / len(known) if known else None


def _competence(graph: Snapshot, department: str, solution: str) -> float | None:
    required = requirements(graph, solution)
    if not required or not graph.outgoing("HAS", department):
        return None
    weights = [1.0 if each.essential else 0.5 for each in required]
    reached = [
        weight * min(1.0, _has(graph, department, each.competence) / (each.level or 1))
        for each, weight in zip(required, weights, strict=True)
    ]
    return sum(reached) / sum(weights)


def _has(graph: Snapshot, department: str, competence: str) -> int:
    return int(str(graph.told("HAS", department, competence, "level") or 0))


def _maturity(graph: Snapshot, department: str, solution: str) -> float | None:
    own = graph.value(department, "digital_maturity")
    users = [
        int(str(told))
        for user in graph.incoming("USES", solution)
        if status_of(graph, user, solution) in ("in_use", "pilot")
        and (told := graph.value(user, "digital_maturity")) is not None
    ]
    return min(1.0, int(str(own)) / median(users)) if own is not None and users else None
