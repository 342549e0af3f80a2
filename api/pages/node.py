"""The page of a node: what is told of it, how it hangs together with others, what follows."""

from collections.abc import Callable

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.frame import Crumb
from api.pages.addresses import (
    NODE_PATHS,
    PAGE_PATHS,
    asked_node,
    node_path,
    with_items,
    with_query,
)
from api.pages.networks import network_of
from api.pages.node_questions import questions
from api.pages.origin import origin_of
from api.pages.relations import relationships
from api.pages.site import Site
from api.pages.told import told_of
from api.pages.visit import Visit
from graph.neighbourhood import neighbourhood
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.text import Text
from visualisations.network_picture import NetworkPicture, picture

DRAWN = 24
PLURAL = {
    "department": "departments",
    "solution": "solutions",
    "problem": "problems",
    "technology": "technologies",
    "competence": "competences",
}
"""The list that a node of each kind stands in."""
FOREMOST = {
    "department": (("USES", True), ("FACES", True), ("PROPOSES", True)),
    "solution": (("USES", False), ("PROPOSES", False), ("SOLVES", True)),
    "problem": (("FACES", False), ("SOLVES", False)),
    "technology": (("BUILT_ON", False), ("FAMILIAR_WITH", False)),
    "competence": (("HAS", False), ("REQUIRES", False)),
    "municipality": (("PART_OF", False),),
}
"""The relationships that a reader looks for first; all others follow in the ontology's order."""


def routes(site: Site) -> list[BaseRoute]:
    """A page for each kind of node."""
    return [site.route(f"{path}/{{slug:path}}", _page(kind)) for kind, path in NODE_PATHS.items()]


def _page(kind: str) -> Callable[[Visit], Response]:
    def page(visit: Visit) -> Response:
        slug = visit.request.path_params["slug"]
        node = visit.known(kind, slug)
        if asked_node(kind, slug) != node:
            asked = visit.request.query_params.multi_items()
            return RedirectResponse(with_items(node_path(node), asked), 302)
        return show(visit, node)

    return page


def show(visit: Visit, node: str) -> Response:
    """Everything about a node."""
    visit = visit.within(_municipality(visit, node))
    kind = ONTOLOGY.nodes[kind_of(node)]
    found = relationships(visit, node, _order(kind.key))
    elements = [node, *found.elements]
    store = visit.site.server.live.store
    details, sources = store.details(elements), store.sources(elements)
    return visit.page(
        "node.html",
        PLURAL.get(kind.key),
        _crumbs(visit, node),
        node=node,
        kind=kind,
        name=visit.name(node),
        home=_home(visit, node),
        told=told_of(visit, kind.fields, details.get(node, {})),
        origin=origin_of(kind.by_name, sources.get(node, ())),
        sections=list(found.sections(details, sources)),
        questions=questions(visit, node),
        picture=_picture(visit, node),
        query=query_of(node),
        explore=with_query(PAGE_PATHS["network"], node=node),
    )


def _municipality(visit: Visit, node: str) -> str | None:
    """Whom the page is about: a department's own municipality, else the chosen one."""
    match kind_of(node):
        case "municipality":
            return node
        case "department":
            return municipality_of(node)
        case _:
            return visit.municipality


def _home(visit: Visit, node: str) -> tuple[str, str] | None:
    """The municipality of a department, with its page."""
    if kind_of(node) != "department" or municipality_of(node) not in visit.snapshot:
        return None
    municipality = municipality_of(node)
    return visit.name(municipality), node_path(municipality)


def _order(kind: str) -> list[tuple[str, bool]]:
    """All relationships that a kind can have, with the way they point, in the order shown."""
    foremost = FOREMOST.get(kind, ())
    possible = [
        (relation.key, outgoing)
        for relation in ONTOLOGY.relation_kinds
        for outgoing, ends in ((True, relation.sources), (False, relation.targets))
        if kind in ends
    ]
    return [*foremost, *(each for each in possible if each not in foremost)]


def _crumbs(visit: Visit, node: str) -> tuple[Crumb, ...]:
    kind = kind_of(node)
    page = PLURAL.get(kind)
    plural = ONTOLOGY.nodes[kind].plural
    text = visit.say(Text(plural.da.capitalize(), plural.en.capitalize()))
    if page is None:
        return (Crumb(text), Crumb(visit.name(node)))
    return (Crumb(text, visit.href(page)), Crumb(visit.name(node)))


def _picture(visit: Visit, node: str) -> NetworkPicture:
    around = neighbourhood(visit.snapshot, node, DRAWN)
    elements = [*around.nodes, *around.relations]
    network = network_of(visit, elements, (node,), left_out=around.left_out)
    name = visit.name(node)
    title = Text(f"{name} og det nærmeste", f"{name} and what is nearest")
    return picture(network, title, visit.language, id_=f"around-{kind_of(node)}", most=DRAWN)


def query_of(node: str) -> str:
    """What a developer asks GraphQL to get the same node."""
    label = ONTOLOGY.nodes[kind_of(node)].label
    return f'{{ node(id: "{node}") {{ id ... on {label} {{ name }} }} }}'
