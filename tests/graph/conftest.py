"""The stores that the behaviour suite runs over."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.sqlite_store import SqliteStore
from graph.store import Store


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened = SqliteStore(tmp_path / "graph.sqlite")
    yield opened
    opened.close()
