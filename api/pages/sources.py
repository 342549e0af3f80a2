"""Where answers were read: the rows behind elements, each row once."""

from collections.abc import Mapping, Sequence

from schema.records import Provenance
from visualisations.evidence import Source

Row = tuple[str, str | None, int | None]


def sources_of(
    told: Mapping[str, Sequence[Provenance]], elements: Sequence[str]
) -> tuple[Source, ...]:
    """The rows that say any of these elements, in their order; with a column where one column of
    the row says it all."""
    rows: dict[Row, set[str | None]] = {}
    for element in elements:
        for provenance in told.get(element, ()):
            place = provenance.place
            row = (place.file or "", place.sheet, place.row)
            rows.setdefault(row, set()).update(provenance.columns.values())
    return tuple(
        Source(file, sheet, row, next(iter(columns)) if len(columns) == 1 else None)
        for (file, sheet, row), columns in rows.items()
    )
