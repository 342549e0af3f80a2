"""A scan of the sheets of an xlsx or xlsm file."""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.parsers import expat

from loaders.reading.archive import Archive
from loaders.reading.limits import Limits
from loaders.reading.plain_rows import filled, pieces
from loaders.reading.scan import Attributes, Position, Scan, Stop, feed, parse, stop_at_extent
from schema.text import Text

_RELATIONS = "_rels/.rels"
_OTHER = Text(da="et arkiv eller et dokument af en anden slags", en="another archive or document")
_XLSB = Text(
    da="en binær projektmappe (xlsb), som ikke læses",
    en="a binary workbook (xlsb), which is not read",
)
_DIGITS = "0123456789"
_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_TRUE = ("1", "true")

Reaction = Callable[[Attributes], None]


def scan_xlsx(archive: Archive, limits: Limits) -> dict[str, Scan]:
    """The scan of every worksheet, by the sheet's name as written."""
    return {
        name: _scan_sheet(archive, name, part, limits)
        for name, part in _sheet_parts(archive)
        if archive.has(part)
    }


def _scan_sheet(archive: Archive, name: str, part: str, limits: Limits) -> Scan:
    scanner = _SheetScanner(name, limits)
    with archive.open(part) as stream:
        return scanner.scanned(stream)


def _sheet_parts(archive: Archive) -> Iterator[tuple[str, str]]:
    workbook = _workbook_part(archive)
    folder, name = posixpath.split(workbook)
    relations = _elements(archive, f"{folder}/_rels/{name}.rels", "Relationship")
    targets = {each.get("Id"): _part(folder, each.get("Target", "")) for each in relations}
    for sheet in _elements(archive, workbook, "sheet"):
        key = next((sheet[name] for name in sheet if _local(name) == "id"), None)
        if key in targets and "name" in sheet:
            yield sheet["name"], targets[key]


def _workbook_part(archive: Archive) -> str:
    """The part that the package names as its main one, if it is a workbook."""
    for relation in _elements(archive, _RELATIONS, "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            part = _part("", relation.get("Target", ""))
            if part.endswith(".bin"):
                raise Stop("not-a-spreadsheet", found=_XLSB)
            if _elements(archive, part, "workbook"):
                return part
    raise Stop("not-a-spreadsheet", found=_OTHER)


def _part(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _elements(archive: Archive, part: str, wanted: str) -> list[Attributes]:
    found: list[Attributes] = []

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    if archive.has(part):
        with archive.open(part) as stream:
            parse(stream, parser)
    return found


class _SheetScanner:
    """Follows the elements of one sheet part; a cell is judged when the next one begins."""

    def __init__(self, sheet: str, limits: Limits) -> None:
        self.scan = Scan()
        self._sheet = sheet
        self._limits = limits
        self._columns: dict[str, int] = {}
        self._row = -1
        self._column = -1
        self._row_digits = ""
        self._type = ""
        self._formula = self._value = self._in_cell = False
        self._text = ""
        self._reactions: dict[str, Reaction] = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start

    def scanned(self, stream: BinaryIO) -> Scan:
        """What is seen in the part."""
        feed(self.parser, self._needing_a_parser(stream))
        self._close_cell()
        return self.scan

    def _needing_a_parser(self, stream: BinaryIO) -> Iterator[bytes]:
        for piece, are_plain_rows in pieces(stream):
            if are_plain_rows:
                self._pass_plain(piece)
            else:
                yield piece

    def _pass_plain(self, rows: bytes) -> None:
        self._leave_cell({})
        last, letters = filled(rows)
        for column in letters:
            self.scan.reach(*self._position(f"{column.decode()}{last}"))

    def _start(self, name: str, attributes: Attributes) -> None:
        # Called for every element of the sheet: a look in a dict is what it may cost.
        reaction = self._reactions.get(name)
        if reaction is None:
            reaction = self._reactions[name] = self._reaction(_local(name))
        reaction(attributes)

    def _reaction(self, name: str) -> Reaction:
        known: dict[str, Reaction] = {
            "c": self._open_cell,
            "v": self._open_value,
            "is": self._open_value,
            "f": self._open_formula,
            "row": self._open_row,
            "col": self._pass_columns,
            "dimension": self._check_claim,
            "t": _pass_by,
            "mergeCell": self._pass_merged,
        }
        # After the cells come elements that use some of these names for other things.
        return known.get(name, self._leave_cell)

    def _leave_cell(self, _: Attributes) -> None:
        self._close_cell()
        self._in_cell = False

    def _open_value(self, _: Attributes) -> None:
        self._value = self._in_cell
        if self._formula or self._type == "e":
            self.parser.CharacterDataHandler = self._add_text

    def _open_formula(self, _: Attributes) -> None:
        self._formula = self._in_cell

    def _add_text(self, text: str) -> None:
        self._text += text

    def _pass_columns(self, attributes: Attributes) -> None:
        if attributes.get("hidden") in _TRUE:
            first, last = int(attributes["min"]), min(int(attributes["max"]), 1 << 14)
            self.scan.hidden_columns.extend(range(first - 1, last))

    def _open_row(self, attributes: Attributes) -> None:
        self._leave_cell(attributes)
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        self._row_digits = ""
        if attributes.get("hidden") in _TRUE:
            self.scan.hidden_rows.append(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        if self._value or self._formula:
            self._close_cell()
        address = attributes.get("r")
        if address is None:
            self._column += 1
        elif not self._is_in_row(address):
            self._row, self._column = self._position(address)
            self._row_digits = str(self._row + 1)
        self._type = attributes.get("t", "n")
        self._in_cell = True

    def _is_in_row(self, address: str) -> bool:
        """Whether the cell is one of the row of the cell before it, in a column that was seen."""
        if not address.endswith(self._row_digits):
            return False
        column = self._columns.get(address[: -len(self._row_digits)])
        if column is None:
            return False
        self._column = column
        return True

    def _close_cell(self) -> None:
        if not (self._value or self._formula):
            return
        self.scan.reach(self._row, self._column)
        if self._formula or self._type == "e":
            self._judge_result()
        self._formula = self._value = False

    def _judge_result(self) -> None:
        self.parser.CharacterDataHandler = None
        self._text, text = "", self._text.strip()
        if self._type == "e":
            self.scan.errors[self._row, self._column] = text
        # A formula whose result is the empty text has an empty value, and says that it is text.
        elif self._formula and not (self._value and (text or self._type == "str")):
            self.scan.uncalculated.append((self._row, self._column))

    def _pass_merged(self, attributes: Attributes) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        if first and last:
            row, column = self._position(first)
            self.scan.merge(row, self._position(last)[0], column)

    def _check_claim(self, attributes: Attributes) -> None:
        area = attributes.get("ref", "")
        row, column = self._position(area.rpartition(":")[2] or "A1")
        if (row + 1) * (column + 1) >= self._limits.claimed_cells:
            stop_at_extent(self._sheet, row + 1, column + 1, self._limits.cells)

    def _position(self, address: str) -> Position:
        letters = address.rstrip(_DIGITS)
        row = address[len(letters) :]
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = self._column_index(letters)
        number = int(row) if 0 < len(row) < 8 else 0
        if number == 0:
            raise self._no_address(address)
        return number - 1, column

    def _column_index(self, letters: str) -> int:
        if _LETTERS.fullmatch(letters) is None:
            raise self._no_address(letters)
        index = 0
        for letter in letters.upper():
            index = index * 26 + ord(letter) - ord("A") + 1
        return index - 1

    def _no_address(self, address: str) -> Stop:
        return Stop("workbook-damaged", self._sheet.strip(), reason=address[:20])


def _pass_by(_: Attributes) -> None:
    """Nothing in this element says anything about the cells."""


def _local(name: str) -> str:
    return name.rpartition(":")[2]
