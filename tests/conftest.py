"""What tests of more than one folder share."""

from collections.abc import Iterator

import pytest
from neo4j import Driver
from playwright.sync_api import Browser, Page

from teknologikort.local_neo4j import Neo4jAddress, local_neo4j
from tests.browser import chromium
from tests.neo4j_server import CACHE, driver_of, empty, or_skip, refuse_a_used_one


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAddress]:
    """A real Neo4j, started when the first test asks for it."""
    with or_skip(local_neo4j(tmp_path_factory.mktemp("neo4j"), CACHE)) as address:
        yield address


@pytest.fixture(scope="session")
def neo4j_driver(neo4j_address: Neo4jAddress) -> Iterator[Driver]:
    with driver_of(neo4j_address) as driver:
        refuse_a_used_one(driver)
        yield driver
        empty(driver)


@pytest.fixture
def empty_neo4j(neo4j_address: Neo4jAddress, neo4j_driver: Driver) -> Neo4jAddress:
    """The Neo4j of the run with nothing in it."""
    empty(neo4j_driver)
    return neo4j_address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, started when the first test asks for it."""
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a context of its own, as wide as a laptop's screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()
