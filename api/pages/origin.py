"""Where values were read: for every field the row that it stands by, and the column's letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schema.field import Field, Rule
from schema.records import EXISTS, Provenance
from schema.text import Text

MOST = 8
ALL_STAND = (Rule.UNION, Rule.HIGHEST)
"""The rules by which more rows than the newest one make the value."""


@dataclass(frozen=True, slots=True)
class OriginRow:
    """A row of a sheet, and the fields that it says, each with its column's letter."""

    file: str | None
    sheet: str | None
    row: int | None
    columns: tuple[tuple[Text, str | None], ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The rows that an element's values come from; ``more`` rows say the same or older things."""

    rows: tuple[OriginRow, ...]
    more: int = 0


def origin_of(
    fields: Mapping[str, Field], said: Sequence[Provenance], most: int = MOST
) -> Origin | None:
    """Where what is told of an element was read; None where no row tells of it.

    ``said`` is in the order of the records, so the last one that names a field is the newest.
    """
    if not said:
        return None
    needed = sorted(_telling(fields, said) or {len(said) - 1})
    rows = tuple(_row(fields, said[place]) for place in needed[:most])
    return Origin(rows, len(said) - len(rows))


def _telling(fields: Mapping[str, Field], said: Sequence[Provenance]) -> set[int]:
    """The rows that make the values. A name, which nearly every row says, needs none of its own
    where a row that is already there says it too."""
    needed: set[int] = set()
    for name, field in sorted(fields.items(), key=lambda each: each[1].rule is Rule.COMMON):
        places = [place for place, each in enumerate(said) if name in each.columns]
        if field.rule in ALL_STAND:
            needed |= set(places)
        elif field.rule is not Rule.COMMON or needed.isdisjoint(places):
            needed |= set(places[-1:])
    return needed


def _row(fields: Mapping[str, Field], said: Provenance) -> OriginRow:
    columns = [
        (fields[name].label, letter) for name, letter in said.columns.items() if name in fields
    ]
    whole = said.columns.get(EXISTS)
    if not columns and whole is not None:
        columns = [(Text("hele forbindelsen", "the relationship itself"), whole)]
    place = said.place
    return OriginRow(place.file, place.sheet, place.row, tuple(columns))
