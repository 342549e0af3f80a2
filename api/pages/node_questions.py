"""What a node's page asks the graph on the reader's behalf: the best few answers of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.pages.addresses import card_path, node_path, pair_path
from api.pages.synergy_cards import synergy_card
from api.pages.visit import Visit
from graph.gaps import active_users
from graph.synergy import best_synergies
from graph.transfer import GROUPS, Transfer, best_candidates, best_targets
from graph.transfer_card import transfer_card
from graph.unsolved import unsolved_problems
from graph.who_else import who_else
from schema.names import kind_of
from schema.text import Text
from schema.vocabulary import FAMILIARITY, PRIORITY

FIRST = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: a badge (its key and words), what it is about, and a sentence."""

    badge: tuple[str, Text] | None
    name: str
    href: str
    sentence: Text | None
    figure: str | None = None


@dataclass(frozen=True)
class Question:
    """A question with its best answers, and where the rest of them stand."""

    id: str
    title: Text
    explanation: Text
    answers: tuple[Answer, ...]
    more: tuple[Text, str] | None = None


def questions(visit: Visit, node: str) -> list[Question]:
    """What is worth asking about a node of this kind; questions without answers are left out."""
    asked = {
        "solution": _about_solution,
        "department": _about_department,
        "technology": _about_technology,
        "municipality": _about_municipality,
    }.get(kind_of(node))
    return [] if asked is None else [each for each in asked(visit, node) if each.answers]


def _about_solution(visit: Visit, solution: str) -> Iterator[Question]:
    if not active_users(visit.snapshot, solution):
        return
    found = best_targets(visit.snapshot, solution, FIRST)
    yield Question(
        "targets",
        Text("Hvor kunne den ellers bruges?", "Where else could it be used?"),
        Text(
            "De forvaltninger, hvor den passer bedst. Tallet er egnetheden.",
            "The departments that it fits best. The number is the fit.",
        ),
        tuple(_transfers(visit, found.items, "department")),
        (Text("Overførsel", "Transfer"), visit.href("transfer")),
    )


def _about_department(visit: Visit, department: str) -> Iterator[Question]:
    yield Question(
        "synergies",
        Text("Hvem kunne den gå sammen med?", "Whom could it join forces with?"),
        Text("De største synergier, af alle slags.", "The largest synergies, of all kinds."),
        tuple(_synergies(visit, department)),
        (Text("Alle synergier", "All synergies"), visit.href("synergies")),
    )
    found = best_candidates(visit.snapshot, department, FIRST)
    yield Question(
        "candidates",
        Text("Hvad kunne den tage over?", "What could it take over?"),
        Text(
            "De løsninger andre steder fra, der passer bedst. Tallet er egnetheden.",
            "The solutions from elsewhere that fit it best. The number is the fit.",
        ),
        tuple(_transfers(visit, found.items, "solution")),
        (Text("Overførsel", "Transfer"), visit.href("transfer")),
    )


def _synergies(visit: Visit, department: str) -> Iterator[Answer]:
    for found in best_synergies(visit.snapshot, department, first=FIRST).items:
        card = synergy_card(visit, found)
        if card is not None:
            badge = (card.kind, card.label)
            href = pair_path(department, found.partner)
            yield Answer(badge, visit.say(card.heading), href, card.sentence)


def _transfers(visit: Visit, found: Sequence[Transfer], about: str) -> Iterator[Answer]:
    for each in found:
        if each.outcome in GROUPS and each.group != "too_little_known":
            continue
        name = visit.name(each.solution) if about == "solution" else visit.placed(each.department)
        told = transfer_card(visit.snapshot, each)
        fits = each.group == "fits" and each.fit.score is not None
        yield Answer(
            (each.outcome.key, each.outcome.label),
            name,
            card_path(each.solution, each.department),
            next(iter(told.potential), None),
            f"{round(100 * (each.fit.score or 0.0))} %" if fits else None,
        )


def _about_technology(visit: Visit, technology: str) -> Iterator[Question]:
    found = who_else(visit.snapshot, technology, first=FIRST)
    answers = tuple(
        Answer(
            (f"familiarity-{each.value}", FAMILIARITY.by_key[str(each.value)].label),
            visit.placed(each.department),
            node_path(each.department),
            each.explanation,
        )
        for each in found.items
    )
    yield Question(
        "familiar",
        Text("Hvem kan man spørge?", "Whom can one ask?"),
        Text(
            "De, der kender teknologien bedst: som de selv siger, eller som det følger af brugen.",
            "Those who know the technology best: as they say, or as it follows from what they use.",
        ),
        answers,
    )


def _about_municipality(visit: Visit, municipality: str) -> Iterator[Question]:
    found = unsolved_problems(visit.snapshot, municipality, FIRST)
    answers = tuple(
        Answer(
            _priority(each.facing[0].priority),
            visit.name(each.problem),
            node_path(each.problem),
            Text(
                ", ".join(visit.placed(one.department) for one in each.facing[:3]),
                ", ".join(visit.placed(one.department) for one in each.facing[:3]),
            ),
        )
        for each in found.items
    )
    yield Question(
        "unsolved",
        Text("Hvad står uløst?", "What is unsolved?"),
        Text("De mest presserende problemer.", "The most pressing problems."),
        answers,
        (Text("Alle problemer", "All problems"), visit.href("problems")),
    )


def _priority(key: str | None) -> tuple[str, Text] | None:
    if key is None:
        return None
    word = PRIORITY.by_key[key].label
    return key, Text(f"{word.da} prioritet", f"{word.en} priority")
