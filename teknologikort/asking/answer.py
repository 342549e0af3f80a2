"""An answer before it is shown: tables, what stands behind them, and the same as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schema.text import Text


@dataclass(frozen=True, slots=True)
class Share:
    """A value from 0 to 1, None where it is unknown."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A number without a scale, None where it is unknown."""

    value: float | None


Cell = str | Text | int | Share | Amount | None


@dataclass(frozen=True)
class Table:
    """Rows below their headings, perhaps under a title."""

    columns: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    title: Text | None = None


@dataclass(frozen=True)
class Point:
    """Something to read, and the elements whose records say so."""

    says: Text
    elements: Sequence[str] = ()


@dataclass(frozen=True)
class Group:
    """Points of one kind under a heading."""

    heading: Text
    points: Sequence[Point]


@dataclass(frozen=True)
class Detail:
    """What stands behind one row of an answer. The groups in ``on_request`` are shown only where
    the evidence is asked for; ``evidence`` is what csv has room for."""

    title: Text
    groups: Sequence[Group]
    evidence: Sequence[Point] = ()
    parts: Group | None = None
    on_request: Sequence[Group] = ()

    def says_something(self) -> bool:
        """Whether there is more to it than numbers."""
        return any(group.points for group in (*self.groups, *self.on_request))


@dataclass(frozen=True)
class Answer:
    """What a question was answered.

    ``tables``, the sentence ``lead`` below the title and the ``notes`` are for people; ``details``
    are shown where evidence is asked for, or always with ``in_full``. ``flat`` is the answer as
    one table for csv, a detail for each row or none; ``data`` is all of it.
    """

    title: Text
    tables: Sequence[Table]
    flat: Table
    data: Mapping[str, object]
    details: Sequence[Detail] = ()
    notes: Sequence[Text] = ()
    in_full: bool = False
    lead: Text | None = None


UNKNOWN = Text("ukendt", "unknown")
"""What stands where a value is not known, in every form."""
