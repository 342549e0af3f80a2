"""How two nodes hang together."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.path import paths
from graph.snapshot import Snapshot
from tests.graph.graphs import checked, snapshots
from tests.graph.small import edge, snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")


def test_a_way_is_told_step_by_step_whichever_way_the_relationships_point() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("b/y", "web")], solves=[("sms", "calls")])

    (way,) = paths(graph, "problem:calls", "department:a/x").items

    assert way.nodes == ("problem:calls", "solution:sms", "department:a/x")
    assert [step.explanation.da for step in way.steps] == [
        "„Calls“ løses af Sms.",
        "Sms bruges af X (A).",
    ]
    assert [step.elements for step in way.steps] == [
        (edge("SOLVES", "sms", "calls"),),
        (edge("USES", "a/x", "sms"),),
    ]


def test_a_way_leads_through_a_municipality_only_where_nothing_else_does() -> None:
    joined = snapshot(
        uses=[("a/x", "sms"), ("a/y", "web")], solves=[("sms", "calls"), ("web", "calls")]
    )
    apart = snapshot(uses=[("a/x", "sms"), ("a/y", "web")])

    (way,) = paths(joined, "department:a/x", "department:a/y").items
    assert "problem:calls" in way.nodes
    (way,) = paths(apart, "department:a/x", "department:a/y").items
    assert way.nodes == ("department:a/x", "municipality:a", "department:a/y")


def test_of_equally_short_ways_the_one_through_what_few_have_stands_first() -> None:
    graph = snapshot(
        uses=[("a/x", "all"), ("a/y", "all"), ("b/x", "all"), ("a/x", "rare"), ("a/y", "rare")]
    )

    found = paths(graph, "department:a/x", "department:a/y", first=1)

    assert found.items[0].nodes[1] == "solution:rare"
    assert found.total == 2


def test_there_is_no_way_between_what_does_not_hang_together() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("b/x", "web")])

    assert paths(graph, "solution:sms", "solution:web").total == 0


def test_a_step_holds_all_relationships_between_its_nodes() -> None:
    graph = snapshot(uses=[("a/x", "sms")], proposes=[("a/x", "sms")])

    (way,) = paths(graph, "department:a/x", "solution:sms").items

    assert way.steps[0].elements == (edge("USES", "a/x", "sms"), edge("PROPOSES", "a/x", "sms"))


@given(snapshots(), st.data())
@checked
def test_the_ways_are_the_shortest_paths_of_networkx(graph: Snapshot, data: st.DataObject) -> None:
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(each for each in graph.ids if not each.startswith("municipality:"))
    for relations in graph.relations.values():
        for source, target in zip(relations.sources, relations.targets, strict=True):
            if graph.ids[source] in plain and graph.ids[target] in plain:
                plain.add_edge(graph.ids[source], graph.ids[target])
    nodes = st.sampled_from(sorted(plain))
    a, b = data.draw(st.lists(nodes, min_size=2, max_size=2, unique=True))

    found = paths(graph, a, b, first=1000)

    if nx.has_path(plain, a, b):
        expected = {tuple(way) for way in nx.all_shortest_paths(plain, a, b)}
        assert {way.nodes for way in found.items} == expected
        assert found.total == len(expected)
    else:
        assert all(any(n.startswith("municipality:") for n in way.nodes) for way in found.items)
