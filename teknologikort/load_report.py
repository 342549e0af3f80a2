"""What became of a load, shown in the terminal and as JSON."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from loaders.report import Change, Falling, Report, RowReport, Verdict
from schema.messages import Message, Place, say
from schema.text import Language, Text
from teknologikort.terminal import Terminal

SHOWN = 10
"""How many changed rows, warnings or falling rows are shown of one load, unless all are asked
for. Errors and refused rows are always shown."""

_COLUMNS = (
    Text("fil", "file"),
    *(verdict.label for verdict in Verdict),
    Text("udfald", "outcome"),
)
_EXAMPLE = "example-row"
_SAID_BY_OUTCOME = ("nothing-new",)
_NOT_APPLIED = ("load-not-applied", "nothing-could-be-read")


def show_report(terminal: Terminal, report: Report, verbose: bool) -> None:
    """What is to be seen of one load: messages, changed rows, and what falls."""
    _messages(terminal, report.messages, verbose)
    for verdict in Verdict if verbose else (Verdict.CHANGED,):
        rows = [row for row in report.rows if row.verdict is verdict]
        if rows:
            label = verdict.label
            terminal.heading(
                Text(f"{report.source}: {label.da}", f"{report.source}: {label.en}"),
            )
            alone = len(report.files) == 1
            _cut(terminal, [_row_text(row, terminal.language, alone) for row in rows], verbose)
    show_falling(terminal, report, verbose)
    _conclusion(terminal, report)


def show_falling(terminal: Terminal, report: Report, verbose: bool) -> None:
    """The source's rows that fall, and what disappears from the graph with them."""
    language = terminal.language
    if report.falling:
        heading = Text("gælder ikke længere", "no longer holds")
        terminal.heading(Text(f"{report.source}: {heading.da}", f"{report.source}: {heading.en}"))
        lines = [_falling_text(row, language) for row in report.falling]
        _cut(terminal, lines, verbose)
    if report.gone:
        terminal.heading(Text("Forsvinder fra grafen", "Disappears from the graph"))
        _cut(terminal, [f"  {each.to(language)}" for each in report.gone], verbose)


def show_summary(terminal: Terminal, reports: Sequence[Report], dry_run: bool) -> None:
    """A line for each load: how many rows got each verdict, and what became of it."""
    terminal.say()
    terminal.table(
        _COLUMNS,
        [
            [report.source, *report.counts.values(), outcome_of(report, dry_run)]
            for report in reports
        ],
    )


def outcome_of(report: Report, dry_run: bool) -> Text:
    """What became of a load, in a few words."""
    if report.nothing_new:
        return Text("intet nyt", "nothing new")
    if report.load is None:
        return Text("ikke indlæst", "not loaded")
    if report.applied is not None:
        number, revision = report.applied.number, report.applied.revision
        return Text(
            f"indlæst som nr. {number} (revision {revision})",
            f"loaded as no. {number} (revision {revision})",
        )
    return Text("kan indlæses", "can be loaded") if dry_run else Text("ikke indlæst", "not loaded")


def all_well(reports: Iterable[Report]) -> bool:
    """Whether nothing was refused, and every file was loaded or says nothing new."""
    return not any(
        report.has_errors or (report.load is None and not report.nothing_new) for report in reports
    )


def _messages(terminal: Terminal, messages: Sequence[Message], verbose: bool) -> None:
    told = [each for each in messages if each.code not in (*_SAID_BY_OUTCOME, *_NOT_APPLIED)]
    if not verbose:
        told = _examples_as_one(told)
    grave = [each for each in told if each.kind.severity == "error"]
    others = [each for each in told if each.kind.severity != "error"]
    shown = others if verbose else others[:SHOWN]
    terminal.messages([*grave, *shown])
    if len(shown) < len(others):
        terminal.tell(_more(len(others) - len(shown)))


def _examples_as_one(messages: Sequence[Message]) -> list[Message]:
    """The messages with one for all the example rows of a file, at the place of the first."""
    counts = Counter(each.place.file for each in messages if each.code == _EXAMPLE)
    kept: list[Message] = []
    for message in messages:
        if message.code != _EXAMPLE:
            kept.append(message)
        elif (count := counts.pop(message.place.file, 0)) > 1:
            kept.append(say("example-rows", Place(message.place.file), rows=count))
        elif count:
            kept.append(message)
    return kept


def _conclusion(terminal: Terminal, report: Report) -> None:
    """That nothing was loaded is told last, where it is seen, and of what."""
    for message in report.general:
        if message.code in _NOT_APPLIED:
            terminal.message(replace(message, place=Place(report.source)))


def _cut(terminal: Terminal, lines: Sequence[str], verbose: bool) -> None:
    shown = lines if verbose else lines[:SHOWN]
    for line in shown:
        terminal.say(line)
    if len(shown) < len(lines):
        terminal.say(_more(len(lines) - len(shown)))


def _more(count: int) -> Text:
    return Text(
        f"  … og {count} mere; --verbose viser alt.", f"  … and {count} more; --verbose shows all."
    )


def _row_text(row: RowReport, language: Language, alone: bool) -> str:
    place = replace(row.place, file=None) if alone else row.place
    return _told(_at(place, row.about, language), row.changes, language)


def _falling_text(row: Falling, language: Language) -> str:
    return _told(_at(row.place, row.about, language), row.changes, language)


def _told(line: str, changes: Iterable[Change], language: Language) -> str:
    return "\n".join([f"  {line}", *(f"      {change.text(language)}" for change in changes)])


def _at(place: Place, about: Text, language: Language) -> str:
    return f"{place.text(language)}: {about.to(language)}"


def report_json(report: Report, language: Language) -> dict[str, object]:
    """The report with every row, its texts in this language; the names are those of GraphQL."""
    applied = report.applied
    return {
        "source": report.source,
        "files": list(report.files),
        "number": None if applied is None else applied.number,
        "revision": None if applied is None else applied.revision,
        "nothingNew": report.nothing_new,
        "failed": report.failed,
        "counts": {verdict.value: count for verdict, count in report.counts.items()},
        "sheets": [
            {
                "file": sheet.file,
                "sheet": sheet.name,
                "kind": sheet.sheet,
                "rows": sheet.rows,
                "columns": dict(sheet.columns),
            }
            for sheet in report.sheets
        ],
        "messages": [_message_json(each, language) for each in report.general],
        "rows": [_row_json(row, language) for row in report.rows],
        "falling": [
            {
                **place_json(row.place),
                "about": row.about.to(language),
                "changes": [change.text(language) for change in row.changes],
            }
            for row in report.falling
        ],
        "gone": [each.to(language) for each in report.gone],
    }


def _row_json(row: RowReport, language: Language) -> dict[str, object]:
    return {
        **place_json(row.place),
        "kind": row.sheet,
        "verdict": row.verdict.value,
        "about": row.about.to(language),
        "changes": [change.text(language) for change in row.changes],
        "messages": [_message_json(each, language) for each in row.messages],
    }


def _message_json(message: Message, language: Language) -> dict[str, object]:
    return {
        "code": message.code,
        "severity": message.kind.severity,
        "text": message.text(language),
        **place_json(message.place),
    }


def place_json(place: Place) -> Mapping[str, object]:
    """Where something stands."""
    return {
        "file": place.file,
        "sheet": place.sheet,
        "row": place.row,
        "column": place.column,
        **({} if place.key is None else {"key": place.key}),
    }
