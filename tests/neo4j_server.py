"""The real Neo4j of a test run: found or started once, skipped with a reason where it cannot be."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from neo4j import Driver, GraphDatabase

from teknologikort.local_neo4j import Neo4jAddress, Neo4jMissing, cache_folder

PROJECT = Path(__file__).parent.parent
CACHE = cache_folder(PROJECT)
_BATCH = 10_000

IN_NEO4J = [pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]
"""The marks of a test that needs a real Neo4j: with xdist (--dist loadgroup) in one worker."""

T = TypeVar("T")


@contextmanager
def or_skip(server: AbstractContextManager[T]) -> Iterator[T]:
    """Enter it; where there is no Neo4j skip, or fail when REQUIRE_NEO4J=1 says so."""
    try:
        entered = server.__enter__()
    except Neo4jMissing as missing:
        if os.environ.get("REQUIRE_NEO4J") == "1":
            raise
        pytest.skip(missing.text("en"))
    try:
        yield entered
    finally:
        server.__exit__(None, None, None)


def driver_of(address: Neo4jAddress) -> Driver:
    return GraphDatabase.driver(address.uri, auth=address.auth)


def empty(driver: Driver) -> None:
    """No node is left. Constraints and indexes stay: to make them anew takes a second."""
    with driver.session() as session:
        session.run(
            f"MATCH (n) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {_BATCH} ROWS"
        ).consume()


def without_schema(driver: Driver) -> None:
    """No constraint and no index is left, but those that every database has."""
    with driver.session() as session:
        for constraint in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{constraint}`").consume()
        for index in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'").value():
            session.run(f"DROP INDEX `{index}`").consume()


def refuse_a_used_one(driver: Driver) -> None:
    """The tests empty the database: never one that somebody has put something into."""
    with driver.session() as session:
        if session.run("MATCH (n) RETURN count(n)").single(strict=True).value():
            pytest.fail("NEO4J_URI names a database that is not empty; the tests would empty it")
