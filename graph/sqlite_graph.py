"""The graph's own tables in SQLite: writing elements, and reading them back in batches."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from graph.changes import GraphChange
from graph.coding import decode_value, encode_value
from graph.sqlite_tables import node_table, relation_table
from graph.structure import Structure
from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import is_relation, parse_relation, relation_key

_MANY = 400
Row = tuple[str | int | float | None, ...]


def write(connection: sqlite3.Connection, change: GraphChange) -> None:
    """Make the graph's tables say what the change says."""
    for kind, elements in _by_kind(change.delete).items():
        _delete(connection, kind, elements)
    for kind, elements in _by_kind(change.write).items():
        rows = [(*_key(e), *_cells(_fields(kind), change.write[e])) for e in elements]
        marks = ",".join("?" * len(rows[0]))
        connection.executemany(
            f"INSERT OR REPLACE INTO {_table(kind)} VALUES ({marks})",  # noqa: S608
            rows,
        )
    _write_part_of(connection, change.part_of)


def _write_part_of(connection: sqlite3.Connection, part_of: Mapping[str, str | None]) -> None:
    table = relation_table("PART_OF")
    connection.executemany(
        f"DELETE FROM {table} WHERE source = ?",  # noqa: S608
        [(department,) for department in part_of],
    )
    connection.executemany(
        f"INSERT INTO {table} VALUES (?, ?)",  # noqa: S608
        [_key(relation) for relation in part_of.values() if relation is not None],
    )


def _by_kind(elements: Iterable[str]) -> dict[str, list[str]]:
    kinds: dict[str, list[str]] = {}
    for element in elements:
        kind = parse_relation(element)[0] if is_relation(element) else kind_of(element)
        kinds.setdefault(kind, []).append(element)
    return kinds


def _table(kind: str) -> str:
    return node_table(kind) if kind in ONTOLOGY.nodes else relation_table(kind)


def _fields(kind: str) -> tuple[Field, ...]:
    owner = ONTOLOGY.nodes.get(kind) or ONTOLOGY.relations[kind]
    return owner.fields


def _key(element: str) -> tuple[str, ...]:
    return parse_relation(element)[1:] if is_relation(element) else (element,)


def _cells(fields: Sequence[Field], values: Mapping[str, Value]) -> Row:
    return tuple(encode_value(field, values.get(field.name)) for field in fields)


def _values(fields: Sequence[Field], cells: Row) -> dict[str, Value]:
    decoded = {
        field.name: decode_value(field, cell) for field, cell in zip(fields, cells, strict=True)
    }
    return {name: value for name, value in decoded.items() if value is not None}


def _delete(connection: sqlite3.Connection, kind: str, elements: Sequence[str]) -> None:
    where = "id = ?" if kind in ONTOLOGY.nodes else "source = ? AND target = ?"
    connection.executemany(
        f"DELETE FROM {_table(kind)} WHERE {where}",  # noqa: S608
        [_key(element) for element in elements],
    )


def details(
    connection: sqlite3.Connection, elements: Sequence[str]
) -> dict[str, Mapping[str, Value]]:
    """All fields of each of these elements that exists."""
    found: dict[str, Mapping[str, Value]] = {}
    for kind, some in _by_kind(dict.fromkeys(elements)).items():
        keyed = {_key(element): element for element in some}
        for cells in _rows(connection, kind, list(keyed)):
            width = 1 if kind in ONTOLOGY.nodes else 2
            key = tuple(str(cell) for cell in cells[:width])
            found[keyed[key]] = _values(_fields(kind), cells[width:])
    return found


def _rows(
    connection: sqlite3.Connection, kind: str, keys: Sequence[tuple[str, ...]]
) -> Iterable[Row]:
    columns = "id" if kind in ONTOLOGY.nodes else "(source, target)"
    one = "?" if kind in ONTOLOGY.nodes else "(?,?)"
    for start in range(0, len(keys), _MANY):
        some = keys[start : start + _MANY]
        marks = ",".join([one] * len(some))
        listed = marks if kind in ONTOLOGY.nodes else f"VALUES {marks}"
        yield from connection.execute(
            f"SELECT * FROM {_table(kind)} WHERE {columns} IN ({listed})",  # noqa: S608
            [part for key in some for part in key],
        )


def everything(connection: sqlite3.Connection) -> dict[str, dict[str, Value]]:
    """All elements with all their fields."""
    graph: dict[str, dict[str, Value]] = {}
    for kind in (*ONTOLOGY.nodes, *ONTOLOGY.relations):
        for cells in connection.execute(f"SELECT * FROM {_table(kind)}"):  # noqa: S608
            if kind in ONTOLOGY.nodes:
                graph[cells[0]] = _values(_fields(kind), cells[1:])
            else:
                graph[relation_key(kind, cells[0], cells[1])] = _values(_fields(kind), cells[2:])
    return graph


def structure(connection: sqlite3.Connection, revision: int) -> Structure:
    """The structure of the graph, as the snapshot is built from it."""
    nodes: dict[str, Sequence[str]] = {}
    node_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    relations: dict[str, Sequence[tuple[str, str]]] = {}
    relation_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    for kind in ONTOLOGY.nodes:
        keys, node_fields[kind] = _columns(connection, kind, "id")
        nodes[kind] = [node for (node,) in keys]
    for kind in ONTOLOGY.relations:
        keys, relation_fields[kind] = _columns(connection, kind, "source, target")
        relations[kind] = [(source, target) for source, target in keys]
    return Structure(revision, nodes, node_fields, relations, relation_fields)


def _columns(
    connection: sqlite3.Connection, kind: str, key: str
) -> tuple[list[tuple[str, ...]], dict[str, list[Value | None]]]:
    fields = [field for field in _fields(kind) if field.structural]
    columns = ", ".join([key, *(f'"{field.name}"' for field in fields)])
    rows = connection.execute(f"SELECT {columns} FROM {_table(kind)}").fetchall()  # noqa: S608
    width = key.count(",") + 1
    told = {
        field.name: [decode_value(field, row[width + i]) for row in rows]
        for i, field in enumerate(fields)
    }
    return [row[:width] for row in rows], told
