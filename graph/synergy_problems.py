"""What reuse and joining forces rest on: the problems of two departments, in sentences."""

from collections.abc import Iterator, Sequence

from graph.answer import Evidence
from graph.naming import joined, priority_of, priority_phrase, title, titles
from graph.snapshot import Snapshot
from graph.solved import UnderWay, solvers_here, under_way_here
from graph.synergy_pair import Pair, both
from schema.records import relation_key
from schema.text import Text

STAGE_PHRASE = {
    "pilot": Text("afprøver selv", "is itself trying"),
    "planned": Text("har selv planlagt", "has itself planned"),
    "proposed": Text("har selv foreslået", "has itself proposed"),
}


def solved(pair: Pair) -> Iterator[Evidence]:
    """What the second faces unsolved and a solution in use in the first solves."""
    facts, snapshot, (giver, receiver) = pair.facts.facts, pair.snapshot, pair.names
    for column in both(facts.solved, facts.unsolved, pair.rows):
        problem = snapshot.nodes("problem")[column]
        solvers = solvers_here(snapshot, pair.a, problem)
        begun = under_way_here(snapshot, pair.b, problem)
        what, way = title(snapshot, problem), _way_of(pair, problem, solvers)
        urgent, own = priority_phrase(snapshot, pair.b, problem), _own_way(snapshot, begun)
        explanation = Text(
            f"{receiver.da} står med „{what.da}“{urgent.da} og har ikke løst det{own.da}; "
            f"{giver.da} {way.da}.",
            f"{receiver.en} faces “{what.en}”{urgent.en} and has not solved it{own.en}; "
            f"{giver.en} {way.en}.",
        )
        elements = [relation_key("FACES", pair.b, problem)]
        if snapshot.has("FACES", pair.a, problem):
            elements.append(relation_key("FACES", pair.a, problem))
        for solution in solvers:
            elements.append(relation_key("USES", pair.a, solution))
            elements.append(relation_key("SOLVES", solution, problem))
        for each in begun:
            elements.append(each.element)
            elements.append(relation_key("SOLVES", each.solution, problem))
        weight = float(facts.rarity_of_problems[column])
        yield Evidence(problem, explanation, tuple(dict.fromkeys(elements)), weight)


def _way_of(pair: Pair, problem: str, solvers: Sequence[str]) -> Text:
    """What the giver does about a problem. Where it does not face it, it has not solved it: that
    its solution can, is what somebody else says."""
    by = titles(pair.snapshot, solvers)
    if pair.snapshot.has("FACES", pair.a, problem):
        return Text(f"har løst det med {by.da}", f"has solved it with {by.en}")
    return Text(f"har {by.da} i brug, som kan løse det", f"uses {by.en}, which can solve it")


def _own_way(snapshot: Snapshot, begun: Sequence[UnderWay]) -> Text:
    """What the receiver has begun with, as the end of a sentence; empty where it has not."""
    said = []
    for stage, phrase in STAGE_PHRASE.items():
        solutions = [each.solution for each in begun if each.stage == stage]
        if solutions:
            by = titles(snapshot, solutions)
            said.append(Text(f"{phrase.da} {by.da}", f"{phrase.en} {by.en}"))
    if not said:
        return Text("", "")
    return Text(
        ", men " + joined([each.da for each in said], "og"),
        ", but " + joined([each.en for each in said], "and"),
    )


def unsolved(pair: Pair) -> Iterator[Evidence]:
    """What both face unsolved."""
    facts, snapshot = pair.facts.facts, pair.snapshot
    for column in both(facts.unsolved, facts.unsolved, pair.rows):
        problem = snapshot.nodes("problem")[column]
        what = title(snapshot, problem)
        a, b = (pair.noted(each, priority_of(snapshot, each, problem)) for each in (pair.a, pair.b))
        explanation = Text(
            f"Både {a.da} og {b.da} står med „{what.da}“, og ingen af dem har løst det.",
            f"Both {a.en} and {b.en} face “{what.en}”, and neither has solved it.",
        )
        elements = tuple(relation_key("FACES", each, problem) for each in (pair.a, pair.b))
        yield Evidence(problem, explanation, elements, float(facts.rarity_of_problems[column]))
