"""The embedded store: one SQLite file with the ledger and, beside it, the graph ready to read."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock

from graph import sqlite_graph
from graph.changes import Standing, elements_of, graph_change, provenance, standing_change
from graph.coding import decode_statements, encode_statements
from graph.ledger import Edition, RecordHead, graph_of, record_number
from graph.sqlite_file import connect, open_or_create, refusing
from graph.store import Applied, StaleLoad, UnknownLoad
from graph.structure import Structure
from schema.field import Value
from schema.messages import Place, Refusal, say
from schema.records import KeptRecord, Load, LoadSummary, Provenance, Record

_MANY = 900
"""Rows asked for at once by their keys: below SQLite's limit on parameters."""


class SqliteStore:
    """A ``Store`` in one file. Safe to use from several threads and processes."""

    def __init__(self, path: Path, create: bool = True, read_only: bool = False) -> None:
        open_or_create(path, create and not read_only)
        self.path = path
        with refusing(path):
            self._reader = connect(path, read_only=True)
            self._writer = None if read_only else connect(path)
        self._reading, self._writing = RLock(), RLock()

    def close(self) -> None:
        for connection in (self._reader, self._writer):
            if connection is not None:
                connection.close()

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        """One transaction that sees one revision throughout."""
        with self._reading, refusing(self.path):
            if self._reader.in_transaction:
                yield self._reader
                return
            self._reader.execute("BEGIN")
            try:
                yield self._reader
            finally:
                self._reader.execute("ROLLBACK")

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction, all of it or nothing, alone among the writers."""
        with self._writing, refusing(self.path):
            if self._writer is None:
                raise Refusal(say("store-read-only", store=self.path.name))
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def revision(self) -> int:
        with self._read() as connection:
            return _revision(connection)

    def apply(self, load: Load) -> Applied:
        with self._write() as connection:
            now = _revision(connection)
            if load.resolved_at != now:
                raise StaleLoad(load.resolved_at, now)
            number = _next_load(connection)
            before = _editions(connection, load.source)
            _keep(connection, number, load, now + 1)
            after = _editions(connection, load.source)
            self._move(connection, standing_change(before, after))
            return Applied(number, _step(connection, load.actor, "load", number))

    def undo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=False)

    def redo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=True)

    def _stand(self, number: int, actor: str, stands: bool) -> int:
        with self._write() as connection:
            found = connection.execute(
                "SELECT source FROM load WHERE number = ? AND stands = ?", (number, not stands)
            ).fetchone()
            if found is None:
                raise UnknownLoad(number)
            before = _editions(connection, found[0])
            connection.execute(
                "UPDATE load SET stands = ?, undone_at = ? WHERE number = ?",
                (stands, None if stands else _now(), number),
            )
            after = _editions(connection, found[0])
            self._move(connection, standing_change(before, after))
            return _step(connection, actor, "redo" if stands else "undo", number)

    def _move(self, connection: sqlite3.Connection, change: Standing) -> None:
        """Let records rise and fall, and write anew every element that they mention."""
        for numbers, stands in ((change.falling, False), (change.rising, True)):
            connection.executemany(
                "UPDATE record SET stands = ? WHERE number = ?",
                [(stands, number) for number in numbers],
            )
        moved = _records(connection, sorted(change.rising | change.falling))
        touched = elements_of(kept.record for kept in moved)
        standing = _mentioning(connection, sorted(touched))
        sqlite_graph.write(connection, graph_change(touched, standing))
        revision = _revision(connection) + 1
        connection.executemany(
            "INSERT INTO touched VALUES (?, ?)", [(revision, element) for element in touched]
        )

    def loads(self) -> list[LoadSummary]:
        with self._read() as connection:
            rows = connection.execute(
                "SELECT number, source, files, at, actor, remove_missing, records, stands,"
                " revision, undone_at FROM load ORDER BY number"
            )
            return [_summary(row) for row in rows]

    def standing(self, source: str | None = None) -> Iterator[KeptRecord]:
        with self._read() as connection:
            rows = connection.execute(
                f"SELECT {_RECORD} FROM record JOIN load ON load.number = record.load"  # noqa: S608
                " WHERE record.stands AND (? IS NULL OR source = ?) ORDER BY record.number",
                (source, source),
            ).fetchall()
        return map(_kept, rows)

    def structure(self) -> Structure:
        with self._read() as connection:
            return sqlite_graph.structure(connection, _revision(connection))

    def changed_since(self, revision: int) -> set[str]:
        with self._read() as connection:
            rows = connection.execute(
                "SELECT DISTINCT element FROM touched WHERE revision > ?", (revision,)
            )
            return {element for (element,) in rows}

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        with self._read() as connection:
            return sqlite_graph.details(connection, elements)

    def sources(self, elements: Sequence[str]) -> dict[str, list[Provenance]]:
        wanted = set(elements)
        with self._read() as connection:
            standing = _mentioning(connection, sorted(wanted))
        found: dict[str, list[Provenance]] = {element: [] for element in elements}
        for kept in standing:
            for element in wanted.intersection(kept.record.elements()):
                found[element].append(provenance(kept, element))
        return found

    def check(self) -> list[str]:
        with self._read() as connection:
            applied_anew = graph_of(kept.record for kept in self.standing())
            kept_graph = sqlite_graph.everything(connection)
        return sorted(
            element
            for element in applied_anew.keys() | kept_graph.keys()
            if applied_anew.get(element) != kept_graph.get(element)
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _revision(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM revision").fetchone()
    return int(number)


def _step(connection: sqlite3.Connection, actor: str, what: str, load: int) -> int:
    revision = _revision(connection) + 1
    row = (revision, _now(), actor, what, load)
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?)", row)
    return revision


def _next_load(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM load").fetchone()
    return int(number)


def _editions(connection: sqlite3.Connection, source: str) -> list[Edition]:
    """A source's standing loads, with as much of their records as decides which stand."""
    heads: dict[tuple[int, bool], list[RecordHead]] = {}
    for load, remove_missing, number, key in connection.execute(
        "SELECT load.number, remove_missing, record.number, key FROM load"
        " LEFT JOIN record ON record.load = load.number"
        " WHERE source = ? AND load.stands ORDER BY record.number",
        (source,),
    ):
        edition = heads.setdefault((load, bool(remove_missing)), [])
        if number is not None:
            edition.append(RecordHead(number, key))
    return [Edition(load, remove, found) for (load, remove), found in heads.items()]


def _keep(connection: sqlite3.Connection, number: int, load: Load, revision: int) -> None:
    """Write a load and its records into the ledger, standing for nothing yet."""
    at = _now() if load.at is None else load.at.isoformat(timespec="seconds")
    files = json.dumps(load.files, ensure_ascii=False)
    connection.execute(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, NULL)",
        (
            number,
            load.source,
            files,
            at,
            load.actor,
            load.remove_missing,
            len(load.records),
            revision,
        ),
    )
    numbered = [(record_number(number, i), record) for i, record in enumerate(load.records)]
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, 0, ?)",
        (
            (
                n,
                number,
                r.key,
                r.place.file,
                r.place.sheet,
                r.place.row,
                encode_statements(r.statements),
            )
            for n, r in numbered
        ),
    )
    connection.executemany(
        "INSERT INTO mention VALUES (?, ?)",
        ((element, n) for n, record in numbered for element in record.elements()),
    )


_RECORD = "record.number, record.load, key, file, sheet, row, statements"


def _kept(row: tuple[int, int, str, str | None, str | None, int | None, str]) -> KeptRecord:
    number, load, key, file, sheet, at_row, statements = row
    place = Place(file, sheet, at_row)
    return KeptRecord(number, load, Record(key, place, decode_statements(statements)))


def _records(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[KeptRecord]:
    found: list[KeptRecord] = []
    for start in range(0, len(numbers), _MANY):
        some = numbers[start : start + _MANY]
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            f"SELECT {_RECORD} FROM record WHERE number IN ({marks})",  # noqa: S608
            some,
        )
        found.extend(map(_kept, rows))
    return found


def _mentioning(connection: sqlite3.Connection, elements: Sequence[str]) -> list[KeptRecord]:
    """The standing records that mention any of these elements, each once, in their order."""
    numbers: set[int] = set()
    for start in range(0, len(elements), _MANY):
        some = elements[start : start + _MANY]
        marks = ",".join("?" * len(some))
        rows = connection.execute(
            "SELECT DISTINCT record FROM mention JOIN record ON record.number = record"  # noqa: S608
            f" WHERE stands AND element IN ({marks})",
            some,
        )
        numbers.update(number for (number,) in rows)
    return _records(connection, sorted(numbers))


def _summary(row: tuple[int, str, str, str, str, int, int, int, int, str | None]) -> LoadSummary:
    number, source, files, at, actor, remove, records, stands, revision, undone = row
    return LoadSummary(
        number,
        source,
        tuple(json.loads(files)),
        datetime.fromisoformat(at),
        actor,
        bool(remove),
        records,
        bool(stands),
        revision,
        None if undone is None else datetime.fromisoformat(undone),
    )
