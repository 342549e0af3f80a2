"""Who else uses this solution, has this problem or competence, knows this technology?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.answer import Cut
from graph.naming import placed, priority_phrase, title, titles
from graph.snapshot import Snapshot
from graph.solved import familiarity, solvers_here, status_of
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
    having = [each for each in ask.departments(snapshot, node) if each != besides]
    found = [each for each in (ask.holder(snapshot, one, node) for one in having) if each]
    found.sort(key=lambda each: (each[0], each[1].department))
    return Cut(tuple(holder for _, holder in found[:first]), len(found))


Ranked = tuple[int, Holder]


def _user(snapshot: Snapshot, department: str, solution: str) -> Ranked:
    status = str(status_of(snapshot, department, solution))
    what, who = title(snapshot, solution), placed(snapshot, department)
    word = STATUS.by_key[status].label
    explanation = Text(f"{what.da} hos {who.da}: {word.da}.", f"{what.en} in {who.en}: {word.en}.")
    key = relation_key("USES", department, solution)
    return STATUS_ORDER.index(status), Holder(department, status, explanation, (key,))


def _facing(snapshot: Snapshot, department: str, problem: str) -> Ranked:
    priority = _key(snapshot.told("FACES", department, problem, "priority"))
    solvers = solvers_here(snapshot, department, problem)
    elements = [relation_key("FACES", department, problem)]
    for solution in solvers:
        elements.append(relation_key("USES", department, solution))
        elements.append(relation_key("SOLVES", solution, problem))
    explanation = _faced(snapshot, department, problem, solvers)
    urgency = -1 if priority is None else PRIORITY.codes[priority]
    return -urgency, Holder(department, priority, explanation, tuple(elements))


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


def _competent(snapshot: Snapshot, department: str, competence: str) -> Ranked:
    who, what = placed(snapshot, department), title(snapshot, competence)
    level = _key(snapshot.told("HAS", department, competence, "level"))
    at = Text(f" på niveau {level}", f" at level {level}") if level else Text("", "")
    explanation = Text(f"{who.da} har {what.da}{at.da}.", f"{who.en} has {what.en}{at.en}.")
    key = relation_key("HAS", department, competence)
    return -int(level or 0), Holder(department, level, explanation, (key,))


def _familiar(snapshot: Snapshot, department: str, technology: str) -> Ranked | None:
    known = familiarity(snapshot, department, technology)
    if known is None:
        return None
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
    return -known.level, Holder(department, str(known.level), explanation, known.elements)


def _near(snapshot: Snapshot, technology: str) -> set[str]:
    """Who may be familiar with a technology: those who say so, and users of what is built on it."""
    users = {
        department
        for solution in snapshot.incoming("BUILT_ON", technology)
        for department in snapshot.incoming("USES", solution)
    }
    return users | set(snapshot.incoming("FAMILIAR_WITH", technology))


def _by(relation: str) -> Callable[[Snapshot, str], Iterable[str]]:
    """The departments from which such a relationship leads to a node."""
    return lambda snapshot, node: snapshot.incoming(relation, node)


@dataclass(frozen=True, slots=True)
class _Ask:
    """How those who have a kind of node are found: who comes into question, and what each of
    them has, with its rank; None where it has not."""

    departments: Callable[[Snapshot, str], Iterable[str]]
    holder: Callable[[Snapshot, str, str], Ranked | None]


_ASKS = {
    "solution": _Ask(_by("USES"), _user),
    "problem": _Ask(_by("FACES"), _facing),
    "competence": _Ask(_by("HAS"), _competent),
    "technology": _Ask(_near, _familiar),
}


def _key(value: object) -> str | None:
    return None if value is None else str(value)
