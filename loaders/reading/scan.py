"""What a look at a sheet's own notation tells that calamine does not.

How far the cells reach, which cells hold an error or a formula whose result was never saved,
what is hidden, and which cells are merged. A scan comes before the reading and stops it where a
file asks too much.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO
from xml.parsers import expat

from loaders.reading.limits import Limits
from loaders.reading.merged import Merged
from loaders.reading.table import column_letter

_CHUNK = 1 << 16

Position = tuple[int, int]
"""Row and column of a cell, both counted from 0."""


class Stop(Exception):  # noqa: N818  it is no fault of the program
    """The file is not to be read any further; carries the code and values of the message."""

    def __init__(self, code: str, sheet: str | None = None, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.values = values


@dataclass
class Scan:
    """What was seen in one sheet. `rows` and `columns` count from the first to the last used."""

    rows: int = 0
    columns: int = 0
    errors: dict[Position, str] = field(default_factory=dict)
    uncalculated: list[Position] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def reach(self, row: int, column: int) -> None:
        """There is something in this cell."""
        if row >= self.rows:
            self.rows = row + 1
        if column >= self.columns:
            self.columns = column + 1

    def merge(self, first: int, last: int, column: int) -> None:
        """The cells of this column are one, from the first row to the last."""
        if last > first:
            self.merged.append(Merged(first, last, column))


def check_extent(scans: Iterable[tuple[str, Scan]], limits: Limits) -> None:
    """Stop where the sheets together span more cells than the limit."""
    left = limits.cells
    for sheet, scan in scans:
        left -= scan.cells
        if left < 0:
            stop_at_extent(sheet, scan.rows, scan.columns, limits.cells)


def stop_at_extent(sheet: str, rows: int, columns: int, limit: int) -> None:
    """Stop because this sheet spans too much."""
    area = f"A1:{column_letter(columns - 1)}{rows}"
    raise Stop("too-many-cells", sheet.strip(), cells=rows * columns, area=area, limit=limit)


def parse(stream: BinaryIO, parser: expat.XMLParserType) -> None:
    """Feed the stream to the parser."""
    feed(parser, iter(partial(stream.read, _CHUNK), b""))


def feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Feed a document to the parser; a document type, where entities grow, is never needed."""
    parser.StartDoctypeDeclHandler = _no_doctype
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _no_doctype(*_: object) -> None:
    raise Stop("workbook-damaged", reason="DOCTYPE")


Attributes = dict[str, str]
StartHandler = Callable[[str, Attributes], None]
