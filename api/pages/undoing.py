"""One load: what it says, what would go with it, and undoing it or taking that back."""

from collections import Counter
from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.form_token import form_token
from api.frame import Crumb
from api.pages.addresses import PAGE_PATHS, with_query
from api.pages.rich_table import Item
from api.pages.site import Site
from api.pages.trial import ACTOR, desk_of
from api.pages.visit import Visit
from graph.store import Store
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import LoadSummary
from schema.text import Text

LOADS = PAGE_PATHS["loads"]
NAMED = 40
MOST_ROWS = 20_000
"""Of a load with more rows it is not reckoned what only it says: that would take long."""


@dataclass(frozen=True)
class OnlyHere:
    """What no other standing load says: it goes where this one is undone. ``nodes`` names the
    first of the nodes, ``relations`` counts the relationships."""

    counts: tuple[tuple[Text, int], ...]
    nodes: tuple[Item, ...]
    left_out: int
    relations: int


def routes(site: Site) -> list[BaseRoute]:
    """The page of a load, and its two buttons."""
    return [
        site.route(f"{LOADS}/{{number:int}}", show),
        site.form_route(f"{LOADS}/{{number:int}}/fortryd", undo),
        site.form_route(f"{LOADS}/{{number:int}}/gendan", redo),
    ]


def show(visit: Visit) -> Response:
    """The load, and what undoing it would mean."""
    number = int(visit.request.path_params["number"])
    store = visit.site.server.live.store
    load = next((each for each in store.loads() if each.number == number), None)
    if load is None:
        raise HTTPException(404)
    return visit.page(
        "load.html",
        "loads",
        (
            Crumb(visit.say(Text("Indlæsninger", "Loads")), visit.href("loads")),
            Crumb(visit.say(Text(f"Nr. {number}", f"No. {number}"))),
        ),
        load=load,
        only_here=_only_here(visit, store, load)
        if load.stands and load.records <= MOST_ROWS
        else None,
        may_change=visit.site.server.desk is not None,
        form_token=form_token(visit.request) if visit.site.server.desk is not None else "",
        action=f"{LOADS}/{number}/{'fortryd' if load.stands else 'gendan'}",
    )


def _only_here(visit: Visit, store: Store, load: LoadSummary) -> OnlyHere:
    found = store.said_only_by(load.number)
    nodes = [each for each in found.nodes if each in visit.snapshot]
    counted = Counter(map(kind_of, nodes))
    order = [kind for kind in ONTOLOGY.nodes if kind in counted]
    return OnlyHere(
        tuple((_named(kind, counted[kind]), counted[kind]) for kind in order),
        visit.items(nodes[:NAMED]),
        max(0, len(nodes) - NAMED),
        found.relations,
    )


def _named(kind: str, count: int) -> Text:
    node = ONTOLOGY.nodes[kind]
    return node.name if count == 1 else node.plural


def undo(visit: Visit, _form: FormData) -> Response:
    """The load no longer stands."""
    number = int(visit.request.path_params["number"])
    desk_of(visit).undo(ACTOR, number)
    return RedirectResponse(with_query(LOADS, undone=number), 303)


def redo(visit: Visit, _form: FormData) -> Response:
    """The load stands again."""
    number = int(visit.request.path_params["number"])
    desk_of(visit).redo(ACTOR, number)
    return RedirectResponse(with_query(LOADS, redone=number), 303)
