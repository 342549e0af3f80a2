"""What the data do not tell, so that nobody takes silence for an answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.answer import Cut
from graph.scope import Scope
from schema.records import relation_key
from schema.text import Text

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that some do not tell: how many of how many, and examples (node ids or keys of
    relationships)."""

    key: str
    label: Text
    of: int
    examples: Cut[str]

    @property
    def number(self) -> int:
        return self.examples.total


def lacks(scope: Scope) -> tuple[Lack, ...]:
    """What is not told, in the order departments, uses, problems, solutions, cards; also what
    nothing lacks, with the number 0."""
    return tuple(
        Lack(key, label, of, Cut(tuple(missing[:EXAMPLES]), len(missing)))
        for key, label, of, missing in (
            *_of_departments(scope),
            *_of_uses(scope),
            *_of_problems(scope),
            *_of_solutions(scope),
            *_of_cards(scope),
        )
    )


Found = Iterator[tuple[str, Text, int, Sequence[str]]]


def _of_departments(scope: Scope) -> Found:
    snapshot, departments = scope.snapshot, scope.nodes["department"]
    yield from _without(
        scope,
        "department",
        {
            "USES": (
                "department-uses",
                Text("forvaltninger uden løsninger", "departments without solutions"),
            ),
            "FACES": (
                "department-problems",
                Text("forvaltninger uden problemer", "departments without problems"),
            ),
            "HAS": (
                "department-competences",
                Text("forvaltninger uden kompetencer", "departments without competences"),
            ),
        },
    )
    for field, key, label in (
        (
            "serves",
            "department-serves",
            Text(
                "forvaltninger, der ikke siger, hvem de betjener",
                "departments that do not say whom they serve",
            ),
        ),
        (
            "digital_maturity",
            "department-maturity",
            Text("forvaltninger uden digital modenhed", "departments without digital maturity"),
        ),
    ):
        silent = [each for each in departments if snapshot.value(each, field) is None]
        yield key, label, len(departments), silent


def _without(scope: Scope, kind: str, relations: Mapping[str, tuple[str, Text]]) -> Found:
    """The nodes of a kind from which no such relationship leads anywhere."""
    nodes = scope.nodes[kind]
    for relation, (key, label) in relations.items():
        silent = [each for each in nodes if not scope.snapshot.outgoing(relation, each)]
        yield key, label, len(nodes), silent


def _of_uses(scope: Scope) -> Found:
    uses, snapshot = scope.uses, scope.snapshot
    solves = {use.solution: bool(snapshot.outgoing("SOLVES", use.solution)) for use in uses}
    yield (
        "use-purpose",
        Text("statusrækker uden formål", "Status rows without a purpose"),
        len(uses),
        [use.element for use in uses if not use.purposes],
    )
    yield (
        "use-users",
        Text("statusrækker uden brugere", "Status rows without users"),
        len(uses),
        [use.element for use in uses if not use.users],
    )
    yield (
        "use-problem",
        Text("statusrækker uden problem", "Status rows without a problem"),
        len(uses),
        [use.element for use in uses if not solves[use.solution]],
    )


def _of_problems(scope: Scope) -> Found:
    snapshot = scope.snapshot
    faced = [
        (department, problem)
        for department in scope.nodes["department"]
        for problem in snapshot.outgoing("FACES", department)
    ]
    yield (
        "problem-priority",
        Text("problemer uden prioritet", "problems without a priority"),
        len(faced),
        [
            relation_key("FACES", *pair)
            for pair in faced
            if snapshot.told("FACES", *pair, "priority") is None
        ],
    )


def _of_solutions(scope: Scope) -> Found:
    solutions = scope.nodes["solution"]
    yield from _without(
        scope,
        "solution",
        {
            "SOLVES": (
                "solution-problem",
                Text("løsninger uden problem", "solutions without a problem"),
            ),
            "BUILT_ON": (
                "solution-technology",
                Text("løsninger uden teknologi", "solutions without a technology"),
            ),
        },
    )
    yield (
        "solution-competences",
        Text("løsninger uden nødvendige kompetencer", "solutions without competences required"),
        len(solutions),
        [each for each in solutions if not _requires_any(scope, each)],
    )


def _requires_any(scope: Scope, solution: str) -> bool:
    demanders = (solution, *scope.snapshot.outgoing("BUILT_ON", solution))
    return any(scope.snapshot.outgoing("REQUIRES", each) for each in demanders)


def _of_cards(scope: Scope) -> Found:
    snapshot = scope.snapshot
    for key, field, label in (
        ("card-purpose", "purposes", Text("teknologikort uden formål", "cards without a purpose")),
        (
            "card-guidepost",
            "guideposts",
            Text("teknologikort uden pejlemærker", "cards without guideposts"),
        ),
    ):
        silent = [card for card in scope.cards if snapshot.told("PROPOSES", *card, field) is None]
        yield key, label, len(scope.cards), [relation_key("PROPOSES", *card) for card in silent]
