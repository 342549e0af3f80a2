"""GraphQL over HTTP, as the specification says: what it MUST and what it SHOULD.

The edition followed is the one that the audit suite of the npm package `graphql-http` checks:
request errors are 400 under `application/graphql-response+json` and 200 under
`application/json`; an answer with data is 200 also where some of its fields failed.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import anyio.to_thread
import strawberry
from anyio import CapacityLimiter
from graphql import GraphQLError, get_operation_ast, parse
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api.accept import GRAPHQL_RESPONSE, JSON, MediaType, answer_type, language_of, wants_page
from api.bounded_body import bounded_receive
from api.graphql_errors import ErrorReport
from api.graphql_request import GraphQLRequest, read_request
from api.json_body import write_json
from api.limited_schema import LimitedSchema, refusing
from api.limits import Limits
from api.refused import RequestRefused, refusal_response
from schema.messages import say

ContextOf = Callable[[Request], Awaitable[Any]]
Page = Callable[[Request], Awaitable[Response]]
Moved = Callable[[Any], bool]

TRIES = 3
"""How often a query is answered while the graph moves on; the last answer is given as it is."""

_READING = {OperationType.QUERY}
_ANY = {OperationType.QUERY, OperationType.MUTATION, OperationType.SUBSCRIPTION}


def graphql_app(
    schema: strawberry.Schema,
    context: ContextOf,
    limits: Limits,
    log: logging.Logger,
    page: Page | None = None,
    moved: Moved | None = None,
) -> ASGIApp:
    """An endpoint for ``Route("/graphql", …)``.

    ``context`` makes what resolvers see as `info.context`, once a request. Operations run in a
    thread with an event loop of their own, so resolvers may block or await as they like.
    ``page`` answers a browser that comes without a query. ``moved`` says whether what a context
    is of has changed since it was made: a query is then answered again, from a new context.
    """
    return _Endpoint(LimitedSchema.of(schema, limits), context, limits, log, page, moved)


class _Endpoint:
    def __init__(
        self,
        schema: LimitedSchema,
        context: ContextOf,
        limits: Limits,
        log: logging.Logger,
        page: Page | None,
        moved: Moved | None,
    ) -> None:
        self._schema = schema
        self._context = context
        self._limits = limits
        self._log = log
        self._page = page
        self._moved = moved
        self._places = CapacityLimiter(limits.at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        is_upload = headers.get("content-type", "").startswith("multipart/")
        most = self._limits.upload_bytes if is_upload else self._limits.body_bytes
        request = Request(scope, bounded_receive(receive, most))
        try:
            response = await self._respond(request)
        except ClientDisconnect:
            self._log.info("graphql method=%s status=- gone before it was read", request.method)
        else:
            response.headers["vary"] = "Accept, Accept-Language"
            response.headers.setdefault("cache-control", "no-store")
            await response(scope, receive, send)
        finally:
            await request.close()

    async def _respond(self, request: Request) -> Response:
        if self._page is not None and _is_for_page(request):
            return await self._page(request)
        media = answer_type(request.headers)
        started = time.monotonic()
        try:
            if media is None:
                found = request.headers.get("accept", "")[:200]
                raise RequestRefused(406, say("request-not-acceptable", found=found))
            asked = await read_request(request, self._limits)
            response = await self._answer(request, asked, media)
        except RequestRefused as refused:
            response = self._refused(request, refused, media)
        spent = (time.monotonic() - started) * 1000
        self._log.info(
            "graphql method=%s status=%d ms=%.1f", request.method, response.status_code, spent
        )
        return response

    def _refused(
        self, request: Request, refused: RequestRefused, media: MediaType | None
    ) -> Response:
        response = refusal_response(refused, media or JSON, language_of(request.headers))
        if refused.status_code == 405:
            response.headers["allow"] = "GET, HEAD, POST"
        return response

    async def _answer(self, request: Request, asked: GraphQLRequest, media: MediaType) -> Response:
        report = ErrorReport(language_of(request.headers), self._limits, self._log)
        allowed = _ANY if request.method == "POST" else _READING

        until = time.monotonic() + self._limits.query_seconds

        def answer(context: Any, last: bool) -> tuple[bytes, int] | None:
            result = asyncio.run(self._execute(asked, context, allowed))
            if not last and time.monotonic() < until and self._is_outdated(asked, context):
                return None
            body, status = _body_and_status(result, report, media)
            return write_json(body), status

        answered = None
        tried = 0
        try:
            while answered is None:
                tried += 1
                context = await self._context(request)
                answered = await anyio.to_thread.run_sync(
                    answer, context, tried == TRIES, limiter=self._places
                )
        except RequestRefused:
            raise
        except InvalidOperationTypeError as error:
            raise RequestRefused(405, say("request-method", method=request.method)) from error
        except Exception as cause:  # the one place where what nobody foresaw becomes an answer
            raise RequestRefused(500, report.internal(cause)) from cause
        body, status = answered
        return Response(body, status, media_type=f"{media}; charset=utf-8")

    def _is_outdated(self, asked: GraphQLRequest, context: Any) -> bool:
        """Whether the graph moved while a query was answered; a change is never made twice."""
        if self._moved is None or not self._moved(context):
            return False
        try:
            document = parse(asked.query, max_tokens=self._limits.tokens)
        except GraphQLError:
            return False
        operation = get_operation_ast(document, asked.operation_name)
        return operation is not None and operation.operation.value == OperationType.QUERY.value

    async def _execute(
        self, asked: GraphQLRequest, context: Any, allowed: set[OperationType]
    ) -> ExecutionResult:
        try:
            return await self._schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=allowed,
                operation_extensions=asked.extensions,
            )
        except CannotGetOperationTypeError:
            return ExecutionResult(None, [refusing(say("query-operation"))])


def _is_for_page(request: Request) -> bool:
    reads = request.method in {"GET", "HEAD"}
    return reads and "query" not in request.query_params and wants_page(request.headers)


def _body_and_status(
    result: ExecutionResult, report: ErrorReport, media: MediaType
) -> tuple[dict[str, Any], int]:
    errors: list[GraphQLError] = result.errors or []
    body: dict[str, Any] = {"errors": report.shown(errors)} if errors else {}
    # An error without a path stopped the whole request before any field was run.
    if errors and result.data is None and all(error.path is None for error in errors):
        return body, 400 if media == GRAPHQL_RESPONSE else 200
    body["data"] = result.data
    if result.extensions:
        body["extensions"] = result.extensions
    return body, 200
