"""The snapshot is the same in whatever order and form a store hands its structure over."""

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.columns import Coded, Column, column_of
from graph.snapshot import Snapshot, snapshot_of
from graph.structure import Pair, Pairs, Structure
from schema.field import Value
from schema.ontology import ONTOLOGY
from tests.graph.graphs import checked, snapshots
from tests.graph.small import snapshot
from tests.graph.test_refresh import assert_same

Columns = Mapping[str, Sequence[Value | None]]


def told(graph: Snapshot, random: Random) -> Structure:
    """What a store could hand over for a graph: everything in no order."""
    nodes, node_fields, relations, relation_fields = {}, {}, {}, {}
    for kind in ONTOLOGY.nodes:
        order = shuffled(range(len(graph.nodes(kind))), random)
        nodes[kind] = [graph.nodes(kind)[i] for i in order]
        node_fields[kind] = values(graph.node_columns[kind], order)
    for kind, there in graph.relations.items():
        order = shuffled(range(len(there.sources)), random)
        relations[kind] = [
            (graph.ids[there.sources[i]], graph.ids[there.targets[i]]) for i in order
        ]
        relation_fields[kind] = values(there.fields, order)
    return Structure(graph.revision, nodes, node_fields, relations, relation_fields)


def values(columns: Mapping[str, Column], order: Sequence[int]) -> Columns:
    return {name: [column.value(i) for i in order] for name, column in columns.items()}


def shuffled(places: Sequence[int], random: Random) -> list[int]:
    return random.sample(places, len(places))


def in_numbers(structure: Structure, random: Random) -> Structure:
    """The same as a store hands it over that knows its nodes by number, also some that are gone,
    and that has coded the fields itself."""
    ids = [node for nodes in structure.nodes.values() for node in nodes]
    ids = random.sample([*ids, "solution:long-gone", "problem:gone-too"], len(ids) + 2)
    place = {node: i for i, node in enumerate(ids)}

    def numbered(pairs: Sequence[Pair]) -> Pairs:
        ends = [np.array([place[pair[i]] for pair in pairs], dtype=np.int32) for i in range(2)]
        return Pairs(ids, ends[0], ends[1])

    def coded(kind: str, columns: Columns) -> Columns:
        fields = ONTOLOGY.relations[kind].by_name
        return {name: Coded(column_of(fields[name], each)) for name, each in columns.items()}

    return Structure(
        structure.revision,
        structure.nodes,
        structure.node_fields,
        {kind: numbered(pairs) for kind, pairs in structure.relations.items()},
        {kind: coded(kind, each) for kind, each in structure.relation_fields.items()},
    )


@checked
@given(snapshots(), st.randoms(use_true_random=False))
def test_in_any_order_and_by_ids_or_by_numbers(graph: Snapshot, random: Random) -> None:
    by_ids = told(graph, random)
    by_numbers = in_numbers(by_ids, random)

    assert_same(snapshot_of(by_ids), graph)
    assert_same(snapshot_of(by_numbers), graph)
    for kind, pairs in by_numbers.relations.items():
        assert list(pairs) == by_ids.relations[kind]
        assert [pairs[i] for i in range(len(pairs))] == by_ids.relations[kind]


def test_a_relationship_without_its_node_is_no_graph() -> None:
    ends = np.array([0], dtype=np.int32), np.array([1], dtype=np.int32)
    pairs = Pairs(["solution:sms", "problem:gone"], *ends)
    nodes = {"solution": ["solution:sms"]}

    with pytest.raises(KeyError):
        snapshot_of(Structure(1, nodes, {"solution": {}}, {"SOLVES": pairs}))


@checked
@given(snapshots())
def test_a_relationship_is_found_from_either_end_and_between_two_nodes(graph: Snapshot) -> None:
    for kind, relations in graph.relations.items():
        pairs = list(zip(relations.sources.tolist(), relations.targets.tolist(), strict=True))
        for node in range(len(graph.ids)):
            assert relations.targets_of(node) == [t for s, t in pairs if s == node]
            assert relations.sources_of(node) == [s for s, t in pairs if t == node]
            for other in range(len(graph.ids)):
                place = relations.find(node, other)
                assert place == (pairs.index((node, other)) if (node, other) in pairs else None)
        assert relations.matrix.toarray().sum() == len(pairs), kind


def test_several_names_each_stand_in_one_cell() -> None:
    names = ("Anden", "Tredje")
    graph = snapshot(nodes={"technology:a": {"other_names": names}})

    assert graph.value("technology:a", "other_names") == names
