"""Every answer over GraphQL is of one revision, also where a load comes in between."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from graph.sqlite_store import SqliteStore
from schema.field import Value
from tests.api.server import running_server
from tests.api.site import site_app
from tests.graph.loads import apply, says, uses

SMS = "solution:sms"
QUERY = """{ revision solution(id: "solution:sms") { function description
    usedBy { totalCount edges { sources { load } } } } }"""


class MovingStore(SqliteStore):
    """A store into which another load comes, so many times, just before it tells details."""

    moves = 0
    asked = 0

    def load_another(self) -> None:
        number = len(self.loads()) + 1
        text = f"nr. {number}"
        told = [says((SMS, "name", "SMS"), (SMS, "function", text), (SMS, "description", text))]
        apply(self, f"{number}.xlsx", [*told, uses(f"eksempel/d{number}", "sms", row=2)])

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked += 1
        if self.moves:
            self.moves -= 1
            self.load_another()
        return super().details(elements)


@contextmanager
def moving(path: Path, moves: int) -> Iterator[tuple[MovingStore, httpx.Client]]:
    store = MovingStore(path / "graph.sqlite")
    store.load_another()
    with (
        running_server(site_app(store)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        store.moves = moves
        yield store, client
    store.close()


def answered(client: httpx.Client, query: str) -> Any:
    answer = client.post("/graphql", json={"query": query}).json()
    assert "errors" not in answer
    return answer["data"]


def test_a_query_is_answered_again_where_a_load_came_in_between(tmp_path: Path) -> None:
    with moving(tmp_path, 1) as (store, client):
        found = answered(client, QUERY)
    assert store.asked == 2
    assert found["revision"] == 2
    assert found["solution"]["description"] == "nr. 2"
    assert found["solution"]["usedBy"]["totalCount"] == 2


def test_a_graph_that_never_stands_still_is_told_of_in_the_end(tmp_path: Path) -> None:
    with moving(tmp_path, 99) as (store, client):
        found = answered(client, QUERY)
    assert store.asked == 3
    assert found["solution"]["description"] == "nr. 4"


def test_a_change_is_made_once_though_it_moves_the_graph_itself(tmp_path: Path) -> None:
    with moving(tmp_path, 0) as (store, client):
        found = answered(client, "mutation { undoLoad(number: 1) { revision } }")
        assert found == {"undoLoad": {"revision": 2}}
        assert store.revision() == 2
