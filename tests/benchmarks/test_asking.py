"""The program that asks every server counts what it asked, and does not take an error for an
answer."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.peers.asking import NotAnswered, ask


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    connections: set[tuple[str, int]]
    bodies: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.connections.add(self.client_address)
        self.bodies.append(body)
        self.send_response(500 if body == b"fault" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is to be printed."""


@pytest.fixture
def handler() -> type[_Echo]:
    return type("Echo", (_Echo,), {"connections": set(), "bodies": []})


@pytest.fixture
def url(handler: type[_Echo]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/graphql"
        server.shutdown()


def test_every_client_keeps_its_connection_and_all_bodies_are_asked_in_turn(
    url: str, handler: type[_Echo]
) -> None:
    asked = ask(url, [b"one", b"two!"], clients=4, answers=40)
    assert len(handler.connections) == 4
    assert (handler.bodies.count(b"one"), handler.bodies.count(b"two!")) == (22, 22)
    assert (asked.clients, asked.answers, asked.largest) == (4, 40, 4)
    assert 0 < asked.p50 <= asked.p95
    assert asked.per_second > 0


@pytest.mark.parametrize("body", [b"fault", json.dumps({"errors": []}).encode()])
def test_an_error_is_no_answer(url: str, body: bytes) -> None:
    with pytest.raises(NotAnswered):
        ask(url, [b"fine", body], clients=1, answers=2)
