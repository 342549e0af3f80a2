"""Who may ask, how much they may send and how slowly, and what every answer carries."""

import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from httpx import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from api.guards import (
    CONTENT_SECURITY_POLICY,
    FORM_TOKEN_FIELD,
    Guards,
    check_form_token,
    form_token,
    guard_middleware,
)
from tests.api.server import running_server

SECRET = b"s" * 32


async def show_form(request: Request) -> Response:
    return HTMLResponse(form_token(request))


async def take_form(request: Request) -> Response:
    form = await request.form()
    check_form_token(request, form)
    return PlainTextResponse("changed")


async def read_all(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def plain(request: Request) -> Response:
    return PlainTextResponse("plain")


def app(guards: Guards) -> Starlette:
    routes = [
        Route("/form", show_form),
        Route("/form", take_form, methods=["POST"]),
        Route("/read", read_all, methods=["POST"]),
        Route("/", plain),
    ]
    return Starlette(routes=routes, middleware=guard_middleware(guards))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    guards = Guards(secret=SECRET, body_bytes=10_000, body_seconds=0.3)
    with running_server(app(guards)) as address:
        yield address


@pytest.fixture
def browser(address: str) -> Iterator[Client]:
    with httpx.Client(base_url=address) as client:
        yield client


def raw(address: str, request: bytes) -> bytes:
    """All that the server says to these bytes until it closes the connection."""
    where = urlsplit(address)
    with socket.create_connection((where.hostname, where.port), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while chunk := connection.recv(65_536):
            answer += chunk
    return answer


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]", "LOCALHOST"])
def test_our_own_names_are_known(browser: Client, host: str) -> None:
    named = host.format(port=browser.base_url.port)
    assert browser.get("/", headers={"host": named}).text == "plain"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "localhost:x"]
)
def test_another_name_for_this_machine_is_refused(browser: Client, host: str) -> None:
    response = browser.get("/", headers={"host": host, "accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "request-host"


def test_a_request_with_two_hosts_is_refused(address: str) -> None:
    answer = raw(address, b"GET / HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")


def test_the_names_that_are_set_up_are_known_and_no_others() -> None:
    with running_server(app(Guards(secret=SECRET, hosts=frozenset({"kort.eksempel.dk"})))) as at:
        assert httpx.get(at, headers={"host": "kort.eksempel.dk"}).status_code == 200
        assert httpx.get(at).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1"},
        {"origin": "127.0.0.1:{port}"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_site_can_change_nothing(browser: Client, headers: dict[str, str]) -> None:
    port = browser.base_url.port
    sent = {name: value.format(port=port) for name, value in headers.items()}
    response = browser.post("/read", headers=sent)
    assert response.status_code == 403
    assert "må ikke ændre noget" in response.text or "request-origin" in response.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": "http://127.0.0.1:{port}"}, {"sec-fetch-site": "same-origin"}],
)
def test_our_own_pages_and_programs_can(browser: Client, headers: dict[str, str]) -> None:
    port = browser.base_url.port
    sent = {name: value.format(port=port) for name, value in headers.items()}
    assert browser.post("/read", content=b"abc", headers=sent).text == "3"


def test_anyone_may_follow_a_link_to_us(browser: Client) -> None:
    headers = {"origin": "http://evil.example", "sec-fetch-site": "cross-site"}
    assert browser.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize(("path", "host"), [("/", "localhost"), ("/gone", "localhost"), ("/", "x")])
def test_every_answer_carries_the_security_headers(browser: Client, path: str, host: str) -> None:
    headers = browser.get(path, headers={"host": host}).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_a_body_that_says_it_is_too_large_is_not_read(address: str) -> None:
    head = b"POST /read HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999999\r\n\r\n"
    assert raw(address, head).startswith(b"HTTP/1.1 413")


def test_a_body_that_turns_out_too_large_is_cut_off(address: str) -> None:
    chunk = b"1000\r\n" + b"x" * 4096 + b"\r\n"
    head = b"POST /read HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n"
    assert raw(address, head + chunk * 4).startswith(b"HTTP/1.1 413")


def test_a_body_that_never_ends_is_cut_off_in_time(address: str) -> None:
    head = b"POST /read HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nabc"
    assert raw(address, head).startswith(b"HTTP/1.1 408")


def test_a_body_that_trickles_is_cut_off_in_time(address: str) -> None:
    where = urlsplit(address)
    head = b"POST /read HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n"
    started = time.monotonic()
    with socket.create_connection((where.hostname, where.port), timeout=0.02) as connection:
        connection.sendall(head)
        answer = b""
        while not answer:
            connection.sendall(b"x")
            try:
                answer = connection.recv(1000)
            except TimeoutError:
                assert time.monotonic() - started < 60
    assert answer.startswith(b"HTTP/1.1 408")


def test_a_refusal_is_in_the_askers_language(browser: Client) -> None:
    danish = browser.get("/", headers={"host": "x", "accept": "text/html"})
    english = browser.get("/", headers={"host": "x", "accept-language": "en"})
    assert danish.text.startswith("Serveren kender ikke adressen")
    assert english.json()["errors"][0]["message"].startswith("The server does not know")


def test_a_form_that_we_showed_is_taken(browser: Client) -> None:
    token = browser.get("/form").text
    assert browser.post("/form", data={FORM_TOKEN_FIELD: token}).text == "changed"
    assert browser.post("/form", data={FORM_TOKEN_FIELD: token}).text == "changed"


def test_the_forms_cookie_is_out_of_reach_for_others(browser: Client) -> None:
    cookie = browser.get("/form").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "set-cookie" not in browser.get("/form").headers
    assert "set-cookie" not in browser.get("/").headers


def test_a_page_without_a_form_sets_no_cookie(browser: Client) -> None:
    assert "set-cookie" not in browser.get("/").headers


@pytest.mark.parametrize("token", ["", "x", "æ", "0" * 64])
def test_a_form_with_another_token_is_refused(browser: Client, token: str) -> None:
    browser.get("/form")
    assert browser.post("/form", data={FORM_TOKEN_FIELD: token}).status_code == 403


def test_a_form_without_token_or_cookie_is_refused(browser: Client) -> None:
    token = browser.get("/form").text
    assert browser.post("/form", data={}).status_code == 403
    browser.cookies.clear()
    assert browser.post("/form", data={FORM_TOKEN_FIELD: token}).status_code == 403


def test_the_token_of_one_browser_does_not_fit_another(address: str) -> None:
    with httpx.Client(base_url=address) as one, httpx.Client(base_url=address) as other:
        token = one.get("/form").text
        other.get("/form")
        assert other.post("/form", data={FORM_TOKEN_FIELD: token}).status_code == 403


def test_a_token_made_with_another_secret_is_refused() -> None:
    with (
        running_server(app(Guards(secret=b"t" * 32))) as at,
        httpx.Client(base_url=at) as client,
    ):
        token = client.get("/form").text
        cookies = dict(client.cookies)
    with (
        running_server(app(Guards(secret=SECRET))) as at,
        httpx.Client(base_url=at, cookies=cookies) as client,
    ):
        assert client.post("/form", data={FORM_TOKEN_FIELD: token}).status_code == 403
