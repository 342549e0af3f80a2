"""A matrix to be shown: rows against columns, each cell coloured by what it also says in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from schema.text import Text

STEPS = 6
ROWS_AT_ONCE = 20
COLUMNS_AT_ONCE = 15


@dataclass(frozen=True, slots=True)
class MatrixHeading:
    """What a row or a column is about."""

    label: str
    href: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One meeting of a row and a column.

    ``look`` is a name of the style sheet: ``step-0`` to ``step-6`` for amounts, an outcome's key
    for outcomes. ``text`` says the same; ``story`` is what is read out and shown on pointing.
    """

    text: str | Text
    look: str
    href: str | None = None
    story: Text | None = None


@dataclass(frozen=True, slots=True)
class MatrixLegend:
    """What one look means."""

    look: str
    text: str | Text
    label: Text


@dataclass(frozen=True)
class Matrix:
    """A page of a matrix. ``None`` in a row is a place where nothing can stand (a department with
    itself). ``left_out_rows`` and ``left_out_columns`` count what other pages hold."""

    id: str
    caption: Text
    corner: Text
    columns: tuple[MatrixHeading, ...]
    rows: tuple[tuple[MatrixHeading, tuple[MatrixCell | None, ...]], ...]
    legend: tuple[MatrixLegend, ...] = ()
    left_out_rows: int = 0
    left_out_columns: int = 0

    def __post_init__(self) -> None:
        for heading, cells in self.rows:
            if len(cells) != len(self.columns):
                raise ValueError(
                    f"{heading.label}: {len(cells)} cells, {len(self.columns)} columns"
                )


def step(value: float, largest: float) -> str:
    """The look of an amount between 0 and the largest: seven steps, only nothing is the lowest."""
    if largest <= 0 or value <= 0:
        return "step-0"
    return f"step-{min(STEPS, max(1, ceil(STEPS * value / largest)))}"


def largest_first(sums: Sequence[float], page: int, size: int) -> list[int]:
    """The places of one page's rows (or columns), those with the largest sums first."""
    ranked = sorted(range(len(sums)), key=lambda place: (-sums[place], place))
    return ranked[(page - 1) * size : page * size]


def pages(count: int, size: int) -> int:
    """How many pages hold that many rows; an empty matrix has one."""
    return max(1, ceil(count / size))


def sums(rows: Iterable[Iterable[float]]) -> list[float]:
    """The sum of each row, which decides its place."""
    return [sum(row) for row in rows]
