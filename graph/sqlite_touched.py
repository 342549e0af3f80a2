"""What moved records are about, and where each of them stands."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.ledger import load_of
from graph.sqlite_ledger import rows_between
from graph.sqlite_records import RecordRow, placed, runs_in
from schema.records import Provenance


def touched(connection: sqlite3.Connection, spans: Iterable[tuple[int, int]]) -> set[str]:
    """The elements that the records between these numbers mention."""
    return {
        run[0]
        for first, last in spans
        for row in rows_between(connection, first, last)
        for run in runs_in(row)
    }


def provenance(
    said_by: Mapping[str, Sequence[int]], records: Iterable[RecordRow]
) -> dict[str, list[Provenance]]:
    """What the records with these numbers say of each element: places, and each field's column."""
    read = {row[0]: placed(row) for row in records}
    found: dict[str, list[Provenance]] = {}
    for element, numbers in said_by.items():
        found[element] = []
        for number in numbers:
            place, told = read[number]
            _, said, letters = told[element]
            columns = dict(zip(said[::2], letters, strict=True))
            found[element].append(Provenance(load_of(number), place, columns))
    return found
