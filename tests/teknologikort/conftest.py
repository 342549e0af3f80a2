"""A graph in a file, and settings that name it."""

from pathlib import Path

import pytest

from teknologikort.settings import Settings
from tests.api.site import example_store
from tests.loaders.graph_files import full_store


@pytest.fixture(scope="session")
def _filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("graf")
    store = full_store(folder)
    store.close()
    return store.path.read_bytes()


@pytest.fixture
def settings(tmp_path: Path, _filled: bytes) -> Settings:
    """Settings that name a store with a graph in it."""
    store = tmp_path / "graf.sqlite"
    store.write_bytes(_filled)
    return Settings(store=str(store))


@pytest.fixture
def without_graph(tmp_path: Path) -> Settings:
    """Settings that name a store that is not there."""
    return Settings(store=str(tmp_path / "findes-ikke.sqlite"))


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    store = example_store(tmp_path_factory.mktemp("eksempel") / "eksempel.sqlite")
    store.close()
    return store.path.read_bytes()


@pytest.fixture
def example(tmp_path: Path, _example: bytes) -> Settings:
    """Settings that name a store with the example municipality and its neighbours."""
    store = tmp_path / "eksempel.sqlite"
    store.write_bytes(_example)
    return Settings(store=str(store))
