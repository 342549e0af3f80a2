"""Positions are the same every time, inside their frame, and no label covers another."""

from itertools import combinations

import pytest

from tests.visualisations.networks import random_network
from visualisations.bends import CLEARANCE, bends, control_point
from visualisations.label import LONGEST_WORD, MOST_LINES, box, lines
from visualisations.layout import Arrangement, Layout, layout
from visualisations.network import Network, NetworkLink, NetworkNode

ARRANGEMENTS: list[Arrangement] = ["rings", "columns", "spring"]
SIZES = [(0, 0), (1, 0), (2, 1), (12, 14), (60, 80), (60, 250), (40, 0)]


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize(("nodes", "links"), SIZES)
def test_no_label_covers_another_node_or_label(
    nodes: int, links: int, arrangement: Arrangement
) -> None:
    network = random_network(nodes, links)
    places = layout(network, arrangement).positions
    boxes = {node.id: box(node.label) for node in network.nodes}
    for a, b in combinations(places, 2):
        across = abs(places[a][0] - places[b][0]) - boxes[a].half_width - boxes[b].half_width
        down = max(places[a][1] - boxes[a].above, places[b][1] - boxes[b].above) - min(
            places[a][1] + boxes[a].below, places[b][1] + boxes[b].below
        )
        assert across >= 0 or down >= 0, (a, b)


@pytest.mark.parametrize("arrangement", ARRANGEMENTS)
@pytest.mark.parametrize(("nodes", "links"), SIZES)
def test_the_frame_holds_every_node_with_its_label(
    nodes: int, links: int, arrangement: Arrangement
) -> None:
    network = random_network(nodes, links)
    drawn = layout(network, arrangement)
    for node in network.nodes:
        x, y = drawn.positions[node.id]
        room = box(node.label)
        assert drawn.left <= x - room.half_width
        assert x + room.half_width <= drawn.left + drawn.width
        assert drawn.top <= y - room.above
        assert y + room.below <= drawn.top + drawn.height


@pytest.mark.parametrize("arrangement", [*ARRANGEMENTS, None])
def test_a_network_is_laid_out_the_same_whatever_order_it_comes_in(
    arrangement: Arrangement | None,
) -> None:
    network = random_network(35, 60)
    turned = Network(network.nodes[::-1], network.links[::-1])
    assert layout(network, arrangement) == layout(turned, arrangement)


def test_the_node_in_focus_stands_in_the_middle() -> None:
    network = random_network(20, 40, focus=("n3",))
    assert layout(network).positions["n3"] == pytest.approx((0, 0), abs=40)


def test_two_nodes_in_focus_stand_on_either_side() -> None:
    network = random_network(14, 30, focus=("n1", "n2"))
    across = {node: x for node, (x, _) in layout(network).positions.items()}
    assert min(across, key=across.__getitem__) == "n1"
    assert max(across, key=across.__getitem__) == "n2"


def test_nodes_without_links_stand_below_the_others() -> None:
    network = random_network(30, 60)
    alone = NetworkNode("alone", "Alene", "problem")
    positions = layout(Network((*network.nodes, alone), network.links), "spring").positions
    linked = {end for link in network.links for end in (link.source, link.target)}
    assert positions["alone"][1] > max(positions[node][1] for node in linked)


def line_of(*kinds: str) -> tuple[Network, Layout]:
    nodes = tuple(NetworkNode(f"n{n}", f"N{n}", kind) for n, kind in enumerate(kinds))
    positions = {node.id: (n * 100.0, 0.0) for n, node in enumerate(nodes)}
    return Network(nodes, ()), Layout(positions, 0, 0, 500, 100)


def test_a_link_bends_around_a_node_in_its_way() -> None:
    network, places = line_of("solution", "problem", "technology")
    through = Network(network.nodes, (NetworkLink("n0", "n2", "BUILT_ON"),))
    (bend,) = bends(through, places)
    _x, y = control_point((0, 0), (200, 0), bend)
    assert abs(y / 2) > CLEARANCE - 1


def test_a_link_with_a_free_way_is_straight() -> None:
    network, places = line_of("solution", "problem")
    assert bends(Network(network.nodes, (NetworkLink("n0", "n1", "SOLVES"),)), places) == [0]


def test_two_links_between_the_same_nodes_bend_to_either_side() -> None:
    network, places = line_of("department", "solution")
    twins = (NetworkLink("n0", "n1", "USES"), NetworkLink("n1", "n0", "SOLVES"))
    first, second = bends(Network(network.nodes, twins), places)
    above = control_point((0, 0), (100, 0), first)[1]
    below = control_point((100, 0), (0, 0), second)[1]
    assert above == -below != 0


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("RDA", ("RDA",)),
        ("Digitalisering og it", ("Digitalisering", "og it")),
        ("Beskæftigelsesforvaltningen", ("Beskæftigelsesfor-", "valtningen")),
        ("", ()),
    ],
)
def test_labels_are_broken_into_even_lines(label: str, written: tuple[str, ...]) -> None:
    assert lines(label) == written


def test_a_label_of_any_length_takes_at_most_three_short_lines() -> None:
    written = lines("Meget lang og omstændelig betegnelse på en ganske almindelig løsning" * 3)
    assert len(written) <= MOST_LINES
    assert written[-1].endswith("…")
    assert max(map(len, written)) <= LONGEST_WORD + 2
