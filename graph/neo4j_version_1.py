"""The ledger of a Neo4j store of version 1, which kept each record as a node ``Record``."""

from collections.abc import Iterator

from neo4j import Session

from graph import neo4j_ledger
from graph.coding import decode_statements
from graph.ledger import Ledger, load_of
from graph.neo4j_graph import Tx
from schema.messages import Place
from schema.records import KeptRecord, Record

VERSION = 1
LABEL = "Record"


def ledger(tx: Tx) -> Ledger:
    """All that it keeps; loads and revisions are kept as they are today."""
    return Ledger(neo4j_ledger.revisions(tx), neo4j_ledger.loads(tx), _records(tx))


def _records(tx: Tx) -> Iterator[KeptRecord]:
    found = tx.run(
        "MATCH (r:Record) RETURN r.number, r.key, r.file, r.sheet, r.row, r.statements"
        " ORDER BY r.number"
    )
    for number, key, file, sheet, row, statements in found:
        record = Record(key, Place(file, sheet, row), decode_statements(statements))
        yield KeptRecord(number, load_of(number), record)


def drop_schema(session: Session) -> None:
    """Take away what only version 1 had."""
    session.run("DROP CONSTRAINT Record_number IF EXISTS").consume()
