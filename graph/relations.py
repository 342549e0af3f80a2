"""All relationships of one kind as arrays: found from either end, without a dictionary of pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from graph.columns import Column, frozen

if TYPE_CHECKING:
    from scipy import sparse

Places = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int64]

_PLACE_BITS = 32


@dataclass(frozen=True)
class Relations:
    """All relationships of one kind, sorted by source and target.

    ``sources[i]`` and ``targets[i]`` are the places of relationship i's nodes in the snapshot;
    ``fields[name]`` holds its structural fields (see ``graph.columns``).
    """

    kind: str
    size: int
    sources: Places
    targets: Places
    fields: Mapping[str, Column]

    @cached_property
    def _starts(self) -> Places:
        return _starts(self.sources, self.size)

    @cached_property
    def _by_target(self) -> Places:
        # Sorted as one number each: several times quicker than sorting places by their targets.
        packed = self.targets.astype(np.int64) << _PLACE_BITS
        packed |= np.arange(len(packed))
        packed.sort()
        return frozen(packed.astype(np.int32))  # the lower half: the place

    @cached_property
    def _target_starts(self) -> Places:
        return _starts(self.targets, self.size)

    @cached_property
    def _quick(self) -> tuple[memoryview, memoryview]:
        """The starts and the targets, which give single numbers quicker than arrays do."""
        return self._starts.data, self.targets.data

    def of_source(self, node: int) -> Places:
        """The relationships that start at a node."""
        return np.arange(self._starts[node], self._starts[node + 1], dtype=np.int32)

    def of_target(self, node: int) -> Places:
        """The relationships that end at a node, in the order of their sources."""
        return self._by_target[self._target_starts[node] : self._target_starts[node + 1]]

    def targets_of(self, node: int) -> list[int]:
        """The places that a node's relationships lead to."""
        return cast(list[int], self.targets[self._starts[node] : self._starts[node + 1]].tolist())

    def reached_from(self, nodes: Places) -> Places:
        """The places that the relationships of several nodes lead to, each once, rising."""
        starts = self._starts[nodes].astype(np.intp)
        counts = self._starts[nodes + 1] - starts
        before = np.cumsum(counts) - counts
        places = np.arange(counts.sum()) + np.repeat(starts - before, counts)
        return np.unique(self.targets[places])

    def sources_of(self, node: int) -> list[int]:
        """The places that a node's relationships come from."""
        return cast(list[int], self.sources[self.of_target(node)].tolist())

    def find(self, source: int, target: int) -> int | None:
        """The relationship between two nodes, or None."""
        starts, targets = self._quick
        end = starts[source + 1]
        place = bisect_left(targets, target, starts[source], end)
        return place if place < end and targets[place] == target else None

    def codes(self) -> Codes:
        """One number for each relationship, rising: its source and its target."""
        return pair_codes(self.sources, self.targets, self.size)

    def where(self, chosen: npt.NDArray[np.bool_]) -> Relations:
        """Only the chosen relationships."""
        fields = {name: column.take(chosen) for name, column in self.fields.items()}
        return Relations(self.kind, self.size, self.sources[chosen], self.targets[chosen], fields)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """Ones where a relationship is: a row for each source node, a column for each target."""
        from scipy import sparse  # slow to import, and not needed to show a page

        ones = np.ones(len(self.sources), dtype=np.float64)
        shape = (self.size, self.size)
        return sparse.csr_array((ones, self.targets, self._starts), shape=shape)


def pair_codes(sources: Places, targets: Places, size: int) -> Codes:
    """One number for each pair of places among so many: sorted as the pairs are."""
    return sources.astype(np.int64) * size + targets


def _starts(places: Places, size: int) -> Places:
    """Where each place's own begin when they are sorted, and where the last one's end."""
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(places, minlength=size), out=starts[1:])
    return frozen(starts)
