"""``teknologikort export``: the graph as a file."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from schema.messages import say
from schema.text import Language, Text
from teknologikort.opening import open_store
from teknologikort.options import (
    language_option,
    municipality_option,
    overwrite_option,
    store_option,
)
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of
from teknologikort.writing import refuse_existing, write_whole

if TYPE_CHECKING:
    from teknologikort.exporting import Export, Target

_READING = Text("Læser grafen", "Reading the graph")
_WRITING = Text("Skriver", "Writing")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--csv",
    "as_folder",
    is_flag=True,
    help="FILE er en mappe: et ark pr. csv-fil. / FILE is a folder: one csv file for each sheet.",
)
@click.option(
    "--sheet",
    "names",
    multiple=True,
    metavar="ARK",
    help="Kun dette ark; kan gentages. / This sheet only; may be repeated.",
)
@municipality_option
@language_option
@store_option
@overwrite_option
@click.pass_obj
def command(
    settings: Settings,
    file: Path,
    as_folder: bool,
    names: tuple[str, ...],
    municipality: str | None,
    language: str | None,
    store: str | None,
    overwrite: bool,
) -> None:
    """Skriv grafen som fil. Navnet siger, hvilken slags:

    \b
      ark.xlsx        kortlægningsark, der kan indlæses igen
      status.csv      arket Status; andre vælges med --sheet
      mappe --csv     alle ark, hvert som en csv-fil
      graf.graphml    netværket, til Gephi, yEd, networkx og R

    \b
    Write the graph as a file; its name tells the kind: xlsx with mapping sheets
    that can be loaded again, csv with one sheet (or a folder with --csv), or
    GraphML.

    \b
      teknologikort export ark.xlsx --municipality Eksempel
      teknologikort export mappe --csv
    """
    from teknologikort.exporting import target_of  # these take a while to import

    terminal = terminal_of(settings)
    writes_in = cast(Language, language or settings.language)
    target = target_of(file, as_folder, names, terminal.language, writes_in)
    for path in target.paths:
        refuse_existing(path, overwrite)
    export = _made(with_store(settings, store), target, municipality, writes_in)
    if as_folder:
        file.mkdir(parents=True, exist_ok=True)
    for path, content in export.files.items():
        write_whole(path, content, overwrite)
        rows = export.rows[path]
        terminal.say(say("file-written", file=path, rows=rows).text(terminal.language))
    terminal.messages(export.messages)


def _made(
    settings: Settings, target: "Target", municipality: str | None, language: Language
) -> "Export":
    from graph.excerpt import excerpt
    from graph.snapshot import snapshot_of
    from teknologikort.exporting import export_of
    from teknologikort.named import named

    terminal = terminal_of(settings)
    with closing(open_store(settings.store, create=False, read_only=True)) as store:
        snapshot = snapshot_of(store.structure())
        home = None
        if municipality is not None:
            home = named(snapshot, ["municipality"], municipality, terminal.language)
        with terminal.progress(_READING) as advance:
            graph = excerpt(snapshot, store, home, advance)
    with terminal.progress(_WRITING) as advance:
        return export_of(target, graph, home, language, advance)
