"""Another store's ledger written into empty tables, and the graph made anew from what stands."""

import sqlite3
from collections.abc import Iterable

from graph import sqlite_ledger
from graph.ledger import RECORD_BITS, Ledger
from graph.sqlite_heard import Heard
from graph.sqlite_moves import add_newest
from graph.sqlite_records import RecordRow, packed, row_of, runs_in, runs_of
from schema.records import LoadSummary, Record

_PLACE = (1 << RECORD_BITS) - 1


def restore(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Write the ledger, numbers and all; the records are gone through once."""
    sqlite_ledger.keep_history(connection, ledger.loads, ledger.revisions)
    sqlite_ledger.keep_records(
        connection,
        (_row(each.number, each.record) for each in ledger.records),
    )
    for source in sorted({load.source for load in ledger.loads}):
        standing = sqlite_ledger.editions(connection, source)
        sqlite_ledger.let_stand(connection, (), standing)
    make_graph(connection, ledger.loads)


def _row(number: int, record: Record) -> RecordRow:
    return row_of(number, record.key, packed(record, runs_of(record)))


def make_graph(connection: sqlite3.Connection, loads: Iterable[LoadSummary]) -> None:
    """Make the graph in its empty tables from the records that stand, load by load."""
    for load in loads:
        if load.stands:
            add_newest(connection, load.number, standing_of(connection, load.number))


def standing_of(connection: sqlite3.Connection, load: int) -> Heard:
    """What the standing records of a standing load say."""
    replaced = sqlite_ledger.replaced_of(connection, load)
    heard = Heard()
    for row in sqlite_ledger.rows_of_load(connection, load):
        if row[0] not in replaced:
            heard.hear(row[0] & _PLACE, runs_in(row))
    return heard
