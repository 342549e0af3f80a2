"""Servers that several tests of the api ask, started once for each file of tests."""

from collections.abc import Iterator

import httpx
import pytest

from tests.api.server import running_server
from tests.api.site import example_site
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


@pytest.fixture(scope="session")
def example_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The pages over the example municipalities; tests that change something start their own."""
    with example_site(tmp_path_factory.mktemp("example") / "example.sqlite") as address:
        yield address


@pytest.fixture
def visitor(example_address: str) -> Iterator[httpx.Client]:
    """A browser without pictures: follows links, keeps cookies, prefers Danish."""
    headers = {"accept": "text/html", "accept-language": "da"}
    with httpx.Client(
        base_url=example_address, headers=headers, timeout=30, follow_redirects=True
    ) as client:
        yield client
