"""The nodes behind a transfer: what speaks for it, who lives with the solution, and who says so."""

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from graph.answer import Evidence
from graph.fit import TOLERANCE, Fit, FitLimits
from graph.gaps import (
    FEW,
    active_users,
    explain_maturity,
    level_held,
    meant_for,
    naming_users,
    not_served,
)
from graph.naming import joined, placed, quoted
from graph.related import explain_related, related_problems
from graph.remembered import NAMES, remembered
from graph.snapshot import Snapshot
from graph.solved import (
    familiarity,
    requirements,
    solvers_here,
    status_of,
)
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PEOPLE


def transfer_evidence(
    snapshot: Snapshot,
    solution: str,
    department: str,
    fit: Fit,
    limits: FitLimits,
    near: Sequence[str] = (),
) -> tuple[Evidence, ...]:
    """What the fit rests on, part by part, then departments that use or try the solution, those
    ``near`` first. An evidence's weight is what it adds to its part."""
    found = tuple(each for _, each in grounds(snapshot, solution, department, fit, limits))
    return (*found, *_users(snapshot, solution, department, near))


def grounds(
    snapshot: Snapshot, solution: str, department: str, fit: Fit, limits: FitLimits
) -> Iterator[tuple[str, Evidence]]:
    """What each part of a fit rests on, with the part's name."""
    found: dict[str, Callable[[], Iterator[Evidence]]] = {
        "problem": lambda: _problems(snapshot, solution, department, fit, limits),
        "users": lambda: _people(snapshot, solution, department),
        "technology": lambda: _technologies(snapshot, solution, department),
        "competence": lambda: _competences(snapshot, solution, department),
        "maturity": lambda: _maturity(snapshot, solution, department, fit),
    }
    for part in fit.parts:
        if part.value:
            yield from ((part.name, each) for each in found[part.name]())


def shared_unsolved(snapshot: Snapshot, solution: str, department: str) -> list[str]:
    """The problems that the solution solves and the department faces unsolved."""
    solved = snapshot.outgoing("SOLVES", solution)
    return [
        each
        for each in solved
        if snapshot.has("FACES", department, each) and not solvers_here(snapshot, department, each)
    ]


def _problems(
    snapshot: Snapshot, solution: str, department: str, fit: Fit, limits: FitLimits
) -> Iterator[Evidence]:
    if cast(float, fit.value("problem")) < 1 - TOLERANCE:
        for related in related_problems(snapshot, solution, department, limits.alike):
            elements = (
                relation_key("FACES", department, related.faced),
                relation_key("SOLVES", solution, related.solved),
            )
            yield Evidence(related.faced, explain_related(snapshot, related), elements, 0.5)
        return
    for problem in shared_unsolved(snapshot, solution, department):
        name = quoted(snapshot, [problem])
        explanation = Text(
            f"{name.da} er et uløst problem her, og løsningen løser det.",
            f"{name.en} is an unsolved problem here, and the solution solves it.",
        )
        elements = (
            relation_key("FACES", department, problem),
            relation_key("SOLVES", solution, problem),
        )
        yield Evidence(problem, explanation, elements, 1.0)


def _people(snapshot: Snapshot, solution: str, department: str) -> Iterator[Evidence]:
    wanted = meant_for(snapshot, solution)
    missing = not_served(snapshot, solution, department)
    served = [people for people in wanted if people not in missing]
    labels = [PEOPLE.by_key[people].label for people in served]
    da = joined([label.da for label in labels], "og")
    en = joined([label.en for label in labels], "and")
    said = [each for people in served for each in naming_users(snapshot, solution, people)]
    yield Evidence(
        department,
        Text(
            f"Både løsningen og forvaltningen er til for {da}.",
            f"Both the solution and the department are there for {en}.",
        ),
        (department, *dict.fromkeys(said)),
        len(served) / len(wanted),
    )


def _technologies(snapshot: Snapshot, solution: str, department: str) -> Iterator[Evidence]:
    levels = {
        technology: known
        for technology in snapshot.outgoing("BUILT_ON", solution)
        if (known := familiarity(snapshot, department, technology)) is not None
    }
    for technology, known in levels.items():
        if known.level > 0:
            name, word = quoted(snapshot, [technology]), FAMILIARITY.words[known.level].label
            da, en = (
                (" (følger af, hvad man bruger)", " (follows from what is used)")
                if known.derived
                else ("", "")
            )
            explanation = Text(
                f"Kendskab til {name.da}: {word.da}{da}.",
                f"Familiarity with {name.en}: {word.en}{en}.",
            )
            elements = (relation_key("BUILT_ON", solution, technology), *known.elements)
            yield Evidence(technology, explanation, elements, min(1, known.level / 3) / len(levels))


def _competences(snapshot: Snapshot, solution: str, department: str) -> Iterator[Evidence]:
    required = requirements(snapshot, solution)
    weights = [1.0 if each.essential else 0.5 for each in required]
    for each, weight in zip(required, weights, strict=True):
        has = level_held(snapshot, department, each.competence)
        if not has:
            continue
        name, needs = quoted(snapshot, [each.competence]), each.level
        asks = ("kræver", "requires") if each.essential else ("har gavn af", "benefits from")
        at_da = "" if needs is None else f"; løsningen {asks[0]} niveau {needs}"
        at_en = "" if needs is None else f"; the solution {asks[1]} level {needs}"
        explanation = Text(
            f"Kompetencen {name.da} findes her på niveau {has}{at_da}.",
            f"The competence {name.en} is here at level {has}{at_en}.",
        )
        elements = (relation_key("HAS", department, each.competence), *each.elements)
        share = weight * min(1.0, has / (needs or 1)) / sum(weights)
        yield Evidence(each.competence, explanation, elements, share)


def _maturity(snapshot: Snapshot, solution: str, department: str, fit: Fit) -> Iterator[Evidence]:
    explanation, elements = explain_maturity(snapshot, solution, department)
    yield Evidence(department, explanation, elements, cast(float, fit.value("maturity")))


def _users(
    snapshot: Snapshot, solution: str, department: str, near: Sequence[str]
) -> Iterator[Evidence]:
    """The users to ask: those most like the department, then by id; and how many there are."""
    others = [user for user in active_users(snapshot, solution) if user != department]
    named = tuple(dict.fromkeys([*(each for each in near if each in others), *others]))[:FEW]
    yield from (_user(snapshot, solution, user) for user in named)
    if len(others) > len(named):
        more = len(others) - len(named)
        explanation = Text(
            f"Yderligere {more} forvaltninger bruger eller afprøver løsningen.",
            f"{more} more departments use or try the solution.",
        )
        yield Evidence(solution, explanation, (solution,))


@remembered(NAMES)
def _user(snapshot: Snapshot, solution: str, user: str) -> Evidence:
    """That a department uses or tries the solution."""
    name = placed(snapshot, user)
    pilot = status_of(snapshot, user, solution) == "pilot"
    explanation = (
        Text(f"{name.da} afprøver løsningen.", f"{name.en} is trying the solution.")
        if pilot
        else Text(f"{name.da} bruger løsningen.", f"{name.en} uses the solution.")
    )
    return Evidence(user, explanation, (relation_key("USES", user, solution),))
