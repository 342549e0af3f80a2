"""A store of an older version, or made by other rules, brought up to this one: its ledger applied
anew, in the same file, in one transaction."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph import sqlite_version_1
from graph.sqlite_ledger import loads
from graph.sqlite_restore import make_graph, restore
from graph.sqlite_tables import GRAPH, VERSION, make_tables, ontology_mark
from schema.messages import Refusal, say

_OLD = "old_"


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What was done to a store: the version that it had, and the file that it was copied to."""

    version: int
    backup: Path | None


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether the store has the tables of an older version, or its graph was made by other rules
    than these."""
    return version_of(connection) < VERSION or _has_other_rules(connection)


def is_made_over(connection: sqlite3.Connection) -> bool:
    """Whether another version's program has upgraded the store since it was opened: what it holds
    now is not to be read by these rules, nor added to."""
    return version_of(connection) != VERSION or _has_other_rules(connection)


def _has_other_rules(connection: sqlite3.Connection) -> bool:
    mark = connection.execute("SELECT value FROM meta WHERE name = 'ontology'").fetchone()
    return mark is None or mark[0] != ontology_mark()


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the store's tables."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def upgrade(path: Path, connection: sqlite3.Connection, keep_old: bool) -> Upgrade | None:
    """Bring the store up to this version; None where another program has done so meanwhile. With
    ``keep_old`` a copy of the file is made beside it first. Killed on the way, the file is as it
    was. Raises Refusal where the ledger cannot be applied by the rules of this version."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not is_older(connection):
            connection.execute("ROLLBACK")
            return None
        version = version_of(connection)
        backup = _backed_up(path, version) if keep_old else None
        _apply_anew(connection, version)
        connection.execute("COMMIT")
    except (KeyError, ValueError, TypeError) as error:
        connection.execute("ROLLBACK")
        refusal = say("store-not-upgradable", store=path.name, found=version, reason=repr(error))
        raise Refusal(refusal) from error
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return Upgrade(version, backup)


def _backed_up(path: Path, version: int) -> Path:
    """A copy of the file as it is, with its rights, whole or not there at all."""
    at = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    backup = path.with_name(f"{path.stem}-version-{version}-{at}{path.suffix}")
    fresh = backup.with_name(f".{backup.name}.new")
    fresh.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(fresh)) as here,
        ):
            there.backup(here)
            here.execute("PRAGMA journal_mode = DELETE")
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        shutil.copymode(path, fresh)
        fresh.rename(backup)
    finally:
        fresh.unlink(missing_ok=True)
    return backup


def _apply_anew(connection: sqlite3.Connection, version: int) -> None:
    if version == sqlite_version_1.VERSION:
        _from_version_1(connection)
    else:
        for table in ("node", "mention", "said"):
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        make_tables(connection, GRAPH)
        make_graph(connection, loads(connection))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    mark = ("ontology", ontology_mark())
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", mark)


def _from_version_1(connection: sqlite3.Connection) -> None:
    kept = ("record", "load", "revision")
    for kind, name in connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE type IN ('index', 'table') AND sql IS NOT NULL"
        " ORDER BY type"
    ).fetchall():
        if kind == "index":
            connection.execute(f'DROP INDEX "{name}"')
        elif name in kept:
            connection.execute(f'ALTER TABLE "{name}" RENAME TO "{_OLD}{name}"')
        else:
            connection.execute(f'DROP TABLE "{name}"')
    make_tables(connection)
    restore(connection, sqlite_version_1.ledger(connection, _OLD))
    for name in kept:
        connection.execute(f'DROP TABLE "{_OLD}{name}"')
