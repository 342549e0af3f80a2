"""A scan of the sheets of an ods file."""

import re
from xml.parsers import expat

from loaders.reading.archive import Archive
from loaders.reading.limits import Limits
from loaders.reading.scan import Attributes, Scan, parse, stop_at_extent

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_ERROR = re.compile(r"#(REF!|DIV/0!|N/A|NAME\?|VALUE!|NULL!|NUM!)|Err:\d+")
_HIDDEN = ("collapse", "filter")


def scan_ods(archive: Archive, limits: Limits) -> dict[str, Scan]:
    """The scan of every sheet, by the sheet's name as written."""
    scanner = _ContentScanner(limits)
    with archive.open("content.xml") as stream:
        parse(stream, scanner.parser)
    return scanner.scans


class _ContentScanner:
    """Follows the elements of the content part, where all sheets stand one after the other."""

    def __init__(self, limits: Limits) -> None:
        self.scans: dict[str, Scan] = {}
        self._limits = limits
        self._sheet = ""
        self._scan = Scan()
        self._row = self._column = 0
        self._rows = 1
        self._cell: Attributes = {}
        self._notes = 0
        self._text = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        if name in _CELLS:
            self._cell = attributes
            self._text = ""
        elif name == _TEXT + "p" and _TABLE + "formula" in self._cell and not self._notes:
            self.parser.CharacterDataHandler = self._add_text
        elif name == _OFFICE + "annotation":
            self._notes += 1
        elif name == _TABLE + "table-row":
            self._open_row(attributes)
        elif name == _TABLE + "table-column":
            self._pass_columns(attributes)
        elif name == _TABLE + "table":
            self._open_sheet(attributes)

    def _end(self, name: str) -> None:
        if name in _CELLS:
            self._close_cell()
        elif name == _TEXT + "p":
            self.parser.CharacterDataHandler = None
        elif name == _OFFICE + "annotation":
            self._notes -= 1
        elif name == _TABLE + "table-row":
            self._row += self._rows

    def _add_text(self, text: str) -> None:
        self._text += text

    def _open_sheet(self, attributes: Attributes) -> None:
        self._sheet = attributes.get(_TABLE + "name", "")
        self._scan = self.scans[self._sheet] = Scan()
        self._row = self._column = 0

    def _pass_columns(self, attributes: Attributes) -> None:
        count = _repeated(attributes, "number-columns-repeated")
        if attributes.get(_TABLE + "visibility") in _HIDDEN:
            last = min(self._column + count, 1 << 14)
            self._scan.hidden_columns.extend(range(self._column, last))
        self._column += count

    def _open_row(self, attributes: Attributes) -> None:
        self._column = 0
        self._rows = _repeated(attributes, "number-rows-repeated")
        if attributes.get(_TABLE + "visibility") in _HIDDEN:
            last = min(self._row + self._rows, 1 << 20)
            self._scan.hidden_rows.extend(range(self._row, last))

    def _close_cell(self) -> None:
        count = _repeated(self._cell, "number-columns-repeated")
        formula = _TABLE + "formula" in self._cell
        if _OFFICE + "value-type" in self._cell or formula:
            self._reach(self._row + self._rows - 1, self._column + count - 1)
            if formula:
                self._look_at_result(count)
            spanned = _repeated(self._cell, "number-rows-spanned")
            self._scan.merge(self._row, self._row + spanned - 1, self._column)
        self._column += count
        self._cell = {}

    def _reach(self, row: int, column: int) -> None:
        self._scan.reach(row, column)
        if self._scan.cells > self._limits.cells:
            stop_at_extent(self._sheet, self._scan.rows, self._scan.columns, self._limits.cells)

    def _look_at_result(self, count: int) -> None:
        positions = [
            (self._row + row, self._column + column)
            for row in range(self._rows)
            for column in range(count)
        ]
        text = self._text.strip()
        if self._cell.get(_CALC + "value-type") == "error" or _ERROR.fullmatch(text):
            self._scan.errors.update(dict.fromkeys(positions, text))
        elif _OFFICE + "value-type" not in self._cell:
            self._scan.uncalculated.extend(positions)


def _repeated(attributes: Attributes, name: str) -> int:
    return max(1, int(attributes.get(_TABLE + name, "1")))
