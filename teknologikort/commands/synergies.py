"""``teknologikort synergies``: every department's best synergies as one file."""

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from graph.synergy_kinds import KINDS, SynergyKind
from schema.messages import Refusal, say
from schema.text import Language, Text
from teknologikort.opening import open_store
from teknologikort.options import language_option, overwrite_option, store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of
from teknologikort.writing import fresh_beside, put_where_nothing_is, refuse_existing, settle

if TYPE_CHECKING:
    from teknologikort.all_synergies import Wanted

_READING = Text("Læser grafen", "Reading the graph")
_COMPARING = Text("Sammenligner forvaltningerne", "Comparing the departments")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Kun denne slags: dele, genbruge, gå sammen, lære; kan gentages. / This kind only; may "
    "be repeated.",
)
@click.option(
    "--first",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="ANTAL",
    help="Hvor mange for hver forvaltning. / How many for each department.",
)
@click.option(
    "--of-each-kind",
    is_flag=True,
    help="Så mange af hver slags. / As many of each kind.",
)
@language_option
@store_option
@overwrite_option
@click.pass_obj
def command(
    settings: Settings,
    file: Path,
    kinds: tuple[str, ...],
    first: int,
    of_each_kind: bool,
    language: str | None,
    store: str | None,
    overwrite: bool,
) -> None:
    """Skriv alle forvaltningers bedste synergier i én fil, .csv eller .json.

    Hver forvaltning sammenlignes med alle andre. Ctrl-C standser; så skrives der ingen fil.

    \b
    Write the best synergies of all departments to one file, .csv or .json. Each
    department is compared with all others. Ctrl-C stops, and then no file is
    written.

    \b
      teknologikort synergies synergier.csv
      teknologikort synergies dele.json --kind share --first 5
    """
    from teknologikort.all_synergies import Wanted  # numpy takes a while to import

    if file.suffix.lower() not in (".csv", ".json"):
        raise click.UsageError(
            say("synergies-kind-unknown", file=file).text(terminal_of(settings).language)
        )
    refuse_existing(file, overwrite)
    wanted = Wanted(
        cast(tuple[SynergyKind, ...], kinds) or None,
        first,
        of_each_kind,
        cast(Language, language or settings.language),
    )
    rows = _written(with_store(settings, store), file, wanted, overwrite)
    terminal = terminal_of(settings)
    terminal.say(say("file-written", file=file, rows=rows).text(terminal.language))


def _written(settings: Settings, file: Path, wanted: "Wanted", overwrite: bool) -> int:
    """Write the file whole or not at all; how many rows it has."""
    from graph.snapshot import snapshot_of
    from teknologikort.all_synergies import write_all

    terminal = terminal_of(settings)
    try:
        with (
            closing(open_store(settings.store, create=False, read_only=True)) as store,
            terminal.progress(_READING),
        ):
            snapshot = snapshot_of(store.structure())
        total = len(snapshot.nodes("department"))
        with fresh_beside(file) as beside, terminal.progress(_COMPARING, total) as advance:
            rows = write_all(snapshot, beside, file.suffix.lower() == ".json", wanted, advance)
            settle(beside)
            if overwrite:
                os.replace(beside, file)
            else:
                put_where_nothing_is(beside, file)
    except KeyboardInterrupt as stopped:
        raise Refusal(say("synergies-stopped", file=file)) from stopped
    return rows
