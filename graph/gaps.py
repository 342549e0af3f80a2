"""What is missing before a solution would work in a department.

A gap keeps a known part of the fit from 1. What is not known is no gap: ``graph.untold`` names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.adoption import entries
from graph.columns import words_mask
from graph.fit import FIT_SETTINGS, TOLERANCE, Fit, FitLimits
from graph.naming import placed, quoted
from graph.related import explain_related, related_problems
from graph.remembered import SOLUTIONS, remembered
from graph.snapshot import Snapshot
from graph.solved import (
    Requirement,
    familiarity,
    requirements,
)
from graph.transfer_facts import TransferFacts, in_use_level
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PEOPLE

FULL = 1 - TOLERANCE

FEW = 10
"""How many of a solution's users are led back to, where all of them say the same kind of thing."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a part from 1: the node that it is about (none for users and maturity), what is
    there and what it takes, and the elements that say so.

    ``has`` and ``needs`` are, by part: competence and maturity their levels (0 has it not),
    technology the familiarity, problem 0 (not faced) or 0.5 (akin, or solved otherwise) of 1,
    users 0 of 1 for each kind of people that is not served. ``needs`` is None where a competence
    is required without a level.
    """

    part: str
    node: str | None
    has: float
    needs: float | None
    explanation: Text
    elements: tuple[str, ...] = ()


def gaps(
    snapshot: Snapshot,
    solution: str,
    department: str,
    fit: Fit,
    limits: FitLimits = FIT_SETTINGS.limits,
) -> tuple[Gap, ...]:
    """The gap list, in the order of the parts."""
    short = {part.name for part in fit.parts if part.value is not None and part.value < FULL}
    return tuple(_shortfalls(snapshot, solution, department, limits.alike, short))


def _shortfalls(
    snapshot: Snapshot, solution: str, department: str, alike: float, short: set[str]
) -> Iterator[Gap]:
    if "problem" in short:
        yield from _problem(snapshot, solution, department, alike)
    for part, find in (
        ("users", _users),
        ("technology", _technology),
        ("competence", _competence),
        ("maturity", _maturity),
    ):
        if part in short:
            yield from find(snapshot, solution, department)


def _problem(snapshot: Snapshot, solution: str, department: str, alike: float) -> Iterator[Gap]:
    related = related_problems(snapshot, solution, department, alike)
    for each in related:
        elements = (
            relation_key("SOLVES", solution, each.solved),
            relation_key("FACES", department, each.faced),
            *(relation_key("USES", department, other) for other in each.solvers),
        )
        explanation = explain_related(snapshot, each)
        yield Gap("problem", each.solved, 0.5, 1.0, explanation, elements)
    if not related:
        problems = snapshot.outgoing("SOLVES", solution)
        names = quoted(snapshot, problems)
        explanation = Text(f"Her står man ikke med {names.da}.", f"{names.en} is not faced here.")
        elements = tuple(relation_key("SOLVES", solution, problem) for problem in problems)
        node = problems[0] if len(problems) == 1 else None
        yield Gap("problem", node, 0.0, 1.0, explanation, elements)


def not_served(snapshot: Snapshot, solution: str, department: str) -> list[str]:
    """The kinds of people that the solution is for and the department does not serve."""
    serves = snapshot.value(department, "serves")
    served = serves if isinstance(serves, tuple) else ()
    return [people for people in meant_for(snapshot, solution) if people not in served]


@remembered(SOLUTIONS)
def meant_for(snapshot: Snapshot, solution: str) -> tuple[str, ...]:
    """Whom the solution is for: all that its uses name. Empty where none of them says."""
    place = snapshot.place[solution] - snapshot.kind_range["solution"].start
    named = snapshot.derived(TransferFacts).served[place]
    return tuple(word.key for word, flag in zip(PEOPLE, named, strict=True) if flag)


@remembered(SOLUTIONS)
def naming_users(snapshot: Snapshot, solution: str, people: str) -> tuple[str, ...]:
    """Uses that name these people as users, the first few."""
    uses = snapshot.relations["USES"]
    here = uses.of_target(snapshot.place[solution])
    column = uses.fields["users"]
    naming = here[(column.codes[here] & words_mask(column.field, [people])) > 0]
    return tuple(snapshot.elements("USES", naming[:FEW].tolist()))


@remembered(SOLUTIONS)
def active_users(snapshot: Snapshot, solution: str) -> tuple[str, ...]:
    """The departments that use or try the solution, by id."""
    place = snapshot.place[solution] - snapshot.kind_range["solution"].start
    names = snapshot.nodes("department")
    return tuple(names[row] for row in entries(snapshot.derived(TransferFacts).users, place))


def _users(snapshot: Snapshot, solution: str, department: str) -> Iterator[Gap]:
    for people in not_served(snapshot, solution, department):
        label = PEOPLE.by_key[people].label
        elements = (department, *naming_users(snapshot, solution, people))
        explanation = Text(
            f"Løsningen er for {label.da}, som forvaltningen ikke betjener.",
            f"The solution is for {label.en}, whom the department does not serve.",
        )
        yield Gap("users", None, 0.0, 1.0, explanation, elements)


def _technology(snapshot: Snapshot, solution: str, department: str) -> Iterator[Gap]:
    needs = in_use_level()
    for technology in snapshot.outgoing("BUILT_ON", solution):
        known = familiarity(snapshot, department, technology)
        if known is not None and known.level < needs:
            name = quoted(snapshot, [technology])
            now, then = (FAMILIARITY.words[level].label for level in (known.level, needs))
            explanation = Text(
                f"Kendskabet til {name.da} skal løftes fra „{now.da}“ til „{then.da}“.",
                f"Familiarity with {name.en} must rise from “{now.en}” to “{then.en}”.",
            )
            elements = (relation_key("BUILT_ON", solution, technology), *known.elements)
            yield Gap(
                "technology", technology, float(known.level), float(needs), explanation, elements
            )


def level_held(snapshot: Snapshot, department: str, competence: str) -> int:
    """The level at which a department has a competence; 0 where it has not."""
    if not snapshot.has("HAS", department, competence):
        return 0
    return max(1, int(str(snapshot.told("HAS", department, competence, "level") or 1)))


def _competence(snapshot: Snapshot, solution: str, department: str) -> Iterator[Gap]:
    for required in requirements(snapshot, solution):
        has = level_held(snapshot, department, required.competence)
        if has < (required.level or 1):
            needs = None if required.level is None else float(required.level)
            held = (relation_key("HAS", department, required.competence),) if has else ()
            yield Gap(
                "competence",
                required.competence,
                float(has),
                needs,
                _explain_competence(snapshot, required, has),
                (*required.elements, *held),
            )


def _explain_competence(snapshot: Snapshot, required: Requirement, has: int) -> Text:
    name = quoted(snapshot, [required.competence])
    if has:
        da = "skal" if required.essential else "kan med fordel"
        en = "must" if required.essential else "would do well to"
        return Text(
            f"Kompetencen {name.da} {da} løftes fra niveau {has} til niveau {required.level}.",
            f"The competence {name.en} {en} rise from level {has} to level {required.level}.",
        )
    at_da = "" if required.level is None else f" på niveau {required.level}"
    at_en = "" if required.level is None else f" at level {required.level}"
    da, en = ("nødvendig", "essential") if required.essential else ("nyttig", "useful")
    return Text(
        f"Kompetencen {name.da} mangler; den er {da}{at_da}.",
        f"The competence {name.en} is missing; it is {en}{at_en}.",
    )


@remembered(SOLUTIONS)
def usual_maturity(snapshot: Snapshot, solution: str) -> float | None:
    """The median maturity of those who use or try the solution, None where none is told."""
    place = snapshot.place[solution] - snapshot.kind_range["solution"].start
    usual = snapshot.derived(TransferFacts).maturity_of_users[place]
    return None if np.isnan(usual) else float(usual)


def _maturity(snapshot: Snapshot, solution: str, department: str) -> Iterator[Gap]:
    has = snapshot.value(department, "digital_maturity")
    needs = usual_maturity(snapshot, solution)
    assert needs is not None  # the part is known
    explanation, elements = explain_maturity(snapshot, solution, department)
    yield Gap("maturity", None, float(str(has)), needs, explanation, elements)


def explain_maturity(
    snapshot: Snapshot, solution: str, department: str
) -> tuple[Text, tuple[str, ...]]:
    """The department's maturity beside that of those who have the solution, and who says so."""
    has, usual = snapshot.value(department, "digital_maturity"), usual_maturity(snapshot, solution)
    facts, names = snapshot.derived(TransferFacts), snapshot.nodes("department")
    rows = entries(facts.users, snapshot.place[solution] - snapshot.kind_range["solution"].start)
    users = rows[~np.isnan(facts.maturity[rows])]
    elements = (department, *(names[row] for row in users[:FEW].tolist()))
    da, en = f"{usual:g}".replace(".", ","), f"{usual:g}"
    if len(users) == 1:
        who = placed(snapshot, names[users[0]])
        return Text(
            f"Den digitale modenhed er {has}; hos {who.da}, der har løsningen, er den {da}.",
            f"Digital maturity is {has}; in {who.en}, which has the solution, it is {en}.",
        ), elements
    return Text(
        f"Den digitale modenhed er {has}; hos dem, der bruger løsningen, er den typisk {da}.",
        f"Digital maturity is {has}; among those who use the solution it is typically {en}.",
    ), elements
