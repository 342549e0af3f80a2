"""Files to GraphQL: the multipart request specification, and only with our own header."""

import json
from typing import Any

import httpx
import pytest
from httpx import Client, Response

from api.graphql_upload import UPLOAD_HEADER
from api.limits import Limits
from tests.api.server import running_server
from tests.api.small_schema import small_app

ONE = "mutation M($file: Upload!) { letters(file: $file) }"
MANY = "mutation M($files: [Upload!]!) { allLetters(files: $files) }"
OURS = {UPLOAD_HEADER: "1"}


def upload(
    client: Client,
    operations: Any,
    places: Any,
    files: dict[str, bytes],
    headers: dict[str, str] = OURS,
) -> Response:
    parts: list[tuple[str, Any]] = [
        ("operations", (None, json.dumps(operations))),
        ("map", (None, json.dumps(places))),
    ]
    parts += [(name, (f"{name}.csv", content)) for name, content in files.items()]
    return client.post("/graphql", files=parts, headers=headers)


def one(client: Client, content: bytes, **more: Any) -> Response:
    operations = {"query": ONE, "variables": {"file": None}}
    return upload(client, operations, {"0": ["variables.file"]}, {"0": content}, **more)


def code(response: Response) -> str:
    return str(response.json()["errors"][0]["extensions"]["code"])


def test_a_file_stands_where_the_map_puts_it(client: Client) -> None:
    response = one(client, "æbler".encode())
    assert response.json() == {"data": {"letters": "æbler"}}


def test_a_file_too_large_for_memory_arrives_whole(client: Client) -> None:
    content = b"x" * 3_000_000
    assert len(one(client, content).json()["data"]["letters"]) == len(content)


def test_several_files_stand_in_a_list(client: Client) -> None:
    operations = {"query": MANY, "variables": {"files": [None, None]}}
    places = {"a": ["variables.files.1"], "b": ["variables.files.0"]}
    response = upload(client, operations, places, {"a": b"A", "b": b"B"})
    assert response.json() == {"data": {"allLetters": ["B", "A"]}}


@pytest.mark.parametrize("headers", [{}, {UPLOAD_HEADER: "0"}, {"x-upload": "1"}])
def test_without_our_header_no_form_is_read(client: Client, headers: dict[str, str]) -> None:
    response = one(client, b"x", headers=headers)
    assert response.status_code == 403
    assert code(response) == "upload-header"
    assert UPLOAD_HEADER in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("operations", "places"),
    [
        ([], {}),
        ("x", {}),
        ({"query": ONE, "variables": {"file": None}}, []),
        ({"query": ONE, "variables": {"file": None}}, {"9": ["variables.file"]}),
        ({"query": ONE, "variables": {"file": None}}, {"0": "variables.file"}),
        ({"query": ONE, "variables": {"file": None}}, {"0": [7]}),
        ({"query": ONE, "variables": {"file": None}}, {"0": []}),
        ({"query": ONE, "variables": {"file": None}}, {"0": ["variables.file"] * 2}),
        ({"query": ONE, "variables": {"file": None}}, {"0": ["variables.other"]}),
        ({"query": ONE, "variables": {"file": None}}, {"0": ["variables.file.deep"]}),
        ({"query": ONE, "variables": {"file": "x"}}, {"0": ["variables.file"]}),
        ({"query": ONE, "variables": {"files": [None]}}, {"0": ["variables.files.1"]}),
        ({"query": ONE, "variables": {"files": [None]}}, {"0": ["variables.files.-1"]}),
        ({"query": None, "variables": {"file": None}}, {"0": ["query"]}),
        ({"query": ONE}, {"0": ["variables.file"]}),
    ],
)
def test_a_map_that_does_not_fit_is_400(client: Client, operations: Any, places: Any) -> None:
    response = upload(client, operations, places, {"0": b"x"})
    assert response.status_code == 400
    assert code(response) == "upload-malformed"


@pytest.mark.parametrize(
    ("content_type", "content"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=x", b""),
        ("multipart/form-data; boundary=x", b"--y\r\n\r\nno\r\n--y--"),
        ("multipart/form-data; boundary=x", b"--x\r\ncontent-disposition: form-data\r\n\r\na"),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n{\r\n--x--\r\n',
        ),
    ],
)
def test_a_form_that_is_no_form_is_400(client: Client, content_type: str, content: bytes) -> None:
    headers = {**OURS, "content-type": content_type}
    response = client.post("/graphql", content=content, headers=headers)
    assert response.status_code == 400
    assert code(response) == "upload-malformed"


def test_more_files_than_allowed_are_refused() -> None:
    operations = {"query": MANY, "variables": {"files": [None] * 3}}
    places = {str(n): [f"variables.files.{n}"] for n in range(3)}
    files = {str(n): b"x" for n in range(3)}
    with (
        running_server(small_app(Limits(upload_files=2))) as address,
        httpx.Client(base_url=address) as client,
    ):
        response = upload(client, operations, places, files)
    assert response.status_code == 400
    assert code(response) == "upload-malformed"


def test_an_upload_over_the_limit_is_413() -> None:
    with (
        running_server(small_app(Limits(upload_bytes=10_000))) as address,
        httpx.Client(base_url=address) as client,
    ):
        response = one(client, b"x" * 20_000)
        small = one(client, b"x" * 5_000)
    assert response.status_code == 413
    assert code(response) == "request-too-large"
    assert small.status_code == 200
