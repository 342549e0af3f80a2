"""Where answers were read: for everything that is said, a row that says it."""

from collections.abc import Mapping, Sequence

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
    said = [told[element] for element in dict.fromkeys(elements) if told.get(element)]
    for provenances in sorted(said, key=len):
        saying = {_row(each): each for each in provenances}
        row = next((row for row in saying if row in rows), next(iter(saying)))
        rows.setdefault(row, set()).update(saying[row].columns.values())
    return tuple(
        Source(file, sheet, row, next(iter(columns)) if len(columns) == 1 else None)
        for (file, sheet, row), columns in rows.items()
    )


def _row(provenance: Provenance) -> Row:
    place = provenance.place
    return place.file or "", place.sheet, place.row
