"""A store to hand sheets in to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loaders.sheets import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()
