"""``teknologikort check``: the store against its records."""

import sys
from contextlib import closing

import click

from schema.text import Text
from teknologikort.opening import open_store
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of

_SHOWN = 20
_CHECKING = Text("Efterprøver lageret", "Checking the store")


@click.command()
@store_option
@click.pass_obj
def command(settings: Settings, store: str | None) -> None:
    """Efterprøv grafen: anvend alle poster på ny, og sammenlign med det, der står i lageret.

    Afslutter med 1, hvis noget afviger.

    \b
    Check the graph: apply all records again and compare with what the store
    holds. Exits with 1 where something differs.
    """
    terminal = terminal_of(settings)
    with (
        closing(open_store(with_store(settings, store).store, False, read_only=True)) as graph,
        terminal.progress(_CHECKING),
    ):
        differing = graph.check()
        revision = graph.revision()
    if not differing:
        said = Text(
            f"Grafen er præcis, hvad posterne siger (revision {revision}).",
            f"The graph is exactly what its records say (revision {revision}).",
        )
        terminal.say(said)
        return
    terminal.tell(
        Text(
            f"Grafen afviger fra sine poster (antal: {len(differing)}). Indlæs arkene i en ny fil.",
            f"The graph differs from its records (number: {len(differing)}). Load the sheets into "
            "a new file.",
        )
    )
    for element in differing[:_SHOWN]:
        terminal.say(element)
    if len(differing) > _SHOWN:
        terminal.say("…")
    sys.exit(1)
