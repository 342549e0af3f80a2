"""Which records stand, and what the records that stand say: the rules that every store shares."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.settling import Voice, settled
from schema.field import Value
from schema.names import kind_of, municipality_of
from schema.records import KeptRecord, LoadSummary, Record, is_relation, relation_key

RECORD_BITS = 24
"""A record's number is its load's number above this many bits, and its place in the load below."""


def record_number(load: int, place: int) -> int:
    """The number of a load's record: numbers grow in the order of loads and rows."""
    if place >= 1 << RECORD_BITS:
        raise ValueError(f"a load holds at most {1 << RECORD_BITS} records")
    return (load << RECORD_BITS) | place


def load_of(record: int) -> int:
    """The number of the load that the record with this number came in."""
    return record >> RECORD_BITS


@dataclass(frozen=True, slots=True)
class Revision:
    """One step of a store: who did what (``load``, ``undo`` or ``redo``) with which load."""

    number: int
    at: datetime
    actor: str
    what: str
    load: int


@dataclass(frozen=True)
class Ledger:
    """Everything that a store keeps, of one revision; the graph follows from it.

    ``records`` are those of all loads, standing or not, in the order of their numbers, streamed:
    they can be gone through once. Which of them stand follows from the loads that do
    (``standing_numbers`` of each source).
    """

    revisions: Sequence[Revision]
    loads: Sequence[LoadSummary]
    records: Iterable[KeptRecord]


Says = tuple[tuple[str, Value], ...]


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


def replaced_numbers(editions: Sequence[Edition]) -> set[int]:
    """The records of one source's standing loads that do not stand."""
    there = {head.number for edition in editions for head in edition.heads}
    return there - standing_numbers(editions)


def replaced_by(
    keys: Collection[str], remove_missing: bool, standing: Iterable[RecordHead]
) -> frozenset[int]:
    """The records of a source that stand until an edition newer than all of its others, with
    records of these keys, takes their place."""
    return frozenset(each.number for each in standing if remove_missing or each.key in keys)


def said(records: Iterable[Record]) -> dict[str, dict[str, Value]]:
    """What these records, in their order, say: fields by element. A department's PART_OF is not
    among them: see ``part_of``."""
    voices: dict[str, list[Voice]] = {}
    for place, record in enumerate(records):
        for element, says in by_element(record).items():
            voices.setdefault(element, []).append(Voice(says, 1, place, place))
    return {element: settled(element, heard) for element, heard in voices.items()}


def by_element(record: Record) -> dict[str, Says]:
    """What a record says of each element that it mentions: fields and values, in its order."""
    says: dict[str, Says] = {}
    for statement in record.statements:
        said_before = says.get(statement.element, ())
        says[statement.element] = (*said_before, (statement.field, statement.value))
    return says


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
