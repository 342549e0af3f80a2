"""Whatever a field holds or a node is called, the cell that is written reads back as the same."""

import tempfile
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from loaders.cells import Fault, read_name, read_names, reader_of
from loaders.reading import read_tables
from loaders.reading.table import Cell
from loaders.writing.cells import SheetCell, cell_of, listed
from loaders.writing.csv_file import csv_file
from schema.field import Field, FieldType, Form, Value
from schema.names import fold
from schema.ontology import ONTOLOGY
from schema.sheets import SHEETS, FieldColumn, Sheet
from schema.text import LANGUAGES, Language
from schema.vocabulary import Vocabulary

COLUMNS = [
    (sheet, column)
    for sheet in SHEETS
    for column in sheet.columns
    if isinstance(column, FieldColumn)
]
TEXTS = st.text(max_size=30) | st.text("=+-@'\";,\t 1,5.aå", max_size=12)
KLE = st.from_regex(
    r"\d\d(\.\d\d(\.\d\d([A-Z]\d\d)?)?)?", fullmatch=True, alphabet="0123456789.AGP"
)
DAYS = st.dates().map(str).filter(lambda day: "1900" <= day[:4] <= "2100")


def values(field: Field) -> st.SearchStrategy[Value]:
    """What a field may hold, as it is kept."""
    match field.type:
        case FieldType.WORD:
            return st.sampled_from(keys(field))
        case FieldType.WORDS:
            return st.sets(st.sampled_from(keys(field)), min_size=1).map(
                lambda some: tuple(key for key in keys(field) if key in some)
            )
        case FieldType.INTEGER:
            return st.integers(int(field.minimum or 0), int(field.maximum or 9))
        case FieldType.NUMBER:
            return st.floats(field.minimum, field.maximum).map(lambda number: number + 0.0)
        case FieldType.DATE:
            return st.builds(lambda day, length: day[:length], DAYS, st.sampled_from((4, 7, 10)))
        case FieldType.TEXTS:
            return st.lists(TEXTS, min_size=1).map(lambda some: kept(field, "; ".join(some)))
        case _:
            if field.form is Form.KLE:
                return KLE.map(lambda text: kept(field, text))
            return TEXTS.map(lambda text: kept(field, text))


def keys(field: Field) -> list[str]:
    assert isinstance(field.vocabulary, Vocabulary)
    return [word.key for word in field.vocabulary]


def kept(field: Field, text: str) -> Value:
    """A text as the reader keeps it."""
    value = reader_of(field)(text)
    assert not isinstance(value, Fault)
    return value


def through_csv(sheet: Sheet, column: FieldColumn, cell: SheetCell, language: Language) -> Cell:
    """The cell after it was written to a csv file and read from it."""
    row = [cell if each is column else "x" for each in sheet.columns]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ark.csv"
        file.write_bytes(csv_file(sheet, [row], language))
        ((table,), _) = read_tables(file)
    return table.rows[1][sheet.columns.index(column)]


@given(st.data(), st.sampled_from(COLUMNS), st.sampled_from(LANGUAGES))
def test_a_value_reads_back_from_a_workbook_and_from_csv(
    data: st.DataObject, where: tuple[Sheet, FieldColumn], language: Language
) -> None:
    sheet, column = where
    value = data.draw(values(column.field))
    assume(value not in ("", ()))
    cell = cell_of(column.field, value, language)
    read = reader_of(column.field)
    assert read(cell) == value
    assert read(through_csv(sheet, column, cell, language)) == value


@given(TEXTS | st.text("a (3)", max_size=10), st.none() | st.integers(1, 5))
def test_a_name_in_a_list_means_the_same_node_and_level(text: str, level: int | None) -> None:
    name = read_name(text)
    assume(isinstance(name, str))
    assert isinstance(name, str)
    found = read_names(listed(name, level), levels=True)
    assert not isinstance(found, Fault)
    assert [(fold(each.name), each.level) for each in found] == [(fold(name), level)]


def test_every_field_with_a_column_is_among_those_tried() -> None:
    tried = {column.field.name for _, column in COLUMNS}
    assert tried == {field.name for _, field in ONTOLOGY.fields() if field.sheets}
