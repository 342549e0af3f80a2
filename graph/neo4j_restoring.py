"""Making the graph in Neo4j anew from a ledger: another store's, or its own of an older version."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from itertools import islice

from graph import neo4j_ledger, neo4j_version_1
from graph.ledger import Ledger
from graph.neo4j_applying import move
from graph.neo4j_graph import ROWS, Tx, pieces
from graph.neo4j_model import VERSION, label, ontology_mark
from graph.neo4j_transactions import Run, Transactions
from schema.messages import Refusal, say
from schema.ontology import ONTOLOGY
from schema.records import KeptRecord, LoadSummary

AT_ONCE = 200_000
"""So many records are written in one transaction (98 municipalities have 125,000). More are in
several, and nobody reads the store before the last has ended: it says that it is being restored."""

_PART = 30_000
"""Records whose elements are written together."""


_LEDGER_LABELS = ("Load", "Records", "Revision", "Touched")
GRAPH_LABELS = tuple(label(kind) for kind in ONTOLOGY.nodes)
"""The labels of the graph's own nodes."""


def restore(transactions: Transactions, store: str, ledger: Ledger, at_once: int) -> int:
    """Make this empty store one with that ledger; returns the revision. Where it fails the store is
    as empty as before."""

    def only_an_empty_one(tx: Tx) -> None:
        if neo4j_ledger.revision(tx) or neo4j_ledger.loads(tx):
            raise Refusal(say("store-not-empty", store=store))

    with together(transactions, ledger.loads, at_once) as run:
        run(only_an_empty_one)
        try:
            return _restored(run, ledger)
        except (ValueError, KeyError, TypeError, OSError, Refusal):
            take_away(run, (*GRAPH_LABELS, *_LEDGER_LABELS))
            run(_whole)
            raise


def _whole(tx: Tx) -> None:
    tx.run("MATCH (g:Graph) REMOVE g.restoring").consume()


def empty_where_broken_off(transactions: Transactions) -> None:
    """Leave nothing of a restore or an upgrade that was broken off; any other store is left as it
    is."""
    with transactions.session() as session:
        query = "MATCH (g:Graph) WHERE g.restoring AND g.version <= $known RETURN count(g)"
        if not session.run(query, known=VERSION).single(strict=True).value():
            return
    with transactions.many() as run:
        take_away(run, (*GRAPH_LABELS, *_LEDGER_LABELS, neo4j_version_1.LABEL))
        run(_nothing_is_left)


def _nothing_is_left(tx: Tx) -> None:
    """The last: until here the database says that it is not whole."""
    tx.run("MATCH (n:Graph|Writer|Commit) DELETE n").consume()


def _restored(run: Run, ledger: Ledger) -> int:
    run(begin)
    run(lambda tx: neo4j_ledger.keep_loads(tx, ledger.loads))
    run(lambda tx: neo4j_ledger.keep_revisions(tx, ledger.revisions))
    keep_records(run, ledger.records)
    return make_graph(run, ledger)


def together(
    transactions: Transactions, loads: Sequence[LoadSummary], at_once: int
) -> AbstractContextManager[Run]:
    """One transaction for all parts of the work, or one for each where that would be too much."""
    records = sum(load.records for load in loads)
    return transactions.one() if records <= at_once else transactions.many()


def begin(tx: Tx) -> None:
    """From here on, until ``make_graph`` has ended, the store is not whole."""
    tx.run("MATCH (g:Graph) SET g.restoring = true").consume()


def keep_records(run: Run, records: Iterable[KeptRecord]) -> None:
    """Write the records of loads that are kept already."""
    for some in _parts(records):
        run(lambda tx, some=some: neo4j_ledger.keep_records(tx, some))  # type: ignore[misc]


def _parts(records: Iterable[KeptRecord]) -> Iterator[list[KeptRecord]]:
    stream = iter(records)
    while some := list(islice(stream, _PART)):
        yield some


def make_graph(run: Run, ledger: Ledger) -> int:
    """Write what the standing records say, where there is no graph; returns the revision."""
    standing: list[int] = []
    touched: set[str] = set()

    def read_standing(tx: Tx) -> None:
        standing[:] = sorted(neo4j_ledger.standing(tx))

    def rise(tx: Tx, numbers: Sequence[int]) -> None:
        touched.update(move(tx, neo4j_ledger.records(tx, numbers), (), empty=not touched))

    run(read_standing)
    for numbers in pieces(standing, _PART):
        run(lambda tx, numbers=numbers: rise(tx, numbers))  # type: ignore[misc]
    revision = max((made.number for made in ledger.revisions), default=0)
    loads = max((load.number for load in ledger.loads), default=0)
    run(lambda tx: _end(tx, revision, loads, touched))
    return revision


def _end(tx: Tx, revision: int, loads: int, touched: set[str]) -> None:
    neo4j_ledger.touch(tx, revision, touched)
    made = {"version": VERSION, "ontology": ontology_mark(), "revision": revision, "loads": loads}
    tx.run("MATCH (g:Graph) REMOVE g.restoring SET g += $made", made=made).consume()


def take_away(run: Run, labels: Iterable[str]) -> None:
    """Delete all nodes with these labels, and their relationships."""
    for each in labels:
        there = True
        while there:
            there = _some_deleted(run, each)


def _some_deleted(run: Run, label: str) -> bool:
    deleted: list[int] = []

    def delete(tx: Tx) -> None:
        query = f"MATCH (n:{label}) WITH n LIMIT {ROWS} DETACH DELETE n RETURN count(n)"
        deleted[:] = [tx.run(query).single(strict=True).value()]

    run(delete)
    return deleted[0] == ROWS
