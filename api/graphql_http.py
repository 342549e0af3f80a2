"""GraphQL over HTTP, as the specification says: what it MUST and what it SHOULD.

The edition followed is the one that the audit suite of the npm package `graphql-http` checks:
request errors are 400 under `application/graphql-response+json` and 200 under
`application/json`; an answer with data is 200 also where some of its fields failed.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import anyio.to_thread
import strawberry
from anyio import CapacityLimiter
from graphql import ExecutionResult as GraphQLResult
from graphql import GraphQLError
from starlette.concurrency import run_in_threadpool
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
from api.kept_answers import Kept, KeptAnswers, Key, key_of
from api.limited_schema import TRIED, Deadline, LimitedSchema, refusing
from api.limits import Limits
from api.refused import RequestRefused, refusal_response
from api.under_way import UnderWay
from schema.messages import say

ContextOf = Callable[[Request], Awaitable[Any]]
Page = Callable[[Request], Response]


@dataclass(frozen=True)
class Standing:
    """How long an answer holds. ``revision`` is what a context is of; ``moved`` says whether the
    graph has moved on from it; ``kept`` are the answers of the revision that stands, and
    ``under_way`` those that are being made."""

    kept: KeptAnswers
    under_way: UnderWay
    revision: Callable[[Any], int]
    moved: Callable[[Any], bool]


TRIES = 3
"""How often a query is answered while the graph moves on; the last answer is given as it is."""

VARY = "Accept, Accept-Language"
_READING = {OperationType.QUERY}
_ANY = {OperationType.QUERY, OperationType.MUTATION, OperationType.SUBSCRIPTION}


def graphql_app(
    schema: strawberry.Schema,
    context: ContextOf,
    limits: Limits,
    log: logging.Logger,
    page: Page | None = None,
    standing: Standing | None = None,
) -> ASGIApp:
    """An endpoint for ``Route("/graphql", …)``.

    ``context`` makes what resolvers see as `info.context`, once a request. Operations run in a
    thread with an event loop of their own, so resolvers may block or await as they like.
    ``page`` answers a browser that comes without a query. With ``standing`` a query during which
    the graph moved on is answered again, and what was answered is kept for who asks the same.
    """
    return _Endpoint(LimitedSchema.of(schema, limits), context, limits, log, page, standing)


class _Endpoint:
    def __init__(
        self,
        schema: LimitedSchema,
        context: ContextOf,
        limits: Limits,
        log: logging.Logger,
        page: Page | None,
        standing: Standing | None,
    ) -> None:
        self._schema = schema
        self._context = context
        self._limits = limits
        self._log = log
        self._page = page
        self._standing = standing
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
            response.headers["vary"] = VARY
            response.headers.setdefault("cache-control", "no-store")
            await response(scope, receive, send)
        finally:
            await request.close()

    async def _respond(self, request: Request) -> Response:
        if self._page is not None and _is_for_page(request):
            return await run_in_threadpool(self._page, request)
        media = answer_type(request.headers)
        try:
            if media is None:
                found = request.headers.get("accept", "")[:200]
                raise RequestRefused(406, say("request-not-acceptable", found=found))
            return await self._answer(request, media)
        except RequestRefused as refused:
            return self._refused(request, refused, media)

    def _refused(
        self, request: Request, refused: RequestRefused, media: MediaType | None
    ) -> Response:
        response = refusal_response(refused, media or JSON, language_of(request.headers))
        if refused.status_code == 405:
            response.headers["allow"] = "GET, HEAD, POST"
        return response

    async def _answer(self, request: Request, media: MediaType) -> Response:
        report = ErrorReport(language_of(request.headers), self._limits, self._log)
        try:
            key = None if self._standing is None else await _key(request, media)
            context = await self._context(request)
            kept = self._kept(key, context)
            if kept is not None:
                return kept.response(request, VARY)
            if self._standing is None or key is None:
                return (await self._made(request, context, media, report)).plain(media)
            async with self._standing.under_way.making(key) as others_were:
                if others_were:
                    context = await self._context(request)
                    kept = self._kept(key, context)
                if kept is None:
                    made = await self._made(request, context, media, report)
                    kept = made.kept(media)
                    if kept is None:
                        return made.plain(media)
                    self._standing.kept.keep(key, kept)
            return kept.response(request, VARY)
        except (RequestRefused, ClientDisconnect):
            raise
        except InvalidOperationTypeError as error:
            raise RequestRefused(405, say("request-method", method=request.method)) from error
        except Exception as cause:  # the one place where what nobody foresaw becomes an answer
            raise RequestRefused(500, report.internal(cause)) from cause

    async def _made(
        self, request: Request, context: Any, media: MediaType, report: ErrorReport
    ) -> "_Answered":
        asked = await read_request(request, self._limits)
        return await self._tried(request, asked, context, media, report)

    def _kept(self, key: Key | None, context: Any) -> Kept | None:
        if key is None or self._standing is None:
            return None
        return self._standing.kept.find(key, self._standing.revision(context))

    async def _tried(
        self,
        request: Request,
        asked: GraphQLRequest,
        context: Any,
        media: MediaType,
        report: ErrorReport,
    ) -> "_Answered":
        """The answer; where the graph moved on meanwhile, tried again from a new context."""
        allowed = _ANY if request.method == "POST" else _READING
        until = time.monotonic() + self._limits.query_seconds

        def answer(context: Any, last: bool) -> _Answered | None:
            result: ExecutionResult | GraphQLResult | Deadline | None = self._schema.at_once(
                asked.query, asked.variables, asked.operation_name, context
            )
            if result is None or isinstance(result, Deadline):
                result = asyncio.run(self._execute(asked, context, allowed, result))
            reads = self._schema.reads(asked.query, asked.operation_name)
            is_old = reads and self._has_moved(context)
            if is_old and not last and time.monotonic() < until:
                return None
            body, status = _body_and_status(result, report, media)
            holds = reads and not is_old and not result.errors and self._standing is not None
            revision = self._standing.revision(context) if self._standing and holds else None
            return _Answered(write_json(body), status, revision)

        for tried in range(1, TRIES + 1):
            answered = await anyio.to_thread.run_sync(
                answer, context, tried == TRIES, limiter=self._places
            )
            if answered is not None:
                return answered
            context = await self._context(request)
        raise RuntimeError("the last try always gives an answer")

    def _has_moved(self, context: Any) -> bool:
        return self._standing is not None and self._standing.moved(context)

    async def _execute(
        self,
        asked: GraphQLRequest,
        context: Any,
        allowed: set[OperationType],
        tried: Deadline | None,
    ) -> ExecutionResult:
        TRIED.set(tried)
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


@dataclass(frozen=True, slots=True)
class _Answered:
    """What was written, and the revision that it holds for; None where it holds for none."""

    body: bytes
    status: int
    revision: int | None

    def kept(self, media: MediaType) -> Kept | None:
        """To be kept, where it holds."""
        return None if self.revision is None else Kept.of(self.revision, self.body, _typed(media))

    def plain(self, media: MediaType) -> Response:
        """The answer to who asked, and to nobody else."""
        return Response(self.body, self.status, media_type=_typed(media))


async def _key(request: Request, media: MediaType) -> Key | None:
    """What an answer is kept under, found before anything of it is read."""
    media_type = request.headers.get("content-type", "")
    language = language_of(request.headers)
    if request.method in {"GET", "HEAD"}:
        return key_of("GET", media, language, request.scope["query_string"])
    if request.method != "POST" or media_type.startswith("multipart/"):
        return None
    return key_of("POST", media, language, media_type, await request.body())


def _typed(media: MediaType) -> str:
    return f"{media}; charset=utf-8"


def _is_for_page(request: Request) -> bool:
    reads = request.method in {"GET", "HEAD"}
    return reads and "query" not in request.query_params and wants_page(request.headers)


def _body_and_status(
    result: ExecutionResult | GraphQLResult, report: ErrorReport, media: MediaType
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
