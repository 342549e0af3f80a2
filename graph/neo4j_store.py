"""The shared store: a Neo4j that several servers use, with the ledger beside the graph."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from typing import TypeVar

from neo4j import ManagedTransaction, Session

from graph import neo4j_graph, neo4j_ledger
from graph.changes import (
    Standing,
    check_closed,
    elements_of,
    graph_change,
    provenance,
    standing_change,
)
from graph.differences import Difference, differences
from graph.ledger import Edition, RecordHead, by_element, graph_of, record_number
from graph.neo4j_connection import open_driver, open_or_create, refusing, shown
from graph.settling import Voice
from graph.store import Applied, Changes, StaleLoad, UnknownLoad
from graph.structure import Structure
from schema.field import Value
from schema.messages import Refusal, say
from schema.records import KeptRecord, Load, LoadSummary, Provenance

RETRY_SECONDS = 15.0
"""How long what may be retried is retried: a server that starts anew, another leader."""

_UNDISTURBED_TRIES = 3

T = TypeVar("T")


class Neo4jStore:
    """A ``Store`` in a Neo4j database. Safe to use from several threads, processes and servers.

    Writers wait for each other at the node ``Writer``, so that the revision grows by one.
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
    ) -> None:
        self.uri = uri
        self._database = database
        self._read_only = read_only
        self._driver = open_driver(uri, user, password, retry_seconds)
        try:
            with refusing(uri), self._session() as session:
                open_or_create(session, shown(uri), create and not read_only)
        except BaseException:
            self._driver.close()
            raise

    def close(self) -> None:
        self._driver.close()

    def _session(self) -> Session:
        return self._driver.session(database=self._database)

    def _read(self, work: Callable[[ManagedTransaction], T]) -> T:
        with refusing(self.uri), self._session() as session:
            return session.execute_read(work)

    def _write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """One transaction, all of it or nothing, alone among the writers."""
        if self._read_only:
            raise Refusal(say("store-read-only", store=shown(self.uri)))

        self.revision()  # tells a server that is not there from one that is lost on the way

        def alone(tx: ManagedTransaction) -> T:
            neo4j_ledger.alone_among_writers(tx)
            return work(tx)

        with refusing(self.uri, lost=True), self._session() as session:
            return session.execute_write(alone)

    def _read_of_one_revision(self, work: Callable[[ManagedTransaction, int], T]) -> T:
        """Read all of one revision: again if another came meanwhile, at last while none can. One
        that is only read from cannot keep others out, and says so when it finds no moment."""
        for _ in range(_UNDISTURBED_TRIES):
            before = self._settled_revision()
            found = self._read(lambda tx, at=before: work(tx, at))  # type: ignore[misc]
            if self._settled_revision() == before:
                return found
        if self._read_only:
            raise Refusal(say("graph-keeps-changing", attempts=_UNDISTURBED_TRIES))
        with refusing(self.uri), self._session() as session:
            return session.execute_write(lambda tx: work(tx, neo4j_ledger.settled_revision(tx)))

    def _settled_revision(self) -> int:
        if self._read_only:
            return self.revision()
        with refusing(self.uri), self._session() as session:
            return session.execute_write(neo4j_ledger.settled_revision)

    def revision(self) -> int:
        return self._read(neo4j_ledger.revision)

    def apply(self, load: Load) -> Applied:
        check_closed(load.records)
        return self._write(lambda tx: _apply(tx, load))

    def undo(self, number: int, actor: str = "local") -> int:
        return self._write(lambda tx: _stand(tx, number, actor, stands=False))

    def redo(self, number: int, actor: str = "local") -> int:
        return self._write(lambda tx: _stand(tx, number, actor, stands=True))

    def loads(self) -> list[LoadSummary]:
        return self._read(neo4j_ledger.loads)

    def standing(
        self, source: str | None = None, key_prefix: str | None = None
    ) -> Iterable[KeptRecord]:
        return self._read_of_one_revision(
            lambda tx, _: neo4j_ledger.standing(tx, source, key_prefix)
        )

    def structure(self) -> Structure:
        return self._read_of_one_revision(neo4j_graph.structure)

    def changed_since(self, revision: int) -> set[str]:
        return self._read_of_one_revision(lambda tx, _: neo4j_ledger.touched_since(tx, revision))

    def changes(self, since: int, most: int) -> Changes | None:
        return self._read_of_one_revision(lambda tx, at: _changes(tx, at, since, most))

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        return self._read(lambda tx: neo4j_graph.details(tx, elements))

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        return self._read(lambda tx: _sources(tx, elements, first))

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        counts = self._read(lambda tx: neo4j_graph.source_counts(tx, elements))
        return {element: counts.get(element, 0) for element in elements}

    def voices(
        self, elements: Sequence[str], without: Collection[int] = ()
    ) -> dict[str, list[Voice]]:
        left_out = frozenset(without)
        return self._read(lambda tx: _voices(tx, elements, left_out))

    def check(self) -> list[Difference]:
        said, kept = self._read_of_one_revision(
            lambda tx, _: (neo4j_ledger.standing(tx, None), neo4j_graph.everything(tx))
        )
        return differences(graph_of(record.record for record in said), kept)


def _apply(tx: ManagedTransaction, load: Load) -> Applied:
    now = neo4j_ledger.revision(tx)
    if load.resolved_at != now:
        raise StaleLoad(load.resolved_at, now)
    number = neo4j_ledger.next_load(tx)
    numbered = {record_number(number, i): record for i, record in enumerate(load.records)}
    heads = [RecordHead(n, record.key) for n, record in numbered.items()]
    before = neo4j_ledger.editions(tx, load.source)
    after = [*before, Edition(number, load.remove_missing, heads)]
    change = standing_change(before, after)
    neo4j_ledger.keep(tx, number, now + 1, load, numbered, change.rising)
    known = {n: KeptRecord(n, number, record) for n, record in numbered.items()}
    touched = _move(tx, change, known)
    return Applied(number, neo4j_ledger.step(tx, load.actor, "load", number, touched))


def _stand(tx: ManagedTransaction, number: int, actor: str, stands: bool) -> int:
    source = neo4j_ledger.source_of(tx, number, stands=not stands)
    if source is None:
        raise UnknownLoad(number)
    before = neo4j_ledger.editions(tx, source)
    neo4j_ledger.let_load_stand(tx, number, stands)
    after = neo4j_ledger.editions(tx, source)
    touched = _move(tx, standing_change(before, after), {})
    return neo4j_ledger.step(tx, actor, "redo" if stands else "undo", number, touched)


def _move(
    tx: ManagedTransaction, change: Standing, known: Mapping[int, KeptRecord]
) -> Sequence[str]:
    """Let records rise and fall, and write anew every element that they mention.

    ``known`` are the records of the load itself, which stand as they are to already.
    """
    neo4j_ledger.let_records_stand(tx, change.falling, stands=False)
    neo4j_ledger.let_records_stand(tx, change.rising - known.keys(), stands=True)
    moved = _records(tx, change.rising | change.falling, known)
    touched = elements_of(kept.record for kept in moved)
    said_by = neo4j_graph.said_by(tx, touched)
    numbers = {number for some in said_by.values() for number in some}
    fetched = {kept.number: kept for kept in moved}
    standing = _records(tx, (numbers - change.falling) | change.rising, fetched)
    neo4j_graph.write(tx, graph_change(touched, standing), _numbers_by_element(standing, touched))
    return sorted(touched)


def _records(
    tx: ManagedTransaction, numbers: Iterable[int], known: Mapping[int, KeptRecord]
) -> list[KeptRecord]:
    wanted = set(numbers)
    fetched = neo4j_ledger.records(tx, wanted - known.keys())
    return [*fetched, *(known[number] for number in sorted(wanted & known.keys()))]


def _numbers_by_element(standing: Iterable[KeptRecord], touched: set[str]) -> dict[str, list[int]]:
    numbers: dict[str, list[int]] = {element: [] for element in touched}
    for kept in sorted(standing, key=lambda each: each.number):
        for element in touched.intersection(kept.record.elements()):
            numbers[element].append(kept.number)
    return numbers


def _changes(tx: ManagedTransaction, revision: int, since: int, most: int) -> Changes | None:
    touched = neo4j_ledger.touched_since(tx, since)
    if revision < since or len(touched) > most:
        return None
    there = neo4j_graph.details(tx, sorted(touched))
    return Changes(revision, {element: there.get(element) for element in touched})


def _sources(
    tx: ManagedTransaction, elements: Sequence[str], first: int | None
) -> dict[str, list[Provenance]]:
    said_by = neo4j_graph.said_by(tx, dict.fromkeys(elements), first)
    numbers = {number for some in said_by.values() for number in some}
    kept = {record.number: record for record in neo4j_ledger.records(tx, numbers)}
    return {
        element: [provenance(kept[number], element) for number in said_by.get(element, ())]
        for element in elements
    }


def _voices(
    tx: ManagedTransaction, elements: Sequence[str], without: Set[int]
) -> dict[str, list[Voice]]:
    wanted = dict.fromkeys(elements)
    said_by = neo4j_graph.said_by(tx, wanted)
    numbers = {number for some in said_by.values() for number in some} - without
    found: dict[str, list[Voice]] = {}
    for kept in neo4j_ledger.records(tx, numbers):
        for element, says in by_element(kept.record).items():
            if element in wanted:
                voice = Voice(says, 1, kept.number, kept.number)
                found.setdefault(element, []).append(voice)
    return found
