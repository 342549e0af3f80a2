"""``teknologikort restore``: a backup becomes the store again."""

from pathlib import Path

import click

from schema.text import Text
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of


@click.command()
@click.argument("backup", metavar="BACKUP", type=click.Path(path_type=Path))
@click.option(
    "--replace",
    is_flag=True,
    help="Erstat en SQLite-fil med en graf i; den gamle lægges til side ved siden af. Tøm en "
    "Neo4j, hvor en tilbagelægning blev afbrudt. / Replace a SQLite file that holds a graph; the "
    "old one is put aside beside it. Empty a Neo4j in which a restore was broken off.",
)
@store_option
@click.pass_obj
def command(settings: Settings, backup: Path, replace: bool, store: str | None) -> None:
    """Læg en sikkerhedskopi tilbage i et tomt lager, SQLite eller Neo4j. Kopien efterprøves
    først, og lageret er enten helt på plads eller urørt.

    Et lager med en graf i afvises. Med --replace lægges den gamle SQLite-fil til side under et
    andet navn; stop serveren først. En database i Neo4j skal være tom; blev det afbrudt i den,
    tømmer --replace den først.

    \b
    Put a backup back into an empty store, SQLite or Neo4j. The backup is checked
    first, and the store is there whole or untouched. A store with a graph in it is
    refused; with --replace the old SQLite file is put aside under another name: stop
    the server first. A database in Neo4j must be empty; where this was broken off in
    it, --replace empties it first.

    \b
      teknologikort restore data/backup/teknologikort-20261124T020000Z-r12.sqlite
      teknologikort restore kopi.sqlite --replace
      teknologikort restore kopi.sqlite --store neo4j://localhost:7687
    """
    from teknologikort.restoring import restored

    terminal = terminal_of(settings)
    name = with_store(settings, store).store
    done = restored(backup, name, replace, terminal)
    if done.aside is not None:
        aside = Text(
            f"Det, der var i {name}, er lagt til side som {done.aside}.",
            f"What was in {name} is put aside as {done.aside}.",
        )
        terminal.say(aside)
    terminal.say(
        Text(
            f"Sikkerhedskopien er lagt tilbage i {name} og efterprøvet ({done.contents.text.da}).",
            f"The backup is put back into {name} and checked ({done.contents.text.en}).",
        )
    )
