"""Tables whose cells hold links, badges and where it was read; see ``rich_table.html``."""

from dataclasses import dataclass

from api.pages.origin import Origin
from schema.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a cell: words, where they lead, the badge or the sign of the kind they wear."""

    text: str | Text
    href: str | None = None
    badge: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class RichCell:
    """What stands in one place; several things stand below one another. ``more`` counts what is
    not shown of them, ``note`` is a quieter line below."""

    items: tuple[Item, ...] = ()
    note: str | Text | None = None
    more: int = 0


@dataclass(frozen=True, slots=True)
class RichRow:
    """Cells, the first of which names the row, and where the row was read."""

    cells: tuple[RichCell, ...]
    origin: Origin | None = None


@dataclass(frozen=True)
class RichTable:
    """Rows under headings. ``numeric`` are the places of columns of numbers."""

    id: str
    caption: Text
    columns: tuple[Text, ...]
    rows: tuple[RichRow, ...]
    numeric: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"{len(row.cells)} cells under {len(self.columns)} columns")

    @property
    def traced(self) -> bool:
        """Whether any row says where it was read."""
        return any(row.origin is not None for row in self.rows)


NAMED = 3
"""How many things a cell names before it counts the rest."""


def plain(text: str | Text) -> RichCell:
    """A cell of words alone."""
    return RichCell((Item(text),))
