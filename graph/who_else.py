"""Who else uses this solution, has this problem or competence, knows this technology?"""

from dataclasses import dataclass

from graph.answer import Cut
from graph.naming import placed, title
from graph.snapshot import Snapshot
from graph.solved import familiarity, solvers_here, status_of
from schema.names import kind_of
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PRIORITY, STATUS, Vocabulary

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
    find = {
        "solution": _users,
        "problem": _facing,
        "competence": _competent,
        "technology": _familiar,
    }.get(kind_of(node))
    if find is None:
        raise ValueError(f"nobody has a {kind_of(node)}: {node}")
    found = [each for each in find(snapshot, node) if each[1].department != besides]
    found.sort(key=lambda each: (each[0], each[1].department))
    holders = [holder for _, holder in found]
    return Cut(tuple(holders[:first]), len(holders))


Ranked = list[tuple[int, Holder]]


def _users(snapshot: Snapshot, solution: str) -> Ranked:
    what = title(snapshot, solution)
    found: Ranked = []
    for department in snapshot.incoming("USES", solution):
        status = str(status_of(snapshot, department, solution))
        who, word = placed(snapshot, department), STATUS.by_key[status].label
        explanation = Text(
            f"{what.da} hos {who.da}: {word.da}.", f"{what.en} in {who.en}: {word.en}."
        )
        key = relation_key("USES", department, solution)
        found.append((STATUS_ORDER.index(status), Holder(department, status, explanation, (key,))))
    return found


def _facing(snapshot: Snapshot, problem: str) -> Ranked:
    what = title(snapshot, problem)
    found: Ranked = []
    for department in snapshot.incoming("FACES", problem):
        who = placed(snapshot, department)
        priority = _key(snapshot.told("FACES", department, problem, "priority"))
        solvers = solvers_here(snapshot, department, problem)
        solved = Text("løst", "solved") if solvers else Text("uløst", "unsolved")
        explanation = Text(
            f"{who.da} står med „{what.da}“, {solved.da} dér{_in_brackets(PRIORITY, priority).da}.",
            f"{who.en} faces “{what.en}”, {solved.en} there{_in_brackets(PRIORITY, priority).en}.",
        )
        elements = [relation_key("FACES", department, problem)]
        for solution in solvers:
            elements.append(relation_key("USES", department, solution))
            elements.append(relation_key("SOLVES", solution, problem))
        holder = Holder(department, priority, explanation, tuple(elements))
        found.append((-_place(PRIORITY, priority), holder))
    return found


def _competent(snapshot: Snapshot, competence: str) -> Ranked:
    what = title(snapshot, competence)
    found: Ranked = []
    for department in snapshot.incoming("HAS", competence):
        who = placed(snapshot, department)
        level = _key(snapshot.told("HAS", department, competence, "level"))
        at = Text(f" på niveau {level}", f" at level {level}") if level else Text("", "")
        explanation = Text(f"{who.da} har {what.da}{at.da}.", f"{who.en} has {what.en}{at.en}.")
        key = relation_key("HAS", department, competence)
        found.append((-int(level or 0), Holder(department, level, explanation, (key,))))
    return found


def _familiar(snapshot: Snapshot, technology: str) -> Ranked:
    users = {
        department
        for solution in snapshot.incoming("BUILT_ON", technology)
        for department in snapshot.incoming("USES", solution)
    }
    found: Ranked = []
    for department in users | set(snapshot.incoming("FAMILIAR_WITH", technology)):
        known = familiarity(snapshot, department, technology)
        if known is None:
            continue
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
        holder = Holder(department, str(known.level), explanation, known.elements)
        found.append((-known.level, holder))
    return found


def _key(value: object) -> str | None:
    return None if value is None else str(value)


def _place(vocabulary: Vocabulary, key: str | None) -> int:
    return -1 if key is None else vocabulary.codes[key]


def _in_brackets(vocabulary: Vocabulary, key: str | None) -> Text:
    if key is None:
        return Text("", "")
    word = vocabulary.by_key[key].label
    return Text(f" ({word.da} {vocabulary.label.da})", f" ({word.en} {vocabulary.label.en})")
