"""What a load, an undo or a redo does to the graph in SQLite: records come to stand or cease to,
and every element that they mention is settled once."""

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence

from graph.ledger import RECORD_BITS, is_department, part_of
from graph.settling import grown, is_plain, settled
from graph.sqlite_graph import Fields, NodeRow, Rows, told, written
from graph.sqlite_heard import Ends, Heard, Said
from graph.sqlite_ledger import record_rows
from graph.sqlite_links import BY_KEY, LinkKind
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
    add_first(connection, load, change.grow(heard))
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
    older = {load: heard for load, heard in rising.items() if load != newest}
    for load, heard in older.items():
        add(connection, load, change.mentions(heard))
    anew = {
        element: said.ends
        for heard in (*falling.values(), *older.values())
        for element, said in heard.said()
    }
    if newest is not None and newest in rising:
        add_first(connection, newest, change.grow(rising[newest], anew))
    change.settle_anew(anew)
    change.write()


class _Move:
    """The nodes' rows on their way from what they are to what they are to be."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.rows = Rows(connection)
        self._spelt_otherwise: list[str] = []
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

    def grow(self, heard: Heard, anew: Collection[str] = ()) -> dict[int, Row]:
        """Settle what newer records say beside what stood before, but of elements that are settled
        anew; gives the rows of mentions that the records make."""
        nodes = self.rows.by_key
        made: dict[int, Row] = {}
        for node, said in heard.nodes.items():
            row = nodes[node]
            made[row.id] = [said.groups]
            if node not in anew and not self._grow_node(row, said):
                self._spelt_otherwise.append(node)
        for relation, said in heard.relations.items():
            if said.ends is not None:
                kind, source, target = said.ends
                row, number = nodes[source], nodes[target].id
                made[row.id] += (kind.number, number, said.groups)
                if relation not in anew:
                    _grow_link(row.open(kind), number, relation, said, kind)
        return made

    def _grow_node(self, row: NodeRow, said: Said) -> bool:
        """Whether it follows from what the node was; else all that is said of it is needed."""
        node, stored = row.key, row.fields
        if stored is not None and said.others is None and _is_only_its_name(said.told, stored):
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
        self._settle_nodes(self._spelt_otherwise)
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


def _grow_link(
    links: dict[int, bytes], target: int, relation: str, said: Said, kind: LinkKind
) -> None:
    piece = links.get(target)
    if piece is not None:
        if kind.structural:
            fields = grown(relation, kind.told(piece), said.voices)
            links[target] = kind.pack(target, fields or {})
    elif said.others is None:
        links[target] = kind.pack_told(target, said.told)
    else:
        links[target] = kind.pack(target, settled(relation, said.voices))


def _is_only_its_name(told: Sequence[Value], stored: str) -> bool:
    """Whether what is told is a name, and all that a node is: so it is with most that are told
    again."""
    return len(told) == 2 and told[0] == "name" and stored == written({"name": told[1]})


def _told_alone(node: str, said: Said) -> dict[str, Value] | None:
    """All fields of a node of which all records say the same, None where they do not or where
    that is not yet what holds."""
    if said.others is not None:
        return None
    run = said.told
    fields: dict[str, Value] = dict(zip(run[::2], run[1::2], strict=True))
    if len(fields) * 2 < len(run) or not is_plain(kind_of(node), fields):
        return None
    fields.pop(EXISTS, None)
    return fields
