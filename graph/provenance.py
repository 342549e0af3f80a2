"""Which rows an answer is led back to: of all that say something, those that tell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schema.records import Provenance

_NAMING = {"name", "danish_name", "english_name", "other_names"}


def telling(found: Sequence[Provenance]) -> Sequence[Provenance]:
    """The rows that say more of an element than its names, where any does: a department is named
    by every row about it, and those are not what an answer rests on."""
    return [said for said in found if set(said.columns) - _NAMING] or found


@dataclass(frozen=True, slots=True)
class SayingRow:
    """A row of a load, with those of its columns that say something alone."""

    load: int
    file: str | None
    sheet: str | None
    row: int | None
    columns: tuple[str, ...]


def rows_saying(
    told: Mapping[str, Sequence[Provenance]], elements: Iterable[str]
) -> list[SayingRow]:
    """The rows that tell of any of these elements, each once, by load, file, sheet and row.

    ``told`` is a store's ``sources``. A row stands with a column where that column alone says an
    element, and without any where several columns say it together.
    """
    rows: dict[tuple[int, str, str, int], set[str]] = {}
    for element in dict.fromkeys(elements):
        for said in telling(told.get(element, ())):
            place = said.place
            row = (said.load, place.file or "", place.sheet or "", place.row or 0)
            letters = set(said.columns.values())
            alone = {letter for letter in letters if letter is not None and len(letters) == 1}
            rows.setdefault(row, set()).update(alone)
    return [
        SayingRow(load, file or None, sheet or None, number or None, _in_order(letters))
        for (load, file, sheet, number), letters in sorted(rows.items())
    ]


def _in_order(letters: Iterable[str]) -> tuple[str, ...]:
    """Column letters as they stand in a sheet: B, Z, AA."""
    return tuple(sorted(letters, key=lambda letter: (len(letter), letter)))
