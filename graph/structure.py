"""The graph's structure as a store hands it over: ids, names, small coded fields, relationships."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from schema.field import Value

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

Pair = tuple[str, str]


class Pairs(Sequence[Pair]):
    """(source, target) ids kept as places in one list of ids: what a store that knows its nodes
    by number hands over, so that not a single id is looked up to make arrays of it."""

    def __init__(
        self, ids: Sequence[str], sources: npt.NDArray[np.int32], targets: npt.NDArray[np.int32]
    ) -> None:
        self.ids, self.sources, self.targets = ids, sources, targets

    def __len__(self) -> int:
        return len(self.sources)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __iter__(self) -> Iterator[Pair]:
        for source, target in zip(self.sources.tolist(), self.targets.tolist(), strict=True):
            yield self.ids[source], self.ids[target]

    @overload
    def __getitem__(self, place: int) -> Pair: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Pair]: ...
    def __getitem__(self, place: int | slice) -> Pair | Sequence[Pair]:
        if isinstance(place, slice):
            return Pairs(self.ids, self.sources[place], self.targets[place])
        return self.ids[self.sources[place]], self.ids[self.targets[place]]


@dataclass(frozen=True)
class Structure:
    """Everything that the snapshot is built from, of one revision.

    ``nodes[kind]`` are the node ids of that kind; ``node_fields[kind][name]`` runs parallel to
    it and holds the structural field's value or None. ``relations[kind]`` are (source, target)
    ids and ``relation_fields[kind][name]`` runs parallel to it. A store may hand over ``Pairs``,
    and fields that are coded already (``graph.columns.Coded``): the snapshot is made of these
    without looking at a single value.
    """

    revision: int
    nodes: Mapping[str, Sequence[str]]
    node_fields: Mapping[str, Mapping[str, Sequence[Value | None]]]
    relations: Mapping[str, Sequence[Pair]]
    relation_fields: Mapping[str, Mapping[str, Sequence[Value | None]]] = field(
        default_factory=dict
    )
