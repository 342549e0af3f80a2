"""The whole server over the example municipalities, read by the real loader."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette

from api.app import Server, application
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from loaders.desk import Desk
from loaders.loading import load_sheets
from tests.api.server import running_server

EXAMPLE = Path(__file__).parents[2] / "examples" / "eksempel"


def example_store(path: Path) -> SqliteStore:
    """A store in this file with all the example sheets, each a load of its own."""
    store = SqliteStore(path)
    reports = load_sheets(sorted(EXAMPLE.iterdir()), store)
    assert all(report.applied for report in reports)
    return store


def site_app(store: SqliteStore, writes: bool = True) -> Starlette:
    """The server's application over a store."""
    live = LiveGraph(store)
    return application(Server(live, desk=Desk(live) if writes else None))


@contextmanager
def example_site(path: Path) -> Iterator[str]:
    """A running server over the example; gives its address."""
    store = example_store(path)
    with running_server(site_app(store)) as address:
        yield address
    store.close()
