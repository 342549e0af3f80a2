"""Who else uses this solution, has this problem or competence, knows this technology?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.answer import Cut
from graph.naming import placed, priority_phrase, title, titles
from graph.snapshot import Snapshot
from graph.solved import familiarity, solvers_here, status_of
from graph.transfer_facts import TransferFacts
from schema.names import kind_of
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PRIORITY, STATUS

STATUS_ORDER = ("in_use", "pilot", "planned", "retired")


@dataclass(frozen=True, slots=True)
class Holder:
    """A department that has what was asked about. ``value`` is its status, priority or level as
    the vocabulary's key, None where it is not told; ``elements`` are what says so."""

    department: str
    value: str | None
    explanation: Text
    elements: tuple[str, ...]


def who_else(
    snapshot: Snapshot, node: str, besides: str | None = None, first: int | None = None
) -> Cut[Holder]:
    """The departments that have the node, those who have it most first, then by id: of a
    solution those who use it (in use, pilot, planned, retired), of a problem those who face it
    by priority, of a competence and a technology by level. ``besides`` leaves one out.

    Raises KeyError for an id that is not in the snapshot, ValueError for a department or a
    municipality.
    """
    ask = _ASKS.get(kind_of(node))
    if ask is None:
        raise ValueError(f"nobody has a {kind_of(node)}: {node}")
    found = [(rank, each) for rank, each in ask.ranked(snapshot, node) if each != besides]
    found.sort()
    return Cut(tuple(ask.holder(snapshot, each, node) for _, each in found[:first]), len(found))


Ranks = Iterator[tuple[int, str]]


def _users(snapshot: Snapshot, solution: str) -> Ranks:
    for department in snapshot.incoming("USES", solution):
        yield STATUS_ORDER.index(str(status_of(snapshot, department, solution))), department


def _user(snapshot: Snapshot, department: str, solution: str) -> Holder:
    status = str(status_of(snapshot, department, solution))
    what, who = title(snapshot, solution), placed(snapshot, department)
    word = STATUS.by_key[status].label
    explanation = Text(f"{what.da} hos {who.da}: {word.da}.", f"{what.en} in {who.en}: {word.en}.")
    key = relation_key("USES", department, solution)
    return Holder(department, status, explanation, (key,))


def _all_facing(snapshot: Snapshot, problem: str) -> Ranks:
    for department in snapshot.incoming("FACES", problem):
        priority = _key(snapshot.told("FACES", department, problem, "priority"))
        yield 1 if priority is None else -PRIORITY.codes[priority], department


def _facing(snapshot: Snapshot, department: str, problem: str) -> Holder:
    priority = _key(snapshot.told("FACES", department, problem, "priority"))
    solvers = solvers_here(snapshot, department, problem)
    elements = [relation_key("FACES", department, problem)]
    for solution in solvers:
        elements.append(relation_key("USES", department, solution))
        elements.append(relation_key("SOLVES", solution, problem))
    explanation = _faced(snapshot, department, problem, solvers)
    return Holder(department, priority, explanation, tuple(elements))


def _faced(snapshot: Snapshot, department: str, problem: str, solvers: Sequence[str]) -> Text:
    who, what = placed(snapshot, department), title(snapshot, problem)
    urgent, by = priority_phrase(snapshot, department, problem), titles(snapshot, solvers)
    solved = (
        Text(f"har løst det med {by.da}", f"has solved it with {by.en}")
        if solvers
        else Text("har ikke løst det", "has not solved it")
    )
    return Text(
        f"{who.da} står med „{what.da}“{urgent.da} og {solved.da}.",
        f"{who.en} faces “{what.en}”{urgent.en} and {solved.en}.",
    )


def _all_competent(snapshot: Snapshot, competence: str) -> Ranks:
    for department in snapshot.incoming("HAS", competence):
        yield -int(_key(snapshot.told("HAS", department, competence, "level")) or 0), department


def _competent(snapshot: Snapshot, department: str, competence: str) -> Holder:
    who, what = placed(snapshot, department), title(snapshot, competence)
    level = _key(snapshot.told("HAS", department, competence, "level"))
    at = Text(f" på niveau {level}", f" at level {level}") if level else Text("", "")
    explanation = Text(f"{who.da} har {what.da}{at.da}.", f"{who.en} has {what.en}{at.en}.")
    key = relation_key("HAS", department, competence)
    return Holder(department, level, explanation, (key,))


def _all_familiar(snapshot: Snapshot, technology: str) -> Ranks:
    """Those who say so, and users of what is built on it."""
    known = snapshot.derived(TransferFacts).familiar_to
    row = snapshot.place[technology] - snapshot.kind_range["technology"].start
    own, departments = slice(*known.indptr[row : row + 2]), snapshot.nodes("department")
    for place, more in zip(known.indices[own].tolist(), known.data[own].tolist(), strict=True):
        yield 1 - int(more), departments[place]


def _familiar(snapshot: Snapshot, department: str, technology: str) -> Holder:
    known = familiarity(snapshot, department, technology)
    assert known is not None  # it is among those who know it
    who, what = placed(snapshot, department), title(snapshot, technology)
    word = FAMILIARITY.by_key[str(known.level)].label
    how = (
        Text("udledt af brugen", "derived from what it uses")
        if known.derived
        else Text("oplyst", "stated")
    )
    explanation = Text(
        f"{what.da} hos {who.da}: {word.da} ({how.da}).",
        f"{what.en} in {who.en}: {word.en} ({how.en}).",
    )
    return Holder(department, str(known.level), explanation, known.elements)


@dataclass(frozen=True, slots=True)
class _Ask:
    """How those who have a kind of node are found: who they are, each with its rank, and what one
    of them has to say."""

    ranked: Callable[[Snapshot, str], Ranks]
    holder: Callable[[Snapshot, str, str], Holder]


_ASKS = {
    "solution": _Ask(_users, _user),
    "problem": _Ask(_all_facing, _facing),
    "competence": _Ask(_all_competent, _competent),
    "technology": _Ask(_all_familiar, _familiar),
}


def _key(value: object) -> str | None:
    return None if value is None else str(value)
