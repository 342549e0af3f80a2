"""Which standing records say a node and its relationships: of each load its nodes in the order of
their numbers, a few to a row.

A row of ``said`` is a list in JSON: a node's number and what is said of it, then the next node's.
What is said of a node is a list too: the node's own groups, then kind, target and groups of each
relationship that starts at it. A group are the places in the load of records that say the same. So
no text is kept twice, a load adds its rows behind all others, and what is said of an element is
known from one record of each group. ``mention`` leads from a node to the loads that say it.
"""

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import orjson

from graph.ledger import RECORD_BITS
from graph.settling import Voice
from graph.sqlite_batches import some_of
from graph.sqlite_heard import pairs
from graph.sqlite_ledger import record_rows
from graph.sqlite_links import BY_KEY
from graph.sqlite_records import Run, runs_about
from graph.store import SaidOnly
from schema.records import is_relation, parse_relation

Groups = list[list[int]]
Link = tuple[int, int]
"""A relationship of a node: the number of its kind, and its target's."""
Row = list[Any]
"""What is said of a node: its own groups, then kind, target and groups of relationships."""
Said = dict[Link | None, Groups]
"""The same by relationship, the groups of the node itself under None."""

NODE_BITS = 32
"""A row's place is its load's number above so many bits, and its first node's number below."""
_AT_ONCE = 16
"""Nodes in a row: few enough that one is read quickly, enough that a load writes few rows."""


def decode(stored: bytes) -> dict[int, Row]:
    """What a row of ``said`` tells of each of its nodes."""
    told = orjson.loads(stored)
    return dict(zip(told[::2], told[1::2], strict=True))


def by_link(row: Row) -> Said:
    """What is said of a node by relationship."""
    said: Said = {None: row[0]} if row[0] else {}
    for place in range(1, len(row), 3):
        said[row[place], row[place + 1]] = row[place + 2]
    return said


def add_first(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Write what the records of a load say of each node, where none of them stood before."""
    nodes = sorted(rows)
    _write(connection, load, nodes, rows)
    connection.executemany("INSERT INTO mention VALUES (?, ?)", [(node, load) for node in nodes])


def add(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Let records of a load stand beside those of it that do already."""

    def risen(node: int, row: Row) -> Row:
        said = by_link(row)
        for link, groups in by_link(rows[node]).items():
            said.setdefault(link, []).extend(groups)
        return _row(said)

    _change(connection, load, sorted(rows), risen)
    connection.executemany(
        "INSERT OR IGNORE INTO mention VALUES (?, ?)", [(node, load) for node in sorted(rows)]
    )


def take(connection: sqlite3.Connection, load: int, rows: Mapping[int, Row]) -> None:
    """Let records of a load stand no more."""
    silent = []

    def fallen(node: int, row: Row) -> Row:
        said = by_link(row)
        for link, groups in by_link(rows[node]).items():
            gone = {place for group in groups for place in group}
            left = [[p for p in group if p not in gone] for group in said.pop(link, [])]
            left = [group for group in left if group]
            if left:
                said[link] = left
        if not said:
            silent.append((node, load))
        return _row(said)

    _change(connection, load, sorted(rows), fallen)
    connection.executemany("DELETE FROM mention WHERE node = ? AND load = ?", silent)


def _row(said: Said) -> Row:
    row: Row = [said.pop(None, [])]
    for link, groups in said.items():
        if link is not None:
            row += (*link, groups)
    return row if said or row[0] else []


def _change(
    connection: sqlite3.Connection,
    load: int,
    nodes: Sequence[int],
    changed: Callable[[int, Row], Row],
) -> None:
    """Write anew the rows of ``said`` that hold these nodes, or are to: what is said of each node
    as it is made of what was, an empty list where nothing is left."""
    start = 0
    while start < len(nodes):
        place, stored, following = _holding(connection, load, nodes[start])
        end = bisect_left(nodes, following, start)
        held = {} if stored is None else decode(stored)
        for node in nodes[start:end]:
            held[node] = changed(node, held.get(node, [[]]))
        connection.execute("DELETE FROM said WHERE place = ?", (place,))
        _write(connection, load, sorted(node for node, row in held.items() if row), held)
        start = end


def _holding(connection: sqlite3.Connection, load: int, node: int) -> tuple[int, bytes | None, int]:
    """The place of the row that holds a node or would, what it tells if it is there, and the first
    node of the row after it."""
    base = load << NODE_BITS
    found = connection.execute(
        "SELECT place, nodes FROM said WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1",
        (base, base | node),
    ).fetchone()
    (following,) = connection.execute(
        "SELECT min(place) FROM said WHERE place > ? AND place < ?",
        (base | node, (load + 1) << NODE_BITS),
    ).fetchone()
    after = 1 << NODE_BITS if following is None else following - base
    return (base | node, None, after) if found is None else (*found, after)


def _write(
    connection: sqlite3.Connection, load: int, nodes: Sequence[int], rows: Mapping[int, Row]
) -> None:
    base = load << NODE_BITS
    connection.executemany(
        "INSERT INTO said VALUES (?, ?)",
        (
            (base | some[0], orjson.dumps(list(chain.from_iterable((n, rows[n]) for n in some))))
            for some in (nodes[i : i + _AT_ONCE] for i in range(0, len(nodes), _AT_ONCE))
        ),
    )


def rows_of(
    connection: sqlite3.Connection, load: int, nodes: Iterable[int]
) -> Iterator[tuple[int, Row]]:
    """What a load's records say of nodes, which they do say and which come in the order of their
    numbers. Raises KeyError where it is not there."""
    base, held = load << NODE_BITS, dict[int, Row]()
    for node in nodes:
        if node not in held:
            found = connection.execute(
                "SELECT nodes FROM said WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1",
                (base, base | node),
            ).fetchone()
            held = {} if found is None else decode(found[0])
        yield node, held[node]


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
    by_load: dict[int, list[int]] = {}
    query = "SELECT load FROM mention WHERE node = ? ORDER BY load LIMIT ?"
    for node in sorted(asked.by_node):
        for (load,) in connection.execute(query, (node, limit)):
            by_load.setdefault(load, []).append(node)
    for load in sorted(by_load):
        first = load << RECORD_BITS
        for node, row in rows_of(connection, load, by_load[load]):
            links, said = asked.by_node[node], by_link(row)
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


def said_only_by(connection: sqlite3.Connection, load: int) -> SaidOnly:
    """What the standing records of this load say alone. Of a node that others say too it is looked
    load by load which of its relationships they say, until none is left."""
    rows: dict[int, Row] = {}
    span = load << NODE_BITS, ((load + 1) << NODE_BITS) - 1
    query = "SELECT nodes FROM said WHERE place BETWEEN ? AND ?"
    for (stored,) in connection.execute(query, span):
        rows.update(decode(stored))
    shared = set(_in_others(connection, load, sorted(rows)))
    alone = [(min(map(min, row[0])), node) for node, row in rows.items() if node not in shared]
    relations = sum(len(row) // 3 for node, row in rows.items() if node not in shared)
    left = {
        node: set(zip(rows[node][1::3], rows[node][2::3], strict=True))
        for node in sorted(shared)
        if len(rows[node]) > 1
    }
    for other, nodes in _loads_of(connection, list(left), load).items():
        for node, row in rows_of(connection, other, (node for node in nodes if left[node])):
            left[node].difference_update(zip(row[1::3], row[2::3], strict=True))
    keys = dict(_keys(connection, [node for _, node in alone]))
    named = sorted((first, keys[node]) for first, node in alone)
    return SaidOnly(tuple(key for _, key in named), relations + sum(map(len, left.values())))


def _in_others(connection: sqlite3.Connection, load: int, nodes: Sequence[int]) -> Iterator[int]:
    """Those of a load's nodes that others say too."""
    other = "EXISTS (SELECT 1 FROM mention WHERE node = node.id AND load <> ?)"
    for some, marks in some_of(nodes):
        query = f"SELECT id FROM node WHERE id IN ({marks}) AND {other}"  # noqa: S608
        yield from (node for (node,) in connection.execute(query, (*some, load)))


def _loads_of(
    connection: sqlite3.Connection, nodes: Sequence[int], but: int
) -> dict[int, list[int]]:
    """The loads but this one that say any of these nodes, the oldest first, each with those that
    it says, all in the order of their numbers."""
    by_load: dict[int, list[int]] = {}
    for node in nodes:
        query = "SELECT load FROM mention WHERE node = ? AND load <> ?"
        for (load,) in connection.execute(query, (node, but)):
            by_load.setdefault(load, []).append(node)
    return dict(sorted(by_load.items()))


def _keys(connection: sqlite3.Connection, nodes: Sequence[int]) -> Iterator[tuple[int, str]]:
    for some, marks in some_of(nodes):
        yield from connection.execute(f"SELECT id, key FROM node WHERE id IN ({marks})", some)  # noqa: S608


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
    told = _told(connection, heard)
    return {
        element: [
            Voice(pairs(told[group[0]][element][1]), len(group), group[0], group[-1])
            for group in groups
        ]
        for element, groups in heard.items()
    }


def _told(connection: sqlite3.Connection, heard: Mapping[str, Groups]) -> dict[int, dict[str, Run]]:
    """What the first record of each group says of the group's element."""
    asked: dict[int, list[str]] = {}
    for element, groups in heard.items():
        for group in groups:
            asked.setdefault(group[0], []).append(element)
    return {row[0]: runs_about(row, asked[row[0]]) for row in record_rows(connection, asked)}
