"""The technology cards: who proposes what, what was decided, and what already solves the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.answer import Cut, Ranked
from graph.facts import Facts
from graph.snapshot import Snapshot
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import DECISION


@dataclass(frozen=True, slots=True)
class Existing:
    """A solution in use that already solves a problem of the card: where, and which."""

    solution: str
    problems: tuple[str, ...]
    departments: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A technology card. ``used_by`` are departments that already have this very solution, and
    ``existing`` other solutions in use for the same problems, in the own municipality first;
    ``unknown`` says what the card leaves open."""

    department: str
    solution: str
    decision: str
    purposes: tuple[str, ...]
    guideposts: tuple[str, ...]
    problems: tuple[str, ...]
    technologies: tuple[str, ...]
    also_proposed_by: tuple[str, ...]
    used_by: tuple[str, ...]
    existing: tuple[Existing, ...]
    unknown: tuple[Text, ...]
    elements: tuple[str, ...]


def proposals(
    snapshot: Snapshot,
    municipality: str | None = None,
    decision: str | None = None,
    first: int | None = None,
) -> Cut[Proposal]:
    """The first of the cards; see the whole list."""
    return ranked_proposals(snapshot, municipality, decision).cut(first)


def ranked_proposals(
    snapshot: Snapshot, municipality: str | None = None, decision: str | None = None
) -> Ranked[Proposal]:
    """The cards of a municipality, or of all, with this decision, or any: in the order of the
    decisions, so that those still to be decided stand first, then by department and solution.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    if municipality is not None and municipality not in snapshot:
        raise KeyError(municipality)
    cards = [
        card
        for card in _cards(snapshot)
        if (municipality is None or municipality_of(card[1]) == municipality)
        and (decision is None or card[0] == decision)
    ]
    cards.sort(key=lambda card: (DECISION.codes[card[0]], card[1], card[2]))
    return Ranked(len(cards), lambda place: _proposal(snapshot, *cards[place]))


def _cards(snapshot: Snapshot) -> Iterator[tuple[str, str, str]]:
    default = str(ONTOLOGY.relations["PROPOSES"].by_name["decision"].default)
    relations = snapshot.relations["PROPOSES"]
    told = relations.fields["decision"]
    for i in range(len(relations.sources)):
        source, target = relations.sources[i], relations.targets[i]
        yield str(told.value(i) or default), snapshot.ids[source], snapshot.ids[target]


def _proposal(snapshot: Snapshot, decision: str, department: str, solution: str) -> Proposal:
    problems = snapshot.outgoing("SOLVES", solution)
    technologies = snapshot.outgoing("BUILT_ON", solution)
    purposes = _words(snapshot, department, solution, "purposes")
    return Proposal(
        department,
        solution,
        decision,
        purposes,
        _words(snapshot, department, solution, "guideposts"),
        tuple(problems),
        tuple(technologies),
        tuple(each for each in snapshot.incoming("PROPOSES", solution) if each != department),
        tuple(_in_use(snapshot, solution, department)),
        tuple(_existing(snapshot, department, solution, problems)),
        tuple(_unknown(bool(problems), bool(technologies), bool(purposes))),
        (relation_key("PROPOSES", department, solution),),
    )


def _words(snapshot: Snapshot, department: str, solution: str, field: str) -> tuple[str, ...]:
    told = snapshot.told("PROPOSES", department, solution, field)
    return told if isinstance(told, tuple) else ()


def _in_use(snapshot: Snapshot, solution: str, near: str) -> list[str]:
    """The departments where the solution is in use, those of the same municipality first."""
    using = snapshot.derived(Facts).departments_using(solution)
    home = municipality_of(near)
    return sorted(using, key=lambda each: (municipality_of(each) != home, each))


def _existing(
    snapshot: Snapshot, department: str, solution: str, problems: list[str]
) -> list[Existing]:
    solved: dict[str, list[str]] = {}
    for problem in problems:
        for other in snapshot.incoming("SOLVES", problem):
            if other != solution:
                solved.setdefault(other, []).append(problem)
    found = []
    for other in sorted(solved):
        using = _in_use(snapshot, other, department)
        if using:
            elements = [relation_key("SOLVES", other, problem) for problem in solved[other]]
            elements += [relation_key("USES", each, other) for each in using]
            found.append(Existing(other, tuple(solved[other]), tuple(using), tuple(elements)))
    home = municipality_of(department)
    found.sort(
        key=lambda each: (
            municipality_of(each.departments[0]) != home,
            -len(each.problems),
            -len(each.departments),
            each.solution,
        )
    )
    return found


def _unknown(problems: bool, technologies: bool, purposes: bool) -> Iterator[Text]:
    if not problems:
        yield Text(
            "Kortet siger ikke, hvilket problem forslaget skal løse.",
            "The card does not say which problem the proposal is to solve.",
        )
    if not technologies:
        yield Text(
            "Kortet siger ikke, hvilken teknologi forslaget bygger på.",
            "The card does not say which technology the proposal is built on.",
        )
    if not purposes:
        yield Text("Kortet nævner ikke noget formål.", "The card does not name any purpose.")
