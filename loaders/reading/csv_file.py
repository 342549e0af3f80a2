"""A csv file as a table: encoding, dialect and rows by our own rule.

The separator is the one that a `sep=` line names, else the one under which most rows have the
same number of cells, whatever title lines stand above them.
"""

import csv
import io
from collections import Counter
from itertools import islice
from pathlib import Path

from loaders.reading.encoding import decode
from loaders.reading.formula_guard import MARK, unguard
from loaders.reading.limits import Limits
from loaders.reading.sniffing import not_text
from loaders.reading.table import Table, column_letter
from schema.messages import Message, Place, say
from schema.text import Text

_SEPARATORS = (";", ",", "\t")
_SAMPLE = 200
_MARKED_TEXT = (b"\xff\xfe", b"\xfe\xff")
_TEXT_NAMES = frozenset({".csv", ".tsv", ".tab", ".txt", ""})
_PLAIN_TEXT = Text(da="almindelig tekst", en="plain text")
_BINARY = Text(da="en fil af en anden slags", en="a file of another kind")
# No person writes it, so finding it inside a cell shows that a quotation mark was left open.
_END = "\x00end\x00"

Row = list[str]
_Score = tuple[bool, float, int]
"""Of the widest common row: whether it reads as a header, how constant it is, its width."""
_NO_TABLE: _Score = (False, 0.0, 0)


def read_csv(path: Path, file: str, limits: Limits) -> tuple[list[Table], list[Message]]:
    """The table of the file, named after it; every cell a str or None."""
    content = path.read_bytes()
    if not content.startswith(_MARKED_TEXT) and not_text(content):
        return [], [say("not-a-spreadsheet", Place(file), found=_BINARY)]
    try:
        text, guessed = decode(content)
    except UnicodeDecodeError:
        return [], [say("not-a-spreadsheet", Place(file), found=_BINARY)]
    if "\x00" in text:
        return [], [say("not-a-spreadsheet", Place(file), found=_BINARY)]
    notes = [say("encoding-guessed", Place(file), encoding=guessed)] if guessed else []
    tables, messages = _table(text, file, Path(file), limits)
    return tables, (notes if tables else []) + messages


def _table(text: str, file: str, name: Path, limits: Limits) -> tuple[list[Table], list[Message]]:
    separator, text = _separator(text)
    if separator is None and name.suffix.lower() not in _TEXT_NAMES:
        return [], [say("not-a-spreadsheet", Place(file), found=_PLAIN_TEXT)]
    sheet = name.stem.strip()
    rows, closed = _rows(text, separator or ";")
    if not closed:
        return [], [say("quote-not-closed", Place(file, sheet, len(rows)))]
    if not any(any(cell.strip() for cell in row) for row in rows):
        return [], [say("empty-workbook", Place(file))]
    width = max(len(row) for row in rows)
    if width * len(rows) > limits.cells:
        area = f"A1:{column_letter(width - 1)}{len(rows)}"
        span = {"cells": width * len(rows), "area": area, "limit": limits.cells}
        return [], [say("too-many-cells", Place(file, sheet), **span)]
    return [Table(file, sheet, tuple(_cells(row, width) for row in rows))], []


def _cells(row: Row, width: int) -> tuple[str | None, ...]:
    cells = [
        None if not cell or cell.isspace() else unguard(cell) if cell[0] == MARK else cell
        for cell in row
    ]
    return (*cells, *[None] * (width - len(cells)))


def _separator(text: str) -> tuple[str | None, str]:
    """The separator, None where there is but one column; and the text without a `sep=` line."""
    first, _, rest = text.partition("\n")
    line = first.strip("\r").strip('"')
    if len(line) == len("sep=") + 1 and line.lower().startswith("sep="):
        return line[-1], rest
    lines = _lines(text)
    scores = {separator: _constancy(lines, separator) for separator in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda separator: scores[separator])
    return (None if scores[best] == _NO_TABLE else best), text


def _constancy(lines: io.StringIO, separator: str) -> _Score:
    """How much the text is a table under the separator; nothing where no row has two cells.

    Lines of a single cell above the table are its title. Where there are any, the rows below
    must show by themselves that they belong together.
    """
    lines.seek(0)
    reader = csv.reader(lines, delimiter=separator)
    try:
        rows = list(islice((row for row in reader if any(row)), _SAMPLE))
    except csv.Error:
        return _NO_TABLE
    widths = [len(row) for row in rows]
    common = Counter(width for width in widths if width > 1)
    if not common:
        return _NO_TABLE
    width = max(common, key=lambda width: (common[width], width))
    below = len(rows) - next(i for i, width in enumerate(widths) if width > 1)
    if below < len(rows) and not (common[width] > 1 and common[width] > below / 2):
        return _NO_TABLE
    header = widths.index(width)
    # Of all rows, so that two lines of notes are no table; of those from the header on, so that
    # lines above it weigh less than a line in its midst.
    share = common[width] / len(rows) * common[width] / (len(rows) - header)
    return _is_clean(rows[header], separator), share, width


def _is_clean(header: Row, separator: str) -> bool:
    """Whether no cell holds another separator, as labels of columns hardly ever do."""
    others = [other for other in _SEPARATORS if other != separator]
    return not any(other in cell for cell in header for other in others)


def _rows(text: str, separator: str) -> tuple[list[Row], bool]:
    """All rows, and whether every quotation mark is closed: if not, in the last of them."""
    rows: list[Row] = []
    try:
        lines = _lines(f"{text.rstrip()}\n{_END}\n")
        rows.extend(csv.reader(lines, delimiter=separator))
    except csv.Error:  # a cell longer than any: everything after an open quotation mark
        return [*rows, []], False
    if rows[-1] == [_END]:
        return rows[:-1], True
    return rows, False


def _lines(text: str) -> io.StringIO:
    return io.StringIO(text, newline=None)
