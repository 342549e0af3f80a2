"""Two departments: everything they could share, reuse, join forces on or learn, with evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Crumb, Notice
from api.pages.addresses import PAIR
from api.pages.choosing import department_choices
from api.pages.networks import network_of
from api.pages.site import Site
from api.pages.visit import Visit
from graph.synergy import Synergy, synergies_between
from graph.synergy_kinds import EXPLANATIONS, LABELS, SynergyKind
from schema.names import municipality_of
from schema.text import Text
from visualisations.evidence import Evidence
from visualisations.network_picture import NetworkPicture, picture
from visualisations.score import Score, ScorePart

FIRST = 6
DRAWN = 40
SCORE = Text("styrke", "strength")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind and direction that has something to show."""

    kind: SynergyKind
    label: Text
    title: Text
    explanation: Text
    score: Score
    first: Sequence[Evidence]
    rest: Sequence[Evidence]
    unknown: Sequence[Text]


@dataclass(frozen=True, slots=True)
class Silent:
    """A kind and direction with nothing to show, and why, where that is known."""

    title: Text
    unknown: Sequence[Text]


def routes(site: Site) -> list[BaseRoute]:
    """The page of a pair."""
    return [site.route(PAIR, show)]


def show(visit: Visit) -> Response:
    """The six kinds and directions, the strongest first; raises UnknownNode."""
    a, b = (visit.known("department", visit.query(name)) for name in ("a", "b"))
    visit = visit.within(municipality_of(a))
    if a == b:
        return _choose(visit, a)
    answers = synergies_between(visit.snapshot, a, b)
    found = sorted((each for each in answers if each.score), key=lambda each: -(each.score or 0.0))
    lists = visit.evidence_lists([each.evidence for each in found])
    return visit.page(
        "pair.html",
        "synergies",
        (_crumb(visit), Crumb(_title(visit, a, b))),
        heading=_title(visit, a, b),
        sections=[_section(visit, *each) for each in zip(found, lists, strict=True)],
        silent=[_silent(visit, each) for each in answers if not each.score],
        picture=_picture(visit, a, b, found),
        choices_a=department_choices(visit, a, b),
        choices_b=department_choices(visit, b, a),
    )


def _choose(visit: Visit, department: str) -> Response:
    """The same department twice: another one is to be chosen."""
    text = Text("Vælg to forskellige forvaltninger.", "Choose two different departments.")
    return visit.page(
        "pair.html",
        "synergies",
        (_crumb(visit), Crumb(visit.name(department))),
        (Notice("info", visit.say(text)),),
        heading=visit.name(department),
        sections=(),
        silent=(),
        picture=None,
        choices_a=department_choices(visit, department),
        choices_b=department_choices(visit, department),
    )


def _title(visit: Visit, a: str, b: str) -> str:
    return " × ".join(map(visit.department_name, (a, b)))


def _crumb(visit: Visit) -> Crumb:
    return Crumb(visit.say(Text("Synergier", "Synergies")), visit.href("synergies"))


def _section(visit: Visit, answer: Synergy, evidence: Sequence[Evidence]) -> Section:
    parts = tuple(ScorePart(each.label, each.weight, each.value) for each in answer.parts)
    return Section(
        answer.kind,
        LABELS[answer.kind],
        _what(visit, answer),
        EXPLANATIONS[answer.kind],
        Score(SCORE, answer.score, parts, answer.coverage),
        evidence[:FIRST],
        evidence[FIRST:],
        answer.unknown,
    )


def _silent(visit: Visit, answer: Synergy) -> Silent:
    giver, receiver = _ends(visit, answer)
    match answer.kind:
        case "share":
            text = Text("noget, de kan dele", "anything they can share")
        case "join":
            text = Text("noget, de kan gå sammen om", "anything they can join forces on")
        case "reuse":
            text = Text(
                f"noget, {receiver} kan genbruge fra {giver}",
                f"anything {receiver} can reuse from {giver}",
            )
        case "learn":
            text = Text(
                f"noget, {receiver} kan lære af {giver}",
                f"anything {receiver} can learn from {giver}",
            )
    return Silent(text, answer.unknown)


def _ends(visit: Visit, answer: Synergy) -> tuple[str, str]:
    """Giver and receiver; empty where the kind has none."""
    if answer.giver is None or answer.receiver is None:
        return "", ""
    return visit.department_name(answer.giver), visit.department_name(answer.receiver)


def _what(visit: Visit, answer: Synergy) -> Text:
    """The kind with giver and receiver in words."""
    giver, receiver = _ends(visit, answer)
    match answer.kind:
        case "share":
            return Text("De kan dele", "They can share")
        case "join":
            return Text("De kan gå sammen om", "They can join forces on")
        case "reuse":
            return Text(
                f"{receiver} kan genbruge fra {giver}", f"{receiver} can reuse from {giver}"
            )
        case "learn":
            return Text(f"{receiver} kan lære af {giver}", f"{receiver} can learn from {giver}")


def _picture(visit: Visit, a: str, b: str, found: Sequence[Synergy]) -> NetworkPicture | None:
    elements = [
        element for answer in found for each in answer.evidence for element in each.elements
    ]
    if not elements:
        return None
    title = Text("Det, der forbinder de to", "What connects the two")
    network = network_of(visit, elements, (a, b))
    return picture(network, title, visit.language, id_="pair", most=DRAWN)
