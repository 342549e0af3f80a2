"""A row of a recognised sheet, its cells read: names, values of fields, lists of names."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from loaders.cells import (
    Fault,
    Listed,
    ListReader,
    Remark,
    cell_text,
    is_plain_text,
    read_name,
    read_word,
    reader_of,
    remark_on,
)
from loaders.personal_data import personal_data, tells_nobody
from loaders.reading.table import Cell
from loaders.recognise import RecognisedSheet
from loaders.template_rows import TopRows, is_required
from schema.field import FieldType, Value
from schema.messages import Message, Place, say
from schema.names import fold, tidy
from schema.ontology import ONTOLOGY
from schema.sheets import Column, FieldColumn, LinkColumn, NameColumn
from schema.text import Text
from schema.vocabulary import Vocabulary, Word

KINDS = Vocabulary(
    "kind",
    Text("art", "kind"),
    tuple(
        Word(kind.key, kind.name, (kind.plural.da, kind.plural.en)) for kind in ONTOLOGY.node_kinds
    ),
)
"""The kinds of node as words: what the column *kind* of the sheet Names holds."""

Reading = Value | Fault | tuple[Listed, ...]
_Remembered = dict[str, tuple[Reading, list[Remark]]]
_KEPT_WHOLE = (FieldType.LONG_TEXT, FieldType.NUMBER)
_HAS_TEXT = (FieldType.TEXT, FieldType.TEXTS, FieldType.LONG_TEXT)


@dataclass(slots=True)
class Row:
    """A row as its cells were read, and what there is to say about them. ``reads`` are the
    letters of the columns that it rests on; a ``skipped`` one is told of and not loaded."""

    sheet: RecognisedSheet
    place: Place
    letters: Mapping[str, str | None]
    reads: frozenset[str | None]
    names: dict[str, str] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    lists: dict[str, tuple[Listed, ...]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    listed: Mapping[tuple[str, str], str] = field(default_factory=dict)
    skipped: bool = False

    def place_of(self, column: str) -> Place:
        """Where the row's cell in a column stands."""
        at = self.place
        return Place(at.file, at.sheet, at.row, self.letters.get(column))

    def letter_of(self, column: str, name: str) -> str | None:
        """The letter of the column in which a name stood."""
        if not self.listed:
            return self.letters.get(column)
        return self.listed.get((column, fold(name)), self.letters.get(column))

    def say(self, code: str, about: Column, **values: object) -> None:
        """Add a message about the row's cell in a column."""
        place = self.place_of(about.key)
        self.messages.append(say(code, place, **{"column": about.label, **values}))

    @property
    def has_error(self) -> bool:
        messages = self.messages
        return bool(messages) and any(each.kind.severity == "error" for each in messages)


@dataclass(frozen=True, slots=True)
class _ColumnReader:
    """Reads the cells of one column; texts that recur are read once. ``clean`` holds what the
    texts say of which there is nothing to tell."""

    index: int
    column: Column
    read: Callable[[Cell], Reading]
    personal: bool
    remembered: _Remembered | None
    clean: dict[Cell, Value | tuple[Listed, ...]]
    has_form: bool = False
    levels: ListReader | None = None
    is_long: bool = False

    def __call__(self, cell: Cell) -> tuple[Reading, list[Remark]]:
        if self.remembered is None or not isinstance(cell, str):
            return self._fresh(cell)
        found = self.remembered.get(cell)
        if found is None:
            found = self.remembered[cell] = self._fresh(cell)
            if not found[1] and not isinstance(found[0], Fault) and found[0] not in ("", ()):
                self.clean[cell] = found[0]
        return found

    def _fresh(self, cell: Cell) -> tuple[Reading, list[Remark]]:
        looked = self.personal or isinstance(cell, str | int | float)
        said = [Remark(code) for code in personal_data(cell_text(cell))] if looked else []
        reading = self.read(cell)
        if self.has_form and not isinstance(reading, Fault):
            assert isinstance(self.column, FieldColumn)
            remark = remark_on(self.column.field, cell, reading)
            said += [] if remark is None else [remark]
        if self.levels is not None:
            said += self.levels.remarks(cell)
        return reading, said


def read_rows(sheet: RecognisedSheet) -> Iterator[Row]:
    """All rows of the sheet that hold data, in their order."""
    readers = [_column_reader(index, column) for index, column in sheet.columns.items()]
    ways = [(each.index, each.clean, each.column.key, _room(each.column), each) for each in readers]
    required = [column for column in sheet.sheet.columns if is_required(column)]
    letters = {column.key: sheet.letter(index) for index, column in sheet.columns.items()}
    reads = frozenset(letters.values())
    own_rows = None if sheet.origin is not None else _OwnRows(sheet)
    for index in sheet.rows:
        row = _row(sheet, index, letters, reads)
        cells = sheet.table.rows[index]
        own = None if own_rows is None else own_rows.code(cells)
        if own is not None:
            row.skipped = True
            row.messages.append(say(own, row.place))
        if row.skipped:
            yield _named_only(row, cells)
            continue
        rooms = row.names, row.values, row.lists
        for place, clean, key, room, reader in ways:
            cell = cells[place]
            if cell is None or cell == "":
                continue
            value = clean.get(cell)
            if value is not None or (reader.is_long and (value := _as_it_stands(cell))):
                rooms[room][key] = value  # type: ignore[assignment]  # by the column's kind
            else:
                _take(row, reader, cell)
        _look_for_empty(row, required)
        yield row


def _as_it_stands(cell: Cell) -> str | None:
    """A long text that needs no other reading: nothing in it to be told, or to be left away."""
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    return text if tells_nobody(text) and is_plain_text(text) else None


def _room(column: Column) -> int:
    """Where in a row the column's values stand: names, values of fields, or lists."""
    match column:
        case NameColumn():
            return 0
        case FieldColumn():
            return 1
        case LinkColumn():
            return 2


class _OwnRows:
    """Tells rows that belong to the sheet itself and are nobody's answer."""

    def __init__(self, sheet: RecognisedSheet) -> None:
        self._columns = list(sheet.columns)
        self._header = sheet.table.rows[sheet.header_row] if sheet.columns else ()
        self._top_rows = TopRows(sheet.sheet, sheet.columns)

    def code(self, cells: Sequence[Cell]) -> str | None:
        """What to say of such a row, or None of any other."""
        if self._is_header(cells):
            return "header-again"
        return "example-row" if self._top_rows.is_example(cells) else None

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        """Whether the row says what the header says: one of two, or that of a second page."""
        for index in self._columns:
            cell = cells[index]
            if cell is not None and cell != "" and cell != self._header[index]:
                return False
        return True


def _row(
    sheet: RecognisedSheet,
    index: int,
    letters: Mapping[str, str | None],
    reads: frozenset[str | None],
) -> Row:
    """The row before its cells are read; what a made table knows of it comes first."""
    origin, place = sheet.origin, sheet.place(index)
    if origin is None:
        return Row(sheet, place, letters, reads)
    skipped = origin.skipped.get(index)
    row = Row(sheet, place, origin.letters.get(index, letters), origin.deciding)
    row.listed = origin.listed.get(index, {})
    row.skipped = skipped is not None
    if skipped is None:
        row.reads = origin.deciding | origin.columns.keys()
    row.messages += origin.said.get(index, ()) if skipped is None else (skipped,)
    return row


def _named_only(row: Row, cells: Sequence[Cell]) -> Row:
    """A row that is not loaded, with its names, so that it can be told of."""
    for index, column in row.sheet.columns.items():
        if isinstance(column, NameColumn) and cell_text(cells[index]):
            row.names[column.key] = tidy(cell_text(cells[index]))
    return row


def _column_reader(index: int, column: Column) -> _ColumnReader:
    match column:
        case NameColumn():
            read: Callable[[Cell], Reading] = read_name
            if column.key == "kind":
                read = _read_kind
            return _ColumnReader(index, column, read, True, {}, {})
        case LinkColumn():
            listed = ListReader(column.levels)
            levels = listed if column.levels else None
            return _ColumnReader(index, column, listed, True, {}, {}, levels=levels)
        case FieldColumn():
            kept: _Remembered | None = None if column.field.type in _KEPT_WHOLE else {}
            personal = column.field.type in _HAS_TEXT
            has_form = column.field.form is not None
            read = reader_of(column.field)
            is_long = column.field.type is FieldType.LONG_TEXT
            return _ColumnReader(index, column, read, personal, kept, {}, has_form, None, is_long)


def _read_kind(cell: Cell) -> str | Fault:
    return read_word(KINDS, cell_text(cell))


def _take(row: Row, reader: _ColumnReader, cell: Cell) -> None:
    """Put what a cell says into its row."""
    if isinstance(cell, str) and not cell.strip():
        return
    column = reader.column
    reading, said = reader(cell)
    for remark in said:
        row.say(remark.code, column, **remark.values)
    if any(remark.code == "cpr-number" for remark in said):
        return
    if isinstance(reading, Fault):
        row.say(reading.code, column, **reading.values)
        return
    _put(row, column, reading)


def _put(row: Row, column: Column, reading: Value | tuple[Listed, ...]) -> None:
    match column:
        case NameColumn():
            row.names[column.key] = cast(str, reading)
        case LinkColumn():
            row.lists[column.key] = cast("tuple[Listed, ...]", reading)
        case FieldColumn():
            if reading not in ("", ()):
                row.values[column.key] = cast(Value, reading)


def _look_for_empty(row: Row, required: list[Column]) -> None:
    for column in required:
        if column.key not in row.names and column.key not in row.values:
            place = row.place_of(column.key)
            if not any(message.place == place for message in row.messages):
                row.say("cell-empty", column)
