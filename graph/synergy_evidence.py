"""What a synergy between two departments rests on: each thing shared, with a sentence and the
relationships that say so, ordered by how much of the score it carries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy import sparse

from graph.answer import Evidence, Part
from graph.facts import entries
from graph.naming import title, titles, told_apart
from graph.snapshot import Snapshot
from graph.solved import held, requirements, solvers_here, status_of
from graph.synergy_facts import LEVELS, SynergyFacts
from schema.records import relation_key
from schema.text import Text
from schema.vocabulary import PRIORITY

STATUS_PHRASE = {
    "in_use": Text("i brug", "in use"),
    "pilot": Text("under afprøvning", "on trial"),
    "planned": Text("planlagt", "planned"),
}


@dataclass(frozen=True)
class Pair:
    """Two departments as evidence speaks of them; where there is a giver, it is ``a``."""

    snapshot: Snapshot
    a: str
    b: str

    @cached_property
    def facts(self) -> SynergyFacts:
        return self.snapshot.derived(SynergyFacts)

    @cached_property
    def names(self) -> tuple[Text, Text]:
        a, b = told_apart(self.snapshot, [self.a, self.b])
        return a, b

    @cached_property
    def rows(self) -> tuple[int, int]:
        start = self.snapshot.kind_range["department"].start
        return self.snapshot.place[self.a] - start, self.snapshot.place[self.b] - start


def evidence(pair: Pair, parts: Sequence[Part], useful: float) -> tuple[Evidence, ...]:
    """All that a score of these parts rests on; the weights sum to the score."""
    known = sum(part.weight for part in parts if part.value is not None)
    found: list[Evidence] = []
    for part in parts:
        if part.value and known > 0:
            found.extend(_shares(_found(pair, part.name, useful), part.value * part.weight / known))
    return tuple(sorted(found, key=lambda each: (-round(each.weight, 12), each.node)))


def _both(a: sparse.csr_array, b: sparse.csr_array, rows: tuple[int, int]) -> list[int]:
    """The columns that the first row has in ``a`` and the second in ``b``."""
    return [int(column) for column in np.intersect1d(entries(a, rows[0]), entries(b, rows[1]))]


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
            return _solved(pair)
        case "unsolved":
            return _unsolved(pair)
        case _:
            return _competences(pair, useful)


def _same_solutions(pair: Pair) -> Iterator[Evidence]:
    held_by, rare = pair.facts.facts.held, pair.facts.facts.rarity_of_solutions
    solutions = pair.snapshot.nodes("solution")
    for column in _both(held_by, held_by, pair.rows):
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
    for column in _both(facts.pairs, facts.pairs, pair.rows):
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
        weight = float(facts.rarity_of_pairs[column])
        yield Evidence(technology, explanation, elements, weight)


def _solutions_by(snapshot: Snapshot, department: str, problem: str, technology: str) -> list[str]:
    return [
        solution
        for solution in held(snapshot, department, *STATUS_PHRASE)
        if snapshot.has("SOLVES", solution, problem)
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


def _solved(pair: Pair) -> Iterator[Evidence]:
    facts, snapshot, (giver, receiver) = pair.facts.facts, pair.snapshot, pair.names
    for column in _both(facts.solved, facts.unsolved, pair.rows):
        problem = snapshot.nodes("problem")[column]
        solvers = solvers_here(snapshot, pair.a, problem)
        what, by = title(snapshot, problem), titles(snapshot, solvers)
        urgent = priority_phrase(snapshot, pair.b, problem)
        explanation = Text(
            f"{receiver.da} står med „{what.da}“{urgent.da} og har ikke løst det; "
            f"{giver.da} har løst det med {by.da}.",
            f"{receiver.en} faces “{what.en}”{urgent.en} and has not solved it; "
            f"{giver.en} has solved it with {by.en}.",
        )
        elements = [relation_key("FACES", pair.b, problem)]
        for solution in solvers:
            elements.append(relation_key("USES", pair.a, solution))
            elements.append(relation_key("SOLVES", solution, problem))
        weight = float(facts.rarity_of_problems[column])
        yield Evidence(problem, explanation, tuple(elements), weight)


def priority_phrase(snapshot: Snapshot, department: str, problem: str) -> Text:
    """The priority that a department gives a problem, as words in brackets; empty where it says
    none."""
    told = snapshot.told("FACES", department, problem, "priority")
    if told is None:
        return Text("", "")
    word = PRIORITY.by_key[str(told)].label
    return Text(f" ({word.da} prioritet)", f" ({word.en} priority)")


def _unsolved(pair: Pair) -> Iterator[Evidence]:
    facts, snapshot, (a, b) = pair.facts.facts, pair.snapshot, pair.names
    for column in _both(facts.unsolved, facts.unsolved, pair.rows):
        problem = snapshot.nodes("problem")[column]
        what = title(snapshot, problem)
        first, second = (priority_phrase(snapshot, each, problem) for each in (pair.a, pair.b))
        explanation = Text(
            f"Både {a.da}{first.da} og {b.da}{second.da} står med „{what.da}“, "
            "og ingen af dem har løst det.",
            f"Both {a.en}{first.en} and {b.en}{second.en} face “{what.en}”, "
            "and neither has solved it.",
        )
        elements = tuple(relation_key("FACES", each, problem) for each in (pair.a, pair.b))
        yield Evidence(problem, explanation, elements, float(facts.rarity_of_problems[column]))


def _competences(pair: Pair, useful: float) -> Iterator[Evidence]:
    facts = pair.facts
    for level in LEVELS:
        for column in _both(facts.having[level], facts.lacking[level], pair.rows):
            essential = column in entries(facts.essential, pair.rows[1])
            weight = float(facts.facts.rarity_of_competences[column])
            competence = pair.snapshot.nodes("competence")[column]
            yield _competence(
                pair, competence, level, essential, weight * (1.0 if essential else useful)
            )


def _competence(
    pair: Pair, competence: str, level: int, essential: bool, weight: float
) -> Evidence:
    snapshot = pair.snapshot
    demands = {
        solution: requirement.elements
        for solution in held(snapshot, pair.b, *STATUS_PHRASE)
        for requirement in requirements(snapshot, solution)
        if requirement.competence == competence
    }
    elements = [relation_key("HAS", pair.a, competence)]
    if snapshot.has("HAS", pair.b, competence):
        elements.append(relation_key("HAS", pair.b, competence))
    for solution, said in demands.items():
        elements.extend((relation_key("USES", pair.b, solution), *said))
    explanation = _lacked(pair, competence, level, essential, list(demands))
    return Evidence(competence, explanation, tuple(dict.fromkeys(elements)), weight)


def _lacked(
    pair: Pair, competence: str, level: int, essential: bool, solutions: Sequence[str]
) -> Text:
    (giver, receiver), snapshot = pair.names, pair.snapshot
    by, what = titles(snapshot, solutions), title(snapshot, competence)
    need = Text("kræver", "requires") if essential else Text("har gavn af", "benefits from")
    if len(solutions) > 1:
        need = Text(need.da, "require" if essential else "benefit from")
    asked = Text(f" på niveau {level}", f" at level {level}") if level else Text("", "")
    has = snapshot.told("HAS", pair.a, competence, "level")
    own = snapshot.told("HAS", pair.b, competence, "level")
    lack = (
        Text(f"{receiver.da} har niveau {own}", f"{receiver.en} has level {own}")
        if own is not None
        else Text(f"{receiver.da} har ikke angivet den", f"{receiver.en} does not list it")
    )
    return Text(
        f"{by.da} hos {receiver.da} {need.da} {what.da}{asked.da}. "
        f"{lack.da}; {giver.da} har niveau {has}.",
        f"{by.en} in {receiver.en} {need.en} {what.en}{asked.en}. "
        f"{lack.en}; {giver.en} has level {has}.",
    )
