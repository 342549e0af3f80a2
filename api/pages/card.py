"""A solution and a department: what a transfer would be, in words that a meeting can discuss."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Crumb
from api.pages.addresses import CARD, card_path, node_path
from api.pages.card_parts import fit_score, likelihood_table, shown_gaps
from api.pages.choosing import department_choices, solution_choices
from api.pages.networks import network_of
from api.pages.site import Site
from api.pages.visit import Visit
from graph.gaps import active_users
from graph.transfer import Transfer, transfer
from graph.transfer_card import TransferCard, transfer_card
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.records import parse_relation, relation_key
from schema.text import Text
from visualisations.network_picture import NetworkPicture, picture

DRAWN = 40
SHOWN = 30
TOLD = ("effect_realised", "effect_expected", "reception", "challenges", "data_ethics")
"""What users tell that others can learn from, in the order it is shown."""
USERS = 3


@dataclass(frozen=True, slots=True)
class Experience:
    """How one department fares with the solution, in its own words."""

    name: str
    href: str
    told: tuple[tuple[Text, str], ...]


def routes(site: Site) -> list[BaseRoute]:
    """The card."""
    return [site.route(CARD, show)]


def show(visit: Visit) -> Response:
    """The card of the solution and the department in the address; raises UnknownNode."""
    solution = visit.known("solution", visit.query("solution"))
    department = visit.known("department", visit.query("department"))
    visit = visit.within(municipality_of(department))
    answer = transfer(visit.snapshot, solution, department)
    card = transfer_card(visit.snapshot, answer)
    names = visit.name(solution), visit.department_name(department)
    heading = Text(f"{names[0]} til {names[1]}", f"{names[0]} for {names[1]}")
    return visit.page(
        "card.html",
        "transfer",
        (
            Crumb(visit.say(Text("Overførsel", "Transfer")), visit.href("transfer")),
            Crumb(visit.say(heading)),
        ),
        heading=heading,
        solution=(names[0], node_path(solution)),
        department=(names[1], node_path(department)),
        outcome=answer.outcome,
        other=_other(visit, answer),
        card=card,
        score=fit_score(answer),
        gaps=shown_gaps(visit, answer.gaps),
        likelihood=answer.likelihood,
        likelihood_table=likelihood_table(visit, answer.likelihood),
        experiences=list(_experiences(visit, card)),
        evidence=visit.evidence(answer.evidence[:SHOWN]),
        evidence_left_out=max(0, len(answer.evidence) - SHOWN),
        picture=_picture(visit, answer),
        solutions=solution_choices(visit, solution, department),
        departments=department_choices(visit, department),
    )


def _other(visit: Visit, answer: Transfer) -> tuple[str, str] | None:
    """The solution on a better known technology, and its own card."""
    if answer.other_solution is None:
        return None
    href = card_path(answer.other_solution, answer.department)
    return visit.name(answer.other_solution), href


def _experiences(visit: Visit, card: TransferCard) -> Iterator[Experience]:
    """What the nearest users tell of effect, reception and challenges."""
    fields = ONTOLOGY.relations["USES"].by_name
    details = visit.site.server.live.store.details(card.uses[:USERS])
    for use in card.uses[:USERS]:
        said = details.get(use, {})
        told = tuple((fields[name].label, str(said[name])) for name in TOLD if name in said)
        _, user, _ = parse_relation(use)
        if told:
            yield Experience(visit.department_name(user), node_path(user), told)


def _picture(visit: Visit, answer: Transfer) -> NetworkPicture:
    elements = [element for each in answer.evidence for element in each.elements]
    elements += [element for gap in answer.gaps for element in gap.elements]
    users = active_users(visit.snapshot, answer.solution)
    elements += [relation_key("USES", user, answer.solution) for user in users]
    shown = [each for each in elements if " " in each]
    title = Text("Løsningen og forvaltningen", "The solution and the department")
    network = network_of(visit, shown, (answer.solution, answer.department))
    return picture(network, title, visit.language, id_="card", most=DRAWN)
