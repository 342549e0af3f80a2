"""A backup is one SQLite file with a whole store in it, of either kind, checked once written."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE, S_IWUSR

from graph.ledger import Ledger
from graph.sqlite_file import connect, refusing
from graph.sqlite_store import SqliteStore
from graph.store import Store
from schema.messages import Refusal, say
from schema.text import Text
from teknologikort.copying import COPYING, Contents, examined, filled
from teknologikort.terminal import Terminal
from teknologikort.writing import written_beside

NAME = re.compile(r"teknologikort-\d{8}T\d{6}Z-r\d+\.sqlite\Z")
"""How backups are named that are given no name; the newest comes last in the order of names."""

_PAGES = 2048
_FOREIGN = "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')"
"""A store has neither; a trigger would change what later loads write, a view what is read."""
_NOT_OURS = Text("„{}“ i filen er ikke lavet af dette program", "“{}” in it is not of our making")
_NOT_SOUND = Text("filen er beskadiget ({})", "the file is damaged ({})")


def backup_name(revision: int, at: datetime | None = None) -> str:
    """The name of a backup of this revision, made now."""
    made = (at or datetime.now(UTC)).astimezone(UTC)
    return f"teknologikort-{made:%Y%m%dT%H%M%SZ}-r{revision}.sqlite"


def write_backup(store: Store, path: Path, terminal: Terminal) -> Contents:
    """Back a store up into a new file while others write to it; returns what it holds. The file
    is there once it is whole and checked, or not at all; raises Refusal. Of a file, it is for those
    who may read that one."""
    with written_beside(path) as beside:
        expected = None
        if isinstance(store, SqliteStore):
            beside.touch(mode=0o600)
            # The copy of a store that nobody may write to is still to be written.
            beside.chmod(S_IMODE(store.path.stat().st_mode) | S_IWUSR)
            copy_pages(store.path, beside, terminal)
        else:
            with store.ledger() as ledger:
                expected = _ledger_in(ledger, beside, terminal)
        alone(beside)
        return examined_file(beside, path.name, terminal, expected)


def write_ledger(ledger: Ledger, path: Path, terminal: Terminal) -> Contents:
    """Back up the ledger of a store that is being upgraded."""
    with written_beside(path) as beside:
        expected = _ledger_in(ledger, beside, terminal)
        alone(beside)
        return examined_file(beside, path.name, terminal, expected)


def _ledger_in(ledger: Ledger, file: Path, terminal: Terminal) -> Contents:
    with closing(SqliteStore(file)) as copy:
        return filled(copy, ledger, terminal)


def copy_pages(source: Path, target: Path, terminal: Terminal) -> None:
    """Copy a SQLite file as it is at one moment, while others go on writing to it."""
    # A transaction of the reader keeps SQLite from beginning anew at each write of others.
    with (
        refusing(source),
        closing(connect(source, read_only=True)) as there,
        closing(sqlite3.connect(target, isolation_level=None)) as here,
    ):
        there.execute("BEGIN")
        pages = there.execute("PRAGMA page_count").fetchone()[0]
        there.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        with terminal.progress(COPYING, pages) as advance:
            left = pages

            def progress(_status: int, remaining: int, _total: int) -> None:
                nonlocal left
                advance(left - remaining)
                left = remaining

            there.backup(here, pages=_PAGES, progress=progress)


def alone(path: Path) -> None:
    """Make a SQLite file one file, with nothing beside it; raises Refusal where it is open in
    another program, or damaged."""
    with (
        refusing(path),
        closing(sqlite3.connect(path, timeout=1.0, isolation_level=None)) as connection,
    ):
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                raise
            mode = "wal"
        if mode != "delete":
            raise Refusal(say("store-in-use", store=path.name))


def examined_file(
    file: Path, name: str, terminal: Terminal, expected: Contents | None = None
) -> Contents:
    """Look at a backup: whether the file is sound, and all in it; raises Refusal."""

    def unsound(reason: Text) -> Refusal:
        return Refusal(say("backup-unsound", file=name, reason=reason))

    with refusing(file), closing(connect(file, read_only=True)) as connection:
        (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        foreign = connection.execute(_FOREIGN).fetchone()
    if foreign is not None:
        raise unsound(Text(_NOT_OURS.da.format(*foreign), _NOT_OURS.en.format(*foreign)))
    if found != "ok":
        raise unsound(Text(_NOT_SOUND.da.format(found), _NOT_SOUND.en.format(found)))
    with closing(SqliteStore(file, create=False, read_only=True)) as store:
        return examined(store, terminal, unsound, expected)


def let_go(folder: Path, keep: int) -> list[Path]:
    """Delete the oldest of the backups in a folder, but for so many; returns those."""
    named = sorted(each for each in folder.iterdir() if NAME.match(each.name))
    old = named[: max(0, len(named) - keep)]
    for each in old:
        each.unlink()
    return old
