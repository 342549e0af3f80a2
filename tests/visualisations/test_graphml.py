"""GraphML opens again with every node, relationship and field."""

import io
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from graph.excerpt import Excerpt, excerpt
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from tests.graph.loads import apply, says, uses
from visualisations.graphml import graphml

USE = "department:eksempel/skole USES solution:sms"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = SqliteStore(tmp_path / "graf.sqlite")
    apply(
        opened,
        "ark",
        [
            uses("eksempel/skole", "sms", users=("citizens", "staff"), status="pilot"),
            uses("nabo/skole", "sms", background="Et \x0b \U0001f600 <tegn> & \x00 mere"),
            says(
                ("department:eksempel/skole", "name", "Skole"),
                ("problem:kø", "name", "Kø"),
                ("department:eksempel/skole FACES problem:kø", "", ""),
            ),
            says(
                ("solution:sms", "name", "SMS"),
                ("problem:kø", "name", "Kø"),
                ("solution:sms SOLVES problem:kø", "", ""),
            ),
            says(("municipality:nabo", "latitude", 55.5)),
        ],
    )
    yield opened
    opened.close()


def of(store: Store, municipality: str | None = None) -> Excerpt:
    return excerpt(snapshot_of(store.structure()), store, municipality)


def opened(content: bytes) -> "nx.MultiDiGraph[str]":
    network = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    assert isinstance(network, nx.MultiDiGraph)
    return network


def test_every_node_and_relationship_is_there_with_its_own_id(store: Store) -> None:
    whole = of(store)
    network = opened(graphml(whole))
    edges = [key for _, _, key in network.edges(keys=True)]
    assert sorted([*network.nodes, *edges]) == sorted(whole.elements())
    assert len(set(edges)) == len(edges)


def test_fields_are_named_as_in_neo4j_and_lists_are_joined(store: Store) -> None:
    network = opened(graphml(of(store)))
    use = network.edges["department:eksempel/skole", "solution:sms", USE]
    assert use == {"relation": "USES", "status": "pilot", "users": "citizens; staff"}
    assert network.nodes["municipality:nabo"] == {
        "label": "Nabo",
        "nodeKind": "Municipality",
        "latitude": 55.5,
    }


def test_characters_that_xml_cannot_hold_are_left_out(store: Store) -> None:
    network = opened(graphml(of(store)))
    told = [data["background"] for _, _, data in network.edges(data=True) if "background" in data]
    assert told == ["Et  \U0001f600 <tegn> &  mere"]


def test_one_municipality_is_drawn_without_its_neighbours(store: Store) -> None:
    network = opened(graphml(of(store, "municipality:eksempel")))
    assert sorted(network.nodes) == [
        "department:eksempel/skole",
        "municipality:eksempel",
        "problem:kø",
        "solution:sms",
    ]
    assert network.has_edge("solution:sms", "problem:kø")
