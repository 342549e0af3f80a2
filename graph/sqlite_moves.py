"""What a load, an undo or a redo does to the graph in SQLite: records come to stand or cease to,
and every element that they mention is settled once."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.ledger import RECORD_BITS, is_department, part_of
from graph.settling import grown, is_plain, settled
from graph.sqlite_graph import Fields, Rows, told, written
from graph.sqlite_heard import Ends, Heard, Said
from graph.sqlite_ledger import record_rows
from graph.sqlite_links import BY_KEY
from graph.sqlite_mentions import Row, add, add_first, take, voices_of
from graph.sqlite_records import runs_in
from schema.field import Value
from schema.names import kind_of
from schema.records import EXISTS

_PART_OF = BY_KEY["PART_OF"]
ByLoad = Mapping[int, Heard]


def heard_of(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Heard]:
    """What these records say, by load."""
    by_load: dict[int, Heard] = {}
    for row in record_rows(connection, numbers):
        load, place = row[0] >> RECORD_BITS, row[0] & ((1 << RECORD_BITS) - 1)
        by_load.setdefault(load, Heard()).hear(place, runs_in(row))
    return by_load


def add_newest(connection: sqlite3.Connection, load: int, heard: Heard) -> None:
    """Let records stand that are newer than all that do, where none has to fall."""
    change = _Move(connection)
    change.rows.fetch(heard.nodes)
    add_first(connection, load, change.mentions(heard))
    change.grow(heard)
    change.write()


def move(
    connection: sqlite3.Connection, rising: ByLoad, falling: ByLoad, newest: int | None = None
) -> None:
    """Let records stand and fall. Those of the load ``newest`` are newer than all that stood."""
    change = _Move(connection)
    for heard in (*falling.values(), *rising.values()):
        change.rows.fetch(heard.nodes)
    change.rows.write_new()
    for load, heard in falling.items():
        take(connection, load, change.mentions(heard))
    for load, heard in rising.items():
        put = add_first if load == newest else add
        put(connection, load, change.mentions(heard))
    anew = [*falling.values(), *(heard for load, heard in rising.items() if load != newest)]
    change.settle_anew({element: s.ends for each in anew for element, s in each.said()})
    if newest is not None and newest in rising:
        change.grow(rising[newest])
    change.write()


class _Move:
    """The nodes' rows on their way from what they are to what they are to be."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows = Rows(connection)
        self._settled: Mapping[str, Ends | None] = {}
        self._departments: dict[str, Fields | None] = {}

    def mentions(self, heard: Heard) -> dict[int, Row]:
        """The rows of mentions that the records make, by the nodes' numbers."""
        nodes = self.rows.by_key
        made: dict[int, Row] = {}
        for element, said in heard.nodes.items():
            made[nodes[element].id] = [said.groups]
        for said in heard.relations.values():
            if said.ends is not None:
                kind, source, target = said.ends
                made[nodes[source].id] += (kind.number, nodes[target].id, said.groups)
        return made

    def grow(self, heard: Heard) -> None:
        """Settle what newer records say beside what stood before, but what is settled already."""
        spelt_otherwise = []
        for node, said in heard.nodes.items():
            if node not in self._settled and not self._grow_node(node, said):
                spelt_otherwise.append(node)
        for relation, said in heard.relations.items():
            if relation not in self._settled and said.ends is not None:
                self._grow_relation(relation, said, said.ends)
        self._settle_nodes(spelt_otherwise)

    def _grow_node(self, node: str, said: Said) -> bool:
        """Whether it follows from what the node was; else all that is said of it is needed."""
        stored = self.rows.by_key[node].fields
        if stored is not None and said.others is None and _is_only_its_name(said.run[1], stored):
            return True
        newer = _told_alone(node, said)
        if stored is None:
            fields: Fields | None = settled(node, said.voices) if newer is None else newer
        elif newer is not None and written(newer) == stored:
            return True
        else:
            before = told(stored)
            if newer is not None and newer.items() <= before.items():
                return True
            fields = grown(node, before, said.voices)
        if fields is None:
            return False
        self._set_node(node, fields)
        return True

    def _grow_relation(self, relation: str, said: Said, ends: Ends) -> None:
        kind, source, other = ends
        target = self.rows.by_key[other].id
        links = self.rows.by_key[source].open(kind)
        piece = links.get(target)
        if piece is not None:
            if kind.structural:
                fields = grown(relation, kind.told(piece), said.voices)
                links[target] = kind.pack(target, fields or {})
        elif said.others is None:
            links[target] = kind.pack_told(target, said.run[1])
        else:
            links[target] = kind.pack(target, settled(relation, said.voices))

    def settle_anew(self, elements: Mapping[str, Ends | None]) -> None:
        """Settle elements from all that the standing records say of them now."""
        self._settle_nodes([element for element, ends in elements.items() if ends is None])
        relations = {element: ends for element, ends in elements.items() if ends is not None}
        heard = voices_of(self._connection, relations)
        for relation, (kind, source, target) in relations.items():
            number = self.rows.by_key[target].id
            links = self.rows.by_key[source].open(kind)
            if relation in heard:
                links[number] = kind.pack(number, settled(relation, heard[relation]))
            else:
                links.pop(number, None)
        self._settled = elements

    def _settle_nodes(self, nodes: Sequence[str]) -> None:
        heard = voices_of(self._connection, nodes)
        for node in nodes:
            self._set_node(node, settled(node, heard[node]) if node in heard else None)

    def _set_node(self, node: str, fields: Fields | None) -> None:
        self.rows.by_key[node].fields = None if fields is None else written(fields)
        if is_department(node):
            self._departments[node] = fields

    def write(self) -> None:
        """Write the rows that are new or changed, each department part of what it says."""
        wholes = {
            department: part_of(department, fields).rpartition(" ")[2]
            for department, fields in self._departments.items()
            if fields is not None
        }
        self.rows.fetch(wholes.values())
        for department in self._departments:
            links = self.rows.by_key[department].open(_PART_OF)
            links.clear()
            if department in wholes:
                whole = self.rows.by_key[wholes[department]].id
                links[whole] = _PART_OF.pack(whole, {})
        self.rows.write()


def _is_only_its_name(told: Sequence[Value], stored: str) -> bool:
    """Whether what is told is a name, and all that a node is: so it is with most that are told
    again."""
    return len(told) == 2 and told[0] == "name" and stored == written({"name": told[1]})


def _told_alone(node: str, said: Said) -> dict[str, Value] | None:
    """All fields of a node of which all records say the same, None where they do not or where
    that is not yet what holds."""
    if said.others is not None:
        return None
    run = said.run[1]
    fields: dict[str, Value] = dict(zip(run[::2], run[1::2], strict=True))
    if len(fields) * 2 < len(run) or not is_plain(kind_of(node), fields):
        return None
    fields.pop(EXISTS, None)
    return fields
