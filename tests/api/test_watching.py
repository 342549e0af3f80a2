"""What whoever runs the server sees of it: numbered requests, log lines, health, metrics."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network
from pathlib import Path

import httpx
import pytest

from api.app import Server, application
from api.change_log import LoggedDesk
from api.metrics import Metrics
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from loaders.desk import Actor
from loaders.loading import LoadOptions
from schema.messages import Refusal
from teknologikort.log_lines import JsonLines, TextLines
from tests.api.server import running_server
from tests.loaders.sheets import STATUS, workbook

HERE = ("127.0.0.0/8",)


class Watched:
    """A running server over a small store, and what it is made of."""

    def __init__(self, folder: Path, networks: tuple[str, ...] = HERE) -> None:
        self.store = SqliteStore(folder / "graf.sqlite")
        self.live = LiveGraph(self.store)
        self.metrics = Metrics(self.live)
        self.desk = LoggedDesk(self.live, self.metrics.changed)
        self.server = Server(
            self.live,
            self.desk,
            version="1.2.3",
            metrics=self.metrics,
            metrics_networks=[ip_network(each) for each in networks],
        )


@contextmanager
def serving(watched: Watched) -> Iterator[httpx.Client]:
    with (
        running_server(application(watched.server)) as address,
        httpx.Client(base_url=address) as client,
    ):
        yield client
    watched.store.close()


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    return Watched(tmp_path)


@pytest.fixture
def client(watched: Watched) -> Iterator[httpx.Client]:
    with serving(watched) as client:
        yield client


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    rows = [STATUS, ("Eksempel", "Vej", "Grøn bølge")]
    return workbook(tmp_path / "ark.xlsx", {"Status": rows})


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="teknologikort")
    return caplog


def lines(told: pytest.LogCaptureFixture, event: str) -> list[dict[str, object]]:
    return [each.__dict__["told"] for each in told.records if each.getMessage() == event]


def test_a_request_has_the_number_that_its_caller_gave_it(client: httpx.Client) -> None:
    answer = client.get("/health/live", headers={"x-request-id": "fra-en-anden.7"})
    assert answer.headers["x-request-id"] == "fra-en-anden.7"


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, 'a"b', "å"])
def test_else_it_gets_one_of_its_own(client: httpx.Client, given: str) -> None:
    headers = [(b"x-request-id", given.encode())]
    numbers = {client.get("/health/live", headers=headers).headers["x-request-id"] for _ in "ab"}
    assert len(numbers) == 2
    assert all(len(number) == 16 for number in numbers)


def test_an_answer_carries_the_revision_that_it_is_of(
    client: httpx.Client, watched: Watched, sheet: Path
) -> None:
    question = {"query": "{ loads { totalCount } }"}
    assert client.post("/graphql", json=question).headers["x-graph-revision"] == "0"
    watched.desk.load(Actor("test"), [sheet], LoadOptions())
    assert client.post("/graphql", json=question).headers["x-graph-revision"] == "1"
    page = client.get("/indlaesninger", headers={"accept": "text/html"})
    assert page.headers["x-graph-revision"] == "1"


def test_a_request_becomes_a_line_without_what_gives_access(
    client: httpx.Client, told: pytest.LogCaptureFixture
) -> None:
    client.get("/indlaesninger/proeve/hemmelig-adgang?lang=en&q=hemmelig")
    client.get("/findes-ikke")
    first, second = lines(told, "request")
    assert first["method"] == "GET"
    assert first["path"] == "/indlaesninger/proeve/…?lang=…&q=…"
    assert first["status"] == 303
    assert first["revision"] == 0
    assert isinstance(first["ms"], float)
    assert (second["path"], second["status"]) == ("/findes-ikke", 404)


def test_loads_and_undos_become_lines_refused_ones_too(
    watched: Watched, sheet: Path, told: pytest.LogCaptureFixture
) -> None:
    actor = Actor("anna")
    watched.desk.load(actor, [sheet], LoadOptions(), dry_run=True)
    watched.desk.load(actor, [sheet], LoadOptions())
    watched.desk.load(actor, [sheet], LoadOptions())
    watched.desk.undo(actor, 1)
    with pytest.raises(Refusal):
        watched.desk.undo(actor, 7)
    watched.store.close()
    (dry,) = lines(told, "dry run")
    assert (dry["actor"], dry["result"], dry["sources"]) == ("anna", "done", ["ark.xlsx"])
    first, again = lines(told, "load")
    assert (first["result"], first["number"], first["revision"]) == ("done", [1], 1)
    assert again["result"] == "nothing new"
    undone, refused = lines(told, "undo")
    assert (undone["result"], undone["revision"]) == ("done", 2)
    assert (refused["result"], refused["code"]) == ("refused", "load-unknown")


def record(message: str, **told: object) -> logging.LogRecord:
    made = logging.LogRecord("teknologikort.request", logging.INFO, "", 0, message, (), None)
    made.told = told
    return made


def test_a_text_line_is_one_line_whatever_it_tells() -> None:
    line = TextLines().format(record("request\nWARNING", path="/a b\n2026 ERROR x=1", ms=1.5))
    assert "\n" not in line
    assert line.endswith('path="/a b\\n2026 ERROR x=1" ms=1.5')


def test_a_json_line_leads_no_terminal_and_breaks_no_line() -> None:
    line = JsonLines().format(record("request", path="/ø\x9b31m\u2028\x1b[0m"))
    assert line.isprintable()
    assert json.loads(line)["path"] == "/ø\x9b31m\u2028\x1b[0m"


def test_a_json_line_is_one_object_with_the_same() -> None:
    line = JsonLines().format(record("request", path="/løsninger", status=200, revision=None))
    read = json.loads(line)
    assert "\n" not in line
    assert read["event"] == "request"
    assert read["level"] == "info"
    assert read["time"].endswith("Z")
    assert (read["path"], read["status"]) == ("/løsninger", 200)
    assert "revision" not in read


@pytest.mark.parametrize("host", ["10.1.2.3:8000", "teknologikort-7f9", "127.0.0.1"])
def test_a_probe_is_answered_by_whatever_name_it_calls(client: httpx.Client, host: str) -> None:
    live = client.get("/health/live", headers={"host": host})
    assert (live.status_code, live.json()) == (200, {"status": "alive", "version": "1.2.3"})
    ready = client.get("/health/ready", headers={"host": host})
    assert ready.status_code == 200
    assert ready.json() == {"status": "ready", "revision": 0, "version": "1.2.3"}
    assert client.get("/", headers={"host": "et-andet.dk"}).status_code == 400


def test_a_server_whose_store_cannot_be_read_is_alive_but_not_ready(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    with serving(watched) as client:
        (tmp_path / "graf.sqlite").write_bytes(b"noget andet" * 1000)
        ready = client.get("/health/ready")
        assert ready.status_code == 503
        said = ready.json()
        assert said["status"] == "not ready"
        assert said["reason"].startswith("store-")
        assert str(tmp_path) not in ready.text
        assert client.get("/health/live").status_code == 200


def measured(client: httpx.Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200, answer.text
    read = (line.rsplit(" ", 1) for line in answer.text.splitlines() if line[0] != "#")
    return {name: float(value) for name, value in read}


def test_requests_are_counted_by_route_not_by_address(client: httpx.Client) -> None:
    for number in (1, 2, 3):
        client.get(f"/indlaesninger/{number}")
    client.request("PROPFIND", "/findes-ikke")
    found = measured(client)
    route = 'route="/indlaesninger/{number:int}"'
    counted = f'teknologikort_requests_total{{method="GET",{route},status="404"}}'
    assert found[counted] == 3
    assert found[f"teknologikort_request_seconds_count{{{route}}}"] == 3
    assert any('method="other"' in name for name in found)
    assert not any("findes-ikke" in name for name in found)


def test_changes_revision_and_memory_are_measured(
    client: httpx.Client, watched: Watched, sheet: Path
) -> None:
    watched.desk.load(Actor("test"), [sheet], LoadOptions())
    watched.metrics.follows(watched.live.snapshot(), 0.5)
    found = measured(client)
    assert found['teknologikort_changes_total{result="done",what="load"}'] == 1
    assert found["teknologikort_store_revision"] == 1
    assert found["teknologikort_graph_revision"] == 1
    assert found["teknologikort_nodes"] == 3
    assert found["teknologikort_relationships"] == 2
    assert found["teknologikort_snapshot_build_seconds"] == 0.5
    assert found["teknologikort_resident_bytes"] > 10_000_000
    assert found["teknologikort_processes"] == 1


def test_kept_answers_are_counted(client: httpx.Client) -> None:
    for _ in range(3):
        client.post("/graphql", json={"query": "{ loads { totalCount } }"})
    assert measured(client)['teknologikort_kept_answers_total{outcome="hit"}'] == 2
    assert measured(client)['teknologikort_kept_answers_total{outcome="miss"}'] == 1


@pytest.mark.parametrize(
    "header", ["x-forwarded-for: 127.0.0.1", "forwarded: for=::1", "sec-fetch-site: cross-site"]
)
def test_neither_a_proxy_nor_a_page_gets_the_metrics(client: httpx.Client, header: str) -> None:
    name, value = header.split(": ")
    answer = client.get("/metrics", headers={name: value})
    assert answer.status_code == 403
    assert "teknologikort_" not in answer.text


@pytest.mark.parametrize("networks", [(), ("10.0.0.0/8", "::1/128")])
def test_only_the_networks_that_may_get_the_metrics(
    tmp_path: Path, networks: tuple[str, ...]
) -> None:
    with serving(Watched(tmp_path, networks)) as client:
        assert client.get("/metrics").status_code == 403


def test_without_measuring_there_is_no_such_page(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graf.sqlite")
    with running_server(application(Server(LiveGraph(store)))) as address:
        assert httpx.get(f"{address}/metrics").status_code == 404
    store.close()
