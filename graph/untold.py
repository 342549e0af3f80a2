"""What is not told of a solution or a department, of all that fit is made of: named, never zero."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.gaps import meant_for, usual_maturity
from graph.naming import quoted
from graph.snapshot import Snapshot
from graph.solved import familiarity, requirements
from schema.text import Text

PROBLEMS_FACED = Text(
    "Det er ikke oplyst, hvilke problemer forvaltningen står med.",
    "Which problems the department faces is not told.",
)
PROBLEMS_SOLVED = Text(
    "Det er ikke oplyst, hvilke problemer løsningen løser.",
    "Which problems the solution solves is not told.",
)
PEOPLE_SERVED = Text(
    "Det er ikke oplyst, hvem forvaltningen betjener.",
    "Whom the department serves is not told.",
)
PEOPLE_MEANT = Text(
    "Det er ikke oplyst, hvem der bruger løsningen.",
    "Who uses the solution is not told.",
)
TECHNOLOGIES = Text(
    "Det er ikke oplyst, hvilke teknologier løsningen er bygget på.",
    "Which technologies the solution is built on is not told.",
)
COMPETENCES_REQUIRED = Text(
    "Det er ikke oplyst, hvilke kompetencer løsningen kræver.",
    "Which competences the solution requires is not told.",
)
COMPETENCES_HELD = Text(
    "Det er ikke oplyst, hvilke kompetencer forvaltningen har.",
    "Which competences the department has is not told.",
)
MATURITY_HERE = Text(
    "Forvaltningens digitale modenhed er ikke oplyst.",
    "The department's digital maturity is not told.",
)
MATURITY_THERE = Text(
    "Den digitale modenhed hos dem, der bruger løsningen, er ikke oplyst.",
    "The digital maturity of those who use the solution is not told.",
)


@dataclass(frozen=True, slots=True)
class Unknown:
    """What is not told, of a part and perhaps a node."""

    part: str
    node: str | None
    explanation: Text


def unknowns(snapshot: Snapshot, solution: str, department: str) -> tuple[Unknown, ...]:
    """What is not told of the department or the solution, in the order of the parts."""
    return tuple(
        Unknown(part, node, explanation)
        for part, node, explanation in _not_told(snapshot, solution, department)
    )


def _not_told(
    snapshot: Snapshot, solution: str, department: str
) -> Iterator[tuple[str, str | None, Text]]:
    if not snapshot.outgoing("FACES", department):
        yield "problem", department, PROBLEMS_FACED
    if not snapshot.outgoing("SOLVES", solution):
        yield "problem", solution, PROBLEMS_SOLVED
    if snapshot.value(department, "serves") is None:
        yield "users", department, PEOPLE_SERVED
    if not meant_for(snapshot, solution):
        yield "users", solution, PEOPLE_MEANT
    technologies = snapshot.outgoing("BUILT_ON", solution)
    if not technologies:
        yield "technology", solution, TECHNOLOGIES
    for technology in technologies:
        if familiarity(snapshot, department, technology) is None:
            yield "technology", technology, _not_familiar(snapshot, technology)
    if not requirements(snapshot, solution):
        yield "competence", solution, COMPETENCES_REQUIRED
    elif not snapshot.outgoing("HAS", department):
        yield "competence", department, COMPETENCES_HELD
    if snapshot.value(department, "digital_maturity") is None:
        yield "maturity", department, MATURITY_HERE
    if usual_maturity(snapshot, solution) is None:
        yield "maturity", solution, MATURITY_THERE


def _not_familiar(snapshot: Snapshot, technology: str) -> Text:
    name = quoted(snapshot, [technology])
    return Text(
        f"Det er ikke oplyst, hvor godt man kender {name.da} her.",
        f"How familiar {name.en} is here is not told.",
    )
