"""GraphQL over HTTP: types, status codes, and bodies that are not what they should be."""

import json
import logging
import socket
import threading
import time
from typing import Any

import httpx
import pytest
import strawberry
from httpx import Client, Response
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route

from api.accept import GRAPHQL_RESPONSE, JSON
from api.graphql_http import graphql_app
from api.limits import Limits
from schema.messages import Refusal, say
from tests.api.server import running_server
from tests.api.small_schema import LOG, small_app

NEW: dict[str, str] = {"accept": GRAPHQL_RESPONSE}
OLD: dict[str, str] = {"accept": JSON}


def ask(client: Client, query: str, headers: dict[str, str] | None = None, **more: Any) -> Response:
    return client.post("/graphql", json={"query": query, **more}, headers=headers or {})


def codes(response: Response) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


def post(client: Client, content: bytes, **headers: str) -> Response:
    return client.post(
        "/graphql", content=content, headers={"content-type": "application/json", **headers}
    )


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("application/graphql-response+json", GRAPHQL_RESPONSE),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL_RESPONSE),
        ("application/graphql-response+json;q=0.5, application/json", JSON),
        ("text/html, application/graphql-response+json;q=0.1", GRAPHQL_RESPONSE),
        ("text/html, */*;q=0.8", JSON),
    ],
)
def test_the_answer_has_the_type_that_is_wanted_most(
    client: Client, accept: str, given: str
) -> None:
    response = ask(client, "{ __typename }", {"accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{given}; charset=utf-8"
    assert response.headers["vary"] == "Accept, Accept-Language"


@pytest.mark.parametrize("accept", ["text/html", "image/png;q=1", "application/json;q=0"])
def test_a_type_that_we_cannot_give_is_406(client: Client, accept: str) -> None:
    response = ask(client, "{ __typename }", {"accept": accept})
    assert response.status_code == 406
    assert codes(response) == ["request-not-acceptable"]


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("{", None, "query-syntax"),
        ("{ nothing }", None, "query-invalid"),
        ("query Q($id: ID!) { department(id: $id) { id } }", {"id": None}, "bad-argument"),
        ("query A { __typename } query B { __typename }", None, "query-operation"),
        ("fragment F on Query { __typename }", None, "query-operation"),
        ("subscription { __typename }", None, "query-invalid"),
    ],
)
def test_what_stops_a_query_before_it_runs_is_400_for_the_new_type_and_200_for_the_old(
    client: Client, query: str, variables: dict[str, Any] | None, code: str
) -> None:
    new = ask(client, query, NEW, variables=variables)
    old = ask(client, query, OLD, variables=variables)
    assert (new.status_code, old.status_code) == (400, 200)
    assert codes(new) == codes(old) == [code]
    assert "data" not in new.json()


def test_a_field_that_fails_leaves_the_rest_of_the_answer_and_200(client: Client) -> None:
    response = ask(client, '{ echo(text: "x") department(id: "department:9") { id } }', NEW)
    assert response.status_code == 200
    assert response.json()["data"] == {"echo": "x0.0", "department": None}
    assert codes(response) == ["unknown-id"]
    assert response.json()["errors"][0]["path"] == ["department"]


def test_an_answer_that_became_null_altogether_still_has_data(client: Client) -> None:
    response = ask(client, "{ broken }", NEW)
    assert response.status_code == 200
    assert response.json()["data"] is None


def test_the_named_operation_is_the_one_that_runs(client: Client) -> None:
    query = 'query A { a: echo(text: "A") } query B { b: echo(text: "B") }'
    response = ask(client, query, NEW, operationName="B")
    assert response.json() == {"data": {"b": "B0.0"}}
    assert ask(client, query, NEW, operationName="C").status_code == 400


def test_queries_may_come_by_get(client: Client) -> None:
    query = "query Q($text: String!) { echo(text: $text) }"
    response = client.get(
        "/graphql",
        params={"query": query, "variables": json.dumps({"text": "æøå"}), "operationName": ""},
        headers=NEW,
    )
    assert response.json() == {"data": {"echo": "æøå0.0"}}


def test_changes_may_not_come_by_get(client: Client) -> None:
    response = client.get("/graphql", params={"query": "mutation { slowChange { __typename } }"})
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST"
    assert codes(response) == ["request-method"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_405(client: Client, method: str) -> None:
    response = client.request(method, "/graphql")
    assert response.status_code == 405
    assert "POST" in response.headers["allow"]


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/jsonp",
        "x",
        "",
    ],
)
def test_a_body_of_another_type_is_415(client: Client, content_type: str) -> None:
    response = post(client, b'{"query": "{ __typename }"}', **{"content-type": content_type})
    assert response.status_code == 415
    assert codes(response) == ["request-media-type"]


def test_a_charset_of_utf_8_is_understood(client: Client) -> None:
    body = '{"query": "{ echo(text: \\"blåbærgrød\\") }"}'.encode()
    response = post(client, body, **{"content-type": "application/json;charset=UTF-8"})
    assert response.json() == {"data": {"echo": "blåbærgrød0.0"}}
    assert "blåbærgrød".encode() in response.content


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "request-not-json"),
        (b"{", "request-not-json"),
        (b'{"query": "{ echo }\xe6"}', "request-not-json"),
        (b'{"query": "{ echo }", "variables": {"a": NaN}}', "request-not-json"),
        (b'{"query": "{ echo }", "variables": {"a": 1e999}}', "request-not-json"),
        (b'{"query": "{ echo }", "variables": {"a": ' + b"9" * 9_000 + b"}}", "request-not-json"),
        (b'{"query": "{ echo }", "variables": {"a": "\\ud800"}}', "request-not-json"),
        (b"[" * 90_000, "request-not-json"),
        (b'{"a":' * 30_000 + b"1" + b"}" * 30_000, "request-not-json"),
        (b'"{ echo }"', "request-parameter"),
        (b"[]", "request-parameter"),
        (b'[{"query": "{ echo }"}]', "request-parameter"),
        (b"null", "request-parameter"),
        (b'{"qeury": "{ echo }"}', "request-parameter"),
        (b'{"query": ""}', "request-parameter"),
        (b'{"query": 1}', "request-parameter"),
        (b'{"query": "{ echo }", "variables": [7]}', "request-parameter"),
        (b'{"query": "{ echo }", "operationName": 7}', "request-parameter"),
        (b'{"query": "{ echo }", "extensions": "x"}', "request-parameter"),
    ],
)
def test_a_body_that_is_no_request_is_400(client: Client, content: bytes, code: str) -> None:
    for headers in (NEW, OLD):
        response = post(client, content, **headers)
        assert response.status_code == 400
        assert codes(response) == [code]


def test_a_variable_of_ten_thousand_digits_is_not_quoted_back(client: Client) -> None:
    query = "query Q($n: Int!) { departments(first: $n) { totalCount } }"
    response = ask(client, query, NEW, variables={"n": int("9" * 4_000)})
    assert response.status_code == 400
    assert len(response.content) < 1_000


def test_properties_that_the_specification_does_not_know_are_ignored(client: Client) -> None:
    response = post(client, b'{"query": "{ __typename }", "more": 1, "id": 2}')
    assert response.json() == {"data": {"__typename": "Query"}}


def test_a_body_over_the_limit_is_413(client: Client) -> None:
    response = post(client, b'{"query": "' + b" " * 300_000 + b'{ echo }"}')
    assert response.status_code == 413
    assert codes(response) == ["request-too-large"]


def test_messages_are_danish_unless_english_is_wanted_more(client: Client) -> None:
    def said(language: str) -> str:
        response = ask(client, "{ nothing }", {"accept-language": language})
        return str(response.json()["errors"][0]["message"])

    assert said("").startswith("Forespørgslen passer ikke")
    assert said("de, da;q=0.5, en;q=0.4").startswith("Forespørgslen passer ikke")
    assert said("en-GB, da;q=0.9").startswith("The query does not fit")


def test_names_in_the_schema_are_not_suggested(client: Client) -> None:
    for query in ("{ departmens }", '{ department(idd: "x") { id } }', "{ ...F } fragment F on Qu"):
        assert "Did you mean" not in ask(client, query).text


def test_what_goes_wrong_inside_is_told_by_number_only(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, LOG.name):
        response = ask(client, "{ broken }")
    error = response.json()["errors"][0]
    reference = error["extensions"]["reference"]
    assert error["extensions"]["code"] == "internal-error"
    assert reference in error["message"]
    assert "wiring" not in response.text
    assert "ZeroDivision" not in response.text
    logged = [record for record in caplog.records if reference in record.getMessage()]
    assert len(logged) == 1
    assert logged[0].exc_info is not None
    assert "wiring" in str(logged[0].exc_info[1])


def test_the_same_failure_in_a_long_list_is_logged_once(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, LOG.name):
        response = ask(client, "{ brokenList { nickname } }")
    assert response.json()["data"] == {"brokenList": [None] * 500}
    assert len(response.json()["errors"]) == 100
    assert len(caplog.records) == 1


def test_several_messages_of_one_refusal_stand_together_with_their_places(client: Client) -> None:
    extensions = ask(client, "{ refusedTwice }").json()["errors"][0]["extensions"]
    assert extensions["code"] == "unknown-id"
    assert [each["row"] for each in extensions["messages"]] == [4, None]
    assert extensions["messages"][0]["file"] == "ark.xlsx"


def test_a_query_that_takes_too_long_is_stopped_between_fields_and_while_it_waits() -> None:
    blocking = "{ " + "blocking { " * 8 + "echo" + " }" * 9
    with running_server(small_app(Limits(query_seconds=0.12))) as address:
        for query in (blocking, "{ waiting }"):
            response = httpx.post(f"{address}/graphql", json={"query": query}, headers=NEW)
            assert response.status_code == 400
            assert codes(response) == ["query-too-slow"]


def test_a_known_query_that_fails_is_run_no_oftener_than_a_new_one() -> None:
    resolved: list[str] = []

    @strawberry.type
    class Query:
        @strawberry.field
        def counted(self) -> str:
            resolved.append("counted")
            return "x"

        @strawberry.field
        def refused(self) -> str | None:
            raise Refusal(say("unknown-id", id="x"))

    async def context(_request: Request) -> None:
        return None

    app = graphql_app(strawberry.Schema(Query), context, Limits(), LOG)
    with (
        running_server(Starlette(routes=[Route("/graphql", app)])) as address,
        Client(base_url=address) as client,
    ):
        first = ask(client, "{ counted refused }")
        new = len(resolved)
        again = ask(client, "{ counted refused }")
    assert again.json() == first.json()
    assert codes(again) == ["unknown-id"]
    assert len(resolved) - new == new


def test_a_caller_that_goes_while_its_query_is_read_is_no_failure_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with (
        caplog.at_level(logging.INFO, LOG.name),
        running_server(small_app(Limits())) as address,
    ):
        host, port = address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as caller:
            caller.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n"
                b'Content-Type: application/json\r\n\r\n{"query'
            )
            time.sleep(0.2)
        end = time.monotonic() + 10
        while not caplog.records and time.monotonic() < end:
            time.sleep(0.01)
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "gone before it was read" in caplog.text


def test_a_change_has_more_time_than_a_query() -> None:
    limits = Limits(query_seconds=0.05, mutation_seconds=5)
    with running_server(small_app(limits)) as address:
        query = "mutation { slowChange { echo } }"
        response = httpx.post(f"{address}/graphql", json={"query": query})
    assert response.json() == {"data": {"slowChange": {"echo": "0.0"}}}


def test_a_resolver_that_blocks_does_not_keep_others_waiting(client: Client) -> None:
    answered: list[float] = []

    def block() -> None:
        ask(client, "{ blocking(seconds: 1) { echo } }")
        answered.append(time.monotonic())

    blocked = threading.Thread(target=block)
    blocked.start()
    time.sleep(0.1)
    assert ask(client, "{ echo }").json() == {"data": {"echo": "0.0"}}
    quick = time.monotonic()
    blocked.join()
    assert quick < answered[0]
