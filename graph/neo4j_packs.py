"""Records as the ledger in Neo4j keeps them: so many to a node, what they say packed together."""

import zlib
from collections.abc import Iterable, Iterator, Sequence

import orjson

from graph.ledger import load_of
from schema.field import Value
from schema.messages import Place
from schema.records import KeptRecord, Record, Statement

PACK = 32
"""Records to a node: few enough that one record is read quickly, enough to pack well."""

Properties = dict[str, object]


def first_of(number: int) -> int:
    """The number of the first record in the node that holds the record with this number."""
    return number - number % PACK


def packed(records: Iterable[KeptRecord]) -> Iterator[Properties]:
    """The nodes that hold these records, which are in the order of their numbers.

    ``keys``, ``sheets`` and ``rows`` can be read by anyone, in the records' order; ``said`` holds
    a line of JSON for each, compressed: file, sheet, row, and the statements.
    """
    some: list[KeptRecord] = []
    for kept in records:
        if some and first_of(kept.number) != first_of(some[0].number):
            yield _pack(some)
            some = []
        some.append(kept)
    if some:
        yield _pack(some)


def _pack(records: Sequence[KeptRecord]) -> Properties:
    lines = [_line(kept.record) for kept in records]
    return {
        "first": records[0].number,
        "keys": [kept.record.key for kept in records],
        "sheets": [kept.record.place.sheet or "" for kept in records],
        "rows": [kept.record.place.row or 0 for kept in records],
        "said": zlib.compress(b"\n".join(lines), 1),
    }


def _line(record: Record) -> bytes:
    place = record.place
    said = [(s.element, s.field, s.value, s.column) for s in record.statements]
    return orjson.dumps((place.file, place.sheet, place.row, said))


def unpacked(
    first: int, keys: Sequence[str], said: bytes, wanted: set[int] | None = None
) -> Iterator[KeptRecord]:
    """The records of a node, or those with the wanted numbers. Raises ValueError where what is
    packed is not what was written."""
    try:
        lines = zlib.decompress(said).split(b"\n")
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault
    for number, (key, line) in enumerate(zip(keys, lines, strict=True), first):
        if wanted is None or number in wanted:
            file, sheet, row, statements = orjson.loads(line)
            place = Place(file, sheet, row)
            told = tuple(Statement(e, f, _value(v), column) for e, f, v, column in statements)
            yield KeptRecord(number, load_of(number), Record(key, place, told))


def elements_in(said: bytes) -> Iterator[str]:
    """The elements that the records of a node mention, again where they are mentioned again."""
    for line in zlib.decompress(said).split(b"\n"):
        yield from (statement[0] for statement in orjson.loads(line)[3])


def _value(value: object) -> Value:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]


def size_of(pack: Properties) -> int:
    """About how many bytes a node's properties take on the way."""
    keys, said = pack["keys"], pack["said"]
    return sum(map(len, keys)) + len(said)  # type: ignore[call-overload, arg-type]
