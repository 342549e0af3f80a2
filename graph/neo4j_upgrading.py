"""A store in Neo4j of an older version, or for another edition of the ontology, made one of this:
its graph is made anew from its ledger."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from graph import neo4j_ledger, neo4j_version_1
from graph.ledger import Ledger
from graph.neo4j_connection import State, make_empty, make_locks, make_schema, state_of
from graph.neo4j_graph import Tx
from graph.neo4j_restoring import (
    GRAPH_LABELS,
    begin,
    keep_records,
    make_graph,
    take_away,
    together,
)
from graph.neo4j_transactions import Run, Transactions


def upgrade(
    transactions: Transactions, store: str, backup: Callable[[Ledger], object], at_once: int
) -> None:
    """Keep a backup of the ledger, and apply the ledger anew. All of it or nothing, but for a
    ledger that is too large for one transaction: then nobody reads until all of it is there."""
    with transactions.session() as session:
        make_schema(session)
        make_locks(session)
    with transactions.reading() as tx:
        version = _version(tx)
        loads = neo4j_ledger.loads(tx)
    with together(transactions, loads, at_once) as run:
        if not _still_older(transactions, store):
            return
        with _kept(transactions, version) as ledger:
            backup(ledger)
        with _kept(transactions, version) as ledger:
            _anew(run, version, ledger)
    if version == neo4j_version_1.VERSION:
        with transactions.session() as session:
            neo4j_version_1.drop_schema(session)


def _anew(run: Run, version: int, ledger: Ledger) -> None:
    run(make_empty)
    run(begin)
    take_away(run, (*GRAPH_LABELS, "Touched"))
    if version == neo4j_version_1.VERSION:
        keep_records(run, ledger.records)
        take_away(run, (neo4j_version_1.LABEL,))
    make_graph(run, ledger)


def _version(tx: Tx) -> int:
    return int(tx.run("MATCH (g:Graph) RETURN g.version").single(strict=True).value())


def _still_older(transactions: Transactions, store: str) -> bool:
    """Whether nobody else has upgraded it while we waited to be alone."""
    with transactions.session() as session:
        return state_of(session, store) is State.OLDER


@contextmanager
def _kept(transactions: Transactions, version: int) -> Iterator[Ledger]:
    """The ledger as that version kept it; no writer changes it meanwhile."""
    with transactions.reading() as tx:
        if version == neo4j_version_1.VERSION:
            yield neo4j_version_1.ledger(tx)
        else:
            yield Ledger(
                neo4j_ledger.revisions(tx), neo4j_ledger.loads(tx), neo4j_ledger.all_records(tx)
            )
