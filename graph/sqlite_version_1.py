"""The ledger of a store of version 1, which kept a row for each mention and each relationship."""

import sqlite3
from collections.abc import Iterator

from graph.coding import decode_statements
from graph.ledger import Ledger
from graph.sqlite_ledger import loads, revisions
from schema.messages import Place
from schema.records import KeptRecord, Record

VERSION = 1


def ledger(connection: sqlite3.Connection, prefix: str) -> Ledger:
    """The whole ledger, read from tables whose names begin so."""
    return Ledger(
        revisions(connection, prefix), loads(connection, prefix), _records(connection, prefix)
    )


def _records(connection: sqlite3.Connection, prefix: str) -> Iterator[KeptRecord]:
    for number, load, key, file, sheet, row, statements in connection.execute(
        "SELECT number, load, key, file, sheet, row, statements"  # noqa: S608
        f" FROM {prefix}record ORDER BY number"
    ):
        record = Record(key, Place(file, sheet, row), decode_statements(statements))
        yield KeptRecord(number, load, record)
