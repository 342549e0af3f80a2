"""``backup``, ``restore`` and ``copy``: whole, checked, and never in the place of something."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.teknologikort.command_line import in_english, program, run
from tests.teknologikort.running import running
from tests.teknologikort.stores import all_in, opened

WRITING = """
import sys
from itertools import cycle
from pathlib import Path
from graph.sqlite_store import SqliteStore
store = SqliteStore(Path(sys.argv[1]))
print("writes", flush=True)
for change in cycle([store.undo, store.redo]):
    change(1)
"""


@pytest.fixture
def history(settings: Settings) -> Settings:
    """Settings of a store in which a load was undone and taken back."""
    run(settings, "undo", "1")
    run(settings, "redo", "1")
    return settings


def refused(settings: Settings, *arguments: str | Path) -> str:
    result = run(settings, *arguments)
    assert isinstance(result.exception, Refusal), result.output
    (message,) = result.exception.messages
    return message.code


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def tamper(path: Path | str) -> None:
    """Let a node say what no record says."""
    with closing(sqlite3.connect(path)) as connection, connection:
        said = "UPDATE node SET fields = json_set(fields, '$.function', 'noget andet')"
        assert connection.execute(f"{said} WHERE key LIKE 'solution:%'").rowcount


def test_a_backup_is_one_file_that_says_the_same(tmp_path: Path, history: Settings) -> None:
    before = all_in(history.store)
    result = run(history, "backup", tmp_path / "kopi" / "kopi.sqlite")
    assert result.exit_code == 0, result.output
    assert "skrevet og efterprøvet" in result.stdout
    assert "revision 3, indlæsninger: 1" in result.stdout
    assert files_in(tmp_path / "kopi") == ["kopi.sqlite"]
    assert all_in(tmp_path / "kopi" / "kopi.sqlite") == before


def test_it_goes_to_the_folder_of_the_settings_under_time_and_revision(
    tmp_path: Path, settings: Settings
) -> None:
    folder = tmp_path / "kopier"
    assert run(replace(settings, backups=str(folder)), "backup").exit_code == 0
    (name,) = files_in(folder)
    assert re.fullmatch(r"teknologikort-\d{8}T\d{6}Z-r1\.sqlite", name)


def test_the_oldest_in_a_folder_make_room(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "kopier"
    folder.mkdir()
    old = [f"teknologikort-2025010{day}T020000Z-r9.sqlite" for day in (1, 2, 3)]
    for name in (*old, "teknologikort-min-egen.sqlite"):
        (folder / name).touch()
    result = run(settings, "backup", folder, "--keep", "2")
    assert result.exit_code == 0, result.output
    left = files_in(folder)
    assert len(left) == 3
    assert old[2] in left
    assert "teknologikort-min-egen.sqlite" in left
    assert old[0] in result.stderr
    assert run(settings, "backup", tmp_path / "x.sqlite", "--keep", "2").exit_code == 2


def test_while_another_program_writes_it_is_of_one_revision(
    tmp_path: Path, settings: Settings
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITING, settings.store], stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writes\n"
        for number in range(3):
            result = run(settings, "backup", tmp_path / f"kopi-{number}.sqlite")
            assert result.exit_code == 0, result.output
    finally:
        writer.kill()
        writer.communicate()
    with opened(tmp_path / "kopi-0.sqlite") as first, opened(tmp_path / "kopi-2.sqlite") as last:
        assert 1 <= first.revision() < last.revision()


def test_nothing_is_written_over(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "kopi.sqlite").write_bytes(b"noget andet")
    assert refused(settings, "backup", tmp_path / "kopi.sqlite") == "file-exists"
    assert (tmp_path / "kopi.sqlite").read_bytes() == b"noget andet"


def test_a_store_that_differs_from_its_records_gives_no_backup(
    tmp_path: Path, settings: Settings
) -> None:
    tamper(settings.store)
    result = run(settings, "backup", tmp_path / "kopi" / "kopi.sqlite")
    assert isinstance(result.exception, Refusal)
    assert result.exception.messages[0].code == "backup-unsound"
    assert "solution:" in result.exception.text("da")
    assert files_in(tmp_path / "kopi") == []


def test_a_backup_put_back_is_the_store_again(
    tmp_path: Path, history: Settings, without_graph: Settings
) -> None:
    run(history, "backup", tmp_path / "kopi.sqlite")
    result = run(without_graph, "restore", tmp_path / "kopi.sqlite")
    assert result.exit_code == 0, result.output
    assert "lagt tilbage" in result.stdout
    assert all_in(without_graph.store) == all_in(history.store)
    assert run(without_graph, "undo", "1").exit_code == 0
    with closing(sqlite3.connect(without_graph.store)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_store_with_a_graph_is_not_restored_into_unasked(
    tmp_path: Path, history: Settings
) -> None:
    run(history, "backup", tmp_path / "kopi.sqlite")
    run(history, "undo", "1")
    before = all_in(history.store)
    assert refused(history, "restore", tmp_path / "kopi.sqlite") == "restore-not-empty"
    assert all_in(history.store) == before
    result = run(in_english(history), "restore", tmp_path / "kopi.sqlite", "--replace")
    assert result.exit_code == 0, result.output
    (aside,) = tmp_path.glob("graf-before-restore-*.sqlite")
    assert f"put aside as {aside}" in result.stdout
    assert all_in(aside) == before
    assert all_in(history.store) == all_in(tmp_path / "kopi.sqlite")


def test_an_empty_store_is_restored_into(tmp_path: Path, settings: Settings) -> None:
    run(settings, "backup", tmp_path / "kopi.sqlite")
    SqliteStore(tmp_path / "tom.sqlite").close()
    empty = Settings(store=str(tmp_path / "tom.sqlite"))
    assert run(empty, "restore", tmp_path / "kopi.sqlite").exit_code == 0
    assert all_in(empty.store) == all_in(settings.store)


def test_a_store_that_a_server_has_open_is_not_replaced(tmp_path: Path, settings: Settings) -> None:
    run(settings, "backup", tmp_path / "kopi.sqlite")
    with running(tmp_path, "serve", "--port", "0", "--store", settings.store):
        code = refused(settings, "restore", tmp_path / "kopi.sqlite", "--replace")
    assert code == "store-in-use"
    assert list(tmp_path.glob("*before-restore*")) == []
    assert all_in(settings.store) == all_in(tmp_path / "kopi.sqlite")


def test_a_damaged_store_makes_way_and_is_kept(tmp_path: Path, settings: Settings) -> None:
    run(settings, "backup", tmp_path / "kopi.sqlite")
    content = Path(settings.store).read_bytes()
    damaged = content[: len(content) // 2]
    Path(settings.store).write_bytes(damaged)
    result = run(settings, "restore", tmp_path / "kopi.sqlite", "--replace")
    assert result.exit_code == 0, result.output
    (aside,) = tmp_path.glob("graf-before-restore-*.sqlite")
    assert len(aside.read_bytes()) >= len(damaged)
    assert all_in(settings.store) == all_in(tmp_path / "kopi.sqlite")


@pytest.mark.parametrize("wrong", ["cut", "tampered", "another file"])
def test_a_backup_that_is_not_sound_leaves_the_store_as_it_is(
    tmp_path: Path, settings: Settings, wrong: str
) -> None:
    kept = tmp_path / "kopi.sqlite"
    run(settings, "backup", kept)
    if wrong == "tampered":
        tamper(kept)
    else:
        content = kept.read_bytes() if wrong == "cut" else b"ikke en graf" * 1000
        kept.write_bytes(content[: len(content) // 2])
    before = Path(settings.store).read_bytes()
    code = refused(settings, "restore", kept, "--replace")
    assert code in {"backup-unsound", "store-damaged", "store-not-ours"}
    assert Path(settings.store).read_bytes() == before
    assert [n for n in files_in(tmp_path) if n[0] == "." or "before-restore" in n] == []


@pytest.mark.parametrize(
    "foreign",
    [
        "CREATE TRIGGER fremmed AFTER INSERT ON load BEGIN DELETE FROM record; END",
        "CREATE VIEW fremmed AS SELECT * FROM record",
    ],
)
def test_a_backup_that_would_do_something_by_itself_is_refused(
    tmp_path: Path, settings: Settings, foreign: str
) -> None:
    copy = tmp_path / "kopi.sqlite"
    assert run(settings, "backup", copy).exit_code == 0
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(foreign)
    other = replace(settings, store=str(tmp_path / "andet.sqlite"))
    assert refused(other, "restore", copy) == "backup-unsound"
    assert not (tmp_path / "andet.sqlite").exists()


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
def test_a_store_that_is_replaced_keeps_its_owner_and_rights(
    tmp_path: Path, settings: Settings
) -> None:
    store = Path(settings.store)
    assert run(settings, "backup", tmp_path / "kopi.sqlite").exit_code == 0
    store.chmod(0o660)
    if os.geteuid() == 0:
        os.chown(store, 12345, 12346)
    before = store.stat()
    assert run(settings, "restore", tmp_path / "kopi.sqlite", "--replace").exit_code == 0
    after = store.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
@pytest.mark.parametrize(("rights", "of_the_backup"), [(0o600, 0o600), (0o440, 0o640)])
def test_a_backup_is_for_those_who_may_read_the_store(
    tmp_path: Path, settings: Settings, rights: int, of_the_backup: int
) -> None:
    Path(settings.store).chmod(rights)
    assert run(settings, "backup", tmp_path / "kopi.sqlite").exit_code == 0
    assert (tmp_path / "kopi.sqlite").stat().st_mode & 0o777 == of_the_backup


def test_a_backup_that_is_not_there_is_told(tmp_path: Path, settings: Settings) -> None:
    assert refused(settings, "restore", tmp_path / "væk.sqlite") == "backup-missing"


def test_a_copy_in_another_file_says_the_same(tmp_path: Path, history: Settings) -> None:
    target = tmp_path / "ny.sqlite"
    result = run(history, "copy", history.store, target)
    assert result.exit_code == 0, result.output
    assert "efterprøvet (revision 3" in result.stdout
    assert all_in(target) == all_in(history.store)
    assert refused(history, "copy", history.store, target) == "store-not-empty"
    same = Path(history.store).parent / ".." / Path(history.store).parent.name / "graf.sqlite"
    assert refused(history, "copy", history.store, same) == "copy-of-itself"


def test_a_copy_of_a_store_that_differs_from_its_records_is_right(
    tmp_path: Path, settings: Settings
) -> None:
    before = all_in(settings.store)
    tamper(settings.store)
    assert run(settings, "check").exit_code == 1
    target = tmp_path / "ny.sqlite"
    assert run(settings, "copy", settings.store, target).exit_code == 0
    assert all_in(target) == before


def test_a_copy_of_nothing_makes_nothing(tmp_path: Path, without_graph: Settings) -> None:
    target = tmp_path / "ny.sqlite"
    assert refused(without_graph, "copy", without_graph.store, target) == "store-missing"
    assert not target.exists()


def test_as_programs_they_tell_in_one_sentence_what_is_wrong(
    tmp_path: Path, settings: Settings
) -> None:
    (tmp_path / "optaget.sqlite").touch()
    for arguments in (
        ("backup", "optaget.sqlite"),
        ("restore", "ingen.sqlite"),
        ("copy", settings.store, settings.store),
    ):
        done = program(tmp_path, *arguments, TEKNOLOGIKORT_STORE=settings.store)
        assert done.returncode == 1, arguments
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
