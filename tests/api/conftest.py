"""Servers that several tests of the api ask, started once for each file of tests."""

from collections.abc import Iterator

import httpx
import pytest

from tests.api.server import running_server
from tests.api.small_schema import small_app


@pytest.fixture(scope="module")
def small_server() -> Iterator[str]:
    """The small schema behind all guards; gives the address of the server."""
    with running_server(small_app()) as address:
        yield address


@pytest.fixture(scope="module")
def client(small_server: str) -> Iterator[httpx.Client]:
    """A program that talks to the small server."""
    with httpx.Client(base_url=small_server, timeout=30) as client:
        yield client
