"""Which records stand, and what the records that stand say: the rules that every store shares."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schema.field import Field, FieldType, Rule, Value
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.records import (
    EXISTS,
    Record,
    is_relation,
    parse_relation,
    relation_key,
)

RECORD_BITS = 24
"""A record's number is its load's number above this many bits, and its place in the load below."""


def record_number(load: int, place: int) -> int:
    """The number of a load's record: numbers grow in the order of loads and rows."""
    if place >= 1 << RECORD_BITS:
        raise ValueError(f"a load holds at most {1 << RECORD_BITS} records")
    return (load << RECORD_BITS) | place


@dataclass(frozen=True, slots=True)
class RecordHead:
    """As much of a record as decides whether it stands."""

    number: int
    key: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One standing load of a source."""

    load: int
    remove_missing: bool
    heads: Sequence[RecordHead]


def standing_numbers(editions: Iterable[Edition]) -> set[int]:
    """The records of one source that stand: per key those of the newest edition that has it."""
    newest: dict[str, list[int]] = {}
    for edition in sorted(editions, key=lambda edition: edition.load):
        if edition.remove_missing:
            newest.clear()
        of_this: dict[str, list[int]] = {}
        for head in edition.heads:
            of_this.setdefault(head.key, []).append(head.number)
        newest.update(of_this)
    return {number for numbers in newest.values() for number in numbers}


def field_of(element: str, name: str) -> Field:
    """The declaration of a field of a node or relationship."""
    if is_relation(element):
        return ONTOLOGY.relations[parse_relation(element)[0]].by_name[name]
    return ONTOLOGY.nodes[kind_of(element)].by_name[name]


def _common(values: Sequence[Value]) -> Value:
    counts = Counter(values)
    return max(dict.fromkeys(values), key=lambda value: counts[value])


def _union(values: Sequence[Value]) -> Value:
    parts = [part for value in values for part in (value if isinstance(value, tuple) else (value,))]
    return tuple(sorted({str(part) for part in parts}))


def _highest(field: Field, values: Sequence[Value]) -> Value:
    if field.type is FieldType.WORD and field.vocabulary is not None:
        codes = field.vocabulary.codes
        return max(values, key=lambda value: codes[str(value)])
    return max(values, key=lambda value: float(value) if not isinstance(value, tuple) else 0.0)


def settle(field: Field, values: Sequence[Value]) -> Value:
    """The value that holds, of several stated in the order of loads and rows."""
    match field.rule:
        case Rule.LATEST | Rule.OWN:
            return values[-1]
        case Rule.COMMON:
            return _common(values)
        case Rule.UNION:
            return _union(values)
        case Rule.HIGHEST:
            return _highest(field, values)


def said(records: Iterable[Record], only: set[str] | None = None) -> dict[str, dict[str, Value]]:
    """What these records, in their order, say: fields by element, of all elements or ``only``
    these. A department's PART_OF is not among them: see ``part_of``."""
    stated: dict[str, dict[str, list[Value]]] = {}
    for record in records:
        for statement in record.statements:
            if only is None or statement.element in only:
                fields = stated.setdefault(statement.element, {})
                if statement.field != EXISTS:
                    fields.setdefault(statement.field, []).append(statement.value)
    return {
        element: {name: settle(field_of(element, name), values) for name, values in fields.items()}
        for element, fields in stated.items()
    }


def part_of(department: str, fields: Mapping[str, Value]) -> str:
    """The PART_OF relationship of a department: to the parent it names, else its municipality."""
    parent = fields.get("parent")
    return relation_key("PART_OF", department, str(parent or municipality_of(department)))


def is_department(element: str) -> bool:
    """Whether the element is a department's node, whose PART_OF follows from it."""
    return not is_relation(element) and kind_of(element) == "department"


def graph_of(records: Iterable[Record]) -> dict[str, dict[str, Value]]:
    """The whole graph that these records, in their order, say: PART_OF included."""
    graph = said(records)
    for element, fields in list(graph.items()):
        if is_department(element):
            graph[part_of(element, fields)] = {}
    return graph
