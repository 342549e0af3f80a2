"""The newest snapshot of a store, rebuilt when the revision has moved."""

from __future__ import annotations

from threading import Lock
from time import perf_counter
from typing import TYPE_CHECKING

from graph.snapshot import Snapshot, snapshot_of
from graph.store import Store

if TYPE_CHECKING:
    from graph.search import SearchIndex


class LiveGraph:
    """A store and its newest snapshot. Safe to ask from several threads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._snapshot: Snapshot | None = None
        self.build_seconds: float | None = None
        """How long it took to make the newest snapshot."""
        self._index: tuple[int, SearchIndex] | None = None
        self._building, self._indexing = Lock(), Lock()

    @property
    def held(self) -> Snapshot | None:
        """The snapshot that is there, if any; the store may have moved on since."""
        return self._snapshot

    def snapshot(self) -> Snapshot:
        """The graph as it is now; asks the store for its revision, and for more if that moved."""
        held = self._snapshot
        if held is not None and held.revision == self.store.revision():
            return held
        with self._building:
            if self._snapshot is None or self._snapshot.revision != self.store.revision():
                started = perf_counter()
                self._snapshot = snapshot_of(self.store.structure())
                self.build_seconds = perf_counter() - started
            return self._snapshot

    def index(self, snapshot: Snapshot) -> SearchIndex:
        """The search index of a snapshot, built when it is first asked for. It is kept only where
        the descriptions, which the store tells as they are now, are of the same revision."""
        from graph.search import build_index  # stemmers and all: only for those who search

        with self._indexing:
            if self._index is not None and self._index[0] == snapshot.revision:
                return self._index[1]
            built = build_index(snapshot, self._descriptions(snapshot))
            if self.store.revision() == snapshot.revision:
                self._index = snapshot.revision, built
            return built

    def _descriptions(self, snapshot: Snapshot) -> dict[str, str]:
        details = self.store.details(snapshot.ids)
        return {
            node: str(fields["description"])
            for node, fields in details.items()
            if "description" in fields
        }
