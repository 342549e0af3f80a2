"""A Neo4j store of version 1, made by the statements that version 1 ran, becomes one of today."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j import Driver

from graph.ledger import Ledger
from graph.neo4j_store import Neo4jStore
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from teknologikort.local_neo4j import Neo4jAddress
from tests.graph.loads import apply, uses
from tests.neo4j_server import IN_NEO4J, without_schema

pytestmark = IN_NEO4J

STATEMENTS = Path(__file__).parent / "neo4j_version_1.json"


@pytest.fixture
def version_1(empty_neo4j: Neo4jAddress, neo4j_driver: Driver) -> Neo4jAddress:
    """Five loads: an edition, an undo, a parent and a requirement among them."""
    without_schema(neo4j_driver)
    with neo4j_driver.session() as session:
        for statement, parameters in json.loads(STATEMENTS.read_text(encoding="utf-8")):
            session.run(statement, parameters).consume()
    return empty_neo4j


@pytest.fixture
def backup(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "backup.sqlite")
    yield store
    store.close()


def opened(address: Neo4jAddress, **options: object) -> Neo4jStore:
    return Neo4jStore(address.uri, address.user, address.password, **options)  # type: ignore[arg-type]


def codes(raised: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [message.code for message in raised.value.messages]


def test_its_loads_records_and_graph_are_the_same_after_the_upgrade(
    version_1: Neo4jAddress, neo4j_driver: Driver, backup: SqliteStore
) -> None:
    store = opened(version_1, backup=backup.restore)

    assert [(load.number, load.source, load.stands) for load in store.loads()] == [
        (1, "omsorg.xlsx", True),
        (2, "skole.xlsx", True),
        (3, "omsorg.xlsx", True),
        (4, "fejl.xlsx", False),
        (5, "kommuner.xlsx", True),
    ]
    assert store.revision() == backup.revision() == 6
    assert store.loads() == backup.loads()
    assert [*store.standing()] == [*backup.standing()]
    assert store.check() == []
    elements = sorted(store.changed_since(0))
    assert set(elements) <= backup.changed_since(0)
    assert store.details(elements) == backup.details(elements)
    assert store.sources(elements) == backup.sources(elements)
    with store.ledger() as ours, backup.ledger() as theirs:
        assert ours.revisions == theirs.revisions
        assert [*ours.records] == [*theirs.records]
    with neo4j_driver.session() as session:
        assert session.run("MATCH (r:Record) RETURN count(r)").single(strict=True).value() == 0
    store.close()


def test_after_the_upgrade_it_goes_on(version_1: Neo4jAddress, backup: SqliteStore) -> None:
    opened(version_1, backup=backup.restore).close()

    store = opened(version_1)
    assert apply(store, "ny.xlsx", [uses("eksempel/skole", "gps")]).number == 6
    assert store.redo(4) == 8
    assert store.undo(3) == 9
    assert store.details(["department:eksempel/omsorg USES solution:sms"]) == {
        "department:eksempel/omsorg USES solution:sms": {
            "status": "pilot",
            "primary_purpose": "service",
            "users": ("citizens",),
        }
    }
    assert store.check() == []
    store.close()


def test_without_a_backup_it_is_refused_and_not_touched(
    version_1: Neo4jAddress, neo4j_driver: Driver
) -> None:
    for options in ({}, {"read_only": True}, {"read_only": True, "backup": list}):
        with pytest.raises(Refusal) as raised:
            opened(version_1, **options)
        assert codes(raised) == ["store-older"]
    with neo4j_driver.session() as session:
        assert session.run("MATCH (r:Record) RETURN count(r)").single(strict=True).value() == 7


def test_where_the_backup_fails_nothing_is_changed(
    version_1: Neo4jAddress, neo4j_driver: Driver
) -> None:
    def no_room(_: Ledger) -> None:
        raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        opened(version_1, backup=no_room)
    with neo4j_driver.session() as session:
        found = session.run("MATCH (g:Graph) RETURN g.version, g.restoring").single(strict=True)
        assert tuple(found) == (1, None)


def test_a_graph_for_another_edition_of_the_ontology_is_made_anew(
    empty_neo4j: Neo4jAddress, neo4j_driver: Driver, backup: SqliteStore
) -> None:
    store = opened(empty_neo4j)
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="pilot")])
    store.close()
    with neo4j_driver.session() as session:
        session.run("MATCH (g:Graph) SET g.ontology = 'another'").consume()
        session.run("MATCH (s:Solution) SET s.name = 'gammel'").consume()

    with pytest.raises(Refusal) as raised:
        opened(empty_neo4j)
    assert codes(raised) == ["store-older"]
    store = opened(empty_neo4j, backup=backup.restore)
    assert store.details(["solution:sms"]) == {"solution:sms": {"name": "SMS"}}
    assert (store.check(), store.revision()) == ([], 1)
    store.close()
