"""A network is cut to what can be read, and refuses what cannot be drawn."""

import pytest

from tests.visualisations.networks import random_network, small_network
from visualisations.network import Network, NetworkLink, NetworkNode, limited


def test_a_small_network_is_left_whole() -> None:
    assert limited(small_network()) == small_network()


def test_a_large_network_is_cut_and_says_what_was_left_out() -> None:
    cut = limited(random_network(90, 200))
    assert len(cut.nodes) == 60
    assert cut.left_out == 30


def test_what_was_left_out_before_is_counted_too() -> None:
    network = Network(random_network(70, 90).nodes, (), left_out=5)
    assert limited(network).left_out == 15


def test_a_cut_network_has_no_link_to_what_is_gone() -> None:
    cut = limited(random_network(90, 200))
    shown = {node.id for node in cut.nodes}
    assert all({link.source, link.target} <= shown for link in cut.links)


def chain(length: int, focus: tuple[str, ...] = ()) -> Network:
    nodes = tuple(NetworkNode(f"c{n:02}", f"Led {n}", "solution") for n in range(length))
    links = tuple(NetworkLink(f"c{n:02}", f"c{n + 1:02}", "USES") for n in range(length - 1))
    return Network(nodes, links, focus=focus)


def test_the_closest_to_the_focus_are_kept() -> None:
    cut = limited(chain(10, ("c04",)), most=5)
    assert [node.id for node in cut.nodes] == ["c02", "c03", "c04", "c05", "c06"]


def test_without_a_focus_the_most_connected_node_is_kept() -> None:
    star = Network(
        tuple(NetworkNode(f"s{n}", f"S{n}", "solution") for n in range(8)),
        tuple(NetworkLink(f"s{n}", "s7", "USES") for n in range(5)),
    )
    kept = {node.id for node in limited(star, most=3).nodes}
    assert "s7" in kept
    assert not kept & {"s5", "s6"}


@pytest.mark.parametrize(
    ("nodes", "links", "said"),
    [
        ([("a", "solution"), ("a", "solution")], [], "twice"),
        ([("a", "solution")], [("a", "b", "USES")], "not there"),
        ([("a", "planet")], [], "without a look"),
        ([("a", "solution")], [("a", "a", "ORBITS")], "without a look"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    nodes: list[tuple[str, str]], links: list[tuple[str, str, str]], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        Network(
            tuple(NetworkNode(id_, id_, kind) for id_, kind in nodes),
            tuple(NetworkLink(*link) for link in links),
        )
