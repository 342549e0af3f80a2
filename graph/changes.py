"""What applying or undoing a load changes: worked out once for every store."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.ledger import Edition, standing_numbers
from schema.records import KeptRecord, Provenance, Record, is_relation, parse_relation


@dataclass(frozen=True)
class Standing:
    """The records of a source that come to stand and that cease to."""

    rising: frozenset[int]
    falling: frozenset[int]


def standing_change(before: Iterable[Edition], after: Iterable[Edition]) -> Standing:
    """What changes when a source's standing loads go from ``before`` to ``after``."""
    old, new = standing_numbers(before), standing_numbers(after)
    return Standing(frozenset(new - old), frozenset(old - new))


def check_closed(records: Iterable[Record]) -> None:
    """Raise ValueError unless each record names both ends of every relationship that it states,
    so that a relationship never stands without its nodes, whatever is undone."""
    for record in records:
        said = set(record.elements())
        for element in said:
            if is_relation(element):
                _, source, target = parse_relation(element)
                if not {source, target} <= said:
                    raise ValueError(f"{record.key} states {element} but not both its ends")


def provenance(kept: KeptRecord, element: str) -> Provenance:
    """What a record says of an element: its place, and the column of each field."""
    columns = {
        statement.field: statement.column
        for statement in kept.record.statements
        if statement.element == element
    }
    return Provenance(kept.load, kept.record.place, columns)
