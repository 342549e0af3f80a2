"""What applying or undoing a load changes: worked out once for every store."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.ledger import Edition, is_department, part_of, said, standing_numbers
from schema.field import Value
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


def elements_of(records: Iterable[Record]) -> set[str]:
    """All elements that these records mention."""
    return {element for record in records for element in record.elements()}


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


@dataclass(frozen=True)
class GraphChange:
    """The elements to write with all their fields, and those to take away.

    ``part_of`` gives each touched department's PART_OF relationship, or None where the
    department is gone; a store replaces whatever it has of it.
    """

    write: Mapping[str, Mapping[str, Value]]
    delete: frozenset[str]
    part_of: Mapping[str, str | None]


def graph_change(touched: set[str], standing: Sequence[KeptRecord]) -> GraphChange:
    """What the touched elements are, given all standing records that mention them."""
    ordered = [kept.record for kept in sorted(standing, key=lambda kept: kept.number)]
    return change_to(touched, said(ordered, touched))


def change_to(touched: set[str], write: Mapping[str, Mapping[str, Value]]) -> GraphChange:
    """What to write and what to delete so that the touched elements have these fields."""
    gone = frozenset(touched - write.keys())
    parts: dict[str, str | None] = {
        element: part_of(element, write[element]) if element in write else None
        for element in touched
        if is_department(element)
    }
    return GraphChange(write, gone, parts)


def provenance(kept: KeptRecord, element: str) -> Provenance:
    """What a record says of an element: its place, and the column of each field."""
    columns = {
        statement.field: statement.column
        for statement in kept.record.statements
        if statement.element == element
    }
    return Provenance(kept.load, kept.record.place, columns)
