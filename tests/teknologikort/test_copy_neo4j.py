"""From SQLite to a real Neo4j and back: loads, records and graph are the same."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.neo4j_store import Neo4jStore
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from teknologikort.local_neo4j import Neo4jAddress
from teknologikort.settings import Settings
from tests.graph.test_neo4j_promises import broken_off
from tests.graph.test_neo4j_upgrade import version_1
from tests.neo4j_server import IN_NEO4J
from tests.teknologikort.command_line import run
from tests.teknologikort.stores import all_in, all_of

pytestmark = IN_NEO4J
__all__ = ["version_1"]


@pytest.fixture
def history(settings: Settings) -> Settings:
    """Settings of a store in which a load was undone and taken back."""
    run(settings, "undo", "1")
    run(settings, "redo", "1")
    return settings


@pytest.fixture
def address(empty_neo4j: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty Neo4j that the commands may sign in to."""
    sign_in(empty_neo4j, monkeypatch)
    return empty_neo4j.uri


def sign_in(address: Neo4jAddress, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_USER", address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", address.password)


def refused(settings: Settings, *arguments: str | Path) -> str:
    result = run(settings, *arguments)
    assert isinstance(result.exception, Refusal), result.output
    return result.exception.messages[0].code


def test_copied_there_and_back_everything_is_the_same(
    tmp_path: Path, history: Settings, address: str, empty_neo4j: Neo4jAddress
) -> None:
    there = run(history, "copy", history.store, address)
    assert there.exit_code == 0, there.output
    with closing(Neo4jStore(address, empty_neo4j.user, empty_neo4j.password)) as store:
        assert all_of(store) == all_in(history.store)
    back = run(history, "copy", address, tmp_path / "tilbage.sqlite")
    assert back.exit_code == 0, back.output
    assert all_in(tmp_path / "tilbage.sqlite") == all_in(history.store)
    assert refused(history, "copy", history.store, address) == "store-not-empty"
    undone = run(replace(history, store=address), "undo", "1")
    assert "revision 4" in undone.stdout


def test_a_backup_of_neo4j_is_a_file_that_can_be_put_back_into_either(
    tmp_path: Path, history: Settings, address: str
) -> None:
    run(history, "backup", tmp_path / "first.sqlite")
    on_neo4j = replace(history, store=address)
    put_back = run(on_neo4j, "restore", tmp_path / "first.sqlite")
    assert put_back.exit_code == 0, put_back.output
    assert refused(on_neo4j, "restore", tmp_path / "first.sqlite") == "restore-neo4j-not-empty"
    made = run(on_neo4j, "backup", tmp_path / "second.sqlite")
    assert made.exit_code == 0, made.output
    assert all_in(tmp_path / "second.sqlite") == all_in(history.store)


@pytest.mark.parametrize("how", ["copy", "restore"])
def test_a_copy_that_was_broken_off_is_begun_anew_where_one_says_so(
    how: str, history: Settings, address: str, empty_neo4j: Neo4jAddress
) -> None:
    with closing(SqliteStore(Path(history.store))) as source, source.ledger() as ledger:
        broken_off(empty_neo4j, ledger)
    there = (how, history.store, *([address] if how == "copy" else ["--store", address]))
    assert refused(history, *there) == "neo4j-restoring"

    anew = run(history, *there, "--replace")
    assert anew.exit_code == 0, anew.output
    with closing(Neo4jStore(address, empty_neo4j.user, empty_neo4j.password)) as store:
        assert all_of(store) == all_in(history.store)
    again = refused(history, *there, "--replace")
    assert again == {"copy": "store-not-empty", "restore": "restore-neo4j-not-empty"}[how]


def test_an_older_neo4j_is_refused_where_it_is_read_and_upgraded_after_a_backup(
    tmp_path: Path, version_1: Neo4jAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(version_1, monkeypatch)
    older = Settings(store=version_1.uri, backups=str(tmp_path / "kopier"))
    assert refused(older, "loads") == "store-older"
    result = run(older, "upgrade")
    assert result.exit_code == 0, result.output
    (backup,) = (tmp_path / "kopier").iterdir()
    assert f"Som den var, ligger den i {backup}." in result.stdout
    with closing(Neo4jStore(version_1.uri, version_1.user, version_1.password)) as store:
        assert all_of(store) == all_in(backup)
    assert "der er intet at gøre" in run(older, "upgrade").stdout
