"""What became of files that were handed in: the same object for terminal, GraphQL and page."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from graph.store import Applied
from schema.field import Value
from schema.messages import Message, Place
from schema.records import Load
from schema.text import Language, Text


class Verdict(Enum):
    """What becomes of a row."""

    NEW = "new"  # what it is about was not in the graph
    CHANGED = "changed"  # see its changes
    UNCHANGED = "unchanged"  # the graph says so already
    REFUSED = "refused"  # see its messages
    SKIPPED = "skipped"  # another row of the file says the same

    @property
    def label(self) -> Text:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.NEW: Text("ny", "new"),
    Verdict.CHANGED: Text("ændret", "changed"),
    Verdict.UNCHANGED: Text("uændret", "unchanged"),
    Verdict.REFUSED: Text("afvist", "refused"),
    Verdict.SKIPPED: Text("sprunget over", "skipped"),
}


@dataclass(frozen=True)
class Change:
    """What a row changes of an element: a field, or with ``field`` empty that it exists.

    ``about`` names the element where it is not the one that the row is about; ``was`` and
    ``becomes`` show ``old`` and ``new`` in words.
    """

    element: str
    field: str
    old: Value | None
    new: Value | None
    about: Text
    label: Text
    was: Text
    becomes: Text

    def text(self, language: Language) -> str:
        """The change in one line: ``status: pilot → i brug``."""
        what = " · ".join(p for p in (self.about.to(language), self.label.to(language)) if p)
        if not self.field:
            return f"{'−' if self.new is None else '+'} {what}"
        was, becomes = self.was.to(language) or "–", self.becomes.to(language) or "–"
        return f"{what}: {was} → {becomes}"


@dataclass(frozen=True)
class RowReport:
    """What becomes of one row; ``about`` names what it is about, in words."""

    place: Place
    sheet: str
    verdict: Verdict
    about: Text
    messages: tuple[Message, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class SheetReport:
    """How a sheet was read: ``columns`` gives the column's key for each letter."""

    file: str
    name: str
    sheet: str
    label: Text
    rows: int
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Falling:
    """A row of the source that falls because the file does not have it any more, and what that
    changes of what stays."""

    place: Place
    about: Text
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Report:
    """What became, or with a dry run would become, of the files of one load.

    ``load`` is what is ready to be applied, None where there is nothing to apply; ``applied``
    tells what became of it. ``falling`` are the source's rows that fall, and ``gone`` what
    disappears from the graph with them.
    """

    source: str
    files: tuple[str, ...]
    sheets: tuple[SheetReport, ...]
    rows: tuple[RowReport, ...]
    general: tuple[Message, ...]
    load: Load | None
    nothing_new: bool = False
    falling: tuple[Falling, ...] = ()
    gone: tuple[Text, ...] = ()
    applied: Applied | None = None

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        """All there is to say: of the files and sheets, then row by row."""
        return (*self.general, *(message for row in self.rows for message in row.messages))

    @cached_property
    def counts(self) -> dict[Verdict, int]:
        """How many rows got each verdict."""
        counted = Counter(row.verdict for row in self.rows)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def has_errors(self) -> bool:
        """Whether anything must be put right, be it left out of the load or not."""
        return any(message.kind.severity == "error" for message in self.messages)

    @property
    def failed(self) -> bool:
        """Whether errors keep the load from being applied."""
        return self.load is None and not self.nothing_new and self.has_errors
