"""What a refreshed snapshot says otherwise than the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.relations import Places
from graph.structure import Pair

if TYPE_CHECKING:
    from graph.snapshot import Snapshot


@dataclass(frozen=True)
class Change:
    """From one snapshot to a later one of the same graph.

    ``nodes[kind]`` are the ids of the nodes, and ``pairs[kind]`` the (source, target) ids of the
    relationships, of that kind that came, went, or were written anew, perhaps as they were; kinds
    without any are left out. ``places`` gives the place in ``after`` of each place in ``before``,
    -1 for a node that is gone; None where no node came or went, so that all places are the same.
    """

    before: Snapshot
    after: Snapshot
    nodes: Mapping[str, frozenset[str]]
    pairs: Mapping[str, frozenset[Pair]]
    places: Places | None

    def touches(self, *kinds: str) -> bool:
        """Whether any node or relationship of one of these kinds was touched."""
        return any(kind in self.nodes or kind in self.pairs for kind in kinds)
