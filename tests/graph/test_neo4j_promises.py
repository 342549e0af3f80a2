"""What a Neo4j store promises when answers are lost, writers die, and several processes share."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest
from neo4j import Driver

from graph.neo4j_store import Neo4jStore
from schema.messages import Refusal
from teknologikort.local_neo4j import Neo4jAddress, OwnNeo4j, own_neo4j
from tests.graph.conftest import neo4j_store
from tests.graph.loads import apply, uses
from tests.lossy_proxy import Loss, LossyProxy, lossy_proxy
from tests.neo4j_server import CACHE, IN_NEO4J, driver_of, empty, or_skip

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


def test_a_bookmark_is_waited_for(store: Neo4jStore, empty_neo4j: Neo4jAddress) -> None:
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
        lambda: [*store.standing()],
        lambda: neo4j_store(empty_neo4j),
    ):
        with pytest.raises(Refusal) as raised:
            use()
        assert [message.code for message in raised.value.messages] == ["neo4j-restoring"]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """One that may be killed, whatever the other tests use."""
    with or_skip(own_neo4j(tmp_path_factory.mktemp("own"), CACHE)) as server:
        yield server


def test_reads_come_back_by_themselves_when_the_server_is_started_anew(own: OwnNeo4j) -> None:
    with driver_of(own.address) as driver:
        empty(driver)
    store = Neo4jStore(own.address.uri, own.address.user, own.address.password, retry_seconds=90)
    apply(store, "a.xlsx", [USE])
    own.kill()
    starting = threading.Thread(target=own.start)
    starting.start()
    began = time.monotonic()

    assert store.revision() == 1
    assert store.details(["solution:sms"]) == {"solution:sms": {"name": "SMS"}}
    assert time.monotonic() - began < 90
    starting.join()
    store.close()
