"""``teknologikort redo``: a load that was undone stands again."""

import click

from teknologikort.options import store_option
from teknologikort.settings import Settings, with_store
from teknologikort.standing import make_stand


@click.command()
@click.argument("number", type=click.IntRange(min=1))
@store_option
@click.pass_obj
def command(settings: Settings, number: int, store: str | None) -> None:
    """Tag en fortrydelse tilbage, så indlæsningen med dette nummer gælder igen.

    \b
    Take an undo back, so that the load with this number stands again.
    """
    make_stand(with_store(settings, store), number, stands=True)
