"""What follows from a snapshot: made when it is first asked for, and carried over to the next
revision's snapshot by makers that can bring it up to date.

A maker is any function (or class) of a snapshot. One that has a ``refreshed(kept, change)`` is
asked for it when a snapshot is refreshed (``graph.refresh``): it returns what it would make of
``change.after``, from what it made of ``change.before`` and from what changed, or None where that
is not quicker than making it anew when it is next asked for. It is called before anybody sees the
new snapshot, so it should take milliseconds; what it asks ``change.after.derived`` for has been
brought up to date already if it was made before it. It changes nothing in ``kept``, which others
may be reading, and keeps nothing of ``change.before`` alive.

    @dataclass(frozen=True)
    class Kinship:
        snapshot: Snapshot

        @staticmethod
        def refreshed(kept: "Kinship", change: Change) -> "Kinship | None":
            ...

    lines = carried(lines_of, "department", "PART_OF")  # kept while none of these changed
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, RLock
from typing import TYPE_CHECKING, Generic, TypeVar, cast

if TYPE_CHECKING:
    from graph.change import Change
    from graph.snapshot import Snapshot

T = TypeVar("T")
Maker = Callable[["Snapshot"], T]


class Derived:
    """What has been made of one snapshot. Safe to ask from several threads: each is made once."""

    def __init__(self) -> None:
        self._made: dict[Maker[object], object] = {}
        self._making: dict[Maker[object], RLock] = {}
        self._lock = Lock()

    def of(self, make: Maker[T], snapshot: Snapshot) -> T:
        if make not in self._made:
            with self._lock:
                making = self._making.setdefault(make, RLock())
            with making:
                if make not in self._made:
                    self._made[make] = make(snapshot)
        return cast(T, self._made[make])

    def carry(self, before: Derived, change: Change) -> None:
        """Take over what has been made of the snapshot before, as far as it can be."""
        # In the order in which it was made: what others need stands before them.
        for make, kept in dict(before._made).items():
            refreshed = getattr(make, "refreshed", None)
            value = None if refreshed is None else refreshed(kept, change)
            if value is not None:
                self._made[make] = value


@dataclass(frozen=True)
class carried(Generic[T]):  # noqa: N801 - it is used as a function
    """A maker of something that follows from nodes and relationships of some kinds alone, told by
    ids and by places within these kinds, and that keeps no snapshot: it stays as it is while
    none of these was touched."""

    make: Maker[T]
    kinds: tuple[str, ...]

    def __init__(self, make: Maker[T], *kinds: str) -> None:
        object.__setattr__(self, "make", make)
        object.__setattr__(self, "kinds", kinds)

    def __call__(self, snapshot: Snapshot) -> T:
        return self.make(snapshot)

    def refreshed(self, kept: T, change: Change) -> T | None:
        return None if change.touches(*self.kinds) else kept
