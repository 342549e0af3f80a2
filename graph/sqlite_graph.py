"""The graph in SQLite: a row for each node, with its fields and its outgoing relationships."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from graph.settling import settled
from graph.sqlite_batches import some_of
from graph.sqlite_links import BY_KEY, LINK_KINDS, LinkKind
from graph.sqlite_mentions import numbers_of, voices_of
from schema.field import Value
from schema.records import is_relation, parse_relation

Fields = Mapping[str, Value]
_COLUMNS = ", ".join(f'"{kind.key}"' for kind in LINK_KINDS)
_NUMBERS = {kind.key: kind.number for kind in LINK_KINDS}


@dataclass(slots=True)
class NodeRow:
    """A node's row as it is to be. ``fields`` are JSON, None where no standing record says it;
    ``links`` its packed relationships by the number of their kind, ``opened`` those of them that
    are looked at or changed."""

    id: int
    key: str
    fields: str | None = None
    links: list[bytes | None] = field(default_factory=lambda: [None] * len(LINK_KINDS))
    opened: dict[int, dict[int, bytes]] = field(default_factory=dict)

    def open(self, kind: LinkKind) -> dict[int, bytes]:
        """The relationships of a kind by their targets' numbers, to be looked at and changed."""
        links = self.opened.get(kind.number)
        if links is None:
            links = self.opened[kind.number] = kind.unpack(self.links[kind.number])
        return links

    def close(self) -> bool:
        """Pack what was opened; whether anything has changed."""
        changed = False
        for number, links in self.opened.items():
            packed = b"".join(links.values()) or None
            changed = changed or packed != self.links[number]
            self.links[number] = packed
        return changed


def told(stored: str | bytes) -> dict[str, Value]:
    """A node's fields from their JSON."""
    fields = orjson.loads(stored)
    return {name: tuple(v) if type(v) is list else v for name, v in fields.items()}


def written(fields: Fields) -> str:
    """A node's fields as JSON."""
    return orjson.dumps(fields).decode()


class Rows:
    """The rows of the nodes that a write is about, by key; new nodes are numbered in the order in
    which they are first asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (newest,) = connection.execute("SELECT coalesce(max(id), 0) FROM node").fetchone()
        self._next = int(newest) + 1
        self.by_key: dict[str, NodeRow] = {}
        self._new: list[NodeRow] = []
        self._fields_before: dict[str, str | None] = {}

    def fetch(self, keys: Iterable[str]) -> None:
        """Have the rows of these nodes at hand."""
        wanted = dict.fromkeys(key for key in keys if key not in self.by_key)
        for some, marks in some_of(sorted(wanted)):
            for id, key, fields, *links in self._connection.execute(
                f"SELECT * FROM node WHERE key IN ({marks})",  # noqa: S608
                some,
            ):
                self.by_key[key] = NodeRow(id, key, fields, links)
                self._fields_before[key] = fields
        for key in wanted:
            if key not in self.by_key:
                row = self.by_key[key] = NodeRow(self._next, key)
                self._next += 1
                self._new.append(row)

    def write(self) -> None:
        """Write all that is new or changed."""
        old = [self.by_key[key] for key in self._fields_before]
        changed = [row for row in old if row.close() | (row.fields != self._fields_before[row.key])]
        changed.sort(key=lambda row: row.id)
        sets = ", ".join(f'"{kind.key}" = ?' for kind in LINK_KINDS)
        self._connection.executemany(
            f"UPDATE node SET fields = ?, {sets} WHERE id = ?",  # noqa: S608
            [(row.fields, *row.links, row.id) for row in changed],
        )
        self.write_new()

    def write_new(self) -> None:
        """Write the new rows as they are by now, so that they are found by their keys."""
        marks = ",".join("?" * (3 + len(LINK_KINDS)))
        for row in self._new:
            row.close()
            self._fields_before[row.key] = row.fields
        self._connection.executemany(
            f"INSERT INTO node VALUES ({marks})",  # noqa: S608
            [(row.id, row.key, row.fields, *row.links) for row in self._new],
        )
        self._new.clear()


def details(connection: sqlite3.Connection, elements: Sequence[str]) -> dict[str, Fields]:
    """All fields of each of these elements that exists."""
    relations = {e: parse_relation(e) for e in dict.fromkeys(elements) if is_relation(e)}
    found: dict[str, Fields] = dict(_nodes(connection, {e for e in elements if e not in relations}))
    packed = {e: relation for e, relation in relations.items() if _is_whole(relation[0])}
    for element, (kind, piece) in _links(connection, packed):
        found[element] = kind.told(piece)
    unread = [element for element in relations if element not in packed]
    for element, heard in voices_of(connection, unread).items():
        found[element] = settled(element, heard)
    return found


def _is_whole(relation: str) -> bool:
    """Whether a node's row tells all there is of such relationships."""
    return relation in BY_KEY and BY_KEY[relation].is_whole


def _nodes(connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[tuple[str, Fields]]:
    for some, marks in some_of(sorted(keys)):
        for key, stored in connection.execute(
            f"SELECT key, fields FROM node WHERE key IN ({marks}) AND fields IS NOT NULL",  # noqa: S608
            some,
        ):
            yield key, told(stored)


def _links(
    connection: sqlite3.Connection, relations: Mapping[str, tuple[str, str, str]]
) -> Iterator[tuple[str, tuple[LinkKind, bytes]]]:
    """The kind and packed form of each of these relationships that exists."""
    by_source: dict[str, list[str]] = {}
    for element, (_, source, _) in relations.items():
        by_source.setdefault(source, []).append(element)
    ids = numbers_of(connection, {target for _, _, target in relations.values()})
    for some, marks in some_of(sorted(by_source)):
        for source, *stored in connection.execute(
            f"SELECT key, {_COLUMNS} FROM node WHERE key IN ({marks})",  # noqa: S608
            some,
        ):
            unpacked: dict[str, dict[int, bytes]] = {}
            for element in by_source[source]:
                kind, _, target = relations[element]
                if kind not in unpacked:
                    unpacked[kind] = BY_KEY[kind].unpack(stored[_NUMBERS[kind]])
                piece = unpacked[kind].get(ids.get(target, 0))
                if piece is not None:
                    yield element, (BY_KEY[kind], piece)
