"""Every request has a number, is watched while it is under way, and is told of once answered.

The number is the caller's own (``X-Request-ID``) where it sends one that can stand in a log, else
a new one; it goes back with the answer and stands in every line that is logged meanwhile.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refused import RequestRefused, answer_refusal
from schema.messages import say

REQUEST_HEADER = "x-request-id"
REVISION_HEADER = "x-graph-revision"
request_number: ContextVar[str | None] = ContextVar("request_number", default=None)
"""The number of the request that is being answered; goes along into threads."""

_ACCEPTED = re.compile(rb"[A-Za-z0-9._:-]{1,64}\Z")
_HIDDEN = "…"
_SECRET_PLACES = ("token",)
_REVISION = "revision"
_OF_WATCHERS = ("/health/live", "/health/ready", "/metrics")
"""Asked every few seconds: worth a line only where something is wrong."""
_LOG = logging.getLogger("teknologikort.request")


@dataclass(frozen=True, slots=True)
class Answered:
    """A request and what became of it. ``route`` is the address with its names for places
    (``/indlaesninger/{number}``), ``shown`` the path without whatever gives access and with the
    names of the query's parameters alone; ``status`` is 499 where the caller had gone."""

    method: str
    route: str
    shown: str
    status: int
    seconds: float
    revision: int | None


Watcher = Callable[[Answered], None]


def answered_at(scope: Scope, revision: int) -> None:
    """Note the revision that a request is answered from, for its header, its log line."""
    scope.setdefault("state", {})[_REVISION] = revision


class _UnderWay:
    __slots__ = ("is_cut", "number", "receive", "scope", "send", "started", "status")

    def __init__(self, scope: Scope, receive: Receive, send: Send, number: str) -> None:
        self.scope, self.receive, self.send, self.number = scope, receive, send, number
        self.status: int | None = None
        self.started = time.perf_counter()
        self.is_cut = False

    async def send_noting(self, message: Message) -> None:
        if self.is_cut:  # it was answered that the server stops; nothing can be added to that
            return
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_HEADER] = self.number
            revision = self.scope.get("state", {}).get(_REVISION)
            if revision is not None:
                headers[REVISION_HEADER] = str(revision)
        await self.send(message)

    async def cut(self) -> None:
        """Answer that the server stops, where no answer has begun."""
        if self.status is None and not self.is_cut:
            refused = RequestRefused(503, say("server-stopping"), {"connection": "close"})
            await answer_refusal(refused, self.scope, self.receive, self.send_noting)
        self.is_cut = True


class Requests:
    """The requests that are under way."""

    def __init__(self) -> None:
        self._all: set[_UnderWay] = set()
        self._changed = time.monotonic()
        """When one last began or ended."""

    def __len__(self) -> int:
        return len(self._all)

    def begin(self, request: _UnderWay) -> None:
        self._all.add(request)
        self._changed = time.monotonic()

    def end(self, request: _UnderWay) -> None:
        self._all.discard(request)
        self._changed = time.monotonic()

    def await_quiet(self, seconds: float, most: float) -> None:
        """Wait, in a thread of one's own, until none has been under way for so many seconds;
        never longer than ``most``."""
        end = time.monotonic() + most
        while (now := time.monotonic()) < end and (self._all or now - self._changed < seconds):
            time.sleep(min(seconds, end - now) / 4)

    async def cut(self) -> int:
        """Answer all that wait with 503; returns how many there were."""
        waiting = list(self._all)
        for request in waiting:
            await request.cut()
        return len(waiting)


class RequestLog:
    """ASGI middleware, the outermost: numbers, watches, and tells ``watcher`` and the log."""

    def __init__(self, app: ASGIApp, requests: Requests, watcher: Watcher | None = None) -> None:
        self.app = app
        self._requests = requests
        self._watcher = watcher

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = _UnderWay(scope, receive, send, _number(scope))
        before = request_number.set(request.number)
        self._requests.begin(request)
        failed = False
        try:
            await self.app(scope, receive, request.send_noting)
        except BaseException:
            failed = True
            raise
        finally:
            self._requests.end(request)
            self._tell(request, failed)
            request_number.reset(before)

    def _tell(self, request: _UnderWay, failed: bool) -> None:
        status = request.status
        if status is None:
            status = 500 if failed else 499
        answered = _answered(request.scope, status, time.perf_counter() - request.started)
        if self._watcher is not None:
            self._watcher(answered)
        usual = answered.route in _OF_WATCHERS and status < 400
        _LOG.log(
            logging.DEBUG if usual else logging.INFO, "request", extra={"told": _told(answered)}
        )


def _number(scope: Scope) -> str:
    wanted = REQUEST_HEADER.encode()
    given = next((value for name, value in scope["headers"] if name == wanted), b"")
    return given.decode() if _ACCEPTED.match(given) else secrets.token_hex(8)


def _answered(scope: Scope, status: int, seconds: float) -> Answered:
    revision = scope.get("state", {}).get(_REVISION)
    return Answered(scope["method"], route_of(scope), shown_path(scope), status, seconds, revision)


def route_of(scope: Scope) -> str:
    """The address with its names for places; of a folder of files the folder; ``-`` for none."""
    return str(getattr(scope.get("route"), "path", None) or "-")


def shown_path(scope: Scope) -> str:
    """The path without whatever gives access, and the names of the query's parameters alone."""
    places: Mapping[str, object] = scope.get("path_params", {})
    path: str = scope["path"]
    for name in _SECRET_PLACES:
        if name in places:
            path = path.replace(str(places[name]), _HIDDEN)
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    names = "&".join(f"{name[:40]}={_HIDDEN}" for name, _ in query[:20])
    return f"{path[:300]}?{names}" if names else path[:300]


def _told(answered: Answered) -> dict[str, object]:
    return {
        "method": answered.method,
        "path": answered.shown,
        "status": answered.status,
        "ms": round(answered.seconds * 1000, 1),
        "revision": answered.revision,
    }
