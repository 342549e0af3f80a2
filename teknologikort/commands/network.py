"""``teknologikort network``: a network as one file that opens offline."""

from contextlib import closing
from pathlib import Path
from typing import cast

import click

from schema.text import Language, Text
from teknologikort.opening import open_store
from teknologikort.options import language_option, overwrite_option, store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of
from teknologikort.writing import refuse_existing, write_whole

_DRAWING = Text("Tegner", "Drawing")
_ONE = Text("Angiv enten en NODE eller --municipality.", "Give either a NODE or --municipality.")


@click.command()
@click.argument("node", required=False)
@click.option(
    "--municipality",
    metavar="NAVN",
    help="Kommunens forvaltninger, og de løsninger og problemer, som flest har. / The "
    "municipality's departments, and the solutions and problems that most of them have.",
)
@click.option(
    "--output",
    "-o",
    "file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Filen, der skrives. / The file to write.",
)
@click.option(
    "--reach",
    type=click.IntRange(1, 4),
    help="Hvor mange skridt ud; ellers 1, for en kommune 2. / How many steps out; else 1, of a "
    "municipality 2.",
)
@language_option
@store_option
@overwrite_option
@click.pass_obj
def command(
    settings: Settings,
    node: str | None,
    municipality: str | None,
    file: Path,
    reach: int | None,
    language: str | None,
    store: str | None,
    overwrite: bool,
) -> None:
    """Tegn et netværk som én HTML-fil, der kan sendes og åbnes uden net.

    NODE er en forvaltning, en løsning, et problem, en teknologi eller en kompetence. Der tegnes
    højst 60; filen siger, hvor mange der ikke er med.

    \b
    Draw a network as one HTML file that can be sent and opened offline. NODE is a
    department, a solution, a problem, a technology or a competence. At most 60 are
    drawn, and the file says how many were left out.

    \b
      teknologikort network SMS-service -o sms.html
      teknologikort network --municipality eksempel -o eksempel.html
    """
    terminal = terminal_of(settings)
    wanted = municipality if node is None else node
    if wanted is None or (node is not None and municipality is not None):
        raise click.UsageError(terminal.word(_ONE))
    refuse_existing(file, overwrite)
    from graph.snapshot import snapshot_of  # these take a while to import
    from schema.ontology import ONTOLOGY
    from teknologikort.drawing import network_document
    from teknologikort.named import find

    kinds = ["municipality"] if node is None else list(ONTOLOGY.nodes)
    store_name = with_store(settings, store).store
    with (
        closing(open_store(store_name, create=False, read_only=True)) as graph,
        terminal.progress(_DRAWING),
    ):
        snapshot = snapshot_of(graph.structure())
        centre = find(snapshot, kinds, wanted)
        writes_in = cast(Language, language or settings.language)
        content = network_document(snapshot, centre, reach, writes_in)
    write_whole(file, content, overwrite)
    terminal.say(
        Text(
            f"{file} er skrevet. Åbn den i en browser; den henter intet andre steder fra.",
            f"{file} was written. Open it in a browser; it fetches nothing from elsewhere.",
        )
    )
