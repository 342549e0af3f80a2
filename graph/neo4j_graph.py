"""The graph's own nodes and relationships in Neo4j: written and read back in batches."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from neo4j import ManagedTransaction, Result, Transaction

from graph import neo4j_cypher as cypher
from graph.neo4j_heard import SAID_BY, Heard, heard_of
from graph.neo4j_model import (
    Group,
    ends,
    field_value,
    grouped,
    listed,
    owner,
    pattern,
    properties,
    told,
)
from schema.field import Value
from schema.ontology import ONTOLOGY
from schema.records import is_relation, parse_relation, relation_key

Tx = ManagedTransaction | Transaction
T = TypeVar("T")

ROWS, BYTES = 5_000, 4_000_000
"""What one statement takes at most, so that neither side holds more than it must."""

Row = list[Any] | dict[str, object]


@dataclass(slots=True)
class Element:
    """A node or relationship: its fields, and who says them."""

    fields: Mapping[str, Value]
    heard: Heard = field(default_factory=Heard)


def pieces(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The rows, so many at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _batches(rows: Iterable[tuple[Row, int]]) -> Iterator[list[Row]]:
    """Rows, each with its size in bytes, as many at a time as one statement takes."""
    some: list[Row] = []
    size = 0
    for row, bytes_of_it in rows:
        some.append(row)
        size += bytes_of_it
        if len(some) == ROWS or size >= BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some


def _each(
    tx: Tx, elements: Iterable[str], what: Callable[[Group], str], **given: int | None
) -> Iterator[tuple[str, Group, Any]]:
    """What is asked for of each of these elements that exists, with the element's group."""
    wanted = list(elements)
    for groups, related in ((cypher.NODES, False), (cypher.RELATIONS, True)):
        of_these = [element for element in wanted if is_relation(element) is related]
        query = cypher.reading(groups, what)
        for some in pieces(of_these, ROWS):
            by_group = grouped(some)
            rows = [[ends(element) for element in by_group.get(group, ())] for group in groups]
            answer = tx.run(query, {**given, "rows": rows}).single(strict=True)
            for group, found in zip(groups, answer.values(), strict=True):
                for row, stored in found:
                    element = row[0] if len(row) == 1 else relation_key(group[0], *row)
                    yield element, group, stored


def said_by(tx: Tx, elements: Iterable[str], first: int | None = None) -> dict[str, list[int]]:
    """The numbers of the standing records that say each of these elements that exists, the oldest
    first; with ``first`` only so many of each."""
    found = _each(tx, dict.fromkeys(elements), cypher.records_of, first=first)
    return {element: numbers or [] for element, _, numbers in found}


def source_counts(tx: Tx, elements: Iterable[str]) -> dict[str, int]:
    """How many standing records say each of these elements that exists."""
    found = _each(tx, dict.fromkeys(elements), cypher.count_of)
    return {element: count or 0 for element, _, count in found}


def said_within(tx: Tx, elements: Iterable[str], start: int, upto: int) -> dict[str, int]:
    """Those of these elements that only records with numbers from ``start`` on and below ``upto``
    say, each with the first of these."""
    found = _each(tx, elements, cypher.only_within, upto=upto)
    return {element: first for element, _, first in found if first is not None and first >= start}


def details(tx: Tx, elements: Iterable[str]) -> dict[str, Mapping[str, Value]]:
    """All fields of each of these elements that exists."""
    found = _each(tx, dict.fromkeys(elements), cypher.fields_of)
    return {element: told(owner(group).fields, stored) for element, group, stored in found}


def there(tx: Tx, elements: Collection[str]) -> dict[str, Element]:
    """Each of these elements that exists. Both ends of every relationship are among them: where
    one is not there, neither is the relationship, and it is not looked for."""
    nodes = heard(tx, (each for each in elements if not is_relation(each)))
    between = (each for each in elements if is_relation(each) and _has_ends(each, nodes))
    return {**nodes, **heard(tx, between)}


def _has_ends(relation: str, nodes: Mapping[str, Element]) -> bool:
    _, source, target = parse_relation(relation)
    return source in nodes and target in nodes


def heard(tx: Tx, elements: Iterable[str]) -> dict[str, Element]:
    """Each of these elements that exists, with who says what of it."""
    return dict(_elements(tx, elements))


def _elements(tx: Tx, elements: Iterable[str]) -> Iterator[tuple[str, Element]]:
    for element, group, stored in _each(tx, elements, cypher.all_of):
        names = _names(group[0])
        fields = {
            names[camel]: value
            for camel, kept in stored.items()
            if camel in names and (value := field_value(kept)) is not None
        }
        yield element, Element(fields, heard_of(fields, stored))


@cache
def _names(kind: str) -> dict[str, str]:
    """The fields' names by their properties' names."""
    fields = (ONTOLOGY.nodes.get(kind) or ONTOLOGY.relations[kind]).fields
    return {field.camel: field.name for field in fields}


def delete(tx: Tx, elements: Iterable[str]) -> None:
    """Take these elements away, relationships first."""
    by_group = grouped(elements)
    for group in sorted(by_group, key=len, reverse=True):
        for rows in pieces([ends(element) for element in by_group[group]], ROWS):
            tx.run(cypher.deleting(group), rows=[rows]).consume()


def create(tx: Tx, elements: Iterable[str], element_of: Callable[[Group, str], Element]) -> None:
    """Make elements that are not there yet, nodes before the relationships between them. What each
    is to be is asked for when it is its turn, while the server writes those before it."""
    with written_behind(tx) as write:
        for group, some in _nodes_first(elements):
            rows = (_new(group, element, element_of(group, element)) for element in some)
            for batch in _batches(rows):
                write(cypher.creating(group), batch)


def change(tx: Tx, elements: Mapping[str, Element]) -> None:
    """Give elements that are there their fields and what was heard of them anew."""
    with written_behind(tx) as write:
        for group, some in _nodes_first(elements):
            rows = (_changed(group, element, elements[element]) for element in some)
            for batch in _batches(rows):
                write(cypher.setting(group), batch)


def _nodes_first(elements: Iterable[str]) -> list[tuple[Group, list[str]]]:
    return sorted(grouped(elements).items(), key=lambda each: len(each[0]))


@contextmanager
def written_behind(tx: Tx) -> Iterator[Callable[[str, Sequence[Row]], None]]:
    """Write batches of rows, each by a statement that returns how many it has written. The server
    works at one while the next is made ready, and all have been written when the block ends."""
    under_way: list[tuple[str, int, Result]] = []

    def write(query: str, rows: Sequence[Row]) -> None:
        answer = tx.run(query, rows=[rows])
        settle()
        under_way.append((query, len(rows), answer))

    def settle() -> None:
        for query, wanted, answer in under_way:
            written = answer.single(strict=True).value()
            if written != wanted:
                missing = wanted - written
                raise ValueError(f"{missing} rows lead to nodes that are not there: {query}")
        under_way.clear()

    yield write
    settle()


def _new(group: Group, element: str, made: Element) -> tuple[Row, int]:
    stored = _stored(group, element, made)
    return (stored if len(group) == 1 else [*ends(element), stored]), _size(stored)


def _changed(group: Group, element: str, now: Element) -> tuple[Row, int]:
    stored = _stored(group, element, now)
    return [*ends(element), stored], _size(stored)


def _stored(group: Group, element: str, made: Element) -> dict[str, object]:
    kept = properties(owner(group), made.fields)
    if made.heard.numbers:
        kept |= made.heard.kept(made.fields)
    if len(group) == 1:
        kept["id"] = element
    return kept


def _size(stored: Mapping[str, object]) -> int:
    """About how many bytes the properties take on the way."""
    size = 100
    for value in stored.values():
        if isinstance(value, str):
            size += len(value)
        elif isinstance(value, list):
            size += 9 * len(value)
    return size


def everything(tx: Tx) -> Iterator[tuple[str, dict[str, Value], list[int]]]:
    """All elements with all their fields, and the numbers of the records that say them."""
    for kind, node_kind in ONTOLOGY.nodes.items():
        row = listed("e.id", f"e.{SAID_BY}", fields=node_kind.fields)
        for node, numbers, *stored in tx.run(f"MATCH {pattern((kind,))} RETURN {row}").value():
            yield node, told(node_kind.fields, stored), numbers or []
    for kind, relation in ONTOLOGY.relations.items():
        row = listed("a.id", "b.id", f"e.{SAID_BY}", fields=relation.fields)
        found = tx.run(f"MATCH (a)-[e:{kind}]->(b) RETURN {row} AS row")
        for source, target, numbers, *stored in (each["row"] for each in found):
            yield relation_key(kind, source, target), told(relation.fields, stored), numbers or []
