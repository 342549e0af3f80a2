"""What an export writes: which sheets, into which files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import click

from graph.excerpt import Excerpt
from loaders.did_you_mean import did_you_mean
from loaders.export_sheets import Row, SheetRows
from loaders.recognise import column_key
from loaders.template import names_to_offer, template
from loaders.writing.csv_file import csv_file
from loaders.writing.pages import LONGEST_CELL
from schema.messages import Message, Place, say
from schema.sheets import SHEETS, Sheet
from schema.text import Language, Text

_SHOWN = 5
_ONE_SHEET = Text(
    "En csv-fil rummer ét ark. Vælg det med --sheet, eller skriv dem alle i en mappe med --csv.",
    "A csv file holds one sheet. Choose it with --sheet, or write all to a folder with --csv.",
)
Kind = Literal["xlsx", "csv", "graphml"]
Advance = Callable[[int], None]


@dataclass(frozen=True)
class Target:
    """Where an export goes: the file or folder, and a file for each sheet where it is csv."""

    kind: Kind
    file: Path
    sheets: Sequence[Sheet]
    csv_files: Mapping[Path, Sheet]

    @property
    def paths(self) -> list[Path]:
        """The files that will be written."""
        return list(self.csv_files) or [self.file]


@dataclass(frozen=True)
class Export:
    """The files to write, how many rows each has, and what there is to say about them."""

    files: Mapping[Path, bytes]
    rows: Mapping[Path, int]
    messages: Sequence[Message] = ()


def target_of(
    file: Path, as_folder: bool, names: Sequence[str], spoken: Language, written: Language
) -> Target:
    """What ``export FILE`` with these sheets means; raises click.UsageError."""
    suffix = file.suffix.lower()
    if as_folder:
        if file.is_file():
            raise click.UsageError(say("export-folder-taken", file=file).text(spoken))
        sheets = _sheets(names, spoken)
        return Target("csv", file, sheets, {file / _csv_name(s, written): s for s in sheets})
    if suffix == ".csv":
        known = _sheet_by_name(file.stem)
        sheets = (known,) if known is not None and not names else _sheets(names, spoken)
        if len(sheets) != 1:
            raise click.UsageError(_ONE_SHEET.to(spoken))
        return Target("csv", file, sheets, {file: sheets[0]})
    if suffix == ".xlsx":
        return Target("xlsx", file, _sheets(names, spoken), {})
    if suffix == ".graphml":
        return Target("graphml", file, SHEETS, {})
    raise click.UsageError(say("export-kind-unknown", file=file).text(spoken))


def _csv_name(sheet: Sheet, language: Language) -> str:
    return f"{sheet.label.to(language)}.csv"


def _sheet_by_name(name: str) -> Sheet | None:
    wanted = column_key(name)
    forms = ((s, (s.key, s.label.da, s.label.en, *s.also)) for s in SHEETS)
    return next((s for s, names in forms if wanted in map(column_key, names)), None)


def _sheets(names: Iterable[str], language: Language) -> tuple[Sheet, ...]:
    """The sheets with these names, in either language; all where none is named."""
    found = []
    for name in names:
        sheet = _sheet_by_name(name)
        if sheet is None:
            hint = did_you_mean(name, [form for s in SHEETS for form in (s.label.da, s.label.en)])
            wrong = Text(f"Der er intet ark „{name}“.", f"There is no sheet “{name}”.")
            raise click.UsageError(wrong.to(language) + hint.to(language))
        found.append(sheet)
    return tuple(dict.fromkeys(found)) or SHEETS


def export_of(
    target: Target, graph: Excerpt, home: str | None, language: Language, advance: Advance
) -> Export:
    """The files' contents; ``home`` is the municipality whose departments may be chosen from."""
    if target.kind == "graphml":
        from visualisations.graphml import graphml  # networkx takes a while to import

        return Export({target.file: graphml(graph)}, {target.file: len(graph.elements())})
    rows = SheetRows(graph, language)
    if target.kind == "xlsx":
        export = _workbook(target, rows, names_to_offer(graph.snapshot, home), language, advance)
    else:
        export = _csv_files(target, rows, language, advance)
    if home is not None or len(target.sheets) < len(SHEETS):
        return export  # what is left out was not asked for
    return replace(export, messages=[*export.messages, *_left_out(rows)])


def _workbook(
    target: Target,
    made_of: SheetRows,
    names: Mapping[str, Sequence[str]],
    language: Language,
    advance: Advance,
) -> Export:
    def rows_of(sheet: Sheet) -> Iterator[Row]:
        for row in made_of.of(sheet):
            advance(1)
            yield row

    made = template(language, names, target.sheets, rows_of)
    cut = [
        say("text-cut", Place(target.file.name, sheet.label.to(language)), limit=LONGEST_CELL)
        for sheet in target.sheets
        if made.written[sheet.key].cut
    ]
    count = sum(written.rows for written in made.written.values())
    return Export({target.file: made.content}, {target.file: count}, cut)


def _csv_files(target: Target, made_of: SheetRows, language: Language, advance: Advance) -> Export:
    files, counts = {}, {}
    for path, sheet in target.csv_files.items():
        rows = made_of.of(sheet)
        files[path], counts[path] = csv_file(sheet, rows, language), len(rows)
        advance(len(rows))
    return Export(files, counts)


def _left_out(rows: SheetRows) -> list[Message]:
    """What stands in the graph and in none of the sheets."""
    elements = rows.left_out()
    if not elements:
        return []
    shown = [*elements[:_SHOWN], *(["…"] if len(elements) > _SHOWN else [])]
    return [say("export-left-out", count=len(elements), elements=shown)]
