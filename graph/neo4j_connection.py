"""Reaching a Neo4j that is ours, and saying what is wrong where it cannot be reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, NotificationMinimumSeverity, Session, basic_auth
from neo4j.exceptions import (
    AuthError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.neo4j_graph import Tx
from graph.neo4j_model import VERSION, ontology_mark, schema_statements
from schema.messages import Message, Refusal, say

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
"""How the address of a Neo4j begins; +s is encrypted."""

CONNECT_SECONDS = 5.0
"""How long to wait for a server that does not answer at all."""

_TOO_MANY_TRIES = "Neo.ClientError.Security.AuthenticationRateLimit"
_OUT_OF_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "OutOfMemoryError")


def shown(uri: str) -> str:
    """The address as it may be shown: without whatever stands before an @."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.scheme else uri


def open_driver(uri: str, user: str, password: str, retry_seconds: float) -> Driver:
    """A driver that has reached the server and was let in."""
    if urlsplit(uri).scheme not in SCHEMES or urlsplit(uri).hostname is None:
        raise Refusal(say("neo4j-address", store=shown(uri)))
    driver = GraphDatabase.driver(
        uri,
        auth=basic_auth(user, password),
        connection_timeout=CONNECT_SECONDS,
        max_transaction_retry_time=retry_seconds,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
    )
    try:
        with refusing(uri):
            driver.verify_connectivity()
    except BaseException:
        driver.close()
        raise
    return driver


@contextmanager
def refusing(uri: str, lost: bool = False) -> Iterator[None]:
    """Turn what the driver raises into a refusal that a person can act on.

    ``lost``: something may have been written before the connection went.
    """
    try:
        yield
    except (ServiceUnavailable, SessionExpired) as error:
        raise Refusal(
            say("store-lost" if lost else "store-unreachable", store=shown(uri))
        ) from error
    except (DriverError, Neo4jError) as error:
        raise Refusal(_message(shown(uri), error)) from error


def _message(store: str, error: DriverError | Neo4jError) -> Message:
    code = error.code or "" if isinstance(error, Neo4jError) else ""
    if isinstance(error, AuthError) or code == _TOO_MANY_TRIES:
        return say("store-wrong-password", store=store)
    if code.endswith(_OUT_OF_MEMORY):
        return say("neo4j-too-small", store=store)
    reason = error.message if isinstance(error, Neo4jError) else str(error)
    return say("neo4j-refuses", store=store, reason=reason)


class State(Enum):
    """What a database is to us."""

    EMPTY = "empty"
    OURS = "ours"
    OLDER = "older"
    """A store that an older version wrote, or one for another edition of the ontology."""


def state_of(session: Session, store: str) -> State:
    """What the database holds; refuses what is somebody else's, not whole, or written by a newer
    version."""
    query = "MATCH (g:Graph) WHERE g.version IS NOT NULL RETURN g.version, g.ontology, g.restoring"
    found = session.run(query).single()
    if found is None:
        if session.run("MATCH (n) RETURN count(n)").single(strict=True).value():
            raise Refusal(say("neo4j-not-ours", store=store))
        return State.EMPTY
    version, mark, restoring = found
    if version > VERSION:
        raise Refusal(say("store-newer", store=store, found=version, known=VERSION))
    if restoring:
        raise Refusal(say("neo4j-restoring", store=store))
    return State.OURS if (version, mark) == (VERSION, ontology_mark()) else State.OLDER


def make_schema(session: Session) -> None:
    """Every constraint and index that is not there, and none of an older version."""
    there = set(session.run("SHOW INDEXES YIELD name").value())
    for name, statement in schema_statements().items():
        if name not in there:
            session.run(statement).consume()
    session.run("CALL db.awaitIndexes()").consume()


def make_locks(tx: Session | Tx) -> None:
    """What writers wait at, and say at that they commit."""
    tx.run(
        "MERGE (:Writer {name: 'teknologikort'})"
        " MERGE (c:Commit {name: 'teknologikort'}) ON CREATE SET c.begun = 0, c.ended = 0"
    ).consume()


def make_empty(tx: Session | Tx) -> None:
    """A store at revision 0, where there is none."""
    make_locks(tx)
    tx.run(
        "MERGE (g:Graph {name: 'teknologikort'}) ON CREATE SET g += $made",
        made={"version": VERSION, "ontology": ontology_mark(), "revision": 0, "loads": 0},
    ).consume()
