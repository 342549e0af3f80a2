"""What a Neo4j store does beyond what every store does: servers, faults and many at once."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import Driver

from graph.neo4j_store import Neo4jStore
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import StaleLoad
from schema.messages import Refusal
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, Record
from teknologikort.local_neo4j import Neo4jAddress, OwnNeo4j, own_neo4j
from teknologikort.neo4j_address import free_port
from tests.graph.conftest import neo4j_store
from tests.graph.loads import apply, says, uses
from tests.neo4j_server import CACHE, IN_NEO4J, driver_of, empty, or_skip, without_schema

pytestmark = IN_NEO4J


@pytest.fixture
def store(empty_neo4j: Neo4jAddress) -> Iterator[Neo4jStore]:
    opened = neo4j_store(empty_neo4j)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnNeo4j]:
    """One that may be killed, whatever the other tests use."""
    with or_skip(own_neo4j(tmp_path_factory.mktemp("own"), CACHE)) as server:
        yield server


def ask(driver: Driver, query: str) -> list[object]:
    with driver.session() as session:
        return session.run(query).value()


def refused(raised: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [message.code for message in raised.value.messages]


def test_the_graph_explains_itself_in_the_browser(store: Neo4jStore, neo4j_driver: Driver) -> None:
    row = uses("eksempel/omsorg", "sms", primary_purpose="service", last_confirmed="2026")
    apply(store, "omsorg.xlsx", [row])

    found = ask(
        neo4j_driver,
        "MATCH (m:Municipality)<-[:PART_OF]-(d:Department)-[u:USES]->(s:Solution)"
        " RETURN [m.name, d.name, u.primaryPurpose, u.lastConfirmed, s.name]",
    )
    assert found == [["Eksempel", "Omsorg", "service", "2026", "SMS"]]
    sheet = ask(
        neo4j_driver,
        "MATCH (s:Solution) UNWIND s.records AS number"
        " MATCH (r:Records {first: number - number % 32})-[:READ_IN]->(l:Load)"
        " RETURN [l.source, r.sheets[number - r.first], r.rows[number - r.first]]",
    )
    assert sheet == [["omsorg.xlsx", "Status", 1]]


def test_every_kind_of_node_has_a_constraint_from_the_ontology(
    empty_neo4j: Neo4jAddress, neo4j_driver: Driver
) -> None:
    without_schema(neo4j_driver)
    neo4j_store(empty_neo4j).close()

    unique = ask(
        neo4j_driver,
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type = 'UNIQUENESS'"
        " RETURN labelsOrTypes[0] + '.' + properties[0]",
    )
    assert {f"{kind.label}.id" for kind in ONTOLOGY.node_kinds} <= set(unique)


def test_loads_at_once_are_applied_one_after_another(
    store: Neo4jStore, empty_neo4j: Neo4jAddress
) -> None:
    def load(name: str) -> int:
        own = neo4j_store(empty_neo4j)
        try:
            while True:
                try:
                    return apply(own, f"{name}.xlsx", [uses(f"eksempel/{name}", "sms")]).revision
                except StaleLoad:
                    continue
        finally:
            own.close()

    with ThreadPoolExecutor(4) as pool:
        revisions = sorted(pool.map(load, ["a", "b", "c", "d"]))
    assert revisions == [1, 2, 3, 4]
    assert [each.number for each in store.loads()] == [1, 2, 3, 4]
    assert store.check() == []


def test_what_is_read_is_of_one_revision_while_another_loads(
    store: Neo4jStore, empty_neo4j: Neo4jAddress
) -> None:
    rows = [uses("eksempel/omsorg", f"s{i}", row=i) for i in range(300)]
    done = threading.Event()

    def load_and_undo() -> None:
        writer = neo4j_store(empty_neo4j)
        apply(writer, "a.xlsx", rows)
        for _ in range(4):
            writer.undo(1)
            writer.redo(1)
        writer.close()
        done.set()

    sizes = set()
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(load_and_undo)
        while not done.is_set() and not loading.done():
            structure = store.structure()
            sizes.add((structure.revision % 2, len(structure.relations["USES"])))
        loading.result()
    assert sizes <= {(0, 0), (1, 300)}


def test_it_holds_what_sqlite_holds(store: Neo4jStore, tmp_path: Path) -> None:
    requires = "solution:sms REQUIRES competence:gis"
    rows = [
        uses("eksempel/omsorg", "sms", status="pilot", users=("citizens",)),
        uses("fjordby/skole", "sms", row=2, status="in_use"),
        says(
            ("solution:sms", "name", "SMS"),
            ("competence:gis", "name", "GIS"),
            (requires, EXISTS, ""),
            (requires, "level", 3),
        ),
        says(("municipality:eksempel", "population", 41_000), key="m"),
    ]
    embedded = SqliteStore(tmp_path / "graph.sqlite")
    for each in (store, embedded):
        apply(each, "a.xlsx", rows)
    one, other = snapshot_of(store.structure()), snapshot_of(embedded.structure())
    embedded.close()

    assert one.ids == other.ids
    for node in one.ids:
        for field in ONTOLOGY.nodes[node.partition(":")[0]].fields:
            if field.structural:
                assert one.value(node, field.name) == other.value(node, field.name)
    for kind in ONTOLOGY.relations:
        places = range(len(one.relations[kind].sources))
        assert list(one.elements(kind, places)) == list(other.elements(kind, places))
        for name, column in one.relations[kind].fields.items():
            told = [column.value(i) for i in places]
            assert told == [other.relations[kind].fields[name].value(i) for i in places]


def test_a_relationship_to_what_nobody_names_is_not_half_written(store: Neo4jStore) -> None:
    dangling = says(("solution:sms", "name", "SMS"), ("solution:sms SOLVES problem:x", EXISTS, ""))
    with pytest.raises(ValueError, match="SOLVES"):
        apply(store, "a.xlsx", [dangling])
    assert (store.revision(), store.loads(), store.check()) == (0, [], [])


def test_one_opened_for_reading_does_not_write(
    store: Neo4jStore, empty_neo4j: Neo4jAddress
) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    reader = Neo4jStore(
        empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password, read_only=True, retry_seconds=2.0
    )
    with pytest.raises(Refusal) as raised:
        reader.undo(1)
    assert refused(raised) == ["store-read-only"]
    one, other = reader.structure().relations, store.structure().relations
    assert {k: [*pairs] for k, pairs in one.items()} == {k: [*p] for k, p in other.items()}
    reader.close()


def test_a_database_with_something_else_in_it_is_not_touched(
    empty_neo4j: Neo4jAddress, neo4j_driver: Driver
) -> None:
    ask(neo4j_driver, "CREATE (:Film {title: 'Festen'})")
    with pytest.raises(Refusal) as raised:
        neo4j_store(empty_neo4j)
    assert refused(raised) == ["neo4j-not-ours"]
    assert ask(neo4j_driver, "MATCH (n) RETURN labels(n)[0]") == ["Film"]


def test_an_empty_database_is_missing_to_one_who_may_not_create(empty_neo4j: Neo4jAddress) -> None:
    with pytest.raises(Refusal) as raised:
        Neo4jStore(empty_neo4j.uri, empty_neo4j.user, empty_neo4j.password, create=False)
    assert refused(raised) == ["store-missing"]


@pytest.mark.parametrize("made_over", ["g.ontology = 'other rules'", "g.version = 99"])
def test_a_program_that_runs_on_beside_an_upgrade_neither_reads_nor_writes_by_its_own_rules(
    store: Neo4jStore, neo4j_driver: Driver, made_over: str
) -> None:
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    ask(neo4j_driver, f"MATCH (g:Graph) SET {made_over}")
    for use in (
        store.revision,
        store.structure,
        lambda: list(store.standing()),
        lambda: store.undo(1),
    ):
        with pytest.raises(Refusal) as raised:
            use()
        assert refused(raised) == ["store-made-over"]
    assert ask(neo4j_driver, "MATCH (g:Graph) RETURN g.revision") == [1]


def test_a_graph_of_a_newer_version_is_told(
    store: Neo4jStore, empty_neo4j: Neo4jAddress, neo4j_driver: Driver
) -> None:
    ask(neo4j_driver, "MATCH (g:Graph) SET g.version = 99")
    with pytest.raises(Refusal) as raised:
        neo4j_store(empty_neo4j)
    assert refused(raised) == ["store-newer"]


def test_a_wrong_password_is_told_without_showing_it(neo4j_address: Neo4jAddress) -> None:
    with pytest.raises(Refusal) as raised:
        neo4j_store(replace(neo4j_address, password="hunter2hunter2"))
    assert refused(raised) == ["store-wrong-password"]
    assert "hunter2" not in raised.value.text("da") + raised.value.text("en")


def test_a_server_that_is_not_there_is_told() -> None:
    with pytest.raises(Refusal) as raised:
        neo4j_store(Neo4jAddress(f"bolt://127.0.0.1:{free_port()}", "neo4j", "password"))
    assert refused(raised) == ["store-unreachable"]


@pytest.mark.parametrize("uri", ["http://127.0.0.1:7474", "127.0.0.1", "bolt://"])
def test_an_address_that_is_none_is_told(uri: str) -> None:
    with pytest.raises(Refusal) as raised:
        neo4j_store(Neo4jAddress(uri, "neo4j", "password"))
    assert refused(raised) == ["neo4j-address"]


def load_again_and_again(store: Neo4jStore, rows: Sequence[Record]) -> None:
    for edition in range(100):
        apply(store, f"{edition}.xlsx", rows)


def test_a_load_whose_server_is_killed_is_there_whole_or_not_at_all(own: OwnNeo4j) -> None:
    rows = [uses("eksempel/omsorg", f"s{i}", row=i) for i in range(1000)]
    with driver_of(own.address) as driver:
        empty(driver)
    store = neo4j_store(own.address)
    apply(store, "before.xlsx", [uses("eksempel/skole", "sms")])
    killed = threading.Timer(0.5, own.kill)
    killed.start()
    with pytest.raises(Refusal) as raised:
        load_again_and_again(store, rows)
    assert refused(raised)[0] in ("store-lost", "store-unreachable")
    killed.join()

    for use in (store.structure, lambda: store.details(["solution:sms"]), lambda: store.undo(1)):
        with pytest.raises(Refusal) as raised:
            use()
        assert refused(raised) == ["store-unreachable"]

    own.start()
    assert store.revision() == len(store.loads())
    assert store.check() == []
    apply(store, "after.xlsx", [uses("eksempel/skole", "gps")])
    assert store.check() == []
    store.close()


def test_a_server_that_goes_in_the_middle_of_a_load_takes_all_of_it(own: OwnNeo4j) -> None:
    with driver_of(own.address) as driver:
        empty(driver)
        store = neo4j_store(own.address)
        with ThreadPoolExecutor(1) as pool, driver.session() as session:
            blocking = session.begin_transaction()
            blocking.run("MATCH (w:Writer) SET w.writing = true").consume()
            loading = pool.submit(apply, store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
            wait_until(lambda: blocked(driver))
            own.kill()
            with pytest.raises(Refusal) as raised:
                loading.result()
            blocking.close()
    assert refused(raised) == ["store-unreachable"]  # which says that nothing was changed

    own.start()
    assert (store.revision(), store.loads(), store.check()) == (0, [], [])
    store.close()


def blocked(driver: Driver) -> bool:
    return any(
        str(status).startswith("Blocked")
        for status in ask(driver, "SHOW TRANSACTIONS YIELD status RETURN status")
    )


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not happened():
        assert time.monotonic() < deadline, "it did not happen in 20 seconds"
        time.sleep(0.05)
