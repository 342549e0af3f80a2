"""What several of these tests compare on."""

import pytest

from benchmarks.peers.bare import BareGraph
from tests.graph.plain.sizes import generated


@pytest.fixture(scope="session")
def country() -> BareGraph:
    """All that is said at size M, made once: 98 municipalities with 2,940 departments."""
    return generated("M")
