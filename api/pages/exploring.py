"""A network to explore: what lies around a node, few enough to read, and the way on from there."""

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Choice
from api.pages import way
from api.pages.addresses import PAGE_PATHS, PATH, node_path, with_query
from api.pages.networks import network_of
from api.pages.picking import pick, shown_as
from api.pages.rich_table import Item
from api.pages.site import Site
from api.pages.visit import Visit
from graph.naming import joined
from graph.neighbourhood import MOST, Neighbourhood, neighbourhood
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.text import Text
from visualisations.network_picture import NetworkPicture, picture

REACHES = (1, 2, 3)


def routes(site: Site) -> list[BaseRoute]:
    """The network, and the way between two nodes."""
    return [site.route(PAGE_PATHS["network"], show), *way.routes(site)]


def show(visit: Visit) -> Response:
    """The neighbourhood of the node in the address, else of the chosen municipality."""
    picked = pick(visit, "node")
    centre = picked.node if picked.node is not None or picked.is_unanswered else _start(visit)
    if centre is not None and kind_of(centre) == "department":
        visit = visit.within(municipality_of(centre))
    kinds = _chosen_kinds(visit, centre)
    reach = _reach(visit, centre)
    around = None if centre is None else _around(visit, centre, reach, kinds)
    return visit.page(
        "exploring.html",
        "network",
        centre=None if centre is None else visit.placed(centre),
        centre_href=None if centre is None else node_path(centre),
        from_here=None if centre is None else with_query(PATH, **{"from": centre}),
        picked=picked
        if centre is None
        else replace(picked, value=shown_as(visit, centre), node=centre),
        kinds=_kinds(visit, kinds),
        reaches=_reaches(reach),
        picture=None if around is None else _picture(visit, around),
        onward=[] if around is None else _onward(visit, around),
        left_out=None if around is None else _left_out(around),
        path=PATH,
    )


def _reach(visit: Visit, centre: str | None) -> int:
    """How many steps to go: as asked, else one; from a municipality two, for its departments alone
    say little."""
    if visit.query("reach") is None and centre is not None and kind_of(centre) == "municipality":
        return 2
    return min(max(REACHES), visit.page_number("reach"))


def _chosen_kinds(visit: Visit, centre: str | None) -> list[str]:
    """The kinds asked for, none for all. Around a municipality it is what its departments use:
    with everything else, nobody could read it."""
    asked = [each for each in visit.request.query_params.getlist("kinds") if each in ONTOLOGY.nodes]
    if not asked and centre is not None and kind_of(centre) == "municipality":
        return ["municipality", "department", "solution"]
    return asked


def _start(visit: Visit) -> str | None:
    """Where to begin: the chosen municipality, the one that has told most, or any node at all."""
    known = [visit.municipality, visit.home, *visit.snapshot.ids[:1]]
    return next((each for each in known if each is not None), None)


def _around(visit: Visit, centre: str, reach: int, kinds: list[str]) -> Neighbourhood:
    among = {*kinds, kind_of(centre)} if kinds else None
    return neighbourhood(visit.snapshot, centre, MOST, reach, among)


def _picture(visit: Visit, around: Neighbourhood) -> NetworkPicture:
    elements = [*around.nodes, *around.relations]
    network = network_of(visit, elements, (around.centre,))
    name = visit.placed(around.centre)
    title = Text(f"Netværket om {name}", f"The network around {name}")
    return picture(network, title, visit.language, id_="exploring", most=MOST)


def _onward(visit: Visit, around: Neighbourhood) -> list[tuple[Text, tuple[Item, ...]]]:
    """The other nodes shown, by kind, each leading to what lies around it."""
    nodes = visit.sorted_by_name(around.nodes[1:])
    by_kind = {kind: [each for each in nodes if kind_of(each) == kind] for kind in ONTOLOGY.nodes}
    return [
        (
            ONTOLOGY.nodes[kind].plural,
            tuple(
                Item(visit.placed(each), with_query(PAGE_PATHS["network"], node=each), kind=kind)
                for each in found
            ),
        )
        for kind, found in by_kind.items()
        if found
    ]


def _left_out(around: Neighbourhood) -> Text | None:
    """What was left out, by kind."""
    if not around.left_out:
        return None
    counted = [
        (count, ONTOLOGY.nodes[kind].name if count == 1 else ONTOLOGY.nodes[kind].plural)
        for kind, count in around.left_out_by_kind.items()
    ]
    da = joined([f"{count} {name.da}" for count, name in counted], "og")
    en = joined([f"{count} {name.en}" for count, name in counted], "and")
    return Text(
        f"Her er de {len(around.nodes)} nærmeste og mest forbundne. Udeladt er {da}. "
        "Vælg færre slags, eller begynd et andet sted.",
        f"Here are the {len(around.nodes)} closest and most connected. Left out are {en}. "
        "Choose fewer kinds, or begin elsewhere.",
    )


def _kinds(visit: Visit, chosen: list[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(kind.key, visit.say(kind.plural), not chosen or kind.key in chosen)
        for kind in ONTOLOGY.node_kinds
    )


def _reaches(chosen: int) -> tuple[Choice, ...]:
    return tuple(Choice(str(reach), str(reach), reach == chosen) for reach in REACHES)
