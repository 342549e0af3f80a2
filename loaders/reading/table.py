"""A sheet as it was read: rows of cells, each with its address."""

import datetime
from dataclasses import dataclass

from schema.messages import Place

Cell = str | int | float | bool | datetime.date | datetime.datetime | datetime.time | None
"""None is a blank cell. A cell of a csv file is a str or None."""


@dataclass(frozen=True)
class Table:
    """One sheet. `rows` is a rectangle; blank rows and columns before the last are kept.

    `first_row` is the number, from 1, that a spreadsheet program shows beside `rows[0]`;
    `rows[i][0]` stands in column A.
    """

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 1
    visible: bool = True

    def place(self, row: int, column: int | None = None) -> Place:
        """The address of `rows[row]`, or of `rows[row][column]`."""
        letter = None if column is None else column_letter(column)
        return Place(self.file, self.sheet, self.first_row + row, letter)


def column_letter(index: int) -> str:
    """The letter of a column counted from 0: A, B … Z, AA."""
    letters = ""
    index += 1
    while index > 0:
        index, remainder = divmod(index - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
