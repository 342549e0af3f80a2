"""Where answers were read: of the rows that tell of something, the fewest that say it all."""

from collections.abc import Mapping, Sequence

from graph.provenance import rows_saying, telling
from schema.records import Provenance
from visualisations.evidence import Source

Row = tuple[str, str | None, int | None]


def sources_of(
    told: Mapping[str, Sequence[Provenance]], elements: Sequence[str]
) -> tuple[Source, ...]:
    """Rows that together say all of these elements, each row once. What only one row says comes
    first; of what several say, a row that is already there is enough. A row stands with a column
    where one column of it says all."""
    rows: dict[Row, set[str | None]] = {}
    said = [telling(told[each]) for each in dict.fromkeys(elements) if told.get(each)]
    for provenances in sorted(said, key=len):
        saying = {_row(each): each for each in provenances}
        row = next((row for row in saying if row in rows), next(iter(saying)))
        rows.setdefault(row, set()).update(saying[row].columns.values())
    return tuple(
        Source(file, sheet, row, next(iter(columns)) if len(columns) == 1 else None)
        for (file, sheet, row), columns in rows.items()
    )


def count_of(told: Mapping[str, Sequence[Provenance]], elements: Sequence[str]) -> int:
    """How many rows there are in all that tell of these elements."""
    return len({(said.file, said.sheet, said.row) for said in rows_saying(told, elements)})


def _row(provenance: Provenance) -> Row:
    place = provenance.place
    return place.file or "", place.sheet, place.row
