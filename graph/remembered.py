"""What a function tells of a snapshot, kept with the snapshot for what was asked about last."""

from collections.abc import Callable, Hashable
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from graph.snapshot import Snapshot

T = TypeVar("T")
Asked = Callable[..., T]

NAMES = 4_096
"""So many names, and what is told in a sentence of two nodes: those of a few pages and answers."""
SOLUTIONS = 256
"""Of so many solutions what was told is kept."""


def remembered(most: int) -> Callable[[Asked[T]], Asked[T]]:
    """Let the answers to the ``most`` askings of late be kept: the ten rows of an answer tell the
    same solution, and the same names, over and over. For functions of a snapshot and of values
    that can be compared, whose answers nobody changes."""

    def keeping(ask: Asked[T]) -> Asked[T]:
        def kept(snapshot: "Snapshot") -> Callable[..., T]:
            return lru_cache(most)(partial(ask, snapshot))

        @wraps(ask)
        def asked(snapshot: "Snapshot", *about: Hashable) -> T:
            return snapshot.derived(kept)(*about)

        return asked

    return keeping
