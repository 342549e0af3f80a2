"""A SQLite store that is not as it should be says so, and what is there is never changed."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from tests.graph.loads import apply, uses


def refused(path: Path, code: str, create: bool = True) -> str:
    """Opening the store is refused with this code; the text that a person reads."""
    with pytest.raises(Refusal) as caught:
        SqliteStore(path, create=create)
    assert [message.code for message in caught.value.messages] == [code]
    return str(caught.value)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "graph.sqlite"
    store = SqliteStore(path)
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    store.close()
    return path


def test_no_store_where_none_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite"
    assert "none.sqlite" in refused(path, "store-missing", create=False)
    assert not path.exists()


@pytest.mark.parametrize("content", [b"", b"Kommune;Forvaltning\n" * 200, b"PK\x03\x04" * 4096])
def test_a_file_that_is_not_ours_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "andet.sqlite"
    path.write_bytes(content)
    refused(path, "store-not-ours")
    assert path.read_bytes() == content


def test_another_programs_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "andet.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()
    before = path.read_bytes()
    refused(path, "store-not-ours")
    assert path.read_bytes() == before


def test_a_newer_versions_store_is_refused(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "99" in refused(filled, "store-newer")


def test_a_truncated_store_is_damaged_and_not_changed(filled: Path) -> None:
    filled.write_bytes(filled.read_bytes()[: 4096 * 3])
    before = filled.read_bytes()
    with pytest.raises(Refusal) as caught:
        SqliteStore(filled).structure()
    assert caught.value.messages[0].code == "store-damaged"
    assert filled.read_bytes() == before


def test_a_store_that_another_program_writes_to_is_locked(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.sqlite_file.BUSY_SECONDS", 0.1)
    store = SqliteStore(filled)
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refusal) as caught:
        apply(store, "b.xlsx", [uses("eksempel/skole", "gps")])
    assert caught.value.messages[0].code == "store-locked"
    other.execute("ROLLBACK")
    other.close()
    assert apply(store, "b.xlsx", [uses("eksempel/skole", "gps")]).revision == 2
    store.close()


def test_a_store_opened_for_reading_is_read_and_never_written(filled: Path) -> None:
    store = SqliteStore(filled, read_only=True)
    assert store.revision() == 1
    with pytest.raises(Refusal) as caught:
        apply(store, "b.xlsx", [uses("eksempel/skole", "gps")])
    assert caught.value.messages[0].code == "store-read-only"
    store.close()


def test_a_folder_is_no_store(tmp_path: Path) -> None:
    refused(tmp_path, "store-not-ours")


def test_a_store_is_made_also_where_files_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", no_links)
    SqliteStore(tmp_path / "graph.sqlite").close()
    assert [file.name for file in tmp_path.iterdir()] == ["graph.sqlite"]


@pytest.fixture
def read_only_disk(filled: Path, tmp_path: Path) -> Iterator[Path]:
    """The store on a real file system that cannot be written to."""
    folder = tmp_path / "fast"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("a file system can only be mounted by root")
    shutil.copy(filled, folder / "graph.sqlite")
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    yield folder / "graph.sqlite"
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_store_on_a_read_only_disk_is_read_and_a_change_is_told(read_only_disk: Path) -> None:
    reader = SqliteStore(read_only_disk, read_only=True)
    assert (reader.revision(), reader.check()) == (1, [])
    reader.close()
    with pytest.raises(Refusal) as caught:
        apply(SqliteStore(read_only_disk), "b.xlsx", [uses("eksempel/skole", "gps")])
    assert caught.value.messages[0].code == "store-read-only"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 600 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("a small file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_the_graph_stays_as_it_was(small_disk: Path) -> None:
    store = SqliteStore(small_disk / "graph.sqlite")
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    with pytest.raises(Refusal) as caught:
        apply(store, "b.xlsx", [uses("eksempel/omsorg", f"s{i}") for i in range(5000)])
    assert caught.value.messages[0].code == "store-disk-full"
    assert store.revision() == 1
    assert store.check() == []
    store.close()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder is wanted")
    refused(blocked / "graph.sqlite", "store-read-only")


LOADER = """
import sys
from pathlib import Path
from graph.sqlite_store import SqliteStore
from tests.graph.loads import apply, uses
store = SqliteStore(Path(sys.argv[1]))
print("ready", flush=True)
for i in range(100):
    applied = apply(store, f"{i}.xlsx", [uses("eksempel/omsorg", f"s{i}x{j}") for j in range(60)])
    print(applied.revision, flush=True)
"""


@pytest.mark.parametrize("moment", range(20))
def test_killed_in_the_middle_of_a_load_it_is_there_whole_or_not_at_all(
    tmp_path: Path, moment: int
) -> None:
    path = tmp_path / "graph.sqlite"
    loading = subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert loading.stdout is not None
    assert loading.stdout.readline() == "ready\n"
    time.sleep(0.004 + moment * 0.011)
    os.kill(loading.pid, signal.SIGKILL)
    acknowledged = [int(line) for line in loading.stdout.read().split() if line.strip()]
    loading.wait()
    loading.stdout.close()

    store = SqliteStore(path)
    revision = store.revision()
    assert revision in (len(acknowledged), len(acknowledged) + 1)
    assert len(store.loads()) == revision
    assert sum(1 for _ in store.standing()) == 60 * revision
    assert store.check() == []
    store.close()
