"""A store of the version before: what the commands say of it, and what becomes of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from graph.sqlite_tables import VERSION
from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.graph.test_sqlite_upgrade import DUMPS
from tests.teknologikort.command_line import in_english, program, run
from tests.teknologikort.stores import all_in


@pytest.fixture
def older(tmp_path: Path) -> Settings:
    """Settings that name a store of version 1."""
    store = tmp_path / "gammel.sqlite"
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript((DUMPS / "version_1.sql").read_text(encoding="utf-8"))
    return Settings(store=str(store))


def kept(older: Settings) -> Path:
    (backup,) = Path(older.store).parent.glob("gammel-version-1-*.sqlite")
    return backup


def test_what_only_reads_says_what_to_do(older: Settings) -> None:
    for arguments in (("loads",), ("check",), ("ask", "overview"), ("backup",)):
        refusal = run(older, *arguments).exception
        assert isinstance(refusal, Refusal), arguments
        assert refusal.messages[0].code == "store-older"
        assert "teknologikort upgrade" in refusal.text("da")
    done = program(
        Path(older.store).parent, "serve", "--read-only", "--port", "0", "--store", older.store
    )
    assert done.returncode == 1
    assert "teknologikort upgrade" in done.stderr


def test_it_is_upgraded_once_and_what_it_was_is_kept(older: Settings) -> None:
    first = run(older, "upgrade")
    assert first.exit_code == 0, first.output
    said = f"opgraderet fra version 1 til {VERSION}. Som den var, ligger den i {kept(older)}."
    assert said in first.stdout
    assert run(older, "check").exit_code == 0
    again = run(in_english(older), "upgrade")
    assert "there is nothing to do" in again.stdout
    kept(older)


def test_what_writes_upgrades_it_and_says_so(older: Settings) -> None:
    result = run(older, "undo", "1")
    assert result.exit_code == 0, result.output
    assert f"opgraderet fra version 1 til {VERSION}" in result.stderr
    assert "gælder ikke længere" in result.stdout


def test_a_backup_of_an_older_version_can_be_put_back(tmp_path: Path, older: Settings) -> None:
    before = Path(older.store).read_bytes()
    target = Settings(store=str(tmp_path / "ny" / "graf.sqlite"))
    result = run(target, "restore", older.store)
    assert result.exit_code == 0, result.output
    assert Path(older.store).read_bytes() == before
    assert [each.name for each in (tmp_path / "ny").iterdir()] == ["graf.sqlite"]
    run(older, "upgrade")
    assert all_in(target.store) == all_in(older.store)


def test_without_a_store_there_is_nothing_to_upgrade(without_graph: Settings) -> None:
    refusal = run(without_graph, "upgrade").exception
    assert isinstance(refusal, Refusal)
    assert refusal.messages[0].code == "store-missing"
