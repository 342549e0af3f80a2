"""What a synergy between two departments rests on: each thing shared, with a sentence and the
relationships that say so, ordered by how much of the score it carries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.answer import Evidence, Part
from graph.naming import title, titles
from graph.snapshot import Snapshot
from graph.solved import between, status_of
from graph.synergy_learn import competences
from graph.synergy_pair import Pair, both
from graph.synergy_problems import solved, unsolved
from schema.records import relation_key
from schema.text import Text

STATUS_PHRASE = {
    "in_use": Text("i brug", "in use"),
    "pilot": Text("under afprøvning", "on trial"),
    "planned": Text("planlagt", "planned"),
}


def evidence(pair: Pair, parts: Sequence[Part], useful: float) -> tuple[Evidence, ...]:
    """All that a score of these parts rests on; the weights sum to the score."""
    known = sum(part.weight for part in parts if part.value is not None)
    found: list[Evidence] = []
    for part in parts:
        if part.value and known > 0:
            found.extend(_shares(_found(pair, part.name, useful), part.value * part.weight / known))
    return tuple(sorted(found, key=lambda each: (-round(each.weight, 12), each.node)))


def _shares(found: Iterator[Evidence], carried: float) -> list[Evidence]:
    """The evidence with its weights as shares of what the part carries to the score."""
    all_found = list(found)
    whole = sum(each.weight for each in all_found)
    return [replace(each, weight=carried * each.weight / whole) for each in all_found]


def _found(pair: Pair, part: str, useful: float) -> Iterator[Evidence]:
    match part:
        case "solutions":
            return _same_solutions(pair)
        case "technologies":
            return _same_technologies(pair)
        case "solved":
            return solved(pair)
        case "unsolved":
            return unsolved(pair)
        case _:
            return competences(pair, useful)


def _same_solutions(pair: Pair) -> Iterator[Evidence]:
    held_by, rare = pair.facts.facts.held, pair.facts.facts.rarity_of_solutions
    solutions = pair.snapshot.nodes("solution")
    for column in both(held_by, held_by, pair.rows):
        solution = solutions[column]
        elements = tuple(relation_key("USES", each, solution) for each in (pair.a, pair.b))
        yield Evidence(solution, _same_solution(pair, solution), elements, float(rare[column]))


def _same_solution(pair: Pair, solution: str) -> Text:
    what, (a, b) = title(pair.snapshot, solution), pair.names
    first, second = (
        STATUS_PHRASE[str(status_of(pair.snapshot, department, solution))]
        for department in (pair.a, pair.b)
    )
    if first == second:
        return Text(
            f"{what.da} er {first.da} hos både {a.da} og {b.da}.",
            f"{what.en} is {first.en} in both {a.en} and {b.en}.",
        )
    return Text(
        f"{what.da} er {first.da} hos {a.da} og {second.da} hos {b.da}.",
        f"{what.en} is {first.en} in {a.en} and {second.en} in {b.en}.",
    )


def _same_technologies(pair: Pair) -> Iterator[Evidence]:
    facts = pair.facts
    for column in both(facts.pairs.things, facts.pairs.things, pair.rows):
        problem, technology = facts.pair(column)
        ours, theirs = (
            _solutions_by(pair.snapshot, each, problem, technology) for each in (pair.a, pair.b)
        )
        if set(ours) & set(theirs):
            continue
        elements = (
            *_by_technology(pair.a, ours, problem, technology),
            *_by_technology(pair.b, theirs, problem, technology),
        )
        explanation = _same_technology(pair, problem, technology, ours, theirs)
        weight = float(facts.pairs.weights[column])
        yield Evidence(technology, explanation, elements, weight)


def _solutions_by(snapshot: Snapshot, department: str, problem: str, technology: str) -> list[str]:
    return [
        solution
        for solution in between(snapshot, department, "USES", problem, "SOLVES")
        if status_of(snapshot, department, solution) in STATUS_PHRASE
        and snapshot.has("BUILT_ON", solution, technology)
    ]


def _by_technology(
    department: str, solutions: Sequence[str], problem: str, technology: str
) -> Iterator[str]:
    for solution in solutions:
        yield relation_key("USES", department, solution)
        yield relation_key("SOLVES", solution, problem)
        yield relation_key("BUILT_ON", solution, technology)


def _same_technology(
    pair: Pair, problem: str, technology: str, ours: Sequence[str], theirs: Sequence[str]
) -> Text:
    (a, b), snapshot = pair.names, pair.snapshot
    what, by = title(snapshot, problem), title(snapshot, technology)
    our, their = titles(snapshot, ours), titles(snapshot, theirs)
    return Text(
        f"{a.da} og {b.da} løser „{what.da}“ hver for sig med {by.da}: "
        f"{a.da} med {our.da}, {b.da} med {their.da}.",
        f"{a.en} and {b.en} solve “{what.en}” separately with {by.en}: "
        f"{a.en} with {our.en}, {b.en} with {their.en}.",
    )
