"""A snapshot refreshed by what has changed is the snapshot that would be built anew."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis.stateful import invariant, rule

from graph.adoption import names_of_solutions
from graph.change import Change
from graph.columns import Column
from graph.derived import carried
from graph.live import LiveGraph
from graph.refresh import changes_since, moved
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from tests.graph.loads import apply, says, uses
from tests.graph.test_store_stateful import StoreMachine, machine


def assert_same(one: Snapshot, other: Snapshot) -> None:
    """Everything in two snapshots is the same, down to the last array."""
    assert (one.revision, one.ids, one.place) == (other.revision, other.ids, other.place)
    assert one.kind_range == other.kind_range
    for kind, columns in one.node_columns.items():
        assert_same_columns(columns, other.node_columns[kind])
    for kind, relations in one.relations.items():
        there = other.relations[kind]
        assert relations.size == there.size == len(one.ids)
        assert relations.sources.tolist() == there.sources.tolist()
        assert relations.targets.tolist() == there.targets.tolist()
        assert_same_columns(relations.fields, there.fields)


def assert_same_columns(one: Mapping[str, Column], other: Mapping[str, Column]) -> None:
    assert one.keys() == other.keys()
    for name, column in one.items():
        assert column.codes.dtype == other[name].codes.dtype
        np.testing.assert_array_equal(column.codes, other[name].codes)


def refreshed(held: Snapshot, store: Store) -> Snapshot | None:
    """The store's newest snapshot, made of what has changed; None where that is too much."""
    changes = changes_since(held, store)
    return None if changes is None else moved(held, changes)


class RefreshMachine(StoreMachine):
    """After any loads, editions, removals and undos, whenever somebody looks."""

    def __init__(self) -> None:
        super().__init__()
        self.held = snapshot_of(self.store.structure())

    @rule()
    def look(self) -> None:
        newest = refreshed(self.held, self.store)
        assert newest is not None
        self.held = newest

    @invariant()
    def a_refreshed_snapshot_is_the_one_built_anew(self) -> None:
        newest = refreshed(self.held, self.store)
        assert newest is not None
        assert_same(newest, snapshot_of(self.store.structure()))

    @invariant()
    def the_pieces_of_names_are_those_that_are_cut_anew(self) -> None:
        self.held.derived(names_of_solutions)
        newest = refreshed(self.held, self.store)
        assert newest is not None
        carried_over, anew = newest.derived(names_of_solutions), names_of_solutions(newest)
        np.testing.assert_array_equal(carried_over.codes, anew.codes)
        np.testing.assert_array_equal(carried_over.pieces.toarray(), anew.pieces.toarray())


def test_any_sequence_of_loads_and_undos_refreshes_to_what_is_there() -> None:
    machine(RefreshMachine, examples=25)


def test_either_store_tells_what_changed(store: Store) -> None:
    held = snapshot_of(store.structure())

    def look() -> None:
        nonlocal held
        newest = refreshed(held, store)
        assert newest is not None
        assert_same(newest, snapshot_of(store.structure()))
        held = newest

    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms", status="pilot"), uses("a/b", "gps")])
    look()
    apply(store, "b.xlsx", [uses("eksempel/omsorg", "sms", status="in_use", users=("staff",))])
    apply(store, "c.xlsx", [uses("eksempel/omsorg", "abc"), uses("a/b", "zoom")])
    look()
    store.undo(1)
    look()
    store.undo(2)
    store.undo(3)
    look()
    assert held.ids == ()


def test_a_department_under_one_that_nothing_says_comes_under_it_once_something_does(
    tmp_path: Path,
) -> None:
    store = SqliteStore(tmp_path / "graph.sqlite")
    live = LiveGraph(store)
    above, below = "department:eksempel/velfaerd", "department:eksempel/omsorg"
    town = ("municipality:eksempel", "name", "Eksempel")
    apply(store, "a.xlsx", [says(town, (below, "name", "Omsorg"))])
    live.snapshot()

    def look() -> list[str]:
        assert_same(live.snapshot(), snapshot_of(store.structure()))
        return live.snapshot().outgoing("PART_OF", below)

    apply(store, "b.xlsx", [says(town, (below, "name", "Omsorg"), (below, "parent", above))])
    assert look() == []
    apply(store, "c.xlsx", [says(town, (above, "name", "Velfærd"))])
    assert look() == [above]
    store.undo(3)
    assert look() == []
    store.close()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(tmp_path / "filled.sqlite")
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms"), uses("eksempel/skole", "gps")])
    yield store
    store.close()


def names(snapshot: Snapshot) -> list[str]:
    return [snapshot.name(node) for node in snapshot.nodes("technology")]


@pytest.mark.parametrize("make", [carried(names, "technology"), carried(names, "USES")])
def test_what_follows_from_kinds_that_were_not_touched_is_carried_over(
    filled: SqliteStore, make: carried[list[str]]
) -> None:
    held = snapshot_of(filled.structure())
    made = held.derived(make)

    apply(filled, "b.xlsx", [says(("technology:drone", "name", "Drone"))])
    newest = refreshed(held, filled)

    assert newest is not None
    assert (newest.derived(make) is made) is (make.kinds == ("USES",))


def test_what_can_be_brought_up_to_date_is_told_what_changed(filled: SqliteStore) -> None:
    class Users:
        def __init__(self, snapshot: Snapshot) -> None:
            self.change: Change | None = None

        @staticmethod
        def refreshed(kept: "Users", change: Change) -> "Users":
            users = Users(change.after)
            users.change = change
            return users

    held = snapshot_of(filled.structure())
    held.derived(Users)
    apply(filled, "b.xlsx", [uses("eksempel/omsorg", "abc")])
    newest = refreshed(held, filled)

    assert newest is not None
    change = newest.derived(Users).change
    assert change is not None
    assert change.pairs["USES"] == {("department:eksempel/omsorg", "solution:abc")}
    assert change.nodes["solution"] == {"solution:abc"}
    assert change.places is not None
    for node, place in zip(held.ids, change.places.tolist(), strict=True):
        assert newest.ids[place] == node


def test_a_store_that_has_gone_back_is_read_anew(filled: SqliteStore, tmp_path: Path) -> None:
    apply(filled, "b.xlsx", [uses("eksempel/omsorg", "abc")])
    held = snapshot_of(filled.structure())
    other = SqliteStore(tmp_path / "other.sqlite")

    assert refreshed(held, other) is None
    other.close()
