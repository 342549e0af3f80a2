"""What an answer rests on, and what is missing: lists that every page shows alike."""

from dataclasses import dataclass

from schema.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """The place that a statement was read from."""

    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A node behind an answer, why it counts, and where that was read: some of the places, and
    how many there are besides."""

    label: str
    explanation: Text
    href: str | None = None
    kind: str | None = None
    sources: tuple[Source, ...] = ()
    more_sources: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """What keeps a part from being whole: what is there, and what would be needed."""

    part: Text
    label: str
    explanation: Text
    href: str | None = None
    kind: str | None = None
    has: str | Text | None = None
    needs: str | Text | None = None
