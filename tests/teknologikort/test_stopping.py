"""Told to end, a server lets what is under way end, or says that it did not."""

import signal
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest

from graph.sqlite_store import SqliteStore
from teknologikort.settings import Settings
from tests.teknologikort.running import Running, running

READ = {"query": "{ loads { totalCount } }"}
UNDO = {"query": "mutation { undoLoad(number: 1) { revision } }"}
WITHIN = 60.0
UNDER_WAY = 1.0
"""Seconds after which a request that waits for the store is under way."""


@contextmanager
def store_taken(settings: Settings) -> Iterator[sqlite3.Connection]:
    """Another program writes, so that whoever wants to change something waits."""
    with closing(sqlite3.connect(settings.store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@contextmanager
def asked_to_change(server: Running) -> Iterator["Future[httpx.Response]"]:
    """A change that is asked for, and under way."""
    # The first question takes a while where everything it needs is made for it.
    httpx.post(f"{server.address}/graphql", json=READ, timeout=WITHIN)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(httpx.post, f"{server.address}/graphql", json=UNDO, timeout=WITHIN)
        sleep(UNDER_WAY)
        assert not answer.done()
        yield answer


def undone(settings: Settings) -> bool:
    with closing(SqliteStore(Path(settings.store), create=False)) as store:
        return not store.loads()[0].stands


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_change_under_way_ends_and_is_answered(
    tmp_path: Path, settings: Settings, workers: str
) -> None:
    arguments = ("serve", "--port", "0", "--store", settings.store, "--workers", workers)
    with (
        running(tmp_path, *arguments) as server,
        store_taken(settings) as other,
        asked_to_change(server) as answer,
    ):
        server.process.send_signal(signal.SIGTERM)
        sleep(0.5)
        with pytest.raises(httpx.ConnectError):  # nothing new is begun
            httpx.get(f"{server.address}/health/live")
        other.execute("ROLLBACK")
        assert answer.result().json()["data"] == {"undoLoad": {"revision": 2}}
        code, _, told = server.end(signal.SIGTERM)
    assert code == 0
    assert told.splitlines()[-1] == "Serveren er stoppet."
    assert undone(settings)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_change_that_takes_too_long_is_undone_and_that_is_answered(
    tmp_path: Path, settings: Settings, workers: str
) -> None:
    arguments = ("serve", "--port", "0", "--store", settings.store, "--workers", workers)
    with (
        running(tmp_path, *arguments, TEKNOLOGIKORT_STOP_SECONDS="1") as server,
        store_taken(settings),
        asked_to_change(server) as answer,
    ):
        begun = monotonic()
        server.process.send_signal(signal.SIGTERM)
        cut = answer.result()
        assert cut.status_code == 503
        assert "helt med eller slet ikke" in cut.text
        code, _, told = server.end(signal.SIGTERM)
        assert monotonic() - begun < 9  # the store would have been waited for for ten seconds
    assert code == 0
    assert "stopped cut=1" in told
    assert told.splitlines()[-1] == "Serveren er stoppet."
    assert "Traceback" not in told
    assert not undone(settings)


def test_with_nothing_under_way_it_ends_at_once(tmp_path: Path, settings: Settings) -> None:
    arguments = ("serve", "--port", "0", "--store", settings.store)
    with running(tmp_path, *arguments) as server, httpx.Client() as client:
        client.get(f"{server.address}/health/ready", timeout=WITHIN)  # and the connection is kept
        begun = monotonic()
        code, _, _ = server.end(signal.SIGTERM)
        assert monotonic() - begun < 10
    assert code == 0
