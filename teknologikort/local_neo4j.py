"""A real Neo4j to work with: the one named by NEO4J_URI, or else one that is started here."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from schema.messages import Refusal, say
from teknologikort.neo4j_address import Neo4jAddress
from teknologikort.neo4j_docker import docker_neo4j, docker_with_image
from teknologikort.neo4j_java import find_kit, java_neo4j

__all__ = ["Neo4jAddress", "Neo4jMissing", "OwnNeo4j", "cache_folder", "local_neo4j", "own_neo4j"]


class Neo4jMissing(Refusal):
    """There is no Neo4j, and nothing here to run one with; says what to install."""


class OwnNeo4j(Protocol):
    """A Neo4j that we started, and so may end and start again."""

    address: Neo4jAddress

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def kill(self) -> None: ...


def given_neo4j() -> Neo4jAddress | None:
    """The Neo4j that the environment names; it is never started or stopped."""
    uri = os.environ.get("NEO4J_URI")
    if uri is None:
        return None
    user = os.environ.get("NEO4J_USER", "neo4j")
    return Neo4jAddress(uri, user, os.environ.get("NEO4J_PASSWORD", ""))


def own_neo4j(home: Path, cache: Path) -> AbstractContextManager[OwnNeo4j]:
    """Start one with Docker, else with Java and Maven; raises Neo4jMissing.

    Its data live below ``home`` (with Docker: in the container), what is fetched in ``cache``.
    """
    docker = docker_with_image()
    if docker is not None:
        return docker_neo4j(docker)
    kit = find_kit()
    if kit is not None:
        return java_neo4j(kit, home, cache)
    raise Neo4jMissing(say("neo4j-missing"))


@contextmanager
def local_neo4j(home: Path, cache: Path) -> Iterator[Neo4jAddress]:
    """The address of a Neo4j that answers, at least as long as the block lasts."""
    given = given_neo4j()
    if given is not None:
        yield given
        return
    with own_neo4j(home, cache) as server:
        yield server.address


def cache_folder(project: Path) -> Path:
    """Where fetched jars are kept: below $XDG_CACHE_HOME, else below the project."""
    shared = os.environ.get("XDG_CACHE_HOME")
    return Path(shared, "teknologikort") if shared else project / ".cache" / "neo4j"
