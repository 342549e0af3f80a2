"""``teknologikort copy``: from one store to another, of the same kind or the other."""

from contextlib import closing

import click

from schema.text import Text
from teknologikort.opening import open_store, upgrading
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option(
    "--replace",
    is_flag=True,
    help="Tøm først en Neo4j, hvor en kopiering blev afbrudt. / First empty a Neo4j in which a "
    "copy was broken off.",
)
@click.pass_obj
def command(settings: Settings, source: str, target: str, replace: bool) -> None:
    """Kopiér hele lageret FROM til det tomme lager TO: fra SQLite til Neo4j, tilbage igen, eller
    til en ny fil. Indlæsninger, poster og revisioner beholder deres numre.

    Kopien læses igen og efterprøves. Bruger og adgangskode til Neo4j står i miljøet, som ved
    alle kommandoer.

    \b
    Copy the whole store FROM into the empty store TO: from SQLite to
    Neo4j, back again, or to a new file. Loads, records and revisions keep their
    numbers. The copy is read back and checked. User and password of Neo4j come from
    the environment, as with all commands.

    \b
      teknologikort copy data/teknologikort.sqlite neo4j://localhost:7687
      teknologikort copy neo4j://localhost:7687 ny.sqlite
    """
    from schema.messages import Refusal, say
    from teknologikort import copying

    terminal = terminal_of(settings)
    there, here = (with_store(settings, each).store for each in (source, target))
    if _same(there, here):
        raise Refusal(say("copy-of-itself", store=there))
    with (
        closing(open_store(there, create=False, read_only=True)) as original,
        closing(open_store(here, upgrades=upgrading(settings), anew=replace)) as copy,
    ):
        contents = copying.copied(original, copy, terminal)
    terminal.say(
        Text(
            f"{there} er kopieret til {here} og efterprøvet ({contents.text.da}).",
            f"{there} is copied to {here} and checked ({contents.text.en}).",
        )
    )


def _same(there: str, here: str) -> bool:
    from teknologikort.opening import sqlite_path
    from teknologikort.settings import is_neo4j

    if is_neo4j(there) or is_neo4j(here):
        return there.rstrip("/") == here.rstrip("/")
    return sqlite_path(there).resolve() == sqlite_path(here).resolve()
