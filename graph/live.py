"""The newest snapshot of a store and its search index, brought up to date when the revision moves.

Only one thread brings something up to date, and those who ask meanwhile wait for it: what changed
is taken over in a fraction of a second, and nobody is answered from before a revision that the
store had told when they asked.
"""

from __future__ import annotations

import gc
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from graph.refresh import changes_since, moved
from graph.snapshot import Snapshot, snapshot_of
from graph.store import Store

if TYPE_CHECKING:
    from graph.indexed import Indexed
    from graph.search import SearchIndex


class LiveGraph:
    """A store and its newest snapshot. Safe to ask from several threads.

    ``look_every`` is for how many seconds a look at the store's revision holds, where the store
    takes its time to tell it; after a write of our own (``written``) it is always looked at.
    """

    def __init__(self, store: Store, look_every: float = 0.0) -> None:
        self.store = store
        self._look_every = look_every
        self._writes = object()
        self._looked: tuple[float, object, Snapshot | None] = (0.0, None, None)
        self._snapshot: Snapshot | None = None
        self._indexed: Indexed | None = None
        self._building, self._indexing = Lock(), Lock()

    def written(self) -> None:
        """This program has written to the store: whoever asks from now on is to see it."""
        self._writes = object()

    def snapshot(self) -> Snapshot:
        """The graph as it is now; asks the store for its revision, and for more if that moved."""
        held = self._snapshot
        if held is not None and self._is_newest(held):
            return held
        with self._building:
            held = self._snapshot
            if held is not None and self._is_newest(held):
                return held
            held = self._snapshot = self._newer(held)
        # What was derived from an older snapshot refers to it, and it to that: without this they
        # would take up memory until the collector happens to go through everything.
        gc.collect()
        return held

    def looked_at(self) -> Snapshot:
        """The graph as it is now, however lately the store was looked at."""
        self.written()
        return self.snapshot()

    def _is_newest(self, held: Snapshot) -> bool:
        now, writes = monotonic(), self._writes
        at, before, seen = self._looked
        if seen is held and before is writes and now - at < self._look_every:
            return True
        if held.revision != self.store.revision():
            return False
        self._looked = now, writes, held
        return True

    def _newer(self, held: Snapshot | None) -> Snapshot:
        changes = None if held is None else changes_since(held, self.store)
        newer = None if held is None or changes is None else moved(held, changes)
        if held is None or changes is None or newer is None:
            return snapshot_of(self.store.structure())
        if self._indexed is not None:
            self._indexed.follow(held.revision, changes)
        return newer

    def index(self, snapshot: Snapshot) -> SearchIndex:
        """The search index of a snapshot: built when it is first asked for, then brought up to
        date with the snapshots."""
        from graph.indexed import Indexed  # stemmers and all: only for those who search

        with self._indexing:
            if self._indexed is None:
                self._indexed = Indexed(self.store)
            return self._indexed.of(snapshot)
