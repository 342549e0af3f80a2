"""``serve --workers``: real processes on one socket, and a parent that watches over them."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from teknologikort.settings import Settings
from tests.api.test_loads_page import LOADS as LOADS_PAGE
from tests.api.test_loads_page import Clerk
from tests.loaders.sheets import STATUS, workbook
from tests.teknologikort.command_line import program, run
from tests.teknologikort.running import Running, running

LOADS = {"query": "{ loads { totalCount } }"}
WITHIN = 60.0


@pytest.fixture
def server(tmp_path: Path, settings: Settings) -> Iterator[Running]:
    arguments = ("serve", "--workers", "2", "--port", "0", "--store", settings.store)
    with running(tmp_path, *arguments) as started:
        yield started


def workers(server: Running) -> set[int]:
    parent = server.process.pid
    return {int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()}


def is_running(pid: int) -> bool:
    """Whether there is such a process, and not only what is left of one that ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(holds: Callable[[], bool], seconds: float = WITHIN) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)


def asked_often(address: str) -> set[int]:
    """How many loads each of many answers tells of, each over a connection of its own."""

    def ask(_number: int) -> int:
        answer = httpx.post(f"{address}/graphql", json=LOADS, timeout=WITHIN)
        return int(answer.json()["data"]["loads"]["totalCount"])

    with ThreadPoolExecutor(8) as pool:
        return set(pool.map(ask, range(24)))


def test_several_processes_answer_and_all_end_when_told_to(server: Running) -> None:
    assert "2 processer svarer" in server.line
    begun = workers(server)
    assert len(begun) == 2
    assert asked_often(server.address) == {1}
    code, said, told = server.end(signal.SIGTERM)
    assert (code, said) == (0, "")
    assert told.splitlines()[-1] == "Serveren er stoppet."
    assert "Traceback" not in told
    assert not any(map(is_running, begun))


def test_ctrl_c_in_the_terminal_reaches_all_and_ends_in_good_order(server: Running) -> None:
    for pid in workers(server):
        os.kill(pid, signal.SIGINT)  # a terminal tells every process of the group
    code, _, told = server.end(signal.SIGINT)
    assert code == 0
    assert "Traceback" not in told


def test_one_that_dies_is_replaced_and_that_is_told(server: Running) -> None:
    first, second = sorted(workers(server))
    os.kill(first, signal.SIGKILL)
    until(lambda: len(workers(server) - {first, second}) == 1)
    assert second in workers(server)
    assert asked_often(server.address) == {1}
    code, _, told = server.end(signal.SIGTERM)
    assert code == 0
    assert f"En serverproces ({first}) sluttede uventet (SIGKILL)" in told


def test_where_the_log_is_json_that_is_told_in_json(tmp_path: Path, settings: Settings) -> None:
    arguments = ("serve", "--workers", "2", "--port", "0", "--store", settings.store)
    with running(tmp_path, *arguments, TEKNOLOGIKORT_LOG_FORMAT="json") as server:
        first, second = sorted(workers(server))
        os.kill(first, signal.SIGKILL)
        until(lambda: len(workers(server) - {first, second}) == 1)
        code, _, told = server.end(signal.SIGTERM)
    assert code == 0  # also the one that has only just begun ends when it is told to
    *lines, last = told.splitlines()
    assert last == "Serveren er stoppet."
    ended = [line for line in map(json.loads, lines) if line["event"] == "process ended"]
    assert [(line["process"], line["how"]) for line in ended] == [(first, "SIGKILL")]


def test_they_end_by_themselves_where_the_parent_is_killed(server: Running) -> None:
    begun = workers(server)
    server.process.kill()
    server.process.wait()
    until(lambda: not any(map(is_running, begun)))


def test_a_load_from_elsewhere_is_seen_by_every_process_within_a_second(
    tmp_path: Path, settings: Settings, server: Running
) -> None:
    assert asked_often(server.address) == {1}
    file = workbook(tmp_path / "ny.xlsx", {"Status": [STATUS, ("Eksempel", "Vej", "Grøn bølge")]})
    assert run(settings, "load", file, "--new-departments").exit_code == 0
    time.sleep(1.0)
    assert asked_often(server.address) == {2}
    answer = httpx.post(f"{server.address}/graphql", json=LOADS, timeout=WITHIN)
    assert answer.headers["x-graph-revision"] == "2"


def test_a_store_that_cannot_be_opened_is_told_once_and_ends_it(
    tmp_path: Path, without_graph: Settings
) -> None:
    arguments = ("--workers", "3", "--port", "0", "--read-only", "--store", without_graph.store)
    done = program(tmp_path, "serve", *arguments)
    assert done.returncode == 1
    assert done.stderr.count("Der er ingen graf i") == 1
    assert "Traceback" not in done.stderr


def test_a_store_that_is_not_there_is_made_by_one_of_them(
    tmp_path: Path, without_graph: Settings
) -> None:
    arguments = ("serve", "--workers", "3", "--port", "0", "--store", without_graph.store)
    with running(tmp_path, *arguments) as server:
        assert asked_often(server.address) == {0}
        code, _, told = server.end(signal.SIGTERM)
    assert code == 0
    assert "Traceback" not in told


@pytest.mark.parametrize("number", ["0", "65", "to"])
def test_a_number_that_cannot_be_is_misuse(settings: Settings, number: str) -> None:
    assert run(settings, "serve", "--workers", number).exit_code == 2


def test_files_looked_at_by_one_process_are_confirmed_at_another(server: Running) -> None:
    first, second = sorted(workers(server))
    content = "Kommune;Forvaltning;Løsning;Status\nEksempel;Teknik;Drone;pilot\n"
    with only(first, second):
        one = Clerk(server.address)
        trial = one.hand_in(content, new_departments="on")
        assert "Intet er indlæst endnu." in trial.text
        one.client.get("/", headers={"connection": "close"})
    with only(second, first):
        assert "Intet er indlæst endnu." in one.client.get(trial.url).text
        done = one.say_yes(trial)
        assert "Indlæst som nr. 2." in done.text
        one.client.get("/", headers={"connection": "close"})
    with only(first, second):
        assert "2" in one.client.get(f"{LOADS_PAGE}/2").text
        assert "Filerne ligger her ikke længere" in one.client.get(trial.url).text
    one.client.close()


@contextmanager
def only(pid: int, other: int) -> Iterator[None]:
    """Only one of two processes answers."""
    os.kill(other, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(other, signal.SIGCONT)


def test_what_is_measured_is_of_all_processes_together(server: Running) -> None:
    first, second = sorted(workers(server))
    for pid, other in ((first, second), (second, first)):
        with only(pid, other):
            for _ in range(3):
                httpx.get(f"{server.address}/health/live", timeout=WITHIN)
    read = httpx.get(f"{server.address}/metrics", timeout=WITHIN).text
    counted = 'teknologikort_requests_total{method="GET",route="/health/live",status="200"} 6.0'
    assert counted in read
    assert "teknologikort_processes 2.0" in read
    os.kill(first, signal.SIGKILL)
    until(lambda: first not in workers(server))
    assert (
        "teknologikort_processes 1.0" in httpx.get(f"{server.address}/metrics", timeout=WITHIN).text
    )
