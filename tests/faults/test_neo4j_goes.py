"""The Neo4j itself is killed or started anew, in the middle of loads and of reads."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from graph.neo4j_store import Neo4jStore
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from teknologikort.local_neo4j import OwnNeo4j, own_neo4j
from tests.faults.counts import times
from tests.faults.loads import load_up_to, nth_load
from tests.graph.same import differences
from tests.neo4j_server import CACHE, IN_NEO4J, driver_of, empty, or_skip

pytestmark = IN_NEO4J

BACK_WITHIN = 90.0
"""Seconds that reads and writes wait for a Neo4j that starts anew, on a busy machine."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """One that may be killed, whatever the other tests use."""
    with or_skip(own_neo4j(tmp_path_factory.mktemp("going"), CACHE)) as own:
        yield own


@pytest.fixture
def store(server: OwnNeo4j) -> Iterator[Neo4jStore]:
    """An empty store that waits long for a server that is gone."""
    with driver_of(server.address) as driver:
        empty(driver)
    opened = patient(server)
    yield opened
    opened.close()


def patient(server: OwnNeo4j) -> Neo4jStore:
    address = server.address
    return Neo4jStore(address.uri, address.user, address.password, retry_seconds=BACK_WITHIN)


def sound(store: Neo4jStore, acknowledged: int, folder: Path) -> None:
    """All that was acknowledged is there, at most one more, and the graph is what it says."""
    revision = store.revision()
    assert revision in (acknowledged, acknowledged + 1)
    assert [load.revision for load in store.loads()] == list(range(1, revision + 1))
    assert store.check() == []
    unharmed = SqliteStore(folder / f"{time.monotonic_ns()}.sqlite")
    load_up_to(unharmed, revision)
    assert differences(snapshot_of(store.structure()), snapshot_of(unharmed.structure())) == []
    unharmed.close()


def load_until_lost(server: OwnNeo4j, moment: float) -> int:
    """Load until the server is killed at a moment: how many loads were acknowledged in all."""
    address = server.address
    hasty = Neo4jStore(address.uri, address.user, address.password, retry_seconds=1.0)
    acknowledged = hasty.revision()
    killer = threading.Timer(moment, server.kill)
    killer.start()
    refused: Refusal | None = None
    while refused is None:
        try:
            acknowledged = hasty.apply(nth_load(acknowledged)).revision
        except Refusal as refusal:
            refused = refusal
    killer.join()
    hasty.close()
    assert refused.messages[0].code in ("store-lost", "store-unreachable")
    return acknowledged


def test_killed_in_the_middle_of_loads_it_keeps_what_it_acknowledged(
    server: OwnNeo4j, store: Neo4jStore, tmp_path: Path
) -> None:
    random = Random(20261124)
    for _ in range(times(5)):
        store.revision()
        acknowledged = load_until_lost(server, random.uniform(0.3, 2.0))
        server.start()
        sound(store, acknowledged, tmp_path)


def test_reads_come_back_by_themselves_when_it_starts_anew(
    server: OwnNeo4j, store: Neo4jStore
) -> None:
    load_up_to(store, 3)
    ended = threading.Event()

    def read_on() -> list[int]:
        seen = []
        while not ended.is_set():
            structure = store.structure()
            seen.append(structure.revision)
            assert store.details(["solution:loesning-1"]).keys() <= {"solution:loesning-1"}
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(read_on) for _ in range(4)]
        time.sleep(0.5)
        server.stop()
        server.start()
        store.apply(nth_load(3))
        time.sleep(0.5)
        ended.set()
        seen = [reader.result() for reader in readers]
    assert all(revisions == sorted(revisions) for revisions in seen)
    assert all(revisions[-1] == 4 for revisions in seen)


def test_a_load_whose_server_starts_anew_is_written_once_or_says_that_it_is_not(
    server: OwnNeo4j, store: Neo4jStore, tmp_path: Path
) -> None:
    written = 0

    def load_on(until: int) -> None:
        nonlocal written
        while written < until:
            written = store.apply(nth_load(written)).revision

    load_on(2)
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_on, 12)
        time.sleep(0.4)
        server.stop()
        server.start()
        refusal = loading.exception()
    assert refusal is None or isinstance(refusal, Refusal)
    sound(store, written, tmp_path)
    store.apply(nth_load(store.revision()))
    assert store.check() == []
