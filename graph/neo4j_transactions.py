"""Transactions in Neo4j that keep what a store promises: alone among writers, written once also
where an answer is lost, read of one revision although Neo4j shows commits while they are made."""

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TypeVar
from uuid import uuid4

from neo4j import READ_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import DriverError, IncompleteCommit, Neo4jError

from graph import neo4j_ledger
from graph.neo4j_connection import refusing, shown
from graph.neo4j_graph import Tx
from graph.neo4j_ledger import Start
from graph.neo4j_model import VERSION, ontology_mark
from schema.messages import Refusal, say

T = TypeVar("T")
Run = Callable[[Callable[[Tx], None]], None]
"""Runs a part of some work."""

_PAUSES = (0.0, 0.01, 0.02, 0.04, 0.08, 0.16)
"""Seconds before each try to read while nobody commits."""

_FORBIDDEN = "Neo.ClientError.Security.Forbidden"

_NOT_FOUND_YET = 0.5
"""Seconds before it is looked again whether a write whose answer was lost is there."""


@dataclass(frozen=True, slots=True)
class _Moment:
    revision: int
    begun: int
    ended: int

    @property
    def settled(self) -> bool:
        return self.begun == self.ended


class Transactions:
    """The transactions of one store. Safe to use from several threads.

    Before a writer commits it says so (``Commit.begun``), and afterwards that it has ended
    (``Commit.ended``), each in a transaction of its own: a reader that finds the two alike and the
    revision unmoved, before and after, has read of one revision and taken no lock. The driver's
    bookmarks carry what was written from one session to the next, and by ``bookmarks`` and
    ``follow`` to another process.
    """

    def __init__(
        self,
        driver: Driver,
        uri: str,
        database: str | None,
        read_only: bool,
        retry_seconds: float,
    ) -> None:
        self._driver = driver
        self._uri = uri
        self._database = database
        self._read_only = read_only
        self._retry_seconds = retry_seconds
        self._bookmarks = GraphDatabase.bookmark_manager()

    def session(self) -> Session:
        """A session that sees what this store's others have written."""
        return self._driver.session(database=self._database, bookmark_manager=self._bookmarks)

    def bookmarks(self) -> frozenset[str]:
        """How far this store has read and written: for a store in another process to follow."""
        return frozenset(self._bookmarks.get_bookmarks())

    def follow(self, bookmarks: Collection[str]) -> None:
        """See from now on at least what the store saw that these bookmarks are of."""
        self._bookmarks.update_bookmarks((), bookmarks)

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        with refusing(self._uri), self.session() as session:
            return session.execute_read(work)

    def revision(self) -> int:
        """The newest revision's number: one way there and back, where the server answers."""
        query = "MATCH (g:Graph) RETURN g.version, g.ontology, g.restoring, g.revision"
        with refusing(self._uri), self.session() as session:
            try:
                *made, revision = session.run(query).single(strict=True)
                self._check(*made)
                return int(revision)
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable():
                    raise
        return self.read(neo4j_ledger.revision)

    def read_of_one_revision(self, work: Callable[[Tx, int], T]) -> T:
        """Read all of one revision: again if another came meanwhile, at last while none can."""

        def undisturbed(tx: ManagedTransaction) -> tuple[T] | None:
            before = self._moment(tx)
            if not before.settled:
                return None
            try:
                found = work(tx, before.revision)
            except (LookupError, ValueError):
                # Half a commit need not make sense: a relationship whose end is not there yet.
                if self._moment(tx) == before:
                    raise
                return None
            return (found,) if self._moment(tx) == before else None

        for pause in _PAUSES:
            time.sleep(pause)
            found = self.read(undisturbed)
            if found is not None:
                return found[0]
        return self._read_while_none_commits(work)

    def _read_while_none_commits(self, work: Callable[[Tx, int], T]) -> T:
        def alone(tx: ManagedTransaction) -> T:
            # A writer holds this lock from its last statement until its commit has ended.
            tx.run("MATCH (g:Graph) SET g.reading = true REMOVE g.reading").consume()
            moment = self._moment(tx)
            if not moment.settled and not self._read_only:
                # The writer that began was cut off: nobody else will say that it has ended.
                tx.run("MATCH (c:Commit) SET c.ended = c.begun").consume()
            return work(tx, moment.revision)

        with refusing(self._uri), self.session() as session:
            try:
                return session.execute_write(alone)
            except Neo4jError as error:
                if self._read_only and error.code == _FORBIDDEN:
                    raise Refusal(say("graph-keeps-changing", attempts=len(_PAUSES))) from error
                raise

    def _moment(self, tx: Tx) -> _Moment:
        row = tx.run(
            "MATCH (g:Graph) MATCH (c:Commit)"
            " RETURN g.version, g.ontology, g.restoring, g.revision, c.begun, c.ended"
        ).single()
        if row is None:
            raise Refusal(say("store-missing", store=shown(self._uri)))
        version, mark, restoring, *moment = row
        self._check(version, mark, restoring)
        return _Moment(*moment)

    def _check(self, version: int, mark: str, restoring: bool | None) -> None:
        """Refuse a store that was upgraded, or is no longer whole, since it was opened."""
        store = shown(self._uri)
        if (version, mark) != (VERSION, ontology_mark()):
            raise Refusal(say("store-made-over", store=store))
        if restoring:
            raise Refusal(say("neo4j-restoring", store=store))

    def write(
        self, work: Callable[[Tx, Start, str], T], found: Callable[[tuple[int, int]], T]
    ) -> T:
        """One transaction, all of it or nothing, alone among the writers.

        Where the answer to the commit is lost it is looked whether the write is there, by its
        token: ``found`` then tells what came of it; where it is not, it is tried again.
        """
        self._writable()
        token = uuid4().hex
        begun: list[int] = []

        def attempt(tx: ManagedTransaction) -> T:
            start = neo4j_ledger.alone_among_writers(tx, token)
            if start.done is not None:
                return found(start.done)
            self._check(start.version, start.mark, start.restoring)
            made = work(tx, start, token)
            begun.append(self._begin_commit())
            return made

        made = self._written(attempt)
        if begun:
            self._end_commit(begun[-1])
        return made

    @contextmanager
    def reading(self) -> Iterator[Tx]:
        """A transaction whose answers can be streamed while the block is open."""
        session = self._driver.session(
            database=self._database,
            bookmark_manager=self._bookmarks,
            default_access_mode=READ_ACCESS,
        )
        with refusing(self._uri), session, session.begin_transaction() as tx:
            yield tx

    @contextmanager
    def one(self) -> Iterator[Run]:
        """Alone among the writers, parts of work that are one transaction together. It is not
        tried again by itself: what it reads from may be gone."""
        self._writable()
        with refusing(self._uri), self.session() as session, session.begin_transaction() as tx:
            neo4j_ledger.wait_for_writers(tx)
            yield lambda work: work(tx)
            begun = self._begin_commit()
            try:
                tx.commit()
            except IncompleteCommit as error:
                raise Refusal(say("store-lost", store=shown(self._uri))) from error
        self._end_commit(begun)

    @contextmanager
    def many(self) -> Iterator[Run]:
        """Parts of work, each a transaction of its own; nobody reads of one revision meanwhile."""
        self._writable()

        def run(work: Callable[[Tx], None]) -> None:
            with self.session() as session:
                session.execute_write(work)

        with refusing(self._uri, lost=True):
            begun = self._begin_commit()
            yield run
        self._end_commit(begun)

    def _writable(self) -> None:
        if self._read_only:
            raise Refusal(say("store-read-only", store=shown(self._uri)))

    def _written(self, attempt: Callable[[ManagedTransaction], T]) -> T:
        deadline = time.monotonic() + self._retry_seconds
        lost = False
        while True:
            with refusing(self._uri, lost), self.session() as session:
                try:
                    return session.execute_write(attempt)
                except IncompleteCommit as error:
                    lost = True
                    if time.monotonic() > deadline:
                        raise Refusal(say("store-lost", store=shown(self._uri))) from error
            time.sleep(_NOT_FOUND_YET)

    def _begin_commit(self) -> int:
        query = "MATCH (c:Commit) SET c.begun = c.begun + 1 RETURN c.begun"
        with self.session() as session:
            return int(session.run(query).single(strict=True).value())

    def _end_commit(self, begun: int) -> None:
        # What is written is written: where this fails, the next reader or writer says it instead.
        with suppress(DriverError, Neo4jError), self.session() as session:
            query = "MATCH (c:Commit) WHERE c.ended < $begun SET c.ended = $begun"
            session.run(query, begun=begun).consume()
