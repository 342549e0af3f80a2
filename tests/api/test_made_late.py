"""What a server makes late: only what is asked for, and the rest when nobody asks."""

import subprocess
import sys
import time
from threading import Barrier, Thread
from typing import Any

import httpx

from api.app import Server, application
from api.made_late import MadeLate
from api.request_log import Requests
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from tests.api.server import running_server

_ASK = """
import sys
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from pathlib import Path
from starlette.testclient import TestClient
from api.app import Server, application

store = SqliteStore(Path(sys.argv[1]))
client = TestClient(application(Server(LiveGraph(store))), base_url="http://localhost")
answer = client.post("/graphql", json={"query": "{ revision }"}) if sys.argv[2] == "graphql" \\
    else client.get("/loesninger")
assert answer.status_code == 200, answer.text
print(*sorted(sys.modules))
"""


def _imported(folder: Any, what: str) -> set[str]:
    command = [sys.executable, "-c", _ASK, str(folder / "graf.sqlite"), what]
    return set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())


def test_who_asks_over_graphql_waits_for_no_page(tmp_path: Any) -> None:
    assert not {"api.pages", "jinja2"} & _imported(tmp_path, "graphql")


def test_who_asks_for_a_page_does_not_wait_for_graphql(tmp_path: Any) -> None:
    assert not {"strawberry", "api.graphql_types.schema"} & _imported(tmp_path, "page")


def test_a_stroke_too_many_leads_to_graphql_all_the_same(tmp_path: Any) -> None:
    store = SqliteStore(tmp_path / "graf.sqlite")
    with running_server(application(Server(LiveGraph(store)))) as address:
        asked = {"query": "{ revision }"}
        answer = httpx.post(f"{address}/graphql/", json=asked, follow_redirects=True)
    assert answer.json() == {"data": {"revision": 0}}
    store.close()


def test_it_is_made_once_whoever_asks_at_the_same_time() -> None:
    at_once, found = Barrier(4), list[object]()

    def make() -> object:
        time.sleep(0.05)
        return object()

    late = MadeLate(make)

    def ask() -> None:
        at_once.wait()
        found.append(late.made())

    threads = [Thread(target=ask) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 4
    assert len(set(map(id, found))) == 1


def test_quiet_is_waited_for_as_long_as_it_may_take_and_no_longer() -> None:
    requests: Any = Requests()
    since = time.monotonic()
    requests.begin("one")
    requests.await_quiet(0.01, 0.1)
    assert time.monotonic() - since >= 0.1  # it never became quiet
    requests.end("one")
    requests.await_quiet(0.05, 60)
    assert 0.15 <= time.monotonic() - since < 30
