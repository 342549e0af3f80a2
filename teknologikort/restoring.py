"""Putting a backup back: checked first, then in its place in one step."""

import os
import stat
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.sqlite_file import connect, refusing
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal, say
from teknologikort.backing_up import alone, copy_pages, examined_file
from teknologikort.copying import Contents, copied
from teknologikort.opening import open_store, sqlite_path
from teknologikort.settings import is_neo4j
from teknologikort.terminal import Terminal
from teknologikort.writing import (
    fresh_beside,
    put_where_nothing_is,
    settle,
    settle_folder,
    written_beside,
)

_OURS = ("store-damaged", "store-older", "store-newer")
"""What can be said of a file that is ours all the same."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where what was there before is now."""

    contents: Contents
    aside: Path | None = None


def restored(backup: Path, store: str, replace: bool, terminal: Terminal) -> Restored:
    """Put a backup back into a store, which is left untouched where anything is wrong; raises
    Refusal."""
    if not backup.is_file():
        raise Refusal(say("backup-missing", file=backup))
    if is_neo4j(store):
        return Restored(_into_neo4j(backup, store, replace, terminal))
    path = sqlite_path(store)
    if path.exists() and path.samefile(backup):
        raise Refusal(say("copy-of-itself", store=store))
    if not path.exists():
        with written_beside(path) as beside:
            return Restored(_made_of(backup, beside, terminal))
    return _in_place_of(path, backup, replace, terminal)


def _into_neo4j(backup: Path, store: str, replace: bool, terminal: Terminal) -> Contents:
    with TemporaryDirectory() as folder:
        file = Path(folder) / backup.name
        if replace:  # nothing is taken away before the backup is known to be sound
            _made_of(backup, file, terminal)
        with closing(open_store(store, anew=replace)) as target:
            if revision := target.revision():
                raise Refusal(say("restore-neo4j-not-empty", store=store, revision=revision))
            if not replace:
                _made_of(backup, file, terminal)
            with closing(SqliteStore(file, create=False, read_only=True)) as source:
                return copied(source, target, terminal)


def _made_of(backup: Path, fresh: Path, terminal: Terminal) -> Contents:
    """A store made of a backup, checked, and ready for many readers beside a writer. The backup
    stays as it is, also one of an older version: what is made of it is upgraded."""
    copy_pages(backup, fresh, terminal)
    SqliteStore(fresh, create=False, keep_old=False).close()
    alone(fresh)
    contents = examined_file(fresh, backup.name, terminal)
    with refusing(fresh), closing(connect(fresh)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return contents


def _in_place_of(path: Path, backup: Path, replace: bool, terminal: Terminal) -> Restored:
    """The old file keeps its content under another name, and the new one takes its place."""
    holds_a_graph = _holds_a_graph(path)
    if holds_a_graph and not replace:
        raise Refusal(say("restore-not-empty", store=path.name))
    with fresh_beside(path) as fresh:
        contents = _made_of(backup, fresh, terminal)
        settle(fresh)
        _be_alone(path)
        _belong_as(path, fresh)
        aside = _put_aside(path) if holds_a_graph else None
        os.replace(fresh, path)
        settle_folder(path.parent)
    return Restored(contents, aside)


def _holds_a_graph(path: Path) -> bool:
    """Whether there is something to lose: also in a store that is damaged or of another version.
    Raises Refusal where the file is none of ours."""
    try:
        with closing(SqliteStore(path, create=False, read_only=True)) as there:
            return there.revision() > 0
    except Refusal as refusal:
        if refusal.messages[0].code not in _OURS:
            raise
        return True


def _be_alone(path: Path) -> None:
    """Raise Refusal where another program has the file open; a damaged one is taken as it is."""
    try:
        alone(path)
    except Refusal as refusal:
        if refusal.messages[0].code not in _OURS:
            raise


def _belong_as(path: Path, fresh: Path) -> None:
    """Let the new file belong to whom the old one did, with the same rights: a restore by another
    user than the server's must not take the store from the server."""
    there = path.stat()
    if os.name == "posix" and os.geteuid() == 0:
        os.chown(fresh, there.st_uid, there.st_gid)
    fresh.chmod(stat.S_IMODE(there.st_mode))


def _put_aside(path: Path) -> Path:
    aside = path.with_stem(f"{path.stem}-before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    put_where_nothing_is(path, aside, keep=True)
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists():  # of a file that is damaged: what it holds belongs to the old content
        wal.rename(aside.with_name(f"{aside.name}-wal"))
    path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
    return aside
