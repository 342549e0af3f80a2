"""The tables of a SQLite store, and the mark that tells which rules its graph was made by."""

import hashlib
import sqlite3
from collections.abc import Iterator
from functools import cache

from schema.field import Field
from schema.ontology import ONTOLOGY

APPLICATION_ID = 0x7465_6B6B  # "tekk": how a file is known to be ours
VERSION = 3
"""The version of the tables. 1 kept a row for each mention and each relationship, 2 one for each
node and load."""

LINKS = tuple(ONTOLOGY.relations)
"""The kinds of relationship in the order of their columns in a node's row; a kind's place here is
its number in a mention."""

LEDGER = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,
    what TEXT NOT NULL, load INTEGER NOT NULL, moved TEXT NOT NULL, mark INTEGER NOT NULL);
CREATE TABLE load (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, files TEXT NOT NULL, at TEXT NOT NULL,
    actor TEXT NOT NULL, remove_missing INTEGER NOT NULL, records INTEGER NOT NULL,
    stands INTEGER NOT NULL, revision INTEGER NOT NULL, undone_at TEXT, mark INTEGER NOT NULL);
CREATE INDEX load_source ON load (source);
CREATE TABLE record (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, sheet TEXT NOT NULL, said BLOB NOT NULL,
    mark INTEGER NOT NULL);
CREATE INDEX record_sheet ON record (sheet);
CREATE TABLE replaced (record INTEGER PRIMARY KEY);
"""
"""``revision.moved`` are the records that came to stand or ceased to, as JSON pairs of first and
last number. ``record.sheet`` is the first word of the record's key, ``said`` its place and
statements as JSON. ``replaced`` are records of standing loads that do not stand. ``mark`` is the
checksum of what never changes in a row."""

GRAPH = f"""
CREATE TABLE node (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, fields TEXT,
    {", ".join(f'"{kind}" BLOB' for kind in LINKS)});
CREATE TABLE mention (
    node INTEGER NOT NULL, load INTEGER NOT NULL, PRIMARY KEY (node, load)) WITHOUT ROWID;
CREATE TABLE said (place INTEGER PRIMARY KEY, nodes BLOB NOT NULL);
"""
"""``node.fields`` are a node's fields as JSON, NULL where no standing record says it; the further
columns hold its outgoing relationships of a kind (``graph.sqlite_links``). ``mention`` tells which
loads have standing records that say the node, and ``said`` which these are
(``graph.sqlite_mentions``).
What a relationship's records say beyond its structural fields is read from the records."""


def make_tables(connection: sqlite3.Connection, tables: str = LEDGER + GRAPH) -> None:
    """Make the tables within the transaction that is open."""
    for statement in tables.split(";"):
        if statement.strip():
            connection.execute(statement)


@cache
def ontology_mark() -> str:
    """A short mark of all that decides what the graph says of the same records: tables, fields,
    their types and rules, and the words of vocabularies in their order."""
    told = [GRAPH, *_told()]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _told() -> Iterator[str]:
    for owner, field in ONTOLOGY.fields():
        yield f"{owner.key} {field.name} {field.type.value} {field.rule.value} {_words(field)}"
        yield str(field.structural)


def _words(field: Field) -> str:
    return "" if field.vocabulary is None else " ".join(field.vocabulary.by_key)
