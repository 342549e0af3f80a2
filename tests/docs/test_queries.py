"""Every query in the documentation and on the query page is one that the schema answers."""

import asyncio
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.graphql_types.context import Asking
from api.graphql_types.schema import SCHEMA
from api.query_examples import EXAMPLES, QueryExample
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from teknologikort.reference import ROOT
from tests.api.site import example_store

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```graphql\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
QUERIES = [
    pytest.param(block, id=f"{page.name}-{place}")
    for page in PAGES
    for place, block in enumerate(BLOCK.findall(page.read_text(encoding="utf-8")))
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    store = example_store(tmp_path_factory.mktemp("docs") / "example.sqlite")
    yield store
    store.close()


def answer(store: SqliteStore, query: str, variables: str = "{}") -> object:
    live = LiveGraph(store)

    async def ask() -> object:
        result = await SCHEMA.execute(
            query,
            variable_values=json.loads(variables or "{}"),
            context_value=Asking(live, live.snapshot()),
        )
        assert result.errors is None
        return result.data

    # In a thread of its own: a browser that another test has started keeps a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(ask())).result()


@pytest.mark.parametrize("query", QUERIES)
def test_a_documented_query_is_answered(query: str, store: SqliteStore) -> None:
    assert answer(store, query)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_an_example_of_the_query_page_is_answered(
    example: QueryExample, store: SqliteStore
) -> None:
    assert answer(store, example.query, example.variables)
