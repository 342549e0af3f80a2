"""A real Neo4j is found or started, asks for its password, and leaves nothing behind."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from neo4j.exceptions import AuthError, ServiceUnavailable

from schema.messages import Refusal
from teknologikort.local_neo4j import (
    Neo4jAddress,
    Neo4jMissing,
    OwnNeo4j,
    local_neo4j,
    own_neo4j,
)
from teknologikort.neo4j_java import JavaNeo4j, find_kit, first_that_runs
from tests.neo4j_server import CACHE, IN_NEO4J, driver_of, or_skip

pytestmark = IN_NEO4J


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    with or_skip(own_neo4j(tmp_path_factory.mktemp("own"), CACHE)) as server:
        yield server


def ask(address: Neo4jAddress, query: str) -> object:
    with driver_of(address) as driver, driver.session() as session:
        return session.run(query).single(strict=True).value()


def listens(address: Neo4jAddress) -> bool:
    with socket.socket() as probe:
        port = urlsplit(address.uri).port
        assert port is not None
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_answers_a_query(own: OwnNeo4j) -> None:
    assert ask(own.address, "RETURN 1") == 1


def test_it_refuses_a_wrong_password(own: OwnNeo4j) -> None:
    with pytest.raises(AuthError):
        ask(replace(own.address, password="another"), "RETURN 1")


def test_its_first_password_is_no_longer_good(own: OwnNeo4j) -> None:
    with pytest.raises(AuthError):
        ask(replace(own.address, password="neo4j"), "RETURN 1")


def test_its_password_is_not_shown(own: OwnNeo4j) -> None:
    assert own.address.password not in repr(own.address)


def test_what_was_committed_is_there_after_it_was_killed_and_started(own: OwnNeo4j) -> None:
    ask(own.address, "CREATE (n:Kept {name: 'kept'}) RETURN 1")
    own.kill()
    assert not listens(own.address)
    with pytest.raises(ServiceUnavailable):
        ask(own.address, "RETURN 1")
    own.start()
    assert ask(own.address, "MATCH (n:Kept) RETURN n.name") == "kept"


def test_a_stopped_one_frees_its_port_and_its_home_can_be_used_again(tmp_path: Path) -> None:
    with or_skip(own_neo4j(tmp_path, CACHE)) as server:
        first = server.address
        assert listens(first)
    assert not listens(first)
    with or_skip(own_neo4j(tmp_path, CACHE)) as server:
        assert ask(server.address, "RETURN 1") == 1


def test_the_one_that_the_environment_names_is_used_as_it_is(
    own: OwnNeo4j, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEO4J_URI", own.address.uri)
    monkeypatch.setenv("NEO4J_USER", own.address.user)
    monkeypatch.setenv("NEO4J_PASSWORD", own.address.password)
    with local_neo4j(tmp_path / "home", tmp_path / "cache") as address:
        assert address == own.address
    assert ask(own.address, "RETURN 1") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_docker_java_and_maven_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NEO4J_URI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Neo4jMissing) as missing, local_neo4j(tmp_path, tmp_path):
        pass
    for word in ("NEO4J_URI", "Docker", "Java", "Maven"):
        assert word in missing.value.text("da")
        assert word in missing.value.text("en")


def test_one_that_cannot_start_shows_its_log(tmp_path: Path) -> None:
    kit = find_kit()
    if kit is None:
        pytest.skip("Java 17 or newer and Maven are not installed")
    server = JavaNeo4j(kit, tmp_path / "no-jars", tmp_path / "home")
    with pytest.raises(Refusal, match=kit.release.main.replace(".", r"\.")):
        server.start()


@pytest.mark.parametrize(
    ("javas", "version", "java"),
    [({"new": 25, "old": 17}, "5.26.30", "old"), ({"new": 25, "older": 11}, "2026.08.1", "new")],
)
def test_the_release_with_long_term_support_is_taken_where_a_java_runs_it(
    javas: dict[str, int], version: str, java: str
) -> None:
    found = first_that_runs([(Path(name), number) for name, number in javas.items()])
    assert found is not None
    assert (found[0].version, found[1]) == (version, Path(java))


def test_a_java_that_is_too_old_runs_none() -> None:
    assert first_that_runs([(Path("old"), 11)]) is None
