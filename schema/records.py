"""What is loaded: statements, the records (rows) that make them, and the loads they came in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from schema.field import Value
from schema.messages import Place

EXISTS = ""
"""The field of a statement that says no more than that a relationship exists."""


def relation_key(relation: str, source: str, target: str) -> str:
    """The key of a relationship as an element: ``SOURCE USES TARGET``."""
    return f"{source} {relation} {target}"


def is_relation(element: str) -> bool:
    """Whether an element's key is a relationship's; a node's key is its id, without blanks."""
    return " " in element


def parse_relation(element: str) -> tuple[str, str, str]:
    """The kind, source and target in a relationship's key."""
    source, relation, target = element.split(" ")
    return relation, source, target


class Statement(NamedTuple):
    """One thing that a row says: a field's value on a node or relationship, and its column. Loads
    hold millions, so it is a tuple: made and compared in C."""

    element: str
    field: str
    value: Value
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One row as it was understood. ``key`` is what the row is about within its source (the
    sheet's kind and its main element): a newer edition's record takes the place of an older
    one with the same key; one without statements lets it fall."""

    key: str
    place: Place
    statements: tuple[Statement, ...]

    def elements(self) -> Iterator[str]:
        yield from dict.fromkeys(statement.element for statement in self.statements)


@dataclass(frozen=True)
class Load:
    """One reading of files, ready to be applied.

    ``resolved_at`` is the revision that its names were resolved against. With ``remove_missing``
    the source's older records fall also where this load does not mention them.
    """

    source: str
    records: tuple[Record, ...]
    resolved_at: int
    files: tuple[str, ...] = ()
    remove_missing: bool = False
    actor: str = "local"
    at: datetime | None = None


@dataclass(frozen=True)
class LoadSummary:
    """A load as the history shows it."""

    number: int
    source: str
    files: tuple[str, ...]
    at: datetime
    actor: str
    remove_missing: bool
    records: int
    stands: bool
    revision: int
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record in the ledger: numbered in the order of loads and rows."""

    number: int
    load: int
    record: Record


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which record says what of an element: the row, and the column of each field."""

    load: int
    place: Place
    columns: dict[str, str | None] = field(default_factory=dict)
