"""A loading program is killed at random moments: what it was told is written stays, the rest is
not there, and the next one goes on from it."""

from pathlib import Path
from random import Random

from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from teknologikort.local_neo4j import Neo4jAddress
from teknologikort.opening import open_store
from tests.faults.counts import times
from tests.faults.killing import acknowledged_until_killed
from tests.faults.loads import load_up_to
from tests.graph.conftest import neo4j_store
from tests.graph.same import differences
from tests.neo4j_server import IN_NEO4J

ON_ONE_STORE = 20
"""So often one store is loaded into and killed before a new one is taken."""


def kept(store: Store, before: int, acknowledged: list[int]) -> int:
    """The revision after a kill: all that was acknowledged, at most one more, and sound."""
    revision = store.revision()
    assert acknowledged == list(range(before + 1, before + 1 + len(acknowledged)))
    assert revision - before in (len(acknowledged), len(acknowledged) + 1)
    assert [load.revision for load in store.loads()] == list(range(1, revision + 1))
    assert store.check() == []
    return revision


def the_same_as_never_killed(store: Store, folder: Path) -> None:
    """The graph and the standing records are those of the same loads without any kill."""
    unharmed = SqliteStore(folder / "unharmed.sqlite")
    load_up_to(unharmed, store.revision())
    assert differences(snapshot_of(store.structure()), snapshot_of(unharmed.structure())) == []
    assert list(store.standing()) == list(unharmed.standing())
    unharmed.close()


def test_on_sqlite(tmp_path: Path) -> None:
    random = Random(20261124)
    left = times(200)
    while left:
        series = min(left, ON_ONE_STORE)
        left -= series
        folder = tmp_path / str(left)
        folder.mkdir()
        path, revision = folder / "graph.sqlite", 0
        for _ in range(series):
            acknowledged = acknowledged_until_killed(str(path), random.uniform(0.0, 0.3))
            store = open_store(str(path))
            revision = kept(store, revision, acknowledged)
            store.close()
        store = open_store(str(path))
        the_same_as_never_killed(store, folder)
        store.close()


class TestOnNeo4j:
    pytestmark = IN_NEO4J

    def test_on_neo4j(self, tmp_path: Path, empty_neo4j: Neo4jAddress) -> None:
        random, revision = Random(20261124), 0
        store = neo4j_store(empty_neo4j)
        for _ in range(times(20)):
            moment = random.uniform(0.0, 1.5)
            acknowledged = acknowledged_until_killed(empty_neo4j.uri, moment, empty_neo4j)
            revision = kept(store, revision, acknowledged)
        the_same_as_never_killed(store, tmp_path)
        store.close()
