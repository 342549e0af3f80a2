"""Opening the store that the settings name: the one place that knows there are two kinds."""

from collections.abc import Callable
from pathlib import Path

from graph.sqlite_store import SqliteStore
from graph.sqlite_tables import VERSION
from graph.store import Store
from schema.text import Text
from teknologikort.settings import is_neo4j, read_credentials

Tell = Callable[[Text], None]


def sqlite_path(store: str) -> Path:
    """The file that a store's name means."""
    return Path(store.removeprefix("sqlite:///")).expanduser()


def open_store(
    store: str, create: bool = True, read_only: bool = False, tell: Tell | None = None
) -> Store:
    """The store with this name; raises Refusal where it cannot be opened. One of an older version
    is upgraded when it is opened for writing, and ``tell`` is told of that."""
    if is_neo4j(store):
        from graph.neo4j_store import Neo4jStore  # the driver takes 0.2 s to import

        credentials = read_credentials()
        return Neo4jStore(
            store, credentials.user, credentials.password, create=create, read_only=read_only
        )
    opened = SqliteStore(sqlite_path(store), create=create, read_only=read_only)
    if opened.upgraded is not None and tell is not None:
        tell(upgraded(store, opened.upgraded.version, VERSION, opened.upgraded.backup))
    return opened


def upgraded(store: str, before: int, now: int, backup: Path | None) -> Text:
    """What is said of a store that was upgraded."""
    kept = Text("", "")
    if backup is not None:
        kept = Text(f" Som den var, ligger den i {backup}.", f" As it was, it lies in {backup}.")
    if before == now:  # of the same version, for another edition of the ontology
        return Text(
            f"{store} er lavet på ny efter denne udgave af ontologien.{kept.da}",
            f"{store} was made anew by this edition of the ontology.{kept.en}",
        )
    return Text(
        f"{store} er opgraderet fra version {before} til {now}.{kept.da}",
        f"{store} was upgraded from version {before} to {now}.{kept.en}",
    )
