"""What two departments have not told, so that a part of their synergy is not known."""

from collections.abc import Iterator, Sequence

from graph.answer import Part
from graph.facts import Flags
from graph.naming import title
from graph.snapshot import Snapshot
from graph.synergy_facts import SynergyFacts
from graph.synergy_pair import Pair
from schema.text import Text

_NOTHING_LEFT = Text(
    "Alt, hvad de løser på samme måde, løser de med de samme løsninger; "
    "der er ikke andet at sammenligne.",
    "All that they solve the same way they solve with the same solutions; "
    "there is nothing else to compare.",
)


def unknown_of(pair: Pair, parts: Sequence[Part]) -> tuple[Text, ...]:
    """A sentence for each thing that is missing where a part is not known."""
    return tuple(
        dict.fromkeys(
            sentence for part in parts if not part.known for sentence in _missing(pair, part.name)
        )
    )


def not_told(snapshot: Snapshot, department: str) -> tuple[Text, ...]:
    """What a department has not told, so that some synergies with it cannot be seen: to stand
    beside a list of its best, which is silent about them."""
    facts = snapshot.derived(SynergyFacts)
    row = snapshot.place[department] - snapshot.kind_range["department"].start
    who = title(snapshot, department)
    of_solutions = (
        (facts.told_pairs, _pairs),
        (facts.told_solving, _solving),
        (facts.told_required, _required),
    )
    checks = (
        *(of_solutions if facts.told_solutions[row] else ((facts.told_solutions, _solutions),)),
        (facts.told_problems, _problems),
        (facts.told_competences, _competences),
    )
    return tuple(sentence(who) for told, sentence in checks if not told[row])


def _missing(pair: Pair, part: str) -> list[Text]:
    facts = pair.facts
    (a, b), (first, second) = pair.names, pair.rows
    match part:
        case "solutions":
            told = facts.told_solutions
            return [*_silent(told, first, _solutions(a)), *_silent(told, second, _solutions(b))]
        case "technologies":
            told = facts.told_pairs
            said = [*_silent(told, first, _pairs(a)), *_silent(told, second, _pairs(b))]
            return said or [_NOTHING_LEFT]
        case "solved":
            return [
                *_silent(facts.told_solving, first, _solving(a)),
                *_silent(facts.told_problems, second, _problems(b)),
            ]
        case "unsolved":
            told = facts.told_problems
            return [*_silent(told, first, _problems(a)), *_silent(told, second, _problems(b))]
        case _:
            told = facts.told_competences
            return [
                *_silent(told, first, _competences(a)),
                *_silent(told, second, _competences(b)),
                *_silent(facts.told_required, second, _required(b)),
            ]


def _silent(told: Flags, row: int, sentence: Text) -> Iterator[Text]:
    if not told[row]:
        yield sentence


def _solutions(who: Text) -> Text:
    return Text(f"{who.da} har ikke oplyst løsninger.", f"{who.en} has told no solutions.")


def _pairs(who: Text) -> Text:
    return Text(
        f"Hos {who.da} er der ingen løsning, hvor både problem og teknologi er oplyst.",
        f"In {who.en} there is no solution of which both problem and technology are told.",
    )


def _solving(who: Text) -> Text:
    return Text(
        f"Det er ikke oplyst, hvilke problemer løsningerne hos {who.da} løser.",
        f"It is not told which problems the solutions in {who.en} solve.",
    )


def _problems(who: Text) -> Text:
    return Text(f"{who.da} har ikke oplyst problemer.", f"{who.en} has told no problems.")


def _competences(who: Text) -> Text:
    return Text(f"{who.da} har ikke oplyst kompetencer.", f"{who.en} has told no competences.")


def _required(who: Text) -> Text:
    return Text(
        f"Det er ikke oplyst, hvilke kompetencer løsningerne hos {who.da} kræver.",
        f"It is not told which competences the solutions in {who.en} require.",
    )
