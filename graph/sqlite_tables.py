"""The tables of a SQLite store: the ledger's by hand, the graph's from the ontology."""

import hashlib

from schema.field import Field, FieldType
from schema.ontology import ONTOLOGY

APPLICATION_ID = 0x7465_6B6B  # "tekk": how a file is known to be ours
VERSION = 1
"""The version of the ledger's tables."""

LEDGER = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE revision (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL,
    what TEXT NOT NULL, load INTEGER NOT NULL);
CREATE TABLE load (
    number INTEGER PRIMARY KEY, source TEXT NOT NULL, files TEXT NOT NULL, at TEXT NOT NULL,
    actor TEXT NOT NULL, remove_missing INTEGER NOT NULL, records INTEGER NOT NULL,
    stands INTEGER NOT NULL, revision INTEGER NOT NULL, undone_at TEXT);
CREATE INDEX load_source ON load (source);
CREATE TABLE record (
    number INTEGER PRIMARY KEY, load INTEGER NOT NULL REFERENCES load, key TEXT NOT NULL,
    file TEXT, sheet TEXT, row INTEGER, stands INTEGER NOT NULL, statements TEXT NOT NULL);
CREATE INDEX record_load ON record (load, key);
CREATE TABLE mention (
    element TEXT NOT NULL, record INTEGER NOT NULL, says TEXT NOT NULL,
    PRIMARY KEY (element, record)) WITHOUT ROWID;
CREATE TABLE voice (
    element TEXT NOT NULL, says TEXT NOT NULL, count INTEGER NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (element, says)) WITHOUT ROWID;
CREATE TABLE touched (
    revision INTEGER NOT NULL, element TEXT NOT NULL,
    PRIMARY KEY (revision, element)) WITHOUT ROWID;
"""


def node_table(kind: str) -> str:
    """The table that holds the nodes of a kind."""
    return f"node_{kind}"


def relation_table(kind: str) -> str:
    """The table that holds the relationships of a kind."""
    return f"relation_{kind.lower()}"


def _column(field: Field) -> str:
    types = {FieldType.INTEGER: "INTEGER", FieldType.NUMBER: "REAL"}
    return f'"{field.name}" {types.get(field.type, "TEXT")}'


def _graph() -> str:
    tables = []
    for kind in ONTOLOGY.node_kinds:
        columns = ["id TEXT PRIMARY KEY", *map(_column, kind.fields)]
        tables.append(f"CREATE TABLE {node_table(kind.key)} ({', '.join(columns)}) WITHOUT ROWID;")
    for relation in ONTOLOGY.relation_kinds:
        name = relation_table(relation.key)
        columns = ["source TEXT NOT NULL", "target TEXT NOT NULL", *map(_column, relation.fields)]
        columns.append("PRIMARY KEY (source, target)")
        tables.append(f"CREATE TABLE {name} ({', '.join(columns)}) WITHOUT ROWID;")
        tables.append(f"CREATE INDEX {name}_target ON {name} (target);")
    return "\n".join(tables)


GRAPH = _graph()


def ontology_mark() -> str:
    """A short mark of the graph's tables: a store written for other tables is told apart."""
    return hashlib.sha256(GRAPH.encode()).hexdigest()[:16]
