"""What a store can do: keep the ledger of loads, and the graph that their records say."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from graph.differences import Difference
from graph.ledger import Ledger
from graph.settling import Voice
from graph.structure import Structure
from schema.field import Value
from schema.records import KeptRecord, Load, LoadSummary, Provenance


class StaleLoad(Exception):  # noqa: N818 - it is a state to act on, not a fault
    """The graph has moved since the load's names were resolved: resolve it again."""

    def __init__(self, resolved_at: int, revision: int) -> None:
        super().__init__(f"resolved at revision {resolved_at}, the graph is at {revision}")
        self.resolved_at = resolved_at
        self.revision = revision


class UnknownLoad(Exception):  # noqa: N818
    """No load has this number, or it does not stand (or already does)."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a load: its number and the revision that the graph is now at."""

    number: int
    revision: int


@dataclass(frozen=True, slots=True)
class SaidOnly:
    """What one load alone says: nodes, those of its first records first and else by id, and how
    many relationships."""

    nodes: tuple[str, ...]
    relations: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What the revisions after an earlier one touched: each element with its fields as they are at
    this one, None where it is gone. A department's PART_OF follows from its fields."""

    revision: int
    elements: Mapping[str, Mapping[str, Value] | None]


class Store(Protocol):
    """Where the graph lives. Every write is one transaction and one step of the revision."""

    def revision(self) -> int:
        """The number of the newest revision; 0 is the empty graph."""
        ...

    def apply(self, load: Load) -> Applied:
        """Add the load to the ledger and what it says to the graph; raises StaleLoad, and
        ValueError where a record states a relationship without both its ends."""
        ...

    def undo(self, number: int, actor: str = "local") -> int:
        """The load no longer stands; returns the new revision; raises UnknownLoad."""
        ...

    def redo(self, number: int, actor: str = "local") -> int:
        """Take an undo back; returns the new revision; raises UnknownLoad."""
        ...

    def loads(self) -> list[LoadSummary]:
        """All loads, the oldest first, undone ones too."""
        ...

    def standing(
        self, source: str | None = None, key_prefix: str | None = None
    ) -> Iterable[KeptRecord]:
        """The records that stand (of one source; whose key begins so), in their order, streamed."""
        ...

    def structure(self) -> Structure:
        """All nodes and relationships with their structural fields, of one revision."""
        ...

    def changed_since(self, revision: int) -> set[str]:
        """The elements that the revisions after this one touched."""
        ...

    def changes(self, since: int, most: int) -> Changes | None:
        """What changed after a revision, all of it of one revision; None where more than so many
        elements did, or where the store is at an earlier revision than that."""
        ...

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """All fields of each element that exists, in one batch."""
        ...

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        """Which standing records say each element, the oldest first, in one batch; with ``first``
        only so many of each."""
        ...

    def source_counts(self, elements: Sequence[str]) -> dict[str, int]:
        """How many standing records say each element, in one batch."""
        ...

    def said_only_by(self, load: int) -> SaidOnly:
        """What no standing record says but those of this load; nothing where it does not stand."""
        ...

    def voices(
        self, elements: Sequence[str], without: Collection[int] = ()
    ) -> dict[str, list[Voice]]:
        """What the standing records say of each element, as if those with the numbers ``without``
        did not stand, in one batch; an element that none of the others mentions is left out."""
        ...

    def check(self) -> list[Difference]:
        """Everything in which the kept graph differs from the ledger applied anew."""
        ...

    def ledger(self) -> AbstractContextManager[Ledger]:
        """The whole ledger of one revision, its records streamed while the block is open."""
        ...

    def restore(self, ledger: Ledger) -> int:
        """Make this empty store one with the same ledger, numbers and all, in one transaction; the
        graph is made anew from the records that stand. Returns the revision. For revisions before
        that one ``changed_since`` may name more elements than the store that the ledger is of.
        Raises Refusal where the store holds a load already."""
        ...

    def close(self) -> None: ...
