"""The drawing, the data of the interactive picture and the table say the same."""

import json
from xml.etree.ElementTree import Element, fromstring

import pytest

from schema.text import Language
from tests.visualisations.networks import (
    NASTY,
    TITLE,
    nasty_network,
    random_network,
    small_network,
)
from visualisations.bends import bends
from visualisations.layout import layout
from visualisations.looks import LINK_LOOKS, NODE_LOOKS
from visualisations.network import Network
from visualisations.network_interactive import Data, interactive
from visualisations.network_picture import picture
from visualisations.network_svg import svg
from visualisations.network_table import table

SVG = "{http://www.w3.org/2000/svg}"


def drawn(network: Network, *, legend: bool = False) -> Element:
    places = layout(network)
    bent = bends(network, places)
    return fromstring(svg(network, places, bent, TITLE, "da", legend=legend))


def data_of(network: Network, language: Language = "da") -> Data:
    places = layout(network)
    return interactive(network, places, bends(network, places), language)


def test_every_kind_has_a_shape_and_a_colour_of_its_own() -> None:
    assert len({look.shape for look in NODE_LOOKS.values()}) == len(NODE_LOOKS)
    assert len({look.colour for look in NODE_LOOKS.values()}) == len(NODE_LOOKS)
    assert len(set(LINK_LOOKS.values())) == len(LINK_LOOKS)


def test_the_drawing_leads_from_each_node_to_its_page() -> None:
    anchors = drawn(small_network()).iter(f"{SVG}a")
    assert sorted(anchor.get("href", "") for anchor in anchors) == ["/d1", "/d2", "/k", "/p", "/s"]


def test_the_drawing_says_what_each_node_and_link_rests_on() -> None:
    titles = {title.text for title in drawn(small_network()).iter(f"{SVG}title")}
    assert "Borgerservice (forvaltning)\nModenhed 3" in titles
    assert "Borgerservice bruger SMS-service\nStatusark, række 14" in titles


def test_the_drawing_needs_no_style_that_a_strict_policy_forbids() -> None:
    for element in drawn(small_network(), legend=True).iter():
        assert "style" not in element.attrib
        assert not element.tag.endswith(("style", "script"))


def test_the_drawing_is_well_formed_whatever_the_names_are() -> None:
    root = drawn(nasty_network(), legend=True)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert not tags & {"script", "img"}
    assert any(NASTY in (title.text or "") for title in root.iter(f"{SVG}title"))


def test_a_drawing_that_stands_alone_explains_its_signs() -> None:
    words = {text.text for text in drawn(small_network(), legend=True).iter(f"{SVG}text")}
    assert {"forvaltninger", "løsninger", "problemer", "bruger", "løser"} <= words


def test_the_interactive_picture_stands_where_the_drawing_stands() -> None:
    network = random_network(25, 50)
    places = layout(network)
    data = data_of(network)
    assert {node["id"]: (node["x"], node["y"]) for node in data["nodes"]} == places.positions
    assert data["options"]["physics"]["enabled"] is False


def test_parallel_links_are_all_in_the_interactive_picture() -> None:
    network = random_network(25, 50)
    doubled = Network(network.nodes, network.links + network.links)
    data = data_of(doubled)
    assert len(data["edges"]) == 2 * len(network.links)
    assert len({edge["id"] for edge in data["edges"]}) == len(data["edges"])


def test_the_interactive_data_is_plain_json() -> None:
    data = data_of(nasty_network(), "en")
    assert json.loads(json.dumps(data)) == data


def test_the_table_has_a_row_for_each_link_and_each_node_that_stands_alone() -> None:
    rows = table(small_network(), TITLE).rows
    said = [
        [cell.text if isinstance(cell.text, str) else cell.text.da for cell in row] for row in rows
    ]
    assert said == [
        ["Borgerservice", "bruger", "SMS-service", "Statusark, række 14"],
        ["Sundhed og omsorg", "bruger", "SMS-service", ""],
        ["SMS-service", "løser", "Borgere udebliver", ""],
        ["Robotdrift", "", "", ""],
    ]


@pytest.mark.parametrize("nodes", [1, 60, 75])
def test_a_picture_counts_what_it_shows_and_what_it_leaves_out(nodes: int) -> None:
    made = picture(random_network(nodes, 80), TITLE, "da")
    assert made.shown == min(nodes, 60)
    assert made.left_out == nodes - made.shown
    assert sum(entry.count for entry in made.node_kinds) == made.shown
