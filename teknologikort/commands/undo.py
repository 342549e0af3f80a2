"""``teknologikort undo``: a load no longer stands."""

import click

from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.standing import make_stand


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@store_option
@click.pass_obj
def command(settings: Settings, number: int, store: str | None) -> None:
    """Fortryd indlæsningen med dette nummer; `teknologikort loads` viser numrene.

    Det, som andre indlæsninger også siger, bliver stående. Intet går tabt: `teknologikort redo`
    tager fortrydelsen tilbage.

    \b
    Undo the load with this number; `teknologikort loads` shows the numbers. What
    other loads say too remains. Nothing is lost: `teknologikort redo` takes it back.
    """
    make_stand(with_store(settings, store), number, stands=False)
