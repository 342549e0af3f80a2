"""``teknologikort upgrade``: a store of an older version becomes one of this."""

from contextlib import closing
from dataclasses import replace

import click

from schema.text import Text
from teknologikort.opening import open_store, upgrading
from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.terminal import terminal_of

_UPGRADING = Text("Opgraderer lageret", "Upgrading the store")


@click.command()
@store_option
@click.pass_obj
def command(settings: Settings, store: str | None) -> None:
    """Opgradér lageret til denne version. Det sker af sig selv, når det åbnes for at skrive; her
    kan det gøres, før en server, der kun viser, startes.

    Først tages en kopi, derefter anvendes alle poster på ny. Afbrydes det, er lageret, som det
    var. Er der intet at gøre, siger kommandoen det.

    \b
    Upgrade the store to this version. It happens by itself when the store is opened
    for writing; here it can be done before a server that only shows is started. A
    copy is made first, then all records are applied anew. Broken off, the store is
    as it was.

    \b
      teknologikort upgrade
    """
    terminal = terminal_of(settings)
    name = with_store(settings, store).store
    told: list[Text] = []
    upgrades = replace(upgrading(settings), tell=told.append)
    with (
        terminal.progress(_UPGRADING),
        closing(open_store(name, create=False, upgrades=upgrades)) as opened,
    ):
        revision = opened.revision()
    nothing = Text(
        f"{name} er af denne version; der er intet at gøre (revision {revision}).",
        f"{name} is of this version; there is nothing to do (revision {revision}).",
    )
    for text in told or [nothing]:
        terminal.say(text)
