"""Whether a load stands: what `undo` and `redo` share."""

from contextlib import closing

from graph.store import Store, UnknownLoad
from schema.records import LoadSummary
from schema.text import Text
from teknologikort.opening import open_store, upgrading
from teknologikort.settings import Settings


def make_stand(settings: Settings, number: int, stands: bool) -> None:
    """Let the load of this number stand, or no longer stand, and tell what became of it; raises
    Refusal where there is no such load."""
    upgrades = upgrading(settings)
    with closing(open_store(settings.store, create=False, upgrades=upgrades)) as store:
        try:
            change = store.redo if stands else store.undo
            revision = change(number, settings.actor)
        except UnknownLoad as unknown:
            from loaders.desk import cannot_move  # numpy and the readers take a while to import

            raise cannot_move(store, number) from unknown
        load = _summary(store, number)
    upgrades.terminal.say(_told(load, revision, stands))


def _summary(store: Store, number: int) -> LoadSummary:
    return next(load for load in store.loads() if load.number == number)


def _told(load: LoadSummary, revision: int, stands: bool) -> Text:
    what = Text(
        f"Indlæsning {load.number} („{load.source}“, rækker: {load.records})",
        f"Load {load.number} (“{load.source}”, rows: {load.records})",
    )
    if stands:
        return Text(
            f"{what.da} gælder igen. Grafen er nu i revision {revision}.",
            f"{what.en} stands again. The graph is now at revision {revision}.",
        )
    return Text(
        f"{what.da} gælder ikke længere. Grafen er nu i revision {revision}.\n"
        f"Den kan tages tilbage med: teknologikort redo {load.number}",
        f"{what.en} no longer stands. The graph is now at revision {revision}.\n"
        f"It can be taken back with: teknologikort redo {load.number}",
    )
