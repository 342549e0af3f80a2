"""What the data do not tell, so that nobody takes silence for an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from graph.answer import Cut
from graph.columns import UNKNOWN
from graph.scope import Flags, Places, Scope
from schema.records import relation_key
from schema.text import Text

EXAMPLES = 5
NOT_TOLD = {"serves": 0, "digital_maturity": UNKNOWN}
"""How a department's columns hold what it does not tell."""


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
        Lack(key, label, of, missing)
        for key, label, of, missing in (
            *_of_departments(scope),
            *_of_uses(scope),
            *_of_problems(scope),
            *_of_solutions(scope),
            *_of_cards(scope),
        )
    )


Found = Iterator[tuple[str, Text, int, Cut[str]]]


def _nodes(scope: Scope, places: Places) -> Cut[str]:
    """The first of the nodes at these places."""
    shown = places[:EXAMPLES].tolist()
    return Cut(tuple(scope.snapshot.ids[place] for place in shown), len(places))


def _related(scope: Scope, relation: str, chosen: Places) -> Cut[str]:
    """The first of the relationships at these places of their kind."""
    shown = scope.snapshot.elements(relation, chosen[:EXAMPLES].tolist())
    return Cut(tuple(shown), len(chosen))


def _leading(scope: Scope, relation: str) -> Flags:
    """From which places such a relationship leads anywhere."""
    relations = scope.snapshot.relations[relation]
    found = np.zeros(relations.size, dtype=np.bool_)
    found[relations.sources] = True
    return found


def _of_departments(scope: Scope) -> Found:
    departments, start = (
        scope.places("department"),
        scope.snapshot.kind_range["department"].start,
    )
    columns = scope.snapshot.node_columns["department"]
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
        codes = columns[field].codes[departments - start]
        silent = departments[codes == NOT_TOLD[field]]
        yield key, label, len(departments), _nodes(scope, silent)


def _without(scope: Scope, kind: str, relations: Mapping[str, tuple[str, Text]]) -> Found:
    """The nodes of a kind from which no such relationship leads anywhere."""
    nodes = scope.places(kind)
    for relation, (key, label) in relations.items():
        silent = nodes[~_leading(scope, relation)[nodes]]
        yield key, label, len(nodes), _nodes(scope, silent)


def _of_uses(scope: Scope) -> Found:
    uses = scope.uses
    solved = _leading(scope, "SOLVES")[uses.solutions]
    for key, label, told in (
        (
            "use-purpose",
            Text("statusrækker uden formål", "Status rows without a purpose"),
            uses.purposes != 0,
        ),
        (
            "use-users",
            Text("statusrækker uden brugere", "Status rows without users"),
            uses.users,
        ),
        (
            "use-problem",
            Text("statusrækker uden problem", "Status rows without a problem"),
            solved,
        ),
    ):
        silent = uses.places[~told]
        yield key, label, len(uses.places), _related(scope, "USES", silent)


def _of_problems(scope: Scope) -> Found:
    relations, departments = scope.snapshot.relations["FACES"], scope.places("department")
    inside = np.zeros(relations.size, dtype=np.bool_)
    inside[departments] = True
    faced = np.flatnonzero(inside[relations.sources])
    silent = faced[relations.fields["priority"].codes[faced] == UNKNOWN]
    yield (
        "problem-priority",
        Text("problemer uden prioritet", "problems without a priority"),
        len(faced),
        _related(scope, "FACES", silent),
    )


def _of_solutions(scope: Scope) -> Found:
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
    solutions = scope.places("solution")
    silent = solutions[~_requiring_any(scope)[solutions]]
    yield (
        "solution-competences",
        Text("løsninger uden nødvendige kompetencer", "solutions without competences required"),
        len(solutions),
        _nodes(scope, silent),
    )


def _requiring_any(scope: Scope) -> Flags:
    """Which places require a competence, themselves or by a technology that they are built on."""
    requiring, built_on = _leading(scope, "REQUIRES"), scope.snapshot.relations["BUILT_ON"]
    through = requiring.copy()
    through[built_on.sources[requiring[built_on.targets]]] = True
    return through


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
        shown = tuple(relation_key("PROPOSES", *card) for card in silent[:EXAMPLES])
        yield key, label, len(scope.cards), Cut(shown, len(silent))
