"""Any sequence of loads, newer editions, removals and undos leaves the graph that applying the
standing records from nothing gives; undoing a load equals never having loaded it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from neo4j import Driver

from graph.ledger import graph_of
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from schema.field import Value
from schema.records import EXISTS, Load, Record
from teknologikort.local_neo4j import Neo4jAddress
from tests.graph.conftest import neo4j_store
from tests.graph.loads import says, uses
from tests.neo4j_server import IN_NEO4J, empty

SOURCES = st.sampled_from(["a.xlsx", "b.xlsx", "c.csv"])
DEPARTMENTS = st.sampled_from(["eksempel/omsorg", "eksempel/skole", "fjordby/omsorg"])
SOLUTIONS = st.sampled_from(["sms", "gps", "rda"])


@st.composite
def use(draw: st.DrawFn) -> Record:
    """A row of a Status sheet that may also say a shared field and a requirement."""
    solution = draw(SOLUTIONS)
    status = draw(st.sampled_from(["pilot", "in_use", "retired"]))
    record = uses(draw(DEPARTMENTS), solution, draw(st.integers(2, 9)), status=status)
    more: list[tuple[str, str, Value]] = []
    if draw(st.booleans()):
        function = draw(st.sampled_from(["besked", "opslag"]))
        more.append((f"solution:{solution}", "function", function))
    if draw(st.booleans()):
        requires = f"solution:{solution} REQUIRES competence:gis"
        more += [("competence:gis", "name", "GIS"), (requires, EXISTS, "")]
        more.append((requires, "level", draw(st.integers(1, 5))))
    extra = says(*more).statements if more else ()
    return Record(record.key, record.place, record.statements + extra)


@st.composite
def organisation(draw: st.DrawFn) -> Record:
    """A row of a Departments sheet that puts a department under another."""
    child, parent = (f"department:{draw(DEPARTMENTS)}" for _ in range(2))
    ends = [(child, "name", child[-4:]), (parent, "name", parent[-4:])]
    towns = [(f"municipality:{d[11:].partition('/')[0]}", "name", "By") for d in (child, parent)]
    parents = [(child, "parent", parent)] if child != parent else []
    return says(*ends, *towns, *parents, key=f"departments {child}")


ROWS = st.lists(st.one_of(use(), organisation()), min_size=1, max_size=4)


def machine(opened: type["StoreMachine"], examples: int) -> None:
    run_state_machine_as_test(
        opened,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class StoreMachine(RuleBasedStateMachine):
    """Loads, editions, removals, undos and redos in any order, against the plain rules."""

    def __init__(self) -> None:
        super().__init__()
        self._opened = self.open()
        self.store = self._opened.__enter__()

    @contextmanager
    def open(self) -> Iterator[Store]:
        with TemporaryDirectory() as folder:
            store = SqliteStore(Path(folder) / "graph.sqlite")
            yield store
            store.close()

    def teardown(self) -> None:
        self._opened.__exit__(None, None, None)

    @rule(source=SOURCES, rows=ROWS, remove_missing=st.booleans())
    def load(self, source: str, rows: list[Record], remove_missing: bool) -> None:
        before = self.store.revision()
        load = Load(source, tuple(rows), before, (source,), remove_missing)
        assert self.store.apply(load).revision == before + 1

    @rule(data=st.data(), take_back=st.booleans())
    def undo_or_redo(self, data: st.DataObject, take_back: bool) -> None:
        there = [load.number for load in self.store.loads() if load.stands is not take_back]
        if there:
            number = data.draw(st.sampled_from(there))
            before = self.store.revision()
            move = self.store.redo if take_back else self.store.undo
            assert move(number) == before + 1

    @rule(source=SOURCES, rows=ROWS)
    def undoing_a_load_equals_never_having_loaded_it(self, source: str, rows: list[Record]) -> None:
        before = snapshot_of(self.store.structure())
        load = Load(source, tuple(rows), self.store.revision(), (source,))
        self.store.undo(self.store.apply(load).number)
        assert snapshot_of(self.store.structure()).ids == before.ids

    @invariant()
    def the_graph_is_what_the_standing_records_say(self) -> None:
        assert self.store.check() == []
        said = graph_of(kept.record for kept in self.store.standing())
        assert self.store.details(list(said)) == said
        snapshot = snapshot_of(self.store.structure())
        assert set(snapshot.ids) == {element for element in said if " " not in element}

    @invariant()
    def only_records_of_standing_loads_stand(self) -> None:
        loads = {load.number for load in self.store.loads() if load.stands}
        assert {kept.load for kept in self.store.standing()} <= loads


def test_any_sequence_on_sqlite() -> None:
    machine(StoreMachine, examples=25)


@IN_NEO4J[0]
@IN_NEO4J[1]
def test_any_sequence_on_neo4j(neo4j_address: Neo4jAddress, neo4j_driver: Driver) -> None:
    class OnNeo4j(StoreMachine):
        @contextmanager
        def open(self) -> Iterator[Store]:
            empty(neo4j_driver)
            store = neo4j_store(neo4j_address)
            yield store
            store.close()

    machine(OnNeo4j, examples=8)
