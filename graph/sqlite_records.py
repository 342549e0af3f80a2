"""A record as a row of the ledger: written quickly, and read back as it was or not at all."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, cast
from zlib import crc32

import orjson

from graph.ledger import load_of
from schema.field import Value
from schema.messages import Place
from schema.records import KeptRecord, Record, Statement

Run = list[Any]
"""Statements about one element that follow each other: the element; field and value of each, one
after the other; their columns."""

RecordRow = tuple[int, str, str, bytes, int]
"""A record's number, its key, the key's first word, what it says, and the checksum of it all."""


class DamagedRecord(Exception):  # noqa: N818 - it is told as a difference or a refusal
    """A record does not read as it was written."""

    def __init__(self, number: int) -> None:
        super().__init__(f"record {number} is not as it was written")
        self.number = number


def runs_of(record: Record) -> list[Run]:
    """A record's statements, those about one element together where they follow each other."""
    runs: list[Run] = []
    element: str | None = None
    told: list[Value] = []
    columns: list[str | None] = []
    for about, field, value, column in record.statements:
        if about != element:
            element, told, columns = about, [field, value], [column]
            runs.append([element, told, columns])
        else:
            told += (field, value)
            columns.append(column)
    return runs


def packed(record: Record, runs: Sequence[Run]) -> bytes:
    """Where a record stands and what it says, as its row keeps them."""
    place = record.place
    return orjson.dumps((place.file, place.sheet, place.row, runs))


def row_of(number: int, key: str, said: bytes) -> RecordRow:
    """A record as a row, of what it says packed."""
    return number, key, key.partition(" ")[0], said, _checksum(number, key, said)


def _checksum(number: int, key: str, said: bytes) -> int:
    return crc32(said, crc32(key.encode(), number & 0xFFFFFFFF))


def kept(row: RecordRow) -> KeptRecord:
    """A record from its row; raises DamagedRecord where it is not as it was written."""
    number, key, *_ = row
    file, sheet, at_row, runs = _read(row)
    statements = tuple(statement for run in runs for statement in _statements(run))
    return KeptRecord(number, load_of(number), Record(key, Place(file, sheet, at_row), statements))


def runs_in(row: RecordRow) -> list[Run]:
    """The runs of a record's statements, lists of words as tuples; raises DamagedRecord."""
    runs = cast("list[Run]", _read(row)[3])
    for run in runs:
        run[1] = [tuple(v) if type(v) is list else v for v in run[1]]
    return runs


def runs_about(row: RecordRow, elements: Collection[str]) -> dict[str, Run]:
    """Of these elements of a record one run each, as ``runs_in`` gives it; raises DamagedRecord."""
    told = by_element([run for run in _read(row)[3] if run[0] in elements])
    for run in told.values():
        run[1] = [tuple(v) if type(v) is list else v for v in run[1]]
    return told


def placed(row: RecordRow) -> tuple[Place, dict[str, Run]]:
    """Where a record stands, and one run for each element; raises DamagedRecord."""
    file, sheet, at_row, runs = _read(row)
    return Place(file, sheet, at_row), by_element(runs)


def _read(row: RecordRow) -> Any:
    number, key, _, said, mark = row
    if type(said) is not bytes or _checksum(number, str(key), said) != mark:
        raise DamagedRecord(number)
    return orjson.loads(said)


def _statements(run: Run) -> Iterator[Statement]:
    element, told, columns = run
    for field, value, column in zip(told[::2], told[1::2], columns, strict=True):
        yield Statement(element, field, _value(value), column)


def _value(value: Any) -> Value:
    return tuple(value) if type(value) is list else cast(Value, value)


def by_element(runs: Iterable[Run]) -> dict[str, Run]:
    """One run for each element."""
    told: dict[str, Run] = {}
    for run in runs:
        element = run[0]
        if element in told:
            _, before, columns = told[element]
            run = [element, before + run[1], columns + run[2]]
        told[element] = run
    return told
