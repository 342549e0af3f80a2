"""What a Neo4j store promises when answers are lost, writers die, and several processes share."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import Driver

from graph import neo4j_cypher as cypher
from graph.ledger import Ledger
from graph.neo4j_model import GROUPS
from graph.neo4j_store import Neo4jStore
from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from schema.records import KeptRecord
from teknologikort.local_neo4j import Neo4jAddress
from tests.graph.conftest import neo4j_store
from tests.graph.loads import apply, uses
from tests.lossy_proxy import Loss, LossyProxy, lossy_proxy
from tests.neo4j_server import IN_NEO4J

pytestmark = IN_NEO4J

USE = uses("eksempel/omsorg", "sms")


@pytest.fixture
def proxy(empty_neo4j: Neo4jAddress) -> Iterator[LossyProxy]:
    with lossy_proxy(empty_neo4j) as wire:
        yield wire


@pytest.fixture
def store(empty_neo4j: Neo4jAddress, proxy: LossyProxy) -> Iterator[Neo4jStore]:
    """A store at the far end of a wire that can be cut."""
    opened = Neo4jStore(proxy.uri, empty_neo4j.user, empty_neo4j.password, retry_seconds=4.0)
    yield opened
    opened.close()


@pytest.mark.parametrize("losses", [[Loss.ANSWER], [Loss.COMMIT], [Loss.COMMIT, Loss.ANSWER]])
def test_a_load_whose_commit_or_answer_is_lost_is_there_once(
    store: Neo4jStore, proxy: LossyProxy, losses: list[Loss]
) -> None:
    proxy.losses += losses
    applied = apply(store, "a.xlsx", [USE])

    assert proxy.losses == []
    assert (applied.number, applied.revision) == (1, 1)
    assert [load.number for load in store.loads()] == [1]
    assert (store.revision(), store.check()) == (1, [])


def test_an_undo_whose_answer_is_lost_is_done_once(store: Neo4jStore, proxy: LossyProxy) -> None:
    apply(store, "a.xlsx", [USE])
    proxy.losses.append(Loss.ANSWER)

    assert store.undo(1) == 2
    assert [load.stands for load in store.loads()] == [False]
    assert (store.revision(), store.check()) == (2, [])


@pytest.mark.parametrize("loss", Loss)
def test_where_it_cannot_be_seen_whether_a_load_is_there_that_is_said(
    store: Neo4jStore, proxy: LossyProxy, empty_neo4j: Neo4jAddress, loss: Loss
) -> None:
    proxy.losses.append(loss)
    proxy.refuse_after_loss = True
    with pytest.raises(Refusal) as raised:
        apply(store, "a.xlsx", [USE])
    assert [message.code for message in raised.value.messages] == ["store-lost"]

    direct = neo4j_store(empty_neo4j)
    assert len(direct.loads()) == direct.revision() == (1 if loss is Loss.ANSWER else 0)
    assert direct.check() == []
    direct.close()


def test_reads_go_on_where_a_writer_died_while_it_committed(
    store: Neo4jStore, neo4j_driver: Driver
) -> None:
    apply(store, "a.xlsx", [USE])
    with neo4j_driver.session() as session:
        session.run("MATCH (c:Commit) SET c.begun = c.begun + 1").consume()

    assert [*store.structure().relations["USES"]] == [
        ("department:eksempel/omsorg", "solution:sms")
    ]
    with neo4j_driver.session() as session:
        found = session.run("MATCH (c:Commit) RETURN c.begun = c.ended").single(strict=True)
        assert found.value() is True
    assert apply(store, "b.xlsx", [uses("eksempel/skole", "sms")]).revision == 2


def test_a_store_in_another_process_sees_at_least_what_this_one_wrote(
    store: Neo4jStore, empty_neo4j: Neo4jAddress
) -> None:
    before = store.bookmarks()
    apply(store, "a.xlsx", [USE])
    assert store.bookmarks() != before

    program = (
        "import sys; from graph.neo4j_store import Neo4jStore\n"
        "uri, user, password, *bookmarks = sys.argv[1:]\n"
        "store = Neo4jStore(uri, user, password, create=False)\n"
        "store.follow(bookmarks)\n"
        "print(store.revision(), set(bookmarks) <= store.bookmarks()); store.close()\n"
    )
    address = (empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password)
    told = subprocess.run(
        [sys.executable, "-c", program, *address, *store.bookmarks()],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[0] == "1"


def test_what_is_followed_is_asked_of_the_server_with_each_read(
    store: Neo4jStore, empty_neo4j: Neo4jAddress
) -> None:
    apply(store, "a.xlsx", [USE])
    other = neo4j_store(empty_neo4j)
    other.follow(["not a bookmark"])
    with pytest.raises(Refusal):
        other.revision()
    other.close()


def test_nobody_reads_or_writes_a_store_that_is_being_restored(
    store: Neo4jStore, neo4j_driver: Driver, empty_neo4j: Neo4jAddress
) -> None:
    apply(store, "a.xlsx", [USE])
    with neo4j_driver.session() as session:
        session.run("MATCH (g:Graph) SET g.restoring = true").consume()

    for use in (
        store.structure,
        lambda: store.undo(1),
        store.standing,
        lambda: neo4j_store(empty_neo4j),
    ):
        with pytest.raises(Refusal) as raised:
            use()
        assert [message.code for message in raised.value.messages] == ["neo4j-restoring"]


def in_parts(address: Neo4jAddress) -> Neo4jStore:
    """A store that restores even a small ledger in several transactions."""
    return Neo4jStore(address.uri, address.user, address.password, retry_seconds=2.0, at_once=0)


def test_a_ledger_too_large_for_one_transaction_is_restored_in_several(
    empty_neo4j: Neo4jAddress, tmp_path: Path
) -> None:
    other = SqliteStore(tmp_path / "graph.sqlite")
    apply(other, "a.xlsx", [USE, uses("eksempel/skole", "sms", row=2)])
    apply(other, "b.xlsx", [uses("eksempel/skole", "gps")])
    other.undo(1)
    store = in_parts(empty_neo4j)
    with other.ledger() as ledger:
        assert store.restore(ledger) == 3

    assert store.loads() == other.loads()
    assert [*store.standing()] == [*other.standing()]
    assert (store.check(), store.redo(1), store.check()) == ([], 4, [])
    store.close()
    other.close()


def test_where_such_a_restore_fails_the_store_is_empty_again(
    empty_neo4j: Neo4jAddress, tmp_path: Path
) -> None:
    def breaking(records: Iterable[KeptRecord]) -> Iterator[KeptRecord]:
        yield from records
        raise OSError("the disk is gone")

    other = SqliteStore(tmp_path / "graph.sqlite")
    apply(other, "a.xlsx", [USE])
    store = in_parts(empty_neo4j)
    with pytest.raises(OSError, match="gone"), other.ledger() as ledger:
        store.restore(Ledger(ledger.revisions, ledger.loads, breaking(ledger.records)))

    assert (store.revision(), store.loads(), store.check()) == (0, [], [])
    assert apply(store, "a.xlsx", [USE]).number == 1
    store.close()
    other.close()


def broken_off(address: Neo4jAddress, ledger: Ledger) -> None:
    """Leave what a restore leaves that was broken off when its last record had come."""

    def interrupted(records: Iterable[KeptRecord]) -> Iterator[KeptRecord]:
        yield from records
        raise KeyboardInterrupt

    store = in_parts(address)
    with pytest.raises(KeyboardInterrupt):
        store.restore(Ledger(ledger.revisions, ledger.loads, interrupted(ledger.records)))
    store.close()


def test_where_such_a_restore_was_broken_off_the_store_can_be_made_anew(
    empty_neo4j: Neo4jAddress, neo4j_driver: Driver, tmp_path: Path
) -> None:
    other = SqliteStore(tmp_path / "graph.sqlite")
    apply(other, "a.xlsx", [USE])
    with other.ledger() as ledger:
        broken_off(empty_neo4j, ledger)
    with pytest.raises(Refusal) as raised:
        neo4j_store(empty_neo4j)
    assert [message.code for message in raised.value.messages] == ["neo4j-restoring"]

    address = empty_neo4j
    store = Neo4jStore(address.uri, address.user, address.password, anew=True)
    assert (store.revision(), store.loads(), store.check()) == (0, [], [])
    with other.ledger() as ledger:
        assert store.restore(ledger) == 1
    store.close()

    kept = Neo4jStore(address.uri, address.user, address.password, anew=True)
    assert (kept.loads(), kept.check()) == (other.loads(), [])
    kept.close()
    other.close()


def test_every_element_is_found_by_an_index(store: Neo4jStore, neo4j_driver: Driver) -> None:
    apply(store, "a.xlsx", [USE])
    kinds = (cypher.NODES, cypher.RELATIONS)
    statements = [cypher.reading(groups, cypher.count_of) for groups in kinds]
    statements += [cypher.setting(GROUPS[0]), cypher.deleting(GROUPS[-1])]
    statements.append(cypher.creating(GROUPS[-1]))
    for statement in statements:
        with neo4j_driver.session() as session:
            explained = session.run(f"EXPLAIN {statement}", rows=[[]] * 17, first=None).consume()
        assert explained.plan is not None
        assert not [name for name in operators(explained.plan) if "LabelScan" in name]


def operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"]
    for child in plan.get("children", []):
        yield from operators(child)
