"""Opening the store that the settings name: the one place that knows there are two kinds."""

from pathlib import Path

from graph.sqlite_store import SqliteStore
from graph.store import Store
from teknologikort.settings import is_neo4j, read_credentials


def sqlite_path(store: str) -> Path:
    """The file that a store's name means."""
    return Path(store.removeprefix("sqlite:///")).expanduser()


def open_store(store: str, create: bool = True, read_only: bool = False) -> Store:
    """The store with this name; raises Refusal where it cannot be opened."""
    if is_neo4j(store):
        from graph.neo4j_store import Neo4jStore  # the driver takes 0.2 s to import

        credentials = read_credentials()
        return Neo4jStore(
            store, credentials.user, credentials.password, create=create, read_only=read_only
        )
    return SqliteStore(sqlite_path(store), create=create, read_only=read_only)
