"""``teknologikort loads``: the history of the graph."""

from contextlib import closing
from datetime import datetime

import click

from schema.records import LoadSummary
from schema.text import Language, Text
from teknologikort.opening import open_store
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import Terminal, terminal_of

_TIMES = {"da": "%d-%m-%Y %H:%M", "en": "%Y-%m-%d %H:%M"}
_STANDS = Text("gælder", "stands")
_UNDONE = Text("fortrudt", "undone")
_COLUMNS = (
    Text("nr.", "no."),
    Text("indlæst", "loaded"),
    Text("kilde", "source"),
    Text("rækker", "rows"),
    Text("af", "by"),
    Text("tilstand", "state"),
)


@click.command()
@store_option
@click.pass_obj
def command(settings: Settings, store: str | None) -> None:
    """Vis alle indlæsninger, den ældste først, også de fortrudte.

    \b
    Show all loads, the oldest first, undone ones too. Their numbers are what
    `teknologikort undo` and `redo` take.
    """
    terminal = terminal_of(settings)
    with closing(open_store(with_store(settings, store).store, False, read_only=True)) as graph:
        loads, revision = graph.loads(), graph.revision()
    if not loads:
        terminal.say(Text("Der er ikke indlæst noget endnu.", "Nothing has been loaded yet."))
        return
    terminal.table(_COLUMNS, [_row(load, terminal) for load in loads])
    terminal.tell(
        Text(f"Grafen er i revision {revision}.", f"The graph is at revision {revision}.")
    )


def _row(load: LoadSummary, terminal: Terminal) -> tuple[str | int | Text, ...]:
    state = _STANDS if load.stands else _undone(load.undone_at)
    at = _time(load.at, terminal.language)
    return load.number, at, load.source, load.records, load.actor, state


def _undone(at: datetime | None) -> Text:
    if at is None:
        return _UNDONE
    return Text(f"{_UNDONE.da} {_time(at, 'da')}", f"{_UNDONE.en} {_time(at, 'en')}")


def _time(at: datetime, language: Language) -> str:
    """The time where the reader is."""
    return at.astimezone().strftime(_TIMES[language])
