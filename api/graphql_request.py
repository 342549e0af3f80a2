"""A GraphQL request as it comes over HTTP: read, checked, or refused with a status."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message as Headers
from typing import Any

from starlette.requests import Request

from api.graphql_upload import UPLOAD_HEADER, read_upload
from api.json_body import NotJson, read_json
from api.limits import Limits
from api.refused import RequestRefused
from schema.messages import say
from schema.text import Text

_MAP = Text(da="et objekt eller null", en="an object or null")
_STRING = Text(da="en tekst, som ikke er tom", en="a string that is not empty")
_STRING_OR_NULL = Text(da="en tekst eller null", en="a string or null")
_OBJECT = Text(da="et objekt", en="an object")


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """The four parameters that the GraphQL-over-HTTP specification knows."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    extensions: dict[str, Any] | None = None


async def read_request(request: Request, limits: Limits) -> GraphQLRequest:
    """The request's parameters; raises `RequestRefused` with the status that it deserves."""
    if request.method in {"GET", "HEAD"}:
        return _checked(_from_address(request.query_params))
    if request.method != "POST":
        raise RequestRefused(405, say("request-method", method=request.method))
    media = _media_type(request)
    if media == "application/json":
        return _checked(_json(await request.body()))
    if media != "multipart/form-data":
        raise RequestRefused(415, say("request-media-type", found=media))
    if request.headers.get(UPLOAD_HEADER) != "1":
        raise RequestRefused(403, say("upload-header", header=UPLOAD_HEADER))
    return _checked(await read_upload(request, limits))


def _media_type(request: Request) -> str:
    header = Headers()
    header["content-type"] = request.headers.get("content-type", "-/-")
    charset = header.get_param("charset", "utf-8")
    if str(charset).lower() not in {"utf-8", "utf8"}:
        raise RequestRefused(415, say("request-media-type", found=header["content-type"][:200]))
    # A type that is no type reads as text/plain, which is refused like any other.
    return header.get_content_type()


def _json(content: bytes | str) -> Any:
    try:
        return read_json(content)
    except NotJson as error:
        raise RequestRefused(400, say("request-not-json", detail=f"{error}.")) from error


def _from_address(parameters: Mapping[str, str]) -> dict[str, Any]:
    """What stands in a URL: an empty parameter is the same as none."""
    given: dict[str, Any] = {name: value for name, value in parameters.items() if value}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _json(given[name])
    return given


def _checked(given: object) -> GraphQLRequest:
    if not isinstance(given, dict):
        raise RequestRefused(400, say("request-parameter", name="body", expected=_OBJECT))
    if given.get("query") == "":
        raise RequestRefused(400, say("request-parameter", name="query", expected=_STRING))
    for name, kind, expected in (
        ("query", str, _STRING),
        ("variables", dict | None, _MAP),
        ("operationName", str | None, _STRING_OR_NULL),
        ("extensions", dict | None, _MAP),
    ):
        if not isinstance(given.get(name), kind):
            raise RequestRefused(400, say("request-parameter", name=name, expected=expected))
    return GraphQLRequest(
        query=given["query"],
        variables=given.get("variables"),
        operation_name=given.get("operationName") or None,
        extensions=given.get("extensions"),
    )
