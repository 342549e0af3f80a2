"""The stores that the behaviour suite runs over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.neo4j_store import Neo4jStore
from graph.sqlite_store import SqliteStore
from graph.store import Store
from teknologikort.local_neo4j import Neo4jAddress
from tests.neo4j_server import IN_NEO4J


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=IN_NEO4J)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "neo4j":
        opened: Store = neo4j_store(request.getfixturevalue("empty_neo4j"))
    else:
        opened = SqliteStore(tmp_path / "graph.sqlite")
    yield opened
    opened.close()


def neo4j_store(address: Neo4jAddress) -> Neo4jStore:
    return Neo4jStore(address.uri, address.user, address.password, retry_seconds=2.0)
