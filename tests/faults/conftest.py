"""The stores that faults are tried on: the same as those of the behaviour suite."""

from tests.graph.conftest import store

__all__ = ["store"]
