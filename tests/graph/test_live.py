"""The newest snapshot and its search index: of one revision, and none waits for the other."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event, Thread

from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from schema.field import Value
from tests.graph.loads import apply, says

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
