"""The first three rows of a sheet in the template: labels, explanations, an example.

Writer and reader share them: row 1 holds the labels, a required column marked with ``*``; row 2
explains each column; row 3 is an example. Data begin in row 4. The last two are skipped on
reading wherever they stand, the example only as long as nobody changed any of it.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
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


class TopRows:
    """Tells the template's own rows in one table. Cells that recur are looked at once."""

    def __init__(self, sheet: Sheet, columns: Mapping[int, Column]) -> None:
        self._explained = [
            _Expected(_explained(sheet, language), columns, MOST_EXPLAINED)
            for language in LANGUAGES
        ]
        there = {column.key for column in columns.values()}
        examples = (_exemplified(sheet, language) for language in LANGUAGES)
        self._examples = [
            _Expected(each, columns, 1.0) for each in examples if _mostly_there(each, there)
        ]

    def is_explanation(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is the template's row of explanations, in either language: most of its
        cells are explanations word for word. All need not be, since templates of earlier versions
        are handed in for years."""
        return any(each.is_like(cells) for each in self._explained)

    def is_example(self, cells: Sequence[Cell]) -> bool:
        """Whether the row is the template's example, in either language, unchanged: every cell is
        as there, its municipality is the invented one, and half of the example's cells are there
        (an earlier template may lack columns)."""
        return any(each.is_like(cells) for each in self._examples)


def _mostly_there(example: Mapping[str, str], there: Set[str]) -> bool:
    filled = [key for key, cell in example.items() if cell]
    return MUNICIPALITY.key in there and 2 * sum(key in there for key in filled) >= len(filled)


class _Expected:
    """A row as it is expected, and the share of its filled cells that must be so."""

    def __init__(
        self, expected: Mapping[str, str], columns: Mapping[int, Column], share: float
    ) -> None:
        self._share = share
        self._others = math.floor((1 - share) * len(columns) + 1e-9)
        # Long texts hardly ever recur, so they are looked at last.
        places = sorted(columns, key=lambda place: _is_long(columns[place]))
        looks = [_Look(place, expected[columns[place].key]) for place in places]
        self._looks = [(look.place, look.strangers, look) for look in looks]

    def is_like(self, cells: Sequence[Cell]) -> bool:
        """Whether at least the share of the cells, of those that are filled here or there, are as
        expected."""
        if self._is_another(cells):
            return False
        alike = sum(look.is_alike(cells[place]) for place, _, look in self._looks)
        others = sum(look.is_other(cells[place]) for place, _, look in self._looks)
        filled = any(_shown(cells[place]) for place, *_ in self._looks)
        return filled and alike / (alike + others) >= self._share

    def _is_another(self, cells: Sequence[Cell]) -> bool:
        """Whether too many cells are others, as is soon seen of nearly every row."""
        others = 0
        for place, strangers, look in self._looks:
            # Called for every row of the file: what was seen before, without another call.
            if cells[place] in strangers or look.is_other(cells[place]):
                others += 1
                if others > self._others:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class _Look:
    """A cell of an expected row, and the others that were seen there. Numbers are not kept: True
    and 1 would be one."""

    place: int
    wanted: str
    strangers: set[Cell] = field(default_factory=set)

    def is_alike(self, cell: Cell) -> bool:
        return _shown(cell) == self.wanted != ""

    def is_other(self, cell: Cell) -> bool:
        other = _shown(cell) != self.wanted
        if other and (cell is None or isinstance(cell, str)):
            self.strangers.add(cell)
        return other


def _is_long(column: Column) -> bool:
    return isinstance(column, FieldColumn) and column.field.type is FieldType.LONG_TEXT


@lru_cache
def _explained(sheet: Sheet, language: Language) -> Mapping[str, str]:
    return dict(zip(sheet.by_key, map(_shown, explanations(sheet, language)), strict=True))


@lru_cache
def _exemplified(sheet: Sheet, language: Language) -> Mapping[str, str]:
    return dict(zip(sheet.by_key, map(_shown, example(sheet, language)), strict=True))


def _shown(cell: Cell) -> str:
    """A cell as text, the same whether it was kept as a number or as text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell)).replace(",", ".")
