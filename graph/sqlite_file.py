"""Opening a SQLite file that is ours, and saying what is wrong with one that is not."""

import os
import secrets
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.sqlite_records import DamagedRecord
from graph.sqlite_tables import APPLICATION_ID, VERSION, make_tables, ontology_mark
from graph.sqlite_upgrade import Upgrade, is_older, upgrade, version_of
from schema.messages import Refusal, say

BUSY_SECONDS = 10.0
"""How long a write waits for another program's write to end."""

CACHE_KB = 64 * 1024
"""What a writer holds of the file in memory, so that a large load is not written twice."""
CHECKPOINT_PAGES = 8_000
"""How much is written before it is moved into the file: pages that many loads touch move once."""


def _code_of(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for start, code in (
        ("SQLITE_BUSY", "store-locked"),
        ("SQLITE_LOCKED", "store-locked"),
        ("SQLITE_READONLY", "store-read-only"),
        ("SQLITE_CANTOPEN", "store-read-only"),
        ("SQLITE_PERM", "store-read-only"),
        ("SQLITE_FULL", "store-disk-full"),
        ("SQLITE_NOTADB", "store-not-ours"),
    ):
        if name.startswith(start):
            return code
    return "store-damaged"


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite says into a refusal that a person can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise Refusal(say(_code_of(error), store=path.name, reason=str(error))) from error
    except (DamagedRecord, UnicodeDecodeError) as error:  # of a name or a message too
        raise Refusal(say("store-damaged", store=path.name, reason=str(error))) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """The same where rows are read and made sense of: what makes no sense is damaged."""
    with refusing(path):
        try:
            yield
        except (ValueError, KeyError, IndexError, TypeError, struct.error) as error:
            raise Refusal(say("store-damaged", store=path.name, reason=repr(error))) from error


def connect(path: Path, read_only: bool = False) -> sqlite3.Connection:
    """A connection with the settings that every use of a store wants."""
    mode = "rw" if not read_only else "ro&immutable=1" if _never_changes(path) else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA trusted_schema = OFF")
        if not read_only:
            connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _never_changes(path: Path) -> bool:
    """Whether nothing is being written beside the file and its folder cannot be written to, as on
    a read-only disk: SQLite then reads it as it is, since it cannot keep a lock there."""
    beside = path.with_name(f"{path.name}-wal")
    return not beside.exists() and not os.access(path.parent, os.W_OK)


def open_or_create(
    path: Path, create: bool, read_only: bool = False, keep_old: bool = True
) -> Upgrade | None:
    """Check that the file is a store of this version, or make an empty one where none is. One of
    an older version is upgraded, or refused where it is only to be read; returns what was done.

    A new file is made whole beside its place and put there in one step, so that a crash leaves
    no half store; two programs that do so at once end with one of the two.
    """
    if path.is_dir():
        raise Refusal(say("store-not-ours", store=path.name))
    if not path.exists():
        if not create:
            raise Refusal(say("store-missing", store=str(path)))
        _create(path)
    with refusing(path), closing(connect(path, read_only=True)) as connection:
        _check(path, connection)
        if not is_older(connection):
            return None
    if read_only:
        raise Refusal(say("store-older", store=path.name))
    with refusing(path), closing(connect(path)) as connection:
        return upgrade(path, connection, keep_old)


def _create(path: Path) -> None:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.touch(exist_ok=False)
    except OSError as error:
        raise Refusal(say("store-read-only", store=str(path))) from error
    try:
        with refusing(path), closing(connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            make_tables(connection)
            connection.execute("INSERT INTO meta VALUES ('ontology', ?)", (ontology_mark(),))
            connection.execute("COMMIT")
        _put(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


def _put(fresh: Path, path: Path) -> None:
    """Give the new file its name, unless another program was quicker."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            fresh.rename(path)


def _check(path: Path, connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    version = version_of(connection)
    if application != APPLICATION_ID:
        raise Refusal(say("store-not-ours", store=path.name))
    if version > VERSION:
        raise Refusal(say("store-newer", store=path.name, found=version, known=VERSION))
