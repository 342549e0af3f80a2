"""The first three rows of a sheet in the template: labels, explanations, an example.

Writer and reader share them: row 1 holds the labels, a required column marked with ``*``; row 2
explains each column; row 3 is an example. Data begin in row 4. The last two are skipped on
reading wherever they stand, the example only as long as nobody changed any of it.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from loaders.reading.table import Cell
from loaders.template_examples import EXAMPLES, Example
from schema.field import FieldType
from schema.names import tidy
from schema.sheets import MUNICIPALITY, Column, FieldColumn, LinkColumn, Sheet
from schema.text import LANGUAGES, Language, Text

REQUIRED_MARK = " *"
MOST_EXPLAINED = 0.6
GUIDE_SHEET = Text("Vejledning", "Guide")
LISTS_SHEET = Text("Lister", "Lists")

ExampleCell = str | int | float | None


def is_required(column: Column) -> bool:
    """Whether every row of the sheet must fill the column in."""
    return not isinstance(column, LinkColumn) and column.required


def labels(sheet: Sheet, language: Language) -> tuple[str, ...]:
    """Row 1: the columns' labels in the order of the sheet."""
    return tuple(_label(column, language) for column in sheet.columns)


def _label(column: Column, language: Language) -> str:
    return column.label.to(language) + (REQUIRED_MARK if is_required(column) else "")


def explanations(sheet: Sheet, language: Language) -> tuple[str, ...]:
    """Row 2: what each column is for."""
    return tuple(column.explanation.to(language) for column in sheet.columns)


def example(sheet: Sheet, language: Language) -> tuple[ExampleCell, ...]:
    """Row 3: a row as somebody might have filled it in."""
    return tuple(_example(sheet, column, language) for column in sheet.columns)


def _example(sheet: Sheet, column: Column, language: Language) -> ExampleCell:
    given = EXAMPLES.get(sheet.key, {}).get(column.key, _made(column))
    return given.to(language) if isinstance(given, Text) else given


def _made(column: Column) -> Example | None:
    """An example for a field that has none written: the first of its words, or nothing."""
    if not isinstance(column, FieldColumn) or column.field.vocabulary is None:
        return None
    first = column.field.vocabulary.words[0]
    return int(first.key) if column.field.type is FieldType.INTEGER else first.label


def is_explanation_row(sheet: Sheet, columns: Mapping[int, Column], cells: Sequence[Cell]) -> bool:
    """Whether the row is the template's row of explanations, in either language: most of its
    cells are explanations word for word. All need not be, since templates of earlier versions are
    handed in for years."""
    return any(
        _like(_explained(sheet, language), columns, cells) >= MOST_EXPLAINED
        for language in LANGUAGES
    )


def is_example_row(sheet: Sheet, columns: Mapping[int, Column], cells: Sequence[Cell]) -> bool:
    """Whether the row is the template's example, in either language, unchanged: every cell is as
    there, its municipality is the invented one, and half of the example's cells are there (an
    earlier template may lack columns)."""
    there = {column.key for column in columns.values()}
    return any(
        MUNICIPALITY.key in there
        and _like(each, columns, cells) == 1
        and 2 * sum(key in there for key, cell in each.items() if cell)
        >= sum(1 for cell in each.values() if cell)
        for each in (_exemplified(sheet, language) for language in LANGUAGES)
    )


@lru_cache
def _explained(sheet: Sheet, language: Language) -> Mapping[str, str]:
    return dict(zip(sheet.by_key, map(_shown, explanations(sheet, language)), strict=True))


@lru_cache
def _exemplified(sheet: Sheet, language: Language) -> Mapping[str, str]:
    return dict(zip(sheet.by_key, map(_shown, example(sheet, language)), strict=True))


def _like(
    expected: Mapping[str, str], columns: Mapping[int, Column], cells: Sequence[Cell]
) -> float:
    """The share of the cells, of those that are filled here or there, that are as expected."""
    pairs = [(expected[column.key], _shown(cells[i])) for i, column in columns.items()]
    filled = [(wanted, cell) for wanted, cell in pairs if wanted or cell]
    if not any(cell for _, cell in filled):
        return 0.0
    return sum(cell == wanted for wanted, cell in filled) / len(filled)


def _shown(cell: Cell) -> str:
    """A cell as text, the same whether it was kept as a number or as text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell)).replace(",", ".")
