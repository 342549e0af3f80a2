"""Merged cells: what a person sees over several rows stands in the first of them only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from loaders.reading.protocol import Json
from loaders.reading.table import column_letter


@dataclass(frozen=True, slots=True)
class Merged:
    """The first column of an area of merged cells, its rows counted from 0, the last among them."""

    first: int
    last: int
    column: int

    @property
    def address(self) -> str:
        letter = column_letter(self.column)
        return f"{letter}{self.first + 1}:{letter}{self.last + 1}"


def fill_down(rows: Iterable[list[Json]], areas: Iterable[Merged]) -> Iterator[list[Json]]:
    """The rows, each blank cell of an area with the value that stands above it. A row that holds
    nothing else stays blank."""
    starting: dict[int, list[Merged]] = {}
    for area in areas:
        starting.setdefault(area.first, []).append(area)
    standing: dict[int, tuple[int, Json]] = {}
    for number, row in enumerate(rows):
        if standing:
            standing = {column: it for column, it in standing.items() if it[0] >= number}
            _fill(row, standing)
        for area in starting.get(number, ()):
            if area.column < len(row):
                standing[area.column] = area.last, row[area.column]
        yield row


def _fill(row: list[Json], standing: dict[int, tuple[int, Json]]) -> None:
    if all(cell is None for cell in row):
        return
    for column, (_, value) in standing.items():
        if row[column] is None:
            row[column] = value
