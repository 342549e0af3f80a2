"""How the workbook looks: the colours of the pages, calm enough to be filled in all day."""

import math
from collections.abc import Sequence
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from schema.field import FieldType
from schema.sheets import Column, FieldColumn, LinkColumn

BRAND, INK, INK_SOFT, SUN, LINE = "0B3C49", "14262E", "46585F", "FFC857", "D9DAD3"
TINT, PAPER, WHITE = "E4F0EF", "F5F4EF", "FFFFFF"
TABS = {
    "municipalities": "3D4F58",
    "departments": "0B5C8A",
    "status": "0A7A5A",
    "problems": "B3362B",
    "competences": "9A5B00",
    "technologies": "7446A0",
    "cards": "FFC857",
    "names": "74858C",
}
FACE = "Calibri"


def font(colour: str = INK, size: float = 11, bold: bool = False, italic: bool = False) -> Font:
    """Letters of the workbook's one face."""
    return Font(name=FACE, size=size, bold=bold, italic=italic, color=colour)


def fill(colour: str) -> PatternFill:
    """A plain ground."""
    return PatternFill("solid", start_color=colour, end_color=colour)


def underline(colour: str, weight: Literal["thin", "thick"] = "thin") -> Border:
    """A line below."""
    return Border(bottom=Side(style=weight, color=colour))


def cell_lines(below: str, weight: Literal["thin", "thick"] = "thin", beside: str = LINE) -> Border:
    """A line below a cell, and a thin one that parts it from the next."""
    return Border(bottom=Side(style=weight, color=below), right=Side(style="thin", color=beside))


TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
MIDDLE = Alignment(horizontal="left", vertical="center", wrap_text=True)

HEADER_FONT, HEADER_FILL = font(WHITE, bold=True), fill(BRAND)
NOTE_FONT, NOTE_FILL = font(INK_SOFT, size=9), fill(TINT)
EXAMPLE_FONT, EXAMPLE_FILL = font(INK_SOFT, italic=True), fill(PAPER)
REQUIRED_LINE = cell_lines(SUN, "thick", beside=INK_SOFT)
PLAIN_LINE = cell_lines(BRAND, "thick", beside=INK_SOFT)
ROW_LINE = cell_lines(LINE)

_WIDTHS = {
    FieldType.TEXT: 22,
    FieldType.LONG_TEXT: 44,
    FieldType.TEXTS: 30,
    FieldType.WORD: 24,
    FieldType.WORDS: 32,
    FieldType.INTEGER: 18,
    FieldType.NUMBER: 14,
    FieldType.DATE: 19,
    FieldType.NODE: 28,
}
_NAME_WIDTHS = {"municipality": 20, "kind": 16}


def width(column: Column) -> int:
    """A column's width in characters."""
    if isinstance(column, FieldColumn):
        return _WIDTHS[column.field.type]
    return 34 if isinstance(column, LinkColumn) else _NAME_WIDTHS.get(column.key, 30)


PAGE = 150
"""Characters across a printed page that can still be read."""


def pages_across(columns: Sequence[Column]) -> int:
    """How many printed pages these columns are spread over, side by side."""
    return math.ceil(sum(map(width, columns)) / PAGE)


def height(texts: list[tuple[str, int]], size: float = 11) -> float:
    """The height that a row needs for these texts in columns of these widths, in points."""
    per_character = size / 11
    lines = max(
        (
            sum(
                max(1, math.ceil(len(line) * per_character * 1.08 / wide))
                for line in text.split("\n")
            )
            for text, wide in texts
        ),
        default=1,
    )
    return round(lines * size * 1.36 + 5, 1)
