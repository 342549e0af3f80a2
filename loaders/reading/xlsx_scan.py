"""A scan of the sheets of an xlsx or xlsm file."""

import posixpath
import re
from collections.abc import Iterator
from xml.parsers import expat

from loaders.reading.archive import Archive
from loaders.reading.limits import Limits
from loaders.reading.scan import Attributes, Position, Scan, Stop, parse, stop_at_extent

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_TRUE = ("1", "true")


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
        parse(stream, scanner.parser)
    return scanner.scan


def _sheet_parts(archive: Archive) -> Iterator[tuple[str, str]]:
    targets = {
        relation["Id"]: relation["Target"]
        for relation in _elements(archive, _RELATIONS, "Relationship")
        if "Id" in relation and "Target" in relation
    }
    for sheet in _elements(archive, _WORKBOOK, "sheet"):
        key = next((sheet[name] for name in sheet if _local(name) == "id"), None)
        if key in targets and "name" in sheet:
            yield sheet["name"], posixpath.normpath(posixpath.join("/xl", targets[key]))[1:]


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
    """Follows the elements of one sheet part."""

    def __init__(self, sheet: str, limits: Limits) -> None:
        self.scan = Scan()
        self._sheet = sheet
        self._limits = limits
        self._columns: dict[str, int] = {}
        self._row = -1
        self._column = -1
        self._type = ""
        self._formula = self._value = False
        self._text = ""
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Attributes) -> None:
        match _local(name):
            case "c":
                self._open_cell(attributes)
            case "v" | "is":
                self._value = True
                if self._formula or self._type == "e":
                    self.parser.CharacterDataHandler = self._add_text
            case "f":
                self._formula = True
            case "row":
                self._open_row(attributes)
            case "col" if attributes.get("hidden") in _TRUE:
                first, last = int(attributes["min"]), min(int(attributes["max"]), 1 << 14)
                self.scan.hidden_columns.extend(range(first - 1, last))
            case "dimension":
                self._check_claim(attributes.get("ref", ""))

    def _end(self, name: str) -> None:
        match _local(name):
            case "v" | "is":
                self.parser.CharacterDataHandler = None
            case "c" if self._value or self._formula:
                self._close_cell()

    def _add_text(self, text: str) -> None:
        self._text += text

    def _open_row(self, attributes: Attributes) -> None:
        self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.scan.hidden_rows.append(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        if "r" in attributes:
            self._row, self._column = self._position(attributes["r"])
        else:
            self._column += 1
        self._type = attributes.get("t", "n")
        self._formula = self._value = False
        self._text = ""

    def _close_cell(self) -> None:
        self.scan.reach(self._row, self._column)
        if self._type == "e":
            self.scan.errors[self._row, self._column] = self._text.strip()
        # A formula whose result is the empty text has an empty value, and says that it is text.
        elif self._formula and not (self._value and (self._text or self._type == "str")):
            self.scan.uncalculated.append((self._row, self._column))

    def _check_claim(self, area: str) -> None:
        row, column = self._position(area.rpartition(":")[2] or "A1")
        if (row + 1) * (column + 1) >= self._limits.claimed_cells:
            stop_at_extent(self._sheet, row + 1, column + 1, self._limits.cells)

    def _position(self, address: str) -> Position:
        match = _ADDRESS.fullmatch(address)
        if match is None:
            raise Stop("workbook-damaged", self._sheet.strip(), reason=address[:20])
        letters, row = match.groups()
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = _column_index(letters)
        return int(row) - 1, column


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
