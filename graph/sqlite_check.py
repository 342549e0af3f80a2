"""A SQLite store against its own ledger: every difference, and every part that cannot be read.

The records are gone through once for each part of the nodes, so that a large store is checked in
the memory of a small one.
"""

import sqlite3
import struct
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from graph import sqlite_ledger
from graph.differences import Difference, Fault, differences
from graph.ledger import RECORD_BITS, is_department, load_of, part_of
from graph.settling import Voice, settled
from graph.sqlite_graph import Fields, told
from graph.sqlite_links import BY_KEY, LINK_KINDS
from graph.sqlite_mentions import NODE_BITS, Link, by_link, decode
from graph.sqlite_records import DamagedRecord, Run, by_element, runs_in
from schema.field import Value
from schema.records import is_relation, relation_key
from schema.text import Text

Says = tuple[Value, ...]
"""The fields and values that a record tells of an element, one after the other."""
Told = dict[Says, list[int]]
"""The numbers of the records that say each."""
RECORDS_AT_ONCE = 150_000
"""Of so many records all that they say is held in memory."""
_SHOWN = 5
NOT_AS_WRITTEN = Text("ikke som det blev skrevet", "not as it was written")
RECORDS_LOST = Text("ikke alle dens poster er der", "not all its records are there")
NO_LOAD = Text("poster uden deres indlæsning", "records without their load")
STANDS_OTHERWISE = Text(
    "at den gælder eller er fortrudt, passer ikke med historikken",
    "whether it stands or is undone does not agree with the history",
)
NOT_LED_TO = Text(
    "holdt i indlæsningen, men ikke ført tilbage til den",
    "held in the load, but not led back to it",
)
_NOWHERE = (1 << RECORD_BITS) - 1
"""The place of a record that a load is said to have, where it has none."""
_UNREADABLE = (ValueError, KeyError, IndexError, TypeError, struct.error)


def check(connection: sqlite3.Connection) -> list[Difference]:
    """All differences, those of the file itself first."""
    found = [*_file(connection), *_records(connection)]
    (count,) = connection.execute("SELECT count(*) FROM record").fetchone()
    parts = 1 + count // RECORDS_AT_ONCE
    for part in range(parts):
        found += _Part(connection, part, parts).differences()
    return found


def _file(connection: sqlite3.Connection) -> Iterator[Difference]:
    for (message,) in connection.execute("PRAGMA integrity_check(20)"):
        if message != "ok":
            yield Difference(Fault.DAMAGED, "sqlite", kept=message)


def _records(connection: sqlite3.Connection) -> Iterator[Difference]:
    """Records that are not as they were written, and loads without some of theirs."""
    for changed in sqlite_ledger.changed_rows(connection):
        yield Difference(Fault.DAMAGED, changed, kept=NOT_AS_WRITTEN)
    for load in sqlite_ledger.undone_without_a_step(connection):
        yield Difference(Fault.DAMAGED, f"load {load}", kept=STANDS_OTHERWISE)
    counts: Counter[int] = Counter()
    for row in sqlite_ledger.rows_between(connection, 0, 1 << 62):
        counts[load_of(row[0])] += 1
        try:
            if row[2] != row[1].partition(" ")[0]:
                raise DamagedRecord(row[0])
            runs_in(row)
        except (DamagedRecord, *_UNREADABLE):
            yield Difference(Fault.DAMAGED, _record(row[0]), kept=NOT_AS_WRITTEN)
    for load, records in connection.execute("SELECT number, records FROM load"):
        if counts.pop(load, 0) != records:
            yield Difference(Fault.DAMAGED, f"load {load}", kept=RECORDS_LOST)
    for number in counts:
        yield Difference(Fault.DAMAGED, f"load {number}", kept=NO_LOAD)


def _record(number: int) -> str:
    return f"load {number >> RECORD_BITS}, record {number & ((1 << RECORD_BITS) - 1)}"


class _Part:
    """The nodes of one part, with the relationships that start at them."""

    def __init__(self, connection: sqlite3.Connection, part: int, parts: int) -> None:
        self._connection, self._part, self._parts = connection, part, parts
        self._keys = dict(connection.execute("SELECT id, key FROM node"))
        self._said: dict[str, Told] = {}
        self._damaged: list[Difference] = []

    def _is_in(self, element: str) -> bool:
        if self._parts == 1:
            return True
        return crc32(element.partition(" ")[0].encode()) % self._parts == self._part

    def differences(self) -> list[Difference]:
        for row in sqlite_ledger.standing(self._connection, None, None):
            try:
                self._hear(row[0], runs_in(row))
            except (DamagedRecord, *_UNREADABLE):  # told already
                continue
        found = differences(self._anew(), dict(self._kept()))
        found += self._mentions()
        return [*self._damaged, *found]

    def _hear(self, number: int, runs: Iterable[Run]) -> None:
        for element, run in by_element(runs).items():
            if self._is_in(element):
                says = tuple(run[1])
                self._said.setdefault(element, {}).setdefault(says, []).append(number)

    def _anew(self) -> dict[str, Fields]:
        """What the records say, of relationships the structural fields."""
        graph: dict[str, Fields] = {}
        for element, said in self._said.items():
            fields = settled(element, _voices(said))
            if is_relation(element):
                kind = BY_KEY[element.split(" ")[1]]
                # As its codes tell them: several words have no order of their own.
                graph[element] = kind.told(kind.pack(0, fields))
            else:
                graph[element] = fields
                if is_department(element):
                    graph[part_of(element, fields)] = {}
        return graph

    def _kept(self) -> Iterator[tuple[str, Fields]]:
        """What the nodes' rows hold."""
        for row in self._connection.execute("SELECT * FROM node"):
            key = str(row[1])
            if self._is_in(key):
                try:
                    yield from list(self._row(row))
                except _UNREADABLE as error:
                    self._damaged.append(Difference(Fault.DAMAGED, key, kept=str(error)))

    def _row(self, row: tuple[object, ...]) -> Iterator[tuple[str, Fields]]:
        _, source, fields, *links = row
        if isinstance(fields, str):
            yield str(source), told(fields)
        for kind, packed in zip(LINK_KINDS, links, strict=True):
            if isinstance(packed, bytes):
                for target, piece in kind.unpack(packed).items():
                    yield relation_key(kind.key, str(source), self._keys[target]), kind.told(piece)

    def _mentions(self) -> Iterator[Difference]:
        """Elements whose records are not those that the mentions name, in groups of one voice."""
        kept: dict[str, list[list[int]]] = {}
        found_by = set(self._connection.execute("SELECT node, load FROM mention"))
        for place, stored in self._connection.execute("SELECT place, nodes FROM said"):
            load = place >> NODE_BITS
            try:
                for node, row in decode(stored).items():
                    if (node, load) not in found_by:
                        self._stray(node, load)
                        continue
                    found_by.remove((node, load))
                    key = self._keys[node]
                    if self._is_in(key):
                        for link, groups in by_link(row).items():
                            said = [[load << RECORD_BITS | n for n in group] for group in groups]
                            kept.setdefault(self._element(key, link), []).extend(said)
            except _UNREADABLE as error:
                part = f"load {load}"
                self._damaged.append(Difference(Fault.DAMAGED, part, kept=str(error)))
        for node, load in sorted(found_by):
            key = self._keys.get(node, "")
            if self._is_in(key):
                kept.setdefault(key, []).append([load << RECORD_BITS | _NOWHERE])
        for element in sorted(self._said.keys() | kept.keys()):
            yield from _sources(element, self._said.get(element, {}), kept.get(element, []))

    def _stray(self, node: int, load: int) -> None:
        """What no mention leads to, but is counted where all that a load says is."""
        key = self._keys.get(node, f"node {node}")
        if self._is_in(key):
            self._damaged.append(Difference(Fault.DAMAGED, f"load {load}, {key}", kept=NOT_LED_TO))

    def _element(self, key: str, link: Link | None) -> str:
        if link is None:
            return key
        return relation_key(LINK_KINDS[link[0]].key, key, self._keys[link[1]])


def _voices(told: Told) -> Iterator[Voice]:
    for says, numbers in told.items():
        pairs = zip(map(str, says[::2]), says[1::2], strict=True)
        yield Voice(tuple(pairs), len(numbers), numbers[0], numbers[-1])


def _sources(
    element: str, said: Mapping[Says, list[int]], kept: list[list[int]]
) -> Iterator[Difference]:
    voice = {number: i for i, numbers in enumerate(said.values()) for number in numbers}
    named = [number for group in kept for number in group]
    missing, extra = sorted(voice.keys() - set(named)), sorted(set(named) - voice.keys())
    if len(named) != len(set(named)):
        extra += [number for number, count in Counter(named).items() if count > 1]
    for group in kept:
        if len({voice.get(number) for number in group}) > 1:
            extra += group
    if missing or extra:
        yield Difference(
            Fault.SOURCES,
            element,
            said=tuple(map(_record, missing[:_SHOWN])),
            kept=tuple(map(_record, extra[:_SHOWN])),
        )
