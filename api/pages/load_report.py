"""What loading files would do, as the page shows it: messages, rows by verdict, what falls."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from loaders.report import Change, Falling, Report, RowReport, Verdict
from schema.messages import Message, Place
from schema.text import Language, Text

MOST = 100
"""Rows shown of each verdict. Of refused rows ten times as many are shown."""
SHOWN = (Verdict.REFUSED, Verdict.CHANGED, Verdict.NEW, Verdict.SKIPPED)
HEADINGS = {
    Verdict.REFUSED: Text("Afviste rækker", "Refused rows"),
    Verdict.CHANGED: Text("Rækker, der ændrer noget", "Rows that change something"),
    Verdict.NEW: Text("Nye rækker", "New rows"),
    Verdict.SKIPPED: Text("Rækker, der springes over", "Rows that are skipped"),
}
FIELDS = {
    "--skip-refused": Text(
        "„Spring afviste rækker over, og indlæs resten“",
        "“Leave refused rows out and load the rest”",
    ),
    "--new-departments": Text(
        "„Opret forvaltninger, der ikke er kendt“", "“Create departments that are not known”"
    ),
    "--municipality": Text(
        "„Kommune for rækker, der ikke nævner nogen“",
        "“Municipality for rows that name none”",
    ),
    "--source": Text("„Kilde“", "“Source”"),
}
"""What the form calls the options that the messages speak of."""
NOTHING = Text("", "")
TONES = {"error": "error", "warning": "warning", "note": "info"}
WORDS = {
    "error": Text("fejl", "error"),
    "warning": Text("advarsel", "warning"),
    "note": Text("bemærk", "note"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """A message: its tone and the word for it, the sentence, the code; or a change, without."""

    text: Text
    code: str | None = None
    tone: str | None = None
    word: Text | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A row, or a file or sheet: where it stands, what it is about, what there is to say."""

    place: Text
    about: Text
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RowsWith:
    """The rows with one verdict."""

    verdict: str
    heading: Text
    count: int
    lines: tuple[Line, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class ShownReport:
    """One load's report. ``outcome`` is the badge's key and what can become of the load."""

    id: str
    source: str
    outcome: tuple[str, Text]
    counts: tuple[tuple[str, Text, int], ...]
    general: tuple[Line, ...]
    rows: tuple[RowsWith, ...]
    falling: RowsWith | None
    gone: tuple[Text, ...]


def shown_report(report: Report, number: int) -> ShownReport:
    """The report, ready to be shown; ``number`` tells several on a page apart."""
    order = list(TONES)
    ranked = sorted(report.general, key=lambda each: order.index(each.kind.severity))
    return ShownReport(
        f"report-{number}",
        report.source,
        _outcome(report),
        tuple((each.value, each.label, count) for each, count in report.counts.items()),
        tuple(Line(_place(each.place), NOTHING, (_said(each),)) for each in ranked),
        tuple(_rows(report)),
        _falling(report.falling) if report.falling else None,
        report.gone,
    )


def _outcome(report: Report) -> tuple[str, Text]:
    if report.nothing_new:
        return "unchanged", Text("intet nyt", "nothing new")
    if report.load is None:
        return "refused", Text("kan ikke indlæses", "cannot be loaded")
    return "new", Text("kan indlæses", "can be loaded")


def _said(message: Message, column: str | None = None) -> Said:
    severity = message.kind.severity
    da, en = _on_the_page(message.text("da"), "da"), _on_the_page(message.text("en"), "en")
    if column is not None:
        da, en = f"Kolonne {column}: {da}", f"Column {column}: {en}"
    return Said(Text(da, en), message.code, TONES[severity], WORDS[severity])


def _on_the_page(said: str, language: Language) -> str:
    """What a message advises, with the names of the form's fields for the command's options."""
    for option, field in FIELDS.items():
        said = said.replace(option, field.to(language))
    return said


def _place(place: Place) -> Text:
    return Text(place.text("da"), place.text("en"))


def _rows(report: Report) -> Iterator[RowsWith]:
    alone = len(report.files) == 1
    for verdict in SHOWN:
        found = [row for row in report.rows if row.verdict is verdict]
        most = 10 * MOST if verdict is Verdict.REFUSED else MOST
        if found:
            lines = tuple(_line(row, alone) for row in found[:most])
            yield RowsWith(verdict.value, HEADINGS[verdict], len(found), lines)


def _line(row: RowReport, alone: bool) -> Line:
    said = tuple(_said(each, _column(row, each)) for each in row.messages)
    place = replace(row.place, file=None) if alone else row.place
    return Line(_place(place), row.about, (*said, *_changes(row.changes)))


def _changes(changes: Iterable[Change]) -> tuple[Said, ...]:
    return tuple(Said(Text(each.text("da"), each.text("en"))) for each in changes)


def _column(row: RowReport, message: Message) -> str | None:
    """The column that a row's message is about."""
    return message.place.column if message.place.row == row.place.row else None


def _falling(falling: tuple[Falling, ...]) -> RowsWith:
    lines = tuple(
        Line(_place(each.place), each.about, _changes(each.changes)) for each in falling[:MOST]
    )
    return RowsWith(
        "falling", Text("Rækker, der falder bort", "Rows that fall"), len(falling), lines
    )
