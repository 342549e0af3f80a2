"""Which rows a mapping leaves out, and which of several about the same it keeps."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from loaders.cells import cell_text
from loaders.dates import ImpossibleDate, UnreadableDate, read_date
from loaders.mapping.declared import Condition, Order
from loaders.mapping.values import Places
from loaders.numbers import read_number
from loaders.reading.table import Cell
from schema.names import fold
from schema.text import Text

Identity = tuple[str, ...]


def reason_to_leave_out(
    conditions: Iterable[Condition], cells: Sequence[Cell], places: Places
) -> Text | None:
    """Why the row is left out: the first condition that holds."""
    for condition in conditions:
        if _holds(condition, cell_text(cells[places[condition.column]])):
            return condition.reason
    return None


def _holds(condition: Condition, text: str) -> bool:
    if condition.among is not None:
        return fold(text) in condition.among
    if condition.not_among is not None:
        return fold(text) not in condition.not_among
    if condition.blank is not None:
        return (not text) == condition.blank
    return condition.matches is not None and condition.matches.search(text) is not None


def superseded(
    rows: Mapping[int, Identity], order: Order, by: Mapping[int, Cell] | None
) -> dict[int, int]:
    """For each row that gives way, the one that is kept. Without ``by`` their order in the table
    counts, and it decides where ``by`` does not."""
    groups: dict[Identity, list[int]] = {}
    for row, identity in rows.items():
        groups.setdefault(identity, []).append(row)
    kept: dict[int, int] = {}
    for group in groups.values():
        if len(group) > 1:
            chosen = _chosen(group, order, by)
            kept |= {row: chosen for row in group if row != chosen}
    return kept


def _chosen(group: Sequence[int], order: Order, by: Mapping[int, Cell] | None) -> int:
    ranked = list(group)
    if by is not None:
        ranks = dict(zip(group, _ranks([by[row] for row in group]), strict=True))
        ranked.sort(key=lambda row: ranks[row])
    return ranked[-1] if order == "last" else ranked[0]


def _ranks(cells: Sequence[Cell]) -> list[tuple[bool, object]]:
    """Something to sort cells by: as dates if they all are, else as numbers, else as texts; blank
    ones stand before all."""
    filled = [cell for cell in cells if cell_text(cell)]
    rank: Callable[[Cell], object] = _as_text
    for reads in (_as_date, _as_number):
        if all(reads(cell) is not None for cell in filled):
            rank = reads
            break
    return [(True, rank(cell)) if cell_text(cell) else (False, None) for cell in cells]


def _as_date(cell: Cell) -> str | None:
    try:
        return read_date(cell)
    except (UnreadableDate, ImpossibleDate):
        return None


def _as_number(cell: Cell) -> float | None:
    return read_number(cell_text(cell))


def _as_text(cell: Cell) -> str:
    return fold(cell_text(cell))
