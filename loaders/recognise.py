"""Which mapping sheet a table is, and which of its columns is which."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from loaders.did_you_mean import hint, near
from loaders.reading.table import Cell, Table, column_letter
from loaders.template_rows import (
    GUIDE_SHEET,
    LISTS_SHEET,
    TopRows,
    is_required,
)
from schema.messages import Message, Place, say
from schema.names import fold, tidy
from schema.sheets import SHEETS, Column, Sheet
from schema.text import Text

_HEADER_WITHIN = 10
_NEAR_ENOUGH = 85
_AIDS = frozenset(fold(name) for text in (GUIDE_SHEET, LISTS_SHEET) for name in (text.da, text.en))


@dataclass(frozen=True)
class Origin:
    """Where the cells of a table that was made of another stand in the file. By row: ``letters``
    by the column's key, ``listed`` by key and folded name where a cell lists, ``skipped`` why a
    row is not loaded, ``said`` what else there is to say of it. ``columns`` gives for each letter
    the keys of what is made of it; ``deciding`` are the letters that tell which rows are loaded.
    """

    letters: Mapping[int, Mapping[str, str | None]]
    listed: Mapping[int, Mapping[tuple[str, str], str]]
    skipped: Mapping[int, Message]
    said: Mapping[int, Sequence[Message]]
    columns: Mapping[str, str]
    deciding: frozenset[str]


@dataclass(frozen=True)
class RecognisedSheet:
    """A table that is read as a mapping sheet. Everything after works from this.

    ``columns`` gives, for each index in a row, the column that it is; ``rows`` are the indices
    in the table of the rows that hold data, blank ones left out. ``letters`` names columns of
    the table that stand elsewhere in the file, or nowhere (None); ``origin`` tells it row by row
    where the table was made of another.
    """

    table: Table
    sheet: Sheet
    columns: Mapping[int, Column]
    header_row: int
    rows: Sequence[int]
    letters: Mapping[int, str | None] = field(default_factory=dict)
    origin: Origin | None = None

    def letter(self, index: int) -> str | None:
        """The letter in the file of a column of the table."""
        return self.letters[index] if index in self.letters else column_letter(index)

    def place(self, row: int, index: int | None = None) -> Place:
        """Where a row, or one of its cells, stands in the file."""
        at = self.table.place(row)
        letter = None if index is None else self.letter(index)
        return Place(at.file, at.sheet, at.row, letter)


@dataclass(frozen=True)
class Recognition:
    """What became of a file's tables. ``left_out`` are those of ours that cannot be read."""

    sheets: tuple[RecognisedSheet, ...] = ()
    left_out: tuple[Table, ...] = ()
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True)
class _Header:
    """A row taken as the header of a sheet: ``unknown`` are the columns that are not ours."""

    sheet: Sheet
    row: int
    columns: Mapping[int, Column]
    twice: Sequence[tuple[int, int]]
    unknown: Mapping[int, str]

    @property
    def missing(self) -> list[Column]:
        found = {column.key for column in self.columns.values()}
        return [c for c in self.sheet.columns if is_required(c) and c.key not in found]


def recognise(tables: Sequence[Table]) -> Recognition:
    """The mapping sheets among the tables of one file, and what there is to say about them."""
    headers = {i: _header(table, len(tables) == 1) for i, table in enumerate(tables)}
    if not any(headers.values()):
        headers = {i: _header(table, alone=True) for i, table in enumerate(tables)}
    ours: list[RecognisedSheet] = []
    left_out: list[Table] = []
    messages: list[Message] = []
    for i, table in enumerate(tables):
        header = headers[i]
        if header is None:
            said = list(_about_stranger(table, any(headers.values())))
        else:
            said = list(_about(table, header))
        messages += said
        if any(message.kind.severity == "error" for message in said):
            left_out.append(table)
        elif header is not None:
            ours.append(_recognised(table, header))
    return Recognition(tuple(ours), tuple(left_out), tuple(messages))


def column_key(text: str) -> str:
    """What two spellings of a column's name share: case, blanks and the mark of a required one
    do not count."""
    return fold(text.strip().rstrip("*")).replace("-", "")


@lru_cache
def known_columns(sheet: Sheet) -> Mapping[str, Column]:
    """Every name that a column of the sheet goes by, as ``column_key``."""
    names: dict[str, Column] = {}
    for forms in (_labels, _keys, _others):
        for column in sheet.columns:
            for name in forms(column):
                names.setdefault(column_key(name), column)
    return names


def _labels(column: Column) -> Iterable[str]:
    return column.label.da, column.label.en


def _keys(column: Column) -> Iterable[str]:
    return (column.key,)


def _others(column: Column) -> Iterable[str]:
    return column.also


@lru_cache
def _sheets_by_name() -> Mapping[str, Sheet]:
    names: dict[str, Sheet] = {}
    for sheet in SHEETS:
        for name in (sheet.label.da, sheet.label.en, sheet.key, *sheet.also):
            names.setdefault(column_key(name), sheet)
    return names


def _header(table: Table, alone: bool) -> _Header | None:
    """The header of the sheet that the table is: by its name, or else by its columns."""
    if fold(table.sheet) in _AIDS:
        return None
    named = _sheets_by_name().get(column_key(table.sheet))
    if named is not None:
        best = _best(_headers(table, (named,)))
        return best if best is not None or alone else _blank_header(table, named)
    best = _best(_headers(table, SHEETS))
    if best is None or alone:
        return best
    certain = not best.missing and len(best.columns) >= len(best.unknown)
    return best if certain else None


def _blank_header(table: Table, sheet: Sheet) -> _Header | None:
    """A sheet of ours without anything in it says nothing, and nothing is wrong with it."""
    return None if _filled(table) else _Header(sheet, 0, {}, (), {})


def _headers(table: Table, sheets: Sequence[Sheet]) -> Iterator[_Header]:
    filled = (i for i, row in enumerate(table.rows) if any(_text(cell) for cell in row))
    for row in islice(filled, _HEADER_WITHIN):
        for sheet in sheets:
            yield _header_in(table.rows[row], row, sheet)


def _best(headers: Iterable[_Header]) -> _Header | None:
    """The one that knows the most columns; of several the one that lacks none, then the first."""
    found = [header for header in headers if header.columns]
    return max(found, key=lambda h: (len(h.columns), -len(h.missing), -h.row), default=None)


def _header_in(cells: Sequence[Cell], row: int, sheet: Sheet) -> _Header:
    columns: dict[int, Column] = {}
    first: dict[str, int] = {}
    twice: list[tuple[int, int]] = []
    unknown: dict[int, str] = {}
    names = known_columns(sheet)
    for index, cell in enumerate(cells):
        text = _text(cell)
        column = names.get(column_key(text)) if text else None
        if column is None:
            if text:
                unknown[index] = text
        elif column.key in first:
            twice.append((first[column.key], index))
        else:
            first[column.key] = index
            columns[index] = column
    return _Header(sheet, row, columns, twice, unknown)


def _text(cell: Cell) -> str:
    return "" if cell is None else tidy(str(cell))


def _filled(table: Table) -> bool:
    return any(_text(cell) for row in table.rows for cell in row)


def _about_stranger(table: Table, others: bool) -> Iterator[Message]:
    """A table that is no sheet of ours should have been one if it bears the name of one, or if
    nothing else in the file is. The template's own guide and lists are nothing to tell about."""
    if not _filled(table) or (others and fold(table.sheet) in _AIDS):
        return
    if column_key(table.sheet) in _sheets_by_name() or not others:
        yield _no_known_column(table)
    else:
        yield _not_read(table)


def _recognised(table: Table, header: _Header) -> RecognisedSheet:
    return RecognisedSheet(
        table, header.sheet, header.columns, header.row, tuple(_data_rows(table, header))
    )


def _data_rows(table: Table, header: _Header) -> Iterator[int]:
    """Rows that hold something in a known column, but for the template's explanations."""
    top_rows = TopRows(header.sheet, header.columns)
    places = list(header.columns)
    for row in range(header.row + 1, len(table.rows)):
        cells = table.rows[row]
        if any(_is_filled(cells[place]) for place in places) and not top_rows.is_explanation(cells):
            yield row


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _about(table: Table, header: _Header) -> Iterator[Message]:
    """What there is to say about the columns of a sheet."""
    if not header.columns:
        return
    place = table.place(header.row)
    for first, second in header.twice:
        name = header.columns[first].label
        letters = {"first": column_letter(first), "second": column_letter(second)}
        yield say("column-twice", table.place(header.row, second), column=name, **letters)
    for column in header.missing:
        close = [name for name in header.unknown.values() if near(name, _names_of(column))]
        values = {"sheet": header.sheet.label, "column": column.label, "hint": hint(close)}
        yield say("column-missing", place, **values)
    yield from _about_unknown(table, header)


def _about_unknown(table: Table, header: _Header) -> Iterator[Message]:
    used = {column.key for column in header.columns.values()}
    free = [column for column in header.sheet.columns if column.key not in used]
    others: list[str | Text] = []
    for index, name in header.unknown.items():
        meant = [c.label for c in free if near(name, _names_of(c), _NEAR_ENOUGH)]
        if meant:
            place = table.place(header.row, index)
            yield say("column-not-read", place, column=name, hint=hint(meant[:1]))
        else:
            others.append(f"{name} ({column_letter(index)})")
    others += [_nameless(index) for index in _unheaded(table, header)]
    if others:
        values = {"sheet": header.sheet.label, "columns": others}
        yield say("columns-not-read", table.place(header.row), **values)


def _unheaded(table: Table, header: _Header) -> Iterator[int]:
    """Columns that hold something below a heading that is empty."""
    below = table.rows[header.row + 1 :]
    for index, heading in enumerate(table.rows[header.row]):
        if not _text(heading) and any(_is_filled(cells[index]) for cells in below):
            yield index


def _nameless(index: int) -> Text:
    letter = column_letter(index)
    return Text(f"uden navn ({letter})", f"without a name ({letter})")


def _names_of(column: Column) -> list[str]:
    return [column.label.da, column.label.en, *column.also]


def _no_known_column(table: Table) -> Message:
    """Nothing in the first rows is a column of ours: name the nearest that is."""
    row = next(i for i, cells in enumerate(table.rows) if any(_text(cell) for cell in cells))
    names = [name for sheet in SHEETS for column in sheet.columns for name in _names_of(column)]
    cells = [text for cell in table.rows[row] if (text := _text(cell))]
    known = dict.fromkeys(names)
    close = next((c for text in cells if (c := near(text, known, _NEAR_ENOUGH))), [])
    return say("no-known-column", table.place(row), hint=hint(close))


def _not_read(table: Table) -> Message:
    names = Text(
        ", ".join(sheet.label.da for sheet in SHEETS), ", ".join(s.label.en for s in SHEETS)
    )
    return say("sheet-not-read", Place(table.file, table.sheet), sheets=names)
