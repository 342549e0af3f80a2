"""What lies around a node."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.neighbourhood import neighbourhood
from graph.snapshot import Snapshot
from schema.records import parse_relation
from tests.graph.graphs import checked, snapshots
from tests.graph.small import edge, snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def test_the_nearest_are_shown_with_all_relationships_among_them() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/y", "sms")], faces=[("a/x", "calls")], solves=[("sms", "calls")]
    )

    found = neighbourhood(graph, "department:a/x")

    assert found.nodes == ("department:a/x", "municipality:a", "solution:sms", "problem:calls")
    assert found.relations == (
        "department:a/x PART_OF municipality:a",
        edge("USES", "a/x", "sms"),
        edge("FACES", "a/x", "calls"),
        edge("SOLVES", "sms", "calls"),
    )
    assert found.left_out == 0


def test_each_kind_has_its_turn_and_the_rest_is_counted() -> None:
    graph = snapshot(
        uses=[("a/x", "s1"), ("a/x", "s2"), ("a/x", "s3")], faces=[("a/x", "p1"), ("a/x", "p2")]
    )

    found = neighbourhood(graph, "department:a/x", most=5)

    assert found.nodes == (
        "department:a/x",
        "municipality:a",
        "solution:s1",
        "problem:p1",
        "solution:s2",
    )
    assert found.left_out == 2
    assert found.left_out_by_kind == {"problem": 1, "solution": 1}


def test_some_kinds_and_relationships_can_be_asked_for() -> None:
    graph = snapshot(uses=[("a/x", "sms")], proposes=[("a/x", "bot")], faces=[("a/x", "calls")])

    found = neighbourhood(graph, "department:a/x", kinds={"solution"}, relations={"USES"})

    assert found.nodes == ("department:a/x", "solution:sms")


def test_nothing_is_reached_through_a_municipality() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "web")])

    assert "department:a/y" not in neighbourhood(graph, "department:a/x", reach=3).nodes
    assert "department:a/y" in neighbourhood(graph, "municipality:a").nodes


@given(snapshots(), st.integers(1, 3), st.data())
@checked
def test_with_room_for_all_it_is_the_ego_graph_of_networkx(
    graph: Snapshot, reach: int, data: st.DataObject
) -> None:
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(graph.nodes("solution"))
    for kind, relations in graph.relations.items():
        if kind != "PART_OF":
            for source, target in zip(relations.sources, relations.targets, strict=True):
                plain.add_edge(graph.ids[source], graph.ids[target])
    if not len(plain):
        return
    centre = data.draw(st.sampled_from(sorted(plain)))
    followed = set(graph.relations) - {"PART_OF"}

    found = neighbourhood(graph, centre, most=1000, reach=reach, relations=followed)

    ego = nx.ego_graph(plain, centre, radius=reach)
    assert set(found.nodes) == set(ego)
    pairs = {frozenset(parse_relation(each)[1:]) for each in found.relations}
    assert pairs == {frozenset(pair) for pair in ego.edges}
