"""What moved records are about, and where each of them stands."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.ledger import load_of
from graph.sqlite_ledger import rows_between
from graph.sqlite_records import RecordRow, by_element, place_in, runs_in
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
    said_by: Mapping[str, Sequence[int]], records: Mapping[int, RecordRow]
) -> dict[str, list[Provenance]]:
    """What the records with these numbers say of each element: places, and each field's column."""
    read = {number: (place_in(row), by_element(runs_in(row))) for number, row in records.items()}
    found: dict[str, list[Provenance]] = {}
    for element, numbers in said_by.items():
        found[element] = []
        for number in numbers:
            place, told = read[number]
            run = told[element]
            columns = dict(zip(run[1][::2], run[2], strict=True))
            found[element].append(Provenance(load_of(number), place, columns))
    return found
