"""The embedded store: one SQLite file with the ledger and, beside it, the graph ready to read."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import RLock
from weakref import finalize

from graph import sqlite_graph, sqlite_ledger, sqlite_mentions
from graph.changes import standing_change
from graph.differences import Difference
from graph.ledger import Ledger, record_number, replaced_by
from graph.settling import Voice
from graph.sqlite_check import check
from graph.sqlite_file import connect, open_or_create, reading, refusing
from graph.sqlite_heard import Heard
from graph.sqlite_moves import add_newest, heard_of, move
from graph.sqlite_records import kept, packed, row_of, runs_of
from graph.sqlite_restore import restore
from graph.sqlite_touched import provenance, touched
from graph.sqlite_upgrade import is_made_over
from graph.store import Applied, Changes, SaidOnly, StaleLoad, UnknownLoad
from graph.structure import Structure
from graph.uncollected import uncollected
from schema.field import Value
from schema.messages import Refusal, say
from schema.records import KeptRecord, Load, LoadSummary, Provenance


class SqliteStore:
    """A ``Store`` in one file. Safe to use from several threads and processes.

    A file of an older version is upgraded when it is opened for writing: ``upgraded`` tells so.
    With ``keep_old`` a copy of it stays beside it.
    """

    def __init__(
        self, path: Path, create: bool = True, read_only: bool = False, keep_old: bool = True
    ) -> None:
        self.upgraded = open_or_create(path, create and not read_only, read_only, keep_old)
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
        with self._reading, reading(self.path):
            if self._reader.in_transaction:
                yield self._reader
                return
            self._reader.execute("BEGIN")
            try:
                self._refuse_made_over(self._reader)
                yield self._reader
            finally:
                self._reader.execute("ROLLBACK")

    @contextmanager
    def _stream(self) -> Iterator[sqlite3.Connection]:
        """A transaction on a connection of its own, for what is read bit by bit: nobody waits."""
        with refusing(self.path), closing(connect(self.path, read_only=True)) as connection:
            connection.execute("BEGIN")
            self._refuse_made_over(connection)
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction, all of it or nothing, alone among the writers."""
        with self._writing, refusing(self.path):
            if self._writer is None:
                raise Refusal(say("store-read-only", store=self.path.name))
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                self._refuse_made_over(self._writer)
                yield self._writer
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def _refuse_made_over(self, connection: sqlite3.Connection) -> None:
        if is_made_over(connection):
            raise Refusal(say("store-made-over", store=self.path.name))

    def revision(self) -> int:
        with self._read() as connection:
            return sqlite_ledger.revision(connection)

    def apply(self, load: Load) -> Applied:
        with uncollected():
            return self._apply(load)

    def _apply(self, load: Load) -> Applied:
        heard, said = Heard(), []
        for place, record in enumerate(load.records):
            runs = runs_of(record)
            heard.hear(place, runs)
            said.append(packed(record, runs))  # at once: a load's runs take more memory
        with self._write() as connection:
            revision = sqlite_ledger.revision(connection)
            if load.resolved_at != revision:
                raise StaleLoad(load.resolved_at, revision)
            number = sqlite_ledger.next_load(connection)
            falling = _fall(connection, load)
            first = record_number(number, 0)
            rows = (
                row_of(first + place, record.key, said[place])
                for place, record in enumerate(load.records)
            )
            sqlite_ledger.keep(connection, number, load, len(said), rows)
            rising = range(first, first + len(said))
            with reading(self.path):  # not around the rows above: the load's faults are its own
                if falling:
                    move(connection, {number: heard}, heard_of(connection, falling), number)
                else:
                    add_newest(connection, number, heard)
            moved = (*rising, *falling)
            at = sqlite_ledger.now()
            return Applied(
                number, sqlite_ledger.step(connection, at, load.actor, "load", number, moved)
            )

    def undo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=False)

    def redo(self, number: int, actor: str = "local") -> int:
        return self._stand(number, actor, stands=True)

    def _stand(self, number: int, actor: str, stands: bool) -> int:
        with reading(self.path), self._write() as connection, uncollected():
            source = sqlite_ledger.source_of(connection, number, not stands)
            if source is None:
                raise UnknownLoad(number)
            at = sqlite_ledger.now()
            before = sqlite_ledger.editions(connection, source)
            sqlite_ledger.let_load_stand(connection, number, None if stands else at)
            after = sqlite_ledger.editions(connection, source)
            change = standing_change(before, after)
            sqlite_ledger.let_stand(connection, before, after)
            move(
                connection,
                heard_of(connection, change.rising),
                heard_of(connection, change.falling),
            )
            what, moved = "redo" if stands else "undo", change.rising | change.falling
            return sqlite_ledger.step(connection, at, actor, what, number, moved)

    def loads(self) -> list[LoadSummary]:
        with self._read() as connection:
            return sqlite_ledger.loads(connection)

    def standing(
        self, source: str | None = None, key_prefix: str | None = None
    ) -> Iterator[KeptRecord]:
        with self._stream() as connection:
            yield from map(kept, sqlite_ledger.standing(connection, source, key_prefix))

    def structure(self) -> Structure:
        from graph.sqlite_structure import structure  # numpy: only for those who ask

        with self._read() as connection, uncollected():
            return structure(connection, sqlite_ledger.revision(connection))

    def changed_since(self, revision: int) -> set[str]:
        with self._read() as connection:
            return touched(connection, sqlite_ledger.moved_since(connection, revision))

    def changes(self, since: int, most: int) -> Changes | None:
        with self._read() as connection:
            revision = sqlite_ledger.revision(connection)
            spans = sqlite_ledger.moved_since(connection, since)
            if revision < since or sum(last - first for first, last in spans) > most:
                return None
            elements = touched(connection, spans)
            if len(elements) > most:
                return None
            there = sqlite_graph.details(connection, sorted(elements))
        return Changes(revision, {element: there.get(element) for element in elements})

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        with self._read() as connection:
            return sqlite_graph.details(connection, elements)

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        with self._read() as connection:
            said_by = sqlite_mentions.said_by(connection, elements, first)
            numbers = {number for some in said_by.values() for number in some}
            return provenance(said_by, sqlite_ledger.record_rows(connection, numbers))

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        with self._read() as connection:
            return sqlite_mentions.source_counts(connection, elements)

    def said_only_by(self, load: int) -> SaidOnly:
        with self._read() as connection:
            return sqlite_mentions.said_only_by(connection, load)

    def voices(
        self, elements: Sequence[str], without: Collection[int] = ()
    ) -> dict[str, list[Voice]]:
        with self._read() as connection:
            return sqlite_mentions.voices_of(connection, elements, without)

    def check(self) -> list[Difference]:
        with reading(self.path), self._stream() as connection:
            return check(connection)

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        with self._stream() as connection:
            rows = sqlite_ledger.rows_between(connection, 0, 1 << 62)
            yield Ledger(
                sqlite_ledger.revisions(connection),
                sqlite_ledger.loads(connection),
                map(kept, rows),
            )

    def restore(self, ledger: Ledger) -> int:
        with self._write() as connection, uncollected():
            if sqlite_ledger.revision(connection) or sqlite_ledger.next_load(connection) > 1:
                raise Refusal(say("store-not-empty", store=self.path.name))
            restore(connection, ledger)
            return sqlite_ledger.revision(connection)


def _fall(connection: sqlite3.Connection, load: Load) -> frozenset[int]:
    """Let the records fall whose place a new load's take."""
    keys = {record.key for record in load.records}
    standing = sqlite_ledger.standing_heads(connection, load.source)
    falling = replaced_by(keys, load.remove_missing, standing)
    sqlite_ledger.let_fall(connection, falling)
    return falling
