"""What all answers share: scores as sums of named parts, and evidence that leads to rows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from schema.text import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a score. ``value`` is None where it is not known, never zero for it."""

    name: str
    label: Text
    weight: float
    value: float | None

    @property
    def known(self) -> bool:
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A node behind an answer, what it has to do with it, and the elements whose records say so
    (ids of nodes and keys of relationships, for the store's ``sources``)."""

    node: str
    explanation: Text
    elements: tuple[str, ...]
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Cut(Generic[T]):
    """The first of a longer list, and how many there are in all."""

    items: tuple[T, ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.items)

    def ranked(self) -> "Ranked[T]":
        """The same as a list of which all is made already; it ends where it was cut."""
        return Ranked(len(self.items), self.items.__getitem__)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[T]):
    """A list in its one order, however much of it is looked at: ``answer`` makes what stands at a
    place, so that only those are made that are shown."""

    total: int
    answer: Callable[[int], T]

    def cut(self, first: int | None, start: int = 0) -> Cut[T]:
        """The answers from a place on; all that follow where no number is given."""
        end = self.total if first is None else min(self.total, start + first)
        return Cut(tuple(self.answer(place) for place in range(start, end)), self.total)
