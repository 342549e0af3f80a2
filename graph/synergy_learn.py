"""What learning rests on: the competences that one department lacks and the other has."""

from collections.abc import Iterator, Mapping

from graph.answer import Evidence
from graph.facts import HELD
from graph.naming import title, titles
from graph.snapshot import Snapshot
from graph.solved import Requirement, held, requirements
from graph.synergy_facts import LEVELS
from graph.synergy_pair import Pair, both
from schema.records import relation_key
from schema.text import Text


def competences(pair: Pair, useful: float) -> Iterator[Evidence]:
    """What the second's solutions ask for, and it lacks, and the first has at the level asked."""
    facts = pair.facts
    for column in both(facts.having, facts.lacking, pair.rows):
        place, level = divmod(column, LEVELS)
        competence = pair.snapshot.nodes("competence")[place]
        share = 1.0 if facts.lacking[pair.rows[1], column] else useful
        yield _competence(pair, competence, level, float(facts.required.weights[place]) * share)


def _competence(pair: Pair, competence: str, level: int, weight: float) -> Evidence:
    snapshot = pair.snapshot
    demands = _demands(snapshot, pair.b, competence, level)
    elements = [relation_key("HAS", pair.a, competence)]
    if snapshot.has("HAS", pair.b, competence):
        elements.append(relation_key("HAS", pair.b, competence))
    for solution, demand in demands.items():
        elements.extend((relation_key("USES", pair.b, solution), *demand.elements))
    explanation = _lacked(pair, competence, level, demands)
    return Evidence(competence, explanation, tuple(dict.fromkeys(elements)), weight)


def _demands(
    snapshot: Snapshot, department: str, competence: str, level: int
) -> dict[str, Requirement]:
    """The department's solutions that ask for a competence at just this level: those to which it
    is essential there, where there are such. A lower demand may well be met."""
    asking = {
        solution: requirement
        for solution in held(snapshot, department, *HELD)
        for requirement in requirements(snapshot, solution)
        if requirement.competence == competence and (requirement.level or 0) == level
    }
    essential = {solution: each for solution, each in asking.items() if each.essential}
    return essential or asking


def _lacked(pair: Pair, competence: str, level: int, demands: Mapping[str, Requirement]) -> Text:
    (giver, receiver), snapshot = pair.names, pair.snapshot
    by, what = titles(snapshot, list(demands)), title(snapshot, competence)
    essential = any(each.essential for each in demands.values())
    need = Text("kræver", "requires") if essential else Text("har gavn af", "benefits from")
    if len(demands) > 1:
        need = Text(need.da, "require" if essential else "benefit from")
    asked = Text(f" på niveau {level}", f" at level {level}") if level else Text("", "")
    own, theirs = (_having(snapshot, each, competence) for each in (pair.b, pair.a))
    return Text(
        f"{by.da} hos {receiver.da} {need.da} {what.da}{asked.da}. "
        f"{receiver.da} {own.da}; {giver.da} {theirs.da}.",
        f"{by.en} in {receiver.en} {need.en} {what.en}{asked.en}. "
        f"{receiver.en} {own.en}; {giver.en} {theirs.en}.",
    )


def _having(snapshot: Snapshot, department: str, competence: str) -> Text:
    if not snapshot.has("HAS", department, competence):
        return Text("har ikke angivet den", "does not list it")
    level = snapshot.told("HAS", department, competence, "level")
    if level is None:
        return Text("har den, men uden angivet niveau", "has it, but tells no level")
    return Text(f"har niveau {level}", f"has level {level}")
