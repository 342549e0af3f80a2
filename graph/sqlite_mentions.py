"""Which standing records say a node and its relationships: a row for each node and load.

A row's JSON is a list: the node's own groups, then kind, target and groups of each relationship
that starts at it. A group are the places in the load of records that say the same. So no text is
kept twice, a load adds one row for each node that it mentions, and what is said of an element is
known from one record of each group.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from graph.ledger import RECORD_BITS
from graph.settling import Voice
from graph.sqlite_batches import some_of
from graph.sqlite_heard import pairs
from graph.sqlite_ledger import record_rows
from graph.sqlite_links import BY_KEY
from graph.sqlite_records import Run, by_element, runs_in
from schema.records import is_relation, parse_relation

Groups = list[list[int]]
Link = tuple[int, int]
"""A relationship of a node: the number of its kind, and its target's."""
Row = list[Any]
"""A row as it is kept: the node's own groups, then kind, target and groups of relationships."""
Said = dict[Link | None, Groups]
"""A row by relationship, the groups of the node itself under None."""


def decode(stored: bytes) -> Said:
    """What a row's JSON tells."""
    return by_link(orjson.loads(stored))


def by_link(row: Row) -> Said:
    """A row by relationship."""
    said: Said = {None: row[0]} if row[0] else {}
    for place in range(1, len(row), 3):
        said[row[place], row[place + 1]] = row[place + 2]
    return said


def add_first(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Write what the records of a load say of each node, where none of them stood before."""
    connection.executemany(
        "INSERT INTO mention VALUES (?, ?, ?)",
        [(node, load, orjson.dumps(rows[node])) for node in sorted(rows)],
    )


def add(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Let records of a load stand beside those of it that do already."""
    for node, rising in rows.items():
        said = _row(connection, node, load)
        for link, groups in by_link(rising).items():
            said.setdefault(link, []).extend(groups)
        _write(connection, node, load, said)


def take(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Let records of a load stand no more."""
    for node, falling in rows.items():
        said = _row(connection, node, load)
        for link, groups in by_link(falling).items():
            gone = {place for group in groups for place in group}
            left = [[p for p in group if p not in gone] for group in said.pop(link, [])]
            left = [group for group in left if group]
            if left:
                said[link] = left
        _write(connection, node, load, said)


def _row(connection: sqlite3.Connection, node: int, load: int) -> Said:
    found = connection.execute(
        "SELECT said FROM mention WHERE node = ? AND load = ?", (node, load)
    ).fetchone()
    return {} if found is None else decode(found[0])


def _write(connection: sqlite3.Connection, node: int, load: int, said: Said) -> None:
    if said:
        row: Row = [said.pop(None, [])]
        for link, groups in said.items():
            if link is not None:
                row += (*link, groups)
        values = node, load, orjson.dumps(row)
        connection.execute("INSERT OR REPLACE INTO mention VALUES (?, ?, ?)", values)
    else:
        connection.execute("DELETE FROM mention WHERE node = ? AND load = ?", (node, load))


@dataclass(frozen=True)
class _Asked:
    """Elements by the number of the node that they are of or start at."""

    by_node: Mapping[int, Mapping[Link | None, str]]

    @property
    def nodes_alone(self) -> bool:
        return all(link is None for links in self.by_node.values() for link in links)


def _asked(connection: sqlite3.Connection, elements: Iterable[str]) -> _Asked:
    parsed = {e: parse_relation(e) if is_relation(e) else None for e in elements}
    keys = {e for e, relation in parsed.items() if relation is None}
    for relation in parsed.values():
        if relation is not None:
            keys.update(relation[1:])
    ids = numbers_of(connection, keys)
    by_node: dict[int, dict[Link | None, str]] = {}
    for element, relation in parsed.items():
        kind, source, target = relation or (None, element, element)
        if source in ids and target in ids and (kind is None or kind in BY_KEY):
            link = None if kind is None else (BY_KEY[kind].number, ids[target])
            by_node.setdefault(ids[source], {})[link] = element
    return _Asked(by_node)


def numbers_of(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the nodes that have one."""
    ids: dict[str, int] = {}
    for some, marks in some_of(sorted(keys)):
        ids.update(connection.execute(f"SELECT key, id FROM node WHERE key IN ({marks})", some))  # noqa: S608
    return ids


def _groups(
    connection: sqlite3.Connection, elements: Iterable[str], loads: int = -1
) -> Iterator[tuple[str, Groups]]:
    """The groups of each of these elements, load by load from the oldest: numbers of records.
    ``loads`` is how many loads are looked at where only nodes are asked for."""
    asked = _asked(connection, elements)
    limit = loads if asked.nodes_alone else -1
    for node in sorted(asked.by_node):
        links = asked.by_node[node]
        for load, stored in connection.execute(
            "SELECT load, said FROM mention WHERE node = ? ORDER BY load LIMIT ?", (node, limit)
        ):
            said, first = decode(stored), load << RECORD_BITS
            for link in links.keys() & said.keys():
                yield links[link], [[first | place for place in group] for group in said[link]]


def said_by(
    connection: sqlite3.Connection, elements: Iterable[str], first: int | None
) -> dict[str, list[int]]:
    """The numbers of the standing records that say each of these elements, the oldest first; with
    ``first`` only so many of each."""
    wanted = dict.fromkeys(elements)
    found: dict[str, list[int]] = {element: [] for element in wanted}
    for element, groups in _groups(connection, wanted, -1 if first is None else first):
        numbers = found[element]
        if first is None or len(numbers) < first:
            numbers += sorted(number for group in groups for number in group)
    return {element: numbers[:first] for element, numbers in found.items()}


def source_counts(connection: sqlite3.Connection, elements: Iterable[str]) -> dict[str, int]:
    """How many standing records say each of these elements."""
    counts = dict.fromkeys(elements, 0)
    for element, groups in _groups(connection, list(counts)):
        counts[element] += sum(map(len, groups))
    return counts


def voices_of(
    connection: sqlite3.Connection, elements: Iterable[str], without: Collection[int] = ()
) -> dict[str, list[Voice]]:
    """What standing records, but these, say of each of the elements that they mention."""
    gone = frozenset(without)
    heard: dict[str, Groups] = {}
    for element, groups in _groups(connection, dict.fromkeys(elements)):
        left = [[n for n in group if n not in gone] for group in groups] if gone else groups
        if any(left):
            heard.setdefault(element, []).extend(filter(None, left))
    told = _told(connection, {group[0] for groups in heard.values() for group in groups})
    return {
        element: [
            Voice(pairs(told[group[0]][element]), len(group), group[0], group[-1])
            for group in groups
        ]
        for element, groups in heard.items()
    }


def _told(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, dict[str, Run]]:
    return {row[0]: by_element(runs_in(row)) for row in record_rows(connection, numbers)}
