"""What a load, an undo or a redo does to the graph in SQLite: records come to stand or cease to,
and every element that they mention is settled once."""

import gc
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from graph.ledger import RECORD_BITS, is_department, part_of
from graph.settling import alone, grown, settled
from graph.sqlite_graph import Fields, Rows, told
from graph.sqlite_heard import Heard, Told, pairs, voices
from graph.sqlite_ledger import record_rows
from graph.sqlite_links import BY_KEY, LinkKind
from graph.sqlite_mentions import Said, add, add_first, take, voices_of
from graph.sqlite_records import runs_in
from schema.field import Value

_PART_OF = BY_KEY["PART_OF"]
ByLoad = Mapping[int, Heard]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Python looks again and again for cycles among the millions of values that a large load
    makes, and there are none: let it wait."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def heard_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Heard]:
    """What these records say, by load."""
    by_load: dict[int, Heard] = {}
    for row in record_rows(connection, numbers):
        load, place = row[0] >> RECORD_BITS, row[0] & ((1 << RECORD_BITS) - 1)
        by_load.setdefault(load, Heard()).hear(place, runs_in(row))
    return by_load


def add_newest(connection: sqlite3.Connection, load: int, heard: Heard) -> None:
    """Let records stand that are newer than all that do, where none has to fall."""
    move = _Move(connection, Rows(connection))
    move.rows.fetch(heard.nodes)
    add_first(connection, load, _said(move.rows, heard))
    move.grow(heard)
    move.write()


def move(
    connection: sqlite3.Connection, rising: ByLoad, falling: ByLoad, newest: int | None = None
) -> None:
    """Let records stand and fall. Those of the load ``newest`` are newer than all that stood."""
    change = _Move(connection, Rows(connection))
    for heard in (*falling.values(), *rising.values()):
        change.rows.fetch(heard.nodes)
    change.rows.write_new()
    for load, heard in falling.items():
        take(connection, load, _said(change.rows, heard))
    for load, heard in rising.items():
        put = add_first if load == newest else add
        put(connection, load, _said(change.rows, heard))
    anew = [*falling.values(), *(heard for load, heard in rising.items() if load != newest)]
    change.settle_anew(dict.fromkeys(e for heard in anew for e in heard.elements()), anew)
    if newest is not None and newest in rising:
        change.grow(rising[newest])
    change.write()


def _said(rows: Rows, heard: Heard) -> dict[int, Said]:
    """The rows of mentions that the records make."""
    said: dict[int, Said] = {
        rows[node].id: {None: list(groups.values())} for node, groups in heard.nodes.items()
    }
    for relation, groups in heard.relations.items():
        kind, source, target = heard.ends[relation]
        link = BY_KEY[kind].number, rows[target].id
        said[rows[source].id][link] = list(groups.values())
    return said


@dataclass
class _Move:
    """The nodes' rows on their way from what they are to what they are to be."""

    connection: sqlite3.Connection
    rows: Rows
    links: dict[tuple[str, LinkKind], dict[int, bytes]] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    departments: dict[str, Fields | None] = field(default_factory=dict)

    def grow(self, heard: Heard) -> None:
        """Settle what newer records say beside what stood before, but what is settled already."""
        spelt_otherwise = []
        for node, said in heard.nodes.items():
            if node not in self.done and not self._grow_node(node, said):
                spelt_otherwise.append(node)
        for relation, said in heard.relations.items():
            if relation not in self.done:
                self._grow_relation(relation, said, heard.ends[relation])
        self._settle_nodes(spelt_otherwise)

    def _grow_node(self, node: str, said: Told) -> bool:
        """Whether it follows from what the node was; else all that is said of it is needed."""
        row = self.rows[node]
        if len(said) == 1:
            (says,) = said
            newer = alone(node, pairs(says))
        else:
            newer = settled(node, voices(said))
        if row.fields is None:
            self._set_node(node, newer)
            return True
        before = told(row.fields)
        if len(said) == 1 and newer.items() <= before.items():
            fields: Fields | None = before
        else:
            fields = grown(node, before, voices(said))
        if fields is None:
            return False
        self._set_node(node, fields)
        return True

    def _grow_relation(self, relation: str, said: Told, ends: tuple[str, str, str]) -> None:
        kind, source, target = BY_KEY[ends[0]], ends[1], self.rows[ends[2]].id
        links = self._links(source, kind)
        piece = links.get(target)
        if piece is not None and not kind.structural:
            return
        if piece is None and len(said) == 1:
            (says,) = said
            fields: dict[str, Value] | None = alone(relation, pairs(says))
        elif piece is None:
            fields = settled(relation, voices(said))
        else:
            fields = grown(relation, kind.told(piece), voices(said))
        links[target] = kind.pack(target, fields or {})

    def settle_anew(self, elements: Iterable[str], heard: Iterable[Heard]) -> None:
        """Settle elements from all that the standing records say of them now."""
        ends = {relation: of for each in heard for relation, of in each.ends.items()}
        nodes = [element for element in elements if element not in ends]
        self._settle_nodes(nodes)
        told = voices_of(self.connection, ends)
        for relation, (key, source, target) in ends.items():
            kind, number = BY_KEY[key], self.rows[target].id
            links = self._links(source, kind)
            if relation in told:
                links[number] = kind.pack(number, settled(relation, told[relation]))
            else:
                links.pop(number, None)
        self.done.update(nodes, ends)

    def _settle_nodes(self, nodes: Iterable[str]) -> None:
        said = voices_of(self.connection, nodes)
        for node in nodes:
            self._set_node(node, settled(node, said[node]) if node in said else None)

    def _set_node(self, node: str, fields: Fields | None) -> None:
        self.rows.set_fields(node, fields)
        if is_department(node):
            self.departments[node] = fields

    def _links(self, source: str, kind: LinkKind) -> dict[int, bytes]:
        links = self.links.get((source, kind))
        if links is None:
            packed = self.rows[source].links[kind.number]
            links = self.links[source, kind] = kind.unpack(packed)
        return links

    def write(self) -> None:
        """Write the rows that are new or changed, each department part of what it says."""
        wholes = {
            department: part_of(department, fields).rpartition(" ")[2]
            for department, fields in self.departments.items()
            if fields is not None
        }
        self.rows.fetch(wholes.values())
        for department in self.departments:
            whole = wholes.get(department)
            packed = None if whole is None else _PART_OF.pack(self.rows[whole].id, {})
            self.rows.set_links(department, _PART_OF, packed)
        for (source, kind), links in self.links.items():
            if kind is not _PART_OF:
                self.rows.set_links(source, kind, b"".join(links.values()))
        self.rows.write()
