"""The shared store: a Neo4j that several servers use, with the ledger beside the graph."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from graph import neo4j_applying, neo4j_graph, neo4j_ledger, neo4j_restoring, neo4j_structure
from graph.changes import check_closed, provenance
from graph.differences import Difference
from graph.ledger import Ledger, record_number
from graph.neo4j_checking import check
from graph.neo4j_connection import (
    State,
    make_empty,
    make_schema,
    open_driver,
    refusing,
    shown,
    state_of,
)
from graph.neo4j_graph import Tx
from graph.neo4j_transactions import Transactions
from graph.neo4j_upgrading import upgrade
from graph.settling import Voice
from graph.store import Applied, Changes, SaidOnly
from graph.structure import Structure
from graph.uncollected import uncollected
from schema.field import Value
from schema.messages import Refusal, say
from schema.records import KeptRecord, Load, LoadSummary, Provenance, is_relation

RETRY_SECONDS = 30.0
"""How long what may be retried is retried: a server that starts anew, another leader."""


class Neo4jStore:
    """A ``Store`` in a Neo4j database. Safe to use from several threads, processes and servers.

    Writers wait for each other at the node ``Writer``, so that the revision grows by one.
    ``backup`` is given the ledger of a store of an older version, to keep it where it likes,
    before the store is upgraded; without it such a store is refused. A ledger of up to ``at_once``
    records is restored or upgraded in one transaction. ``anew`` takes away what a restore in
    several transactions, that was broken off, has left; else such a store is refused.
    """

    def __init__(
        self,
        uri: str,
        user: str,
        password: str,
        database: str | None = None,
        create: bool = True,
        read_only: bool = False,
        retry_seconds: float = RETRY_SECONDS,
        backup: Callable[[Ledger], object] | None = None,
        at_once: int = neo4j_restoring.AT_ONCE,
        anew: bool = False,
    ) -> None:
        self.uri = uri
        self._at_once = at_once
        self._driver = open_driver(uri, user, password, retry_seconds)
        self._transactions = Transactions(self._driver, uri, database, read_only, retry_seconds)
        try:
            with refusing(uri):
                if anew and not read_only:
                    neo4j_restoring.empty_where_broken_off(self._transactions)
                self._open(create and not read_only, None if read_only else backup)
        except BaseException:
            self._driver.close()
            raise

    def _open(self, create: bool, backup: Callable[[Ledger], object] | None) -> None:
        with self._transactions.session() as session:
            state = state_of(session, shown(self.uri))
            if state is State.EMPTY and not create:
                raise Refusal(say("store-missing", store=shown(self.uri)))
            if state is State.OLDER:
                if backup is None:
                    raise Refusal(say("store-older", store=shown(self.uri)))
                upgrade(self._transactions, shown(self.uri), backup, self._at_once)
            elif create:
                make_schema(session)
                make_empty(session)

    def close(self) -> None:
        self._driver.close()

    def bookmarks(self) -> frozenset[str]:
        """How far this store has read and written, for a store in another process to follow."""
        return self._transactions.bookmarks()

    def follow(self, bookmarks: Collection[str]) -> None:
        """From now on see at least what the store saw that these bookmarks are of."""
        self._transactions.follow(bookmarks)

    def revision(self) -> int:
        return self._transactions.revision()

    def apply(self, load: Load) -> Applied:
        check_closed(load.records)
        with uncollected():
            return self._transactions.write(
                lambda tx, start, token: neo4j_applying.apply(tx, start, load, token),
                found=lambda done: Applied(*done),
            )

    def undo(self, number: int, actor: str = "local") -> int:
        return self._let_stand(number, actor, stands=False)

    def redo(self, number: int, actor: str = "local") -> int:
        return self._let_stand(number, actor, stands=True)

    def _let_stand(self, number: int, actor: str, stands: bool) -> int:
        with uncollected():
            return self._transactions.write(
                lambda tx, start, token: neo4j_applying.let_stand(
                    tx, start, number, actor, token, stands
                ),
                found=lambda done: done[1],
            )

    def loads(self) -> list[LoadSummary]:
        return self._transactions.read(neo4j_ledger.loads)

    def standing(
        self, source: str | None = None, key_prefix: str | None = None
    ) -> Iterable[KeptRecord]:
        def records(tx: Tx, _: int) -> list[KeptRecord]:
            return list(neo4j_ledger.records(tx, neo4j_ledger.standing(tx, source, key_prefix)))

        return self._transactions.read_of_one_revision(records)

    def structure(self) -> Structure:
        with uncollected():
            return self._transactions.read_of_one_revision(neo4j_structure.structure)

    def changed_since(self, revision: int) -> set[str]:
        return self._transactions.read_of_one_revision(
            lambda tx, _: neo4j_ledger.touched_since(tx, revision)
        )

    def changes(self, since: int, most: int) -> Changes | None:
        return self._transactions.read_of_one_revision(lambda tx, at: _changes(tx, at, since, most))

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        return self._transactions.read(lambda tx: neo4j_graph.details(tx, elements))

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        return self._transactions.read(lambda tx: _sources(tx, elements, first))

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        counts = self._transactions.read(lambda tx: neo4j_graph.source_counts(tx, elements))
        return {element: counts.get(element, 0) for element in elements}

    def said_only_by(self, load: int) -> SaidOnly:
        return self._transactions.read(lambda tx: _said_only_by(tx, load))

    def voices(
        self, elements: Sequence[str], without: Collection[int] = ()
    ) -> dict[str, list[Voice]]:
        left_out = frozenset(without)
        return self._transactions.read(lambda tx: _voices(tx, elements, left_out))

    def check(self) -> list[Difference]:
        return self._transactions.read_of_one_revision(lambda tx, _: check(tx))

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        # Records never change, so those of these loads are of this revision whatever comes after.
        revisions, loads = self._transactions.read_of_one_revision(
            lambda tx, _: (neo4j_ledger.revisions(tx), neo4j_ledger.loads(tx))
        )
        numbers = {load.number for load in loads}
        with self._transactions.reading() as tx:
            yield Ledger(revisions, loads, neo4j_ledger.all_records(tx, numbers))

    def restore(self, ledger: Ledger) -> int:
        with uncollected():
            return neo4j_restoring.restore(
                self._transactions, shown(self.uri), ledger, self._at_once
            )


def _changes(tx: Tx, revision: int, since: int, most: int) -> Changes | None:
    touched = neo4j_ledger.touched_since(tx, since)
    if revision < since or len(touched) > most:
        return None
    there = neo4j_graph.details(tx, sorted(touched))
    return Changes(revision, {element: there.get(element) for element in touched})


def _said_only_by(tx: Tx, load: int) -> SaidOnly:
    said = neo4j_ledger.elements_of(tx, load)
    alone = neo4j_graph.said_within(tx, said, record_number(load, 0), record_number(load + 1, 0))
    nodes = sorted((first, each) for each, first in alone.items() if not is_relation(each))
    return SaidOnly(tuple(node for _, node in nodes), len(alone) - len(nodes))


def _sources(tx: Tx, elements: Sequence[str], first: int | None) -> dict[str, list[Provenance]]:
    said_by = neo4j_graph.said_by(tx, elements, first)
    numbers = {number for some in said_by.values() for number in some}
    kept = {record.number: record for record in neo4j_ledger.records(tx, numbers)}
    return {
        element: [provenance(kept[number], element) for number in said_by.get(element, ())]
        for element in elements
    }


def _voices(tx: Tx, elements: Sequence[str], without: frozenset[int]) -> dict[str, list[Voice]]:
    there = neo4j_graph.heard(tx, dict.fromkeys(elements))
    left = {e: each.heard.changed(without, None).spoken() for e, each in there.items()}
    return {element: voices for element, voices in left.items() if voices}
