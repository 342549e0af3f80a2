"""Who asks for what is being made waits for it, and is never worse off for that."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import httpx
import pytest

from api.app import Server, application
from api.under_way import UnderWay
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from schema.field import Value
from tests.api.server import running_server
from tests.graph.loads import apply, says, uses

SMS = "solution:sms"
QUERY = '{ solution(id: "solution:sms") { description } }'
ASKERS = 6
PATIENCE = 20.0

Ask = Callable[[httpx.Client], httpx.Response]


def asks_graphql(client: httpx.Client) -> httpx.Response:
    return client.post("/graphql", json={"query": QUERY})


def asks_for_a_page(client: httpx.Client) -> httpx.Response:
    return client.get("/loesning/sms")


both = pytest.mark.parametrize("ask", [asks_graphql, asks_for_a_page])


class HeldStore(SqliteStore):
    """A store whose first answer about details waits until it may go on."""

    asked = 0
    fails = False

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.may_go_on = Event()

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked += 1
        if self.asked == 1:
            assert self.may_go_on.wait(PATIENCE)
            if self.fails:
                raise RuntimeError("the first one fails")
        return super().details(elements)


@contextmanager
def serving(
    folder: Path, most_seconds: float = PATIENCE
) -> Iterator[tuple[HeldStore, Server, str]]:
    store = HeldStore(folder / "graf.sqlite")
    told = [says((SMS, "name", "SMS"), (SMS, "description", "Påmindelser."))]
    apply(store, "1.xlsx", [*told, uses("eksempel/d1", "sms", row=2)])
    server = Server(LiveGraph(store), under_way=UnderWay(most_seconds))
    with running_server(application(server)) as address:
        yield store, server, address
    store.close()


def answers(address: str, ask: Ask) -> httpx.Response:
    with httpx.Client(base_url=address, timeout=PATIENCE) as client:
        return ask(client)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


@contextmanager
def asking(
    folder: Path, ask: Ask, fails: bool = False
) -> Iterator[tuple[HeldStore, list[Future[httpx.Response]]]]:
    """Several who ask for the same while the first one's answer is being made."""
    with serving(folder) as (store, server, address), ThreadPoolExecutor(ASKERS) as pool:
        store.fails = fails
        first = pool.submit(answers, address, ask)
        until(lambda: store.asked == 1)
        others = [pool.submit(answers, address, ask) for _ in range(ASKERS - 1)]
        until(lambda: len(server.requests) == ASKERS)
        store.may_go_on.set()
        yield store, [first, *others]


@both
def test_an_answer_that_many_ask_for_at_once_is_made_once(tmp_path: Path, ask: Ask) -> None:
    with asking(tmp_path, ask) as (store, asked):
        texts = {each.result().text for each in asked}
    assert len(texts) == 1
    assert "Påmindelser." in texts.pop()
    assert store.asked == 1


@both
def test_where_the_store_fails_one_the_others_are_answered(tmp_path: Path, ask: Ask) -> None:
    with asking(tmp_path, ask, fails=True) as (_, asked):
        _, *others = [each.result() for each in asked]
    assert [each.text for each in others if "Påmindelser." not in each.text] == []


@both
def test_nobody_waits_for_ever_for_who_asked_before(tmp_path: Path, ask: Ask) -> None:
    with (
        serving(tmp_path, most_seconds=0.1) as (store, _, address),
        ThreadPoolExecutor(1) as pool,
    ):
        first = pool.submit(answers, address, ask)
        until(lambda: store.asked == 1)
        assert "Påmindelser." in answers(address, ask).text
        assert not first.done()
        store.may_go_on.set()
        assert "Påmindelser." in first.result().text


@both
def test_who_waited_is_told_what_was_loaded_meanwhile(tmp_path: Path, ask: Ask) -> None:
    with serving(tmp_path) as (store, server, address), ThreadPoolExecutor(2) as pool:
        pool.submit(answers, address, ask)
        until(lambda: store.asked == 1)
        apply(store, "2.xlsx", [says((SMS, "name", "SMS"), (SMS, "description", "Nyt."))])
        second = pool.submit(answers, address, ask)
        until(lambda: len(server.requests) == 2)
        store.may_go_on.set()
        assert "Nyt." in second.result().text
