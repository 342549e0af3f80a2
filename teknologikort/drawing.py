"""A network around a node, ready to be written as one file."""

from api.assets import network_assets
from api.pages.networks import link_evidence
from api.templating import environment
from graph.naming import placed, title
from graph.neighbourhood import Neighbourhood, neighbourhood
from graph.snapshot import Snapshot
from schema.names import kind_of, municipality_of
from schema.records import parse_relation
from schema.text import Language, Text
from visualisations.network import Network, NetworkLink, NetworkNode
from visualisations.network_file import document

OF_A_MUNICIPALITY = ("municipality", "department", "solution", "problem")
"""What is drawn of a municipality: with all kinds, its many relationships hide each other."""


def network_document(snapshot: Snapshot, node: str, reach: int | None, language: Language) -> bytes:
    """The network within so many steps of a node (else 1, of a municipality 2), as an HTML file
    that opens offline."""
    if kind_of(node) == "municipality":
        around = neighbourhood(snapshot, node, reach=reach or 2, kinds=OF_A_MUNICIPALITY)
    else:
        around = neighbourhood(snapshot, node, reach=reach or 1)
    name = _name(snapshot, node, None)
    html = document(
        _network(snapshot, around, language),
        Text(f"Netværket omkring {name.da}", f"The network around {name.en}"),
        language,
        environment(language),
        network_assets(),
        snapshot.revision,
    )
    return html.encode()


def _network(snapshot: Snapshot, around: Neighbourhood, language: Language) -> Network:
    home = _home_of(around.centre)
    nodes = tuple(
        NetworkNode(node, _name(snapshot, node, home).to(language), kind_of(node))
        for node in around.nodes
    )
    links = tuple(
        NetworkLink(source, target, kind, link_evidence(snapshot, kind, source, target))
        for kind, source, target in map(parse_relation, around.relations)
    )
    return Network(nodes, links, around.left_out, (around.centre,))


def _home_of(node: str) -> str | None:
    if kind_of(node) == "municipality":
        return node
    return municipality_of(node) if kind_of(node) == "department" else None


def _name(snapshot: Snapshot, node: str, home: str | None) -> Text:
    """What a node is called; a department with its municipality where that is another."""
    if kind_of(node) != "department" or municipality_of(node) == home:
        return title(snapshot, node)
    return placed(snapshot, node)
