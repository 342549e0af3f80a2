"""Following a store: what is made ready before anybody asks for it."""

from contextlib import closing
from pathlib import Path
from threading import Event

from benchmarks.generator import Generator
from graph.likelihood import by_department
from graph.live import LiveGraph
from graph.search import SearchIndex
from graph.snapshot import Snapshot
from graph.sqlite_store import SqliteStore
from graph.synergy_facts import SynergyFacts
from graph.transfer_facts import TransferFacts
from teknologikort.following import following
from tests.graph.loads import apply, says


class Noting(LiveGraph):
    """A graph that tells when a revision was indexed."""

    def __init__(self, store: SqliteStore) -> None:
        super().__init__(store)
        self.indexed = {1: Event(), 2: Event()}

    def index(self, snapshot: Snapshot) -> SearchIndex:
        found = super().index(snapshot)
        self.indexed[snapshot.revision].set()
        return found


def seen(_snapshot: Snapshot, _seconds: float) -> None:
    """Nobody measures."""


def test_each_revision_that_stands_is_made_ready_for_those_who_search(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "graph.sqlite")) as store:
        apply(store, "first.xlsx", [says(("solution:sms", "name", "SMS"))])
        live = Noting(store)
        with following(live, seen, every=0.05):
            assert live.indexed[1].wait(20)
            apply(store, "second.xlsx", [says(("solution:bot", "name", "Chatbot"))])
            assert live.indexed[2].wait(20)


def test_what_the_questions_rest_on_is_derived_before_anybody_asks(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "graph.sqlite")) as store:
        for load in Generator(1).loads():
            store.apply(load)
        live = Noting(store)
        with following(live, seen, every=0.05):
            assert live.indexed[1].wait(20)
        derived = live.snapshot().derived
        facts = derived(TransferFacts)
        assert "users" in vars(facts)
        assert "having" in vars(derived(SynergyFacts))
        assert "_affinities" in vars(derived(by_department))
