"""``serve``: a real server as a program of its own, that ends cleanly when it is told to."""

import signal
import socket
from pathlib import Path

import httpx
import pytest

from teknologikort.listening import is_this_machine
from teknologikort.settings import Settings
from tests.teknologikort.command_line import in_english, program, run
from tests.teknologikort.running import running

REVISION = {"query": "{ loads { totalCount } }"}
WITHIN = 60.0
"""Seconds within which a server answers, on a busy machine too."""


@pytest.mark.parametrize("told_to_end", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_once_it_answers_and_ends_cleanly(
    tmp_path: Path, settings: Settings, told_to_end: signal.Signals
) -> None:
    with running(tmp_path, "serve", "--port", "0", "--store", settings.store) as server:
        assert f"Grafen kan ses og ændres på {server.address}" in server.line
        assert httpx.get(f"{server.address}/", timeout=WITHIN).status_code == 200
        answer = httpx.post(f"{server.address}/graphql", json=REVISION, timeout=WITHIN)
        assert answer.json()["data"]["loads"]["totalCount"] == 1
        code, said, told = server.end(told_to_end)
    assert code == 0
    assert said == ""
    assert "Traceback" not in told
    assert told.splitlines()[-1] == "Serveren er stoppet."


def test_requests_are_logged_in_plain_lines(tmp_path: Path, settings: Settings) -> None:
    with running(tmp_path, "serve", "--port", "0", "--store", settings.store) as server:
        httpx.get(f"{server.address}/static/network.js", timeout=WITHIN)
        _, _, told = server.end(signal.SIGINT)
    (line,) = [line for line in told.splitlines() if "network.js" in line]
    assert " INFO request method=GET path=/static/network.js status=200 ms=" in line
    assert "\x1b" not in told


def test_read_only_shows_the_graph_and_takes_no_change(tmp_path: Path, settings: Settings) -> None:
    undo = {"query": "mutation { undoLoad(number: 1) { __typename } }"}
    arguments = ("serve", "--port", "0", "--read-only", "--store", settings.store)
    with running(tmp_path, *arguments) as server:
        assert f"Grafen kan ses på {server.address}" in server.line
        answer = httpx.post(f"{server.address}/graphql", json=REVISION, timeout=WITHIN)
        assert answer.json()["data"]["loads"]["totalCount"] == 1
        refused = httpx.post(f"{server.address}/graphql", json=undo, timeout=WITHIN).json()
        server.end(signal.SIGINT)
    assert refused["errors"]
    assert "fortrudt" not in run(settings, "loads").stdout


def test_read_only_makes_no_graph(tmp_path: Path, without_graph: Settings) -> None:
    arguments = ("serve", "--port", "0", "--read-only", "--store", without_graph.store)
    done = program(tmp_path, *arguments)
    assert done.returncode == 1
    assert "Der er ingen graf i" in done.stderr


def test_a_taken_port_is_told_and_nothing_is_opened(
    tmp_path: Path, without_graph: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = program(tmp_path, "serve", "--port", str(port), "--store", without_graph.store)
    assert done.returncode == 1
    assert f"Port {port} på 127.0.0.1 er optaget." in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path(without_graph.store).exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.invalid", ""])
def test_beyond_this_machine_it_only_shows(settings: Settings, host: str) -> None:
    result = run(settings, "serve", "--host", host)
    assert result.exit_code == 2
    assert "Brug --read-only" in result.stderr
    assert "Use --read-only" in run(in_english(settings), "serve", "--host", host).stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_this_machine(host)


def test_an_address_that_is_not_ours_is_told(tmp_path: Path, settings: Settings) -> None:
    arguments = ("serve", "--host", "192.0.2.1", "--read-only", "--store", settings.store)
    done = program(tmp_path, *arguments)
    assert done.returncode == 1
    assert "Serveren kan ikke lytte på 192.0.2.1" in done.stderr


def test_it_answers_to_the_names_that_it_is_given(tmp_path: Path, settings: Settings) -> None:
    arguments = ("serve", "--port", "0", "--store", settings.store)
    with running(tmp_path, *arguments, TEKNOLOGIKORT_HOSTS="Kort.Kommune.dk") as server:
        answers = {
            name: httpx.get(
                f"{server.address}/static/network.js", headers={"host": name}, timeout=WITHIN
            )
            for name in ("kort.kommune.dk", "et-andet.dk")
        }
        server.end(signal.SIGINT)
    assert answers["et-andet.dk"].status_code == 400
    assert answers["kort.kommune.dk"].status_code == 200


def test_the_language_of_its_line_is_that_of_the_settings(
    tmp_path: Path, settings: Settings
) -> None:
    arguments = ("serve", "--port", "0", "--read-only", "--store", settings.store)
    with running(tmp_path, *arguments, TEKNOLOGIKORT_LANGUAGE="en") as server:
        assert server.line.startswith("The graph can be seen at http://127.0.0.1:")
        server.end(signal.SIGINT)
