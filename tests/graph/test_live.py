"""The newest snapshot and its search index: of one revision, following the store, and none waits
for the other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Thread
from weakref import ref

import hypothesis.strategies as st
import numpy as np
from hypothesis.stateful import invariant, rule

from graph.live import LiveGraph
from graph.search import SearchIndex, build_index
from graph.sqlite_store import SqliteStore
from graph.structure import Structure
from schema.field import Value
from tests.graph.loads import apply, says, uses
from tests.graph.test_store_stateful import StoreMachine, machine

SMS = "solution:sms"


class WaitingStore(SqliteStore):
    """A store that waits for leave to tell details, and says when it is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked, self.leave = Event(), Event()

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked.set()
        assert self.leave.wait(10)
        return super().details(elements)


def describe(store: SqliteStore, word: str) -> None:
    apply(store, f"{word}.xlsx", [says((SMS, "name", "SMS"), (SMS, "description", word))])


def found(live: LiveGraph, word: str) -> int:
    return live.index(live.snapshot()).search(word).total


def test_a_snapshot_does_not_wait_for_the_index_and_no_index_is_kept_of_two_revisions(
    tmp_path: Path,
) -> None:
    store = WaitingStore(tmp_path / "graph.sqlite")
    describe(store, "parkering")
    live = LiveGraph(store)
    old = live.snapshot()
    indexing = Thread(target=live.index, args=(old,))
    indexing.start()
    assert store.asked.wait(10)

    describe(store, "affald")
    assert live.snapshot().revision == 2
    assert indexing.is_alive()

    store.leave.set()
    indexing.join(10)
    assert live.index(old) is not live.index(old)
    assert live.index(live.snapshot()) is live.index(live.snapshot())
    assert (found(live, "affald"), found(live, "parkering")) == (1, 0)
    store.close()


def assert_same(one: SearchIndex, other: SearchIndex) -> None:
    """Everything in two indexes is the same, down to the last array."""
    for name in ("names", "spelt", "about"):
        mine, theirs = getattr(one, name), getattr(other, name)
        assert (mine.size, mine.words) == (theirs.size, theirs.words)
        np.testing.assert_array_equal(mine.starts, theirs.starts)
        np.testing.assert_array_equal(mine.places, theirs.places)
    for name in ("lengths", "wholes", "bearers"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


class FollowingMachine(StoreMachine):
    """Loads, editions, removals and undos while somebody looks now and then, and searches."""

    def __init__(self) -> None:
        super().__init__()
        self.live = LiveGraph(self.store)

    @rule(solution=st.sampled_from(["sms", "gps"]), text=st.sampled_from(["om børn", "om veje"]))
    def describe(self, solution: str, text: str) -> None:
        node = f"solution:{solution}"
        apply(self.store, "d.xlsx", [says((node, "name", solution), (node, "description", text))])

    @rule()
    def look(self) -> None:
        assert self.live.snapshot().revision == self.store.revision()

    @invariant()
    def the_index_is_the_one_built_anew(self) -> None:
        if self.store.revision() % 3 == 0:  # so that it has more than one step to follow
            return
        snapshot = self.live.snapshot()
        details = self.store.details(snapshot.ids)
        told = {n: str(f["description"]) for n, f in details.items() if "description" in f}
        assert_same(self.live.index(snapshot), build_index(snapshot, told))


def test_the_index_follows_any_sequence_of_loads_and_undos() -> None:
    machine(FollowingMachine, examples=15)


class CountingStore(SqliteStore):
    """A store that counts how often all of it is read, and how often it is looked at or asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.read, self.looks, self.told = 0, 0, 0

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.told += 1
        return super().details(elements)

    def structure(self) -> Structure:
        self.read += 1
        return super().structure()

    def revision(self) -> int:
        self.looks += 1
        return super().revision()


def test_a_load_is_taken_over_without_reading_the_store_anew(tmp_path: Path) -> None:
    store = CountingStore(tmp_path / "graph.sqlite")
    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    live = LiveGraph(store)
    old = live.snapshot()
    index = live.index(old)
    read = (store.read, store.told)
    apply(store, "b.xlsx", [uses("eksempel/omsorg", "gps")])
    apply(store, "c.xlsx", [uses("eksempel/omsorg", "rda")])

    assert "solution:gps" in live.snapshot()
    assert found(live, "gps") == found(live, "rda") == 1
    assert (store.read, store.told) == read
    assert "solution:gps" not in old
    assert live.index(old) is index
    assert index.search("gps").total == 0
    store.close()


def test_a_look_holds_for_a_while_but_never_past_a_write_of_our_own(tmp_path: Path) -> None:
    store = CountingStore(tmp_path / "graph.sqlite")
    live = LiveGraph(store, look_every=3600)
    live.snapshot()
    live.snapshot()
    looks = store.looks
    assert live.snapshot().revision == 0
    assert store.looks == looks

    apply(store, "a.xlsx", [uses("eksempel/omsorg", "sms")])
    live.written()
    assert live.snapshot().revision == 1
    store.close()


def test_no_snapshot_is_kept_because_somebody_searched_in_it(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graph.sqlite")
    live = LiveGraph(store)
    looked_at = []
    for word in ("parkering", "affald", "skole", "omsorg", "vej"):
        describe(store, word)
        assert found(live, word) == 1
        looked_at.append(ref(live.snapshot()))

    describe(store, "bibliotek")
    assert found(live, "bibliotek") == 1
    live.snapshot()
    assert [each() for each in looked_at[:-1]] == [None] * 4
    store.close()
