"""The technology cards: what is proposed, what was decided, and what already solves the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.pages.addresses import PAGE_PATHS, node_path
from api.pages.origin import Origin, origin_of
from api.pages.purposes import SHORT
from api.pages.rich_table import Item
from api.pages.site import Site
from api.pages.told import Told, told_of
from api.pages.visit import Visit
from graph.naming import quoted
from graph.proposals import Existing, Proposal, proposals
from schema.field import Field, Value
from schema.ontology import ONTOLOGY
from schema.records import Provenance, relation_key
from schema.text import Text
from schema.vocabulary import DECISION, GUIDEPOST

MOST = 60
"""Cards on one page; those still to be decided stand first."""
SHOWN_APART = ("purposes", "guideposts", "decision")
EXISTING = 3


@dataclass(frozen=True, slots=True)
class Solved:
    """What already solves the same: a solution, where it is in use, and which problems."""

    solution: Item
    departments: tuple[Item, ...]
    more: int
    problems: Text


@dataclass(frozen=True)
class Card:
    """A technology card as it is shown; ``requires`` are competences, with their levels."""

    solution: Item
    department: Item
    function: str | None
    purposes: tuple[Text, ...]
    guideposts: tuple[Text, ...]
    problems: tuple[Item, ...]
    technologies: tuple[Item, ...]
    requires: tuple[Item, ...]
    told: tuple[Told, ...]
    used_by: tuple[Item, ...]
    existing: tuple[Solved, ...]
    also_proposed_by: tuple[Item, ...]
    unknown: tuple[Text, ...]
    origin: Origin | None


@dataclass(frozen=True)
class Group:
    """The cards with one decision."""

    decision: str
    label: Text
    cards: tuple[Card, ...]


def routes(site: Site) -> list[BaseRoute]:
    """The page of all cards."""
    return [site.route(PAGE_PATHS["proposals"], show)]


def show(visit: Visit) -> Response:
    """The cards of the chosen municipality, or of all, by decision."""
    found = proposals(visit.snapshot, visit.municipality, first=MOST)
    keys = [_key(each) for each in found.items]
    solutions = [each.solution for each in found.items]
    store = visit.site.server.live.store
    details, sources = store.details([*keys, *solutions]), store.sources(keys)
    cards = [(each.decision, _card(visit, each, details, sources)) for each in found.items]
    groups = [
        Group(word.key, word.label, tuple(card for key, card in cards if key == word.key))
        for word in DECISION
    ]
    return visit.page(
        "proposals.html",
        "proposals",
        place=None if visit.municipality is None else visit.name(visit.municipality),
        groups=[group for group in groups if group.cards],
        left_out=found.left_out,
    )


def _key(proposal: Proposal) -> str:
    return relation_key("PROPOSES", proposal.department, proposal.solution)


def _card(
    visit: Visit,
    proposal: Proposal,
    details: Mapping[str, Mapping[str, Value]],
    sources: Mapping[str, list[Provenance]],
) -> Card:
    key = _key(proposal)
    fields = ONTOLOGY.relations["PROPOSES"].by_name
    solution, department = visit.items([proposal.solution, proposal.department])
    function = details.get(proposal.solution, {}).get("function")
    return Card(
        solution,
        department,
        None if function is None else str(function),
        tuple(SHORT[each] for each in proposal.purposes),
        tuple(GUIDEPOST.by_key[each].label for each in proposal.guideposts),
        visit.items(visit.sorted_by_name(proposal.problems)),
        visit.items(visit.sorted_by_name(proposal.technologies)),
        _required(visit, proposal.solution),
        told_of(visit, _others(fields), details.get(key, {})),
        visit.items(proposal.used_by),
        tuple(_solved(visit, each) for each in proposal.existing[:EXISTING]),
        visit.items(proposal.also_proposed_by),
        proposal.unknown,
        origin_of(fields, sources.get(key, ())),
    )


def _others(fields: Mapping[str, Field]) -> list[Field]:
    return [field for name, field in fields.items() if name not in SHOWN_APART]


def _required(visit: Visit, solution: str) -> tuple[Item, ...]:
    competences = visit.sorted_by_name(visit.snapshot.outgoing("REQUIRES", solution))
    return tuple(
        Item(_with_level(visit, solution, each), node_path(each), kind="competence")
        for each in competences
    )


def _with_level(visit: Visit, solution: str, competence: str) -> Text:
    name = visit.name(competence)
    level = visit.snapshot.told("REQUIRES", solution, competence, "level")
    if level is None:
        return Text(name, name)
    return Text(f"{name}, niveau {level}", f"{name}, level {level}")


def _solved(visit: Visit, existing: Existing) -> Solved:
    names = quoted(visit.snapshot, existing.problems)
    using = visit.items(existing.departments)
    return Solved(
        visit.items([existing.solution])[0],
        using[:EXISTING],
        max(0, len(using) - EXISTING),
        Text(f"løser {names.da}", f"solves {names.en}"),
    )
