"""The way between two nodes: how they hang together, step by step."""

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Crumb
from api.pages.addresses import PATH
from api.pages.networks import network_of
from api.pages.picking import Picked, pick
from api.pages.rich_table import Item
from api.pages.site import Site
from api.pages.sources import sources_of
from api.pages.visit import Visit
from graph.answer import Cut
from graph.path import LONGEST, Path, paths
from schema.text import Text
from visualisations.evidence import Source
from visualisations.network_picture import NetworkPicture, picture

FIRST = 3


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in a sentence, and where it was read."""

    sentence: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ShownWay:
    """The nodes along a way, and its steps."""

    nodes: tuple[Item, ...]
    steps: tuple[ShownStep, ...]


def routes(site: Site) -> list[BaseRoute]:
    """The page of ways."""
    return [site.route(PATH, show)]


def show(visit: Visit) -> Response:
    """The shortest ways between the two nodes in the address, or what could be meant by it."""
    start, end = pick(visit, "from"), pick(visit, "to")
    found = _ways(visit, start, end)
    shown = () if found is None else found.items
    return visit.page(
        "way.html",
        "network",
        (
            Crumb(visit.say(Text("Netværk", "Network")), visit.href("network")),
            Crumb(visit.say(Text("Vejen mellem to", "The way between two"))),
        ),
        start=start,
        end=end,
        names=[visit.placed(each.node) for each in (start, end) if each.node is not None],
        same=start.node is not None and start.node == end.node,
        found=found,
        ways=_shown(visit, shown),
        longest=LONGEST,
        picture=_picture(visit, shown) if shown else None,
    )


def _ways(visit: Visit, start: Picked, end: Picked) -> Cut[Path] | None:
    if start.node is None or end.node is None or start.node == end.node:
        return None
    return paths(visit.snapshot, start.node, end.node, FIRST)


def _shown(visit: Visit, found: tuple[Path, ...]) -> list[ShownWay]:
    elements = [e for each in found for step in each.steps for e in step.elements]
    told = visit.site.server.live.store.sources(list(dict.fromkeys(elements)))
    return [
        ShownWay(
            visit.items(each.nodes),
            tuple(
                ShownStep(step.explanation, sources_of(told, step.elements)) for step in each.steps
            ),
        )
        for each in found
    ]


def _picture(visit: Visit, found: tuple[Path, ...]) -> NetworkPicture:
    elements = [e for each in found for step in each.steps for e in step.elements]
    ends = (found[0].nodes[0], found[0].nodes[-1])
    title = Text("Vejen tegnet", "The way drawn")
    return picture(network_of(visit, elements, ends), title, visit.language, id_="way")
