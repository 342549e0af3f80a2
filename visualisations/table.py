"""A table to be shown: its words and links, nothing of how it looks."""

from dataclasses import dataclass

from schema.text import Text


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; numbers stand to the right."""

    label: Text
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place: words, the page they lead to, a quieter line below."""

    text: str | Text
    href: str | None = None
    note: str | Text | None = None


@dataclass(frozen=True)
class Table:
    """Rows under headings; the first cell of a row names it. ``left_out`` counts further rows."""

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    left_out: int = 0

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {len(row)} cells under {len(self.columns)} columns")
