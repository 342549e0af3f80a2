"""``teknologikort load``: mapping sheets into the graph."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from graph.store import Store
from schema.messages import Refusal, say
from schema.text import Text
from teknologikort.load_report import all_well, report_json, show_falling, show_report, show_summary
from teknologikort.opening import Upgrading, open_store, upgrading
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import Terminal, terminal_of

if TYPE_CHECKING:
    from loaders.loading import LoadOptions
    from loaders.report import Report

_LOADING = Text("Indlæser", "Loading")
_LOOKING = Text("Ser arkene igennem", "Looking through the sheets")


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--dry-run",
    is_flag=True,
    help="Vis, hvad der ville ske, uden at skrive noget. / Show what would happen, write nothing.",
)
@click.option(
    "--source",
    metavar="NAVN",
    help="Kilden, som arkene er en ny udgave af; ellers filens navn. Alle filer bliver én "
    "indlæsning. / The source that the sheets are a new edition of; else the file's name. All "
    "files become one load.",
)
@click.option(
    "--municipality",
    metavar="NAVN",
    help="Kommunen, hvor en række ikke nævner nogen. / The municipality of rows that name none.",
)
@click.option(
    "--remove-missing",
    is_flag=True,
    help="Kildens tidligere rækker, der ikke står i filen, gælder ikke længere. / The source's "
    "earlier rows that are not in the file no longer hold.",
)
@click.option(
    "--yes",
    is_flag=True,
    help="Spørg ikke, før rækker falder bort. / Do not ask before rows fall.",
)
@click.option(
    "--new-departments",
    is_flag=True,
    help="Opret forvaltninger, der ikke står i organisationen. / Create departments that are not "
    "in the organisation.",
)
@click.option(
    "--skip-refused",
    is_flag=True,
    help="Indlæs resten, når rækker afvises. / Load the rest where rows are refused.",
)
@click.option(
    "--mapping",
    metavar="FIL.toml",
    type=click.Path(path_type=Path),
    help="Filen, der siger, hvilken kolonne der er hvad, når arket har andre kolonner. / The file "
    "that says which column is what, where the sheet has other columns.",
)
@click.option(
    "--verbose", "-v", is_flag=True, help="Vis hver række. / Show every row and all messages."
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Hele rapporten som JSON. / The whole report as JSON.",
)
@store_option
@click.pass_obj
def command(
    settings: Settings,
    files: tuple[Path, ...],
    dry_run: bool,
    source: str | None,
    municipality: str | None,
    remove_missing: bool,
    yes: bool,
    new_departments: bool,
    skip_refused: bool,
    mapping: Path | None,
    verbose: bool,
    as_json: bool,
    store: str | None,
) -> None:
    """Indlæs kortlægningsark: FILES er xlsx-, ods- eller csv-filer.

    Hver række får en dom: ny, ændret, uændret, afvist eller sprunget over. Er der fejl, indlæses
    intet af filen, og der står, hvad der skal rettes. Det samme ark kan indlæses igen og igen:
    en ny udgave træder i stedet for den gamle.

    \b
    Load mapping sheets from xlsx, ods or csv files. Every row gets a verdict: new,
    changed, unchanged, refused or skipped. Where there are errors, nothing of the
    file is loaded, and you are told what to correct. Exits with 1 where something
    was refused or not loaded.

    \b
      teknologikort load ark.xlsx --dry-run
      teknologikort load examples/eksempel/*
      teknologikort load ark-2025.xlsx --source status --remove-missing
    """
    from loaders.files import refuse_namesakes  # numpy and the readers take a while to import
    from loaders.loading import LoadOptions

    if source is None:
        refuse_namesakes(files)
    options = LoadOptions(source, municipality, remove_missing, new_departments, skip_refused)
    if mapping is not None:
        from loaders.mapping import read_mapping

        options = replace(options, recogniser=read_mapping(mapping).recogniser())
    terminal = terminal_of(settings)
    show = partial(_show, terminal, dry_run=dry_run, verbose=verbose, as_json=as_json)
    with _store(with_store(settings, store).store, dry_run, upgrading(settings)) as graph:
        loading = _Loading(graph, files, options, settings.actor, terminal)
        if remove_missing and not (dry_run or yes):
            _agree(loading, terminal, verbose)
        try:
            loading.run(dry_run)
        except Refusal:
            show(loading.reports)  # what was loaded before it stands
            raise
    sys.exit(0 if show(loading.reports) else 1)


class _Loading:
    """The files on their way through the desk, and the reports so far."""

    def __init__(
        self,
        store: Store,
        files: Sequence[Path],
        options: "LoadOptions",
        actor: str,
        terminal: Terminal,
    ) -> None:
        from graph.live import LiveGraph
        from loaders.desk import Actor, Desk

        self._desk = Desk(LiveGraph(store))
        self._actor = Actor(actor)
        self._files = files
        self._options = options
        self._terminal = terminal
        self.reports: list[Report] = []

    def run(self, dry_run: bool) -> None:
        """Load, or only look. Files that are loads of their own are loaded one by one; a look
        takes all at once, for each is held against what those before it would leave."""
        together = dry_run or self._options.source is not None
        groups = [self._files] if together else [[file] for file in self._files]
        doing = _LOOKING if dry_run else _LOADING
        with self._terminal.progress(doing, len(groups) if len(groups) > 1 else None) as advance:
            for group in groups:
                self.reports += self._desk.load(self._actor, group, self._options, dry_run)
                advance(1)

    def falling(self) -> "list[Report]":
        """What would become of the loads by which rows would fall."""
        with self._terminal.progress(_LOOKING):
            reports = self._desk.load(self._actor, self._files, self._options, dry_run=True)
        return [report for report in reports if report.falling and report.load is not None]


def _agree(loading: _Loading, terminal: Terminal, verbose: bool) -> None:
    """Ask before rows fall, and show which; ends the program where the answer is no, and where
    there is nobody to ask."""
    falling = loading.falling()
    if falling and not _someone_looks_on():
        rows = sum(len(report.falling) for report in falling)
        terminal.message(say("falling-not-agreed", rows=rows))
        sys.exit(2)
    for report in falling:
        show_falling(terminal, report, verbose)
    if falling and not _yes(terminal):
        terminal.tell(Text("Intet er ændret.", "Nothing was changed."))
        sys.exit(1)


@contextmanager
def _store(store: str, dry_run: bool, upgrades: Upgrading) -> Iterator[Store]:
    """The store to load into; to look at only, one that is read, or an empty one in a folder that
    goes away again, so that a dry run leaves nothing behind."""
    if not dry_run:
        with closing(open_store(store, upgrades=upgrades)) as opened:
            yield opened
        return
    with ExitStack() as stack:
        try:
            looked_at = open_store(store, create=False, read_only=True)
        except Refusal as refusal:
            if [message.code for message in refusal.messages] != ["store-missing"]:
                raise
            folder = stack.enter_context(TemporaryDirectory())
            looked_at = open_store(str(Path(folder, "empty.sqlite")))
        yield stack.enter_context(closing(looked_at))


def _yes(terminal: Terminal) -> bool:
    """Whether the answer is yes, in either language; no where nothing is written."""
    question = Text("Skal de falde bort? [j/N]", "Shall they fall? [y/N]")
    answer = click.prompt(terminal.word(question), default="n", show_default=False, err=True)
    return str(answer).strip().casefold() in ("j", "ja", "y", "yes")


def _someone_looks_on() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show(
    terminal: Terminal, reports: Sequence["Report"], dry_run: bool, verbose: bool, as_json: bool
) -> bool:
    """Tell what became of it; whether all is well."""
    if as_json:
        loads = [report_json(report, terminal.language) for report in reports]
        click.echo(json.dumps({"dryRun": dry_run, "loads": loads}, ensure_ascii=False, indent=2))
        return all_well(reports)
    for report in reports:
        show_report(terminal, report, verbose)
    if reports:
        show_summary(terminal, reports, dry_run)
    if dry_run:
        terminal.tell(Text("Intet er skrevet (--dry-run).", "Nothing was written (--dry-run)."))
    return all_well(reports)
