"""The search index that follows the snapshots."""

from collections.abc import Iterator
from dataclasses import dataclass

from graph.search import SearchIndex, build_index, refreshed_index
from graph.snapshot import Snapshot
from graph.store import Changes, Store
from schema.records import is_relation

_BATCH = 5_000
_MOST = 20_000
"""Of so many touched nodes the descriptions are kept until somebody searches again."""

Told = dict[str, str | None]


@dataclass
class _Kept:
    """The index of a snapshot. The snapshot keeps it, so that it goes when the snapshot does."""

    snapshot: Snapshot
    index: SearchIndex | None = None


class Indexed:
    """The newest index, and what has changed since. One thread asks at a time; another may tell
    it what changed meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._newest: SearchIndex | None = None
        self._read_at = 0
        self._steps: tuple[tuple[int, int, Told], ...] = ()

    def follow(self, revision: int, changes: Changes) -> None:
        """What leads from the snapshot of one revision to the next."""
        told = {
            element: None if fields is None else _description(fields.get("description"))
            for element, fields in changes.elements.items()
            if not is_relation(element)
        }
        steps = (*self._steps, (revision, changes.revision, told))
        self._steps = steps if sum(len(step[2]) for step in steps) <= _MOST else ()

    def of(self, snapshot: Snapshot) -> SearchIndex:
        """The index of a snapshot. It is kept as long as the snapshot is, but where the
        descriptions, which the store tells as they are now, are of a later revision."""
        kept = snapshot.derived(_Kept)
        index = kept.index or self._followed(snapshot)
        if index is None:
            index = build_index(snapshot, self._descriptions(snapshot))
            self._newest, self._read_at = index, self._store.revision()
        if snapshot.revision >= self._read_at:
            kept.index = self._newest = index
            self._steps = tuple(step for step in self._steps if step[1] > snapshot.revision)
        return index

    def _followed(self, snapshot: Snapshot) -> SearchIndex | None:
        """The newest index brought up to the snapshot; None where the way there is not known."""
        if self._newest is None or snapshot.revision < self._read_at:
            return None
        at, told = self._newest.snapshot.revision, Told()
        for before, after, each in self._steps:
            if before == at and after <= snapshot.revision:
                at = after
                told |= each
        return refreshed_index(self._newest, snapshot, told) if at == snapshot.revision else None

    def _descriptions(self, snapshot: Snapshot) -> Iterator[tuple[str, str]]:
        for start in range(0, len(snapshot.ids), _BATCH):
            details = self._store.details(snapshot.ids[start : start + _BATCH])
            for node, fields in details.items():
                if "description" in fields:
                    yield node, str(fields["description"])


def _description(told: object) -> str | None:
    return None if told is None else str(told)
