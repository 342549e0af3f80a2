"""The embedded store: one SQLite file with the ledger and, beside it, the graph ready to read."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from weakref import finalize

from graph import sqlite_graph, sqlite_ledger
from graph.changes import (
    Standing,
    change_to,
    check_closed,
    elements_of,
    provenance,
    standing_change,
)
from graph.differences import Difference, differences
from graph.ledger import Ledger, graph_of
from graph.settling import Voice
from graph.sqlite_file import connect, open_or_create, refusing
from graph.store import Applied, Changes, StaleLoad, UnknownLoad
from graph.structure import Structure
from schema.field import Value
from schema.messages import Refusal, say
from schema.records import KeptRecord, Load, LoadSummary, Provenance


class SqliteStore:
    """A ``Store`` in one file. Safe to use from several threads and processes."""

    def __init__(self, path: Path, create: bool = True, read_only: bool = False) -> None:
        open_or_create(path, create and not read_only)
        self.path = path
        with refusing(path):
            self._reader = self._opened(read_only=True)
            self._writer = None if read_only else self._opened(read_only=False)
        self._reading, self._writing = RLock(), RLock()

    def _opened(self, read_only: bool) -> sqlite3.Connection:
        """A connection that is closed also when the store is let go of without being closed."""
        connection = connect(self.path, read_only)
        finalize(self, connection.close)
        return connection

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
            return sqlite_ledger.revision(connection)

    def apply(self, load: Load) -> Applied:
        check_closed(load.records)
        with self._write() as connection:
            revision = sqlite_ledger.revision(connection)
            if load.resolved_at != revision:
                raise StaleLoad(load.resolved_at, revision)
            number = sqlite_ledger.next_load(connection)
            before = sqlite_ledger.editions(connection, load.source)
            kept = sqlite_ledger.keep(connection, number, load)
            after = sqlite_ledger.editions(connection, load.source)
            touched = _move(connection, standing_change(before, after), kept)
            step = sqlite_ledger.step(connection, load.actor, "load", number, touched)
            return Applied(number, step)

    def undo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=False)

    def redo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=True)

    def _stand(self, number: int, actor: str, stands: bool) -> int:
        with self._write() as connection:
            source = sqlite_ledger.source_of(connection, number, not stands)
            if source is None:
                raise UnknownLoad(number)
            before = sqlite_ledger.editions(connection, source)
            sqlite_ledger.let_load_stand(connection, number, stands)
            after = sqlite_ledger.editions(connection, source)
            touched = _move(connection, standing_change(before, after))
            what = "redo" if stands else "undo"
            return sqlite_ledger.step(connection, actor, what, number, touched)

    def loads(self) -> list[LoadSummary]:
        with self._read() as connection:
            rows = connection.execute(
                "SELECT number, source, files, at, actor, remove_missing, records, stands,"
                " revision, undone_at FROM load ORDER BY number"
            )
            return [sqlite_ledger.summary(row) for row in rows]

    def standing(
        self, source: str | None = None, key_prefix: str | None = None
    ) -> Iterator[KeptRecord]:
        with self._read() as connection:
            rows = sqlite_ledger.standing(connection, source, key_prefix)
        return map(sqlite_ledger.kept, rows)

    def structure(self) -> Structure:
        with self._read() as connection:
            return sqlite_graph.structure(connection, sqlite_ledger.revision(connection))

    def changed_since(self, revision: int) -> set[str]:
        with self._read() as connection:
            return sqlite_ledger.touched_since(connection, revision)

    def changes(self, since: int, most: int) -> Changes | None:
        with self._read() as connection:
            revision = sqlite_ledger.revision(connection)
            touched = sqlite_ledger.touched_since(connection, since)
            if revision < since or len(touched) > most:
                return None
            there = sqlite_graph.details(connection, sorted(touched))
        return Changes(revision, {element: there.get(element) for element in touched})

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        with self._read() as connection:
            return sqlite_graph.details(connection, elements)

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        with self._read() as connection:
            said_by = sqlite_ledger.said_by(connection, elements, first)
            numbers = {number for some in said_by.values() for number in some}
            standing = sqlite_ledger.records(connection, numbers)
        kept = {each.number: each for each in standing}
        return {
            element: [provenance(kept[number], element) for number in some]
            for element, some in said_by.items()
        }

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        with self._read() as connection:
            return sqlite_ledger.source_counts(connection, elements)

    def voices(
        self, elements: Sequence[str], without: Collection[int] = ()
    ) -> dict[str, list[Voice]]:
        with self._read() as connection:
            return dict(sqlite_ledger.voices_of(connection, set(elements), without))

    def check(self) -> list[Difference]:
        with self._read() as connection:
            applied_anew = graph_of(kept.record for kept in self.standing())
            return differences(applied_anew, sqlite_graph.everything(connection))

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with self._read() as connection:
            yield Ledger(
                sqlite_ledger.revisions(connection),
                self.loads(),
                sqlite_ledger.all_records(connection),
            )

    def restore(self, ledger: Ledger) -> int:
        with self._write() as connection:
            if sqlite_ledger.revision(connection) or sqlite_ledger.next_load(connection) > 1:
                raise Refusal(say("store-not-empty", store=self.path.name))
            sqlite_ledger.restore(connection, ledger)
            sources = {load.source for load in ledger.loads}
            for source in sources:
                standing = sqlite_ledger.editions(connection, source)
                _move(connection, standing_change((), standing))
            return sqlite_ledger.touch_everything(connection)


def _move(
    connection: sqlite3.Connection, change: Standing, known: Sequence[KeptRecord] = ()
) -> set[str]:
    """Let records rise and fall, and write anew every element that they mention: returns these.

    ``known`` are records that need not be read again.
    """
    rising = [each for each in known if each.number in change.rising]
    unread = change.rising - {each.number for each in rising}
    rising += sqlite_ledger.records(connection, unread)
    falling = sqlite_ledger.records(connection, change.falling)
    sqlite_ledger.let_stand(connection, falling, stands=False)
    sqlite_ledger.let_stand(connection, rising, stands=True)
    touched = elements_of(each.record for each in (*rising, *falling))
    said = dict(sqlite_ledger.said_of(connection, touched))
    sqlite_graph.write(connection, change_to(touched, said))
    return touched
