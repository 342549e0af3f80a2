"""``demo``: the example municipality, loaded with the real loader and served."""

import signal
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from graph.neo4j_store import Neo4jStore
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from teknologikort.demonstration import where_to_look
from teknologikort.local_neo4j import Neo4jAddress
from tests.api.site import EXAMPLE
from tests.teknologikort.command_line import program
from tests.teknologikort.running import running

STORE = Path("data/demo.sqlite")
READING = {"accept": "text/html"}


def snapshot_in(store: Store) -> Snapshot:
    with closing(store):
        return snapshot_of(store.structure())


def test_it_loads_the_example_once_and_then_says_nothing_new(tmp_path: Path) -> None:
    first = program(tmp_path, "demo", "--no-serve")
    assert first.returncode == 0, first.stderr
    files = len(list(EXAMPLE.iterdir()))
    assert first.stdout.startswith(f"Eksemplet er indlæst ({files} filer): 3 kommuner, ")
    revision = snapshot_in(SqliteStore(tmp_path / STORE)).revision
    assert revision == files
    again = program(tmp_path, "demo", "--no-serve", TEKNOLOGIKORT_LANGUAGE="en")
    assert again.stdout.startswith("The example was loaded already: 3 municipalities, ")
    assert snapshot_in(SqliteStore(tmp_path / STORE)).revision == revision


def test_it_serves_the_pages_that_it_points_to_and_ends_cleanly(tmp_path: Path) -> None:
    with running(tmp_path, "demo", "--port", "0") as server:
        snapshot = snapshot_in(SqliteStore(tmp_path / STORE, read_only=True))
        pages = [path for path, _ in where_to_look(snapshot)]
        answers = {path: httpx.get(f"{server.address}{path}", headers=READING) for path in pages}
        code, said, told = server.end(signal.SIGINT)
    assert len(pages) == 6
    assert {path: answer.status_code for path, answer in answers.items()} == dict.fromkeys(
        pages, 200
    )
    for path in pages:
        assert f"{server.address}{path}" in said
    assert code == 0
    assert told.splitlines()[-1] == "Serveren er stoppet. Grafen er gemt."


def test_a_taken_port_is_told_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        done = program(tmp_path, "demo", "--port", str(other.getsockname()[1]))
    assert done.returncode == 1
    assert "er optaget" in done.stderr
    assert not (tmp_path / "data").exists()


def a_demonstration_that_says(folder: Path, statement: str) -> None:
    """An empty store in the demonstration's place, changed as another edition would have it."""
    (folder / "data").mkdir()
    SqliteStore(folder / STORE).close()
    with closing(sqlite3.connect(folder / STORE)) as connection, connection:
        connection.execute(statement)


def test_a_demonstration_of_a_newer_edition_is_put_aside(tmp_path: Path) -> None:
    a_demonstration_that_says(tmp_path, "PRAGMA user_version = 99")
    done = program(tmp_path, "demo", "--no-serve")
    assert done.returncode == 0
    assert "hedder nu data/demo-1.sqlite" in done.stderr
    assert (tmp_path / "data" / "demo-1.sqlite").exists()
    assert snapshot_in(SqliteStore(tmp_path / STORE)).nodes("solution")


def test_a_demonstration_of_other_rules_is_upgraded_and_that_is_told(tmp_path: Path) -> None:
    a_demonstration_that_says(
        tmp_path, "UPDATE meta SET value = 'en anden' WHERE name = 'ontology'"
    )
    done = program(tmp_path, "demo", "--no-serve")
    assert done.returncode == 0
    assert "er lavet på ny efter denne version" in done.stderr
    assert snapshot_in(SqliteStore(tmp_path / STORE)).nodes("solution")


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_it_does_the_same_on_a_real_neo4j(tmp_path: Path, empty_neo4j: Neo4jAddress) -> None:
    done = program(
        tmp_path,
        "demo",
        "--neo4j",
        "--no-serve",
        seconds=300,
        NEO4J_URI=empty_neo4j.uri,
        NEO4J_USER=empty_neo4j.user,
        NEO4J_PASSWORD=empty_neo4j.password,
    )
    assert done.returncode == 0, done.stderr
    assert f"Neo4j svarer på {empty_neo4j.uri}" in done.stdout
    assert empty_neo4j.password not in done.stdout + done.stderr
    store = Neo4jStore(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    assert "solution:sms-service" in snapshot_in(store)
    assert not (tmp_path / STORE).exists()
