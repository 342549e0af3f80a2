"""What every request passes before any page or query sees it, and what every answer carries.

A server on one's own machine can be reached by any page in one's browser: directly, or by a name
that its owner points at 127.0.0.1 (DNS rebinding). So a request must name an address that we
know, and whoever changes something must come from one of our own pages or from no page at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bounded_body import BoundedBody
from api.form_token import FORM_TOKEN_FIELD, FormTokens, check_form_token, form_token
from api.refused import RequestRefused, answer_refusal
from schema.messages import say

__all__ = [
    "FORM_TOKEN_FIELD",
    "LOCAL_HOSTS",
    "Guards",
    "check_form_token",
    "form_token",
    "guard_middleware",
]

LOCAL_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
# With „no-referrer“ a browser would send our own forms with `Origin: null`.
_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Guards:
    """How the server is reached, and how much and how slowly one may send to it.

    ``hosts`` are names without port; ``secret`` is the server's own, of at least 32 bytes.
    """

    secret: bytes
    hosts: frozenset[str] = LOCAL_HOSTS
    body_bytes: int = 60_000_000
    body_seconds: float = 120.0
    headers: dict[str, str] = field(default_factory=lambda: dict(_HEADERS))


def guard_middleware(guards: Guards) -> list[Middleware]:
    """All guards in their order, for ``Starlette(middleware=…)``."""
    return [
        Middleware(AnswerHeaders, headers=guards.headers),
        Middleware(Gate, check=known_host(guards.hosts)),
        Middleware(Gate, check=own_origin),
        Middleware(BoundedBody, most_bytes=guards.body_bytes, seconds=guards.body_seconds),
        Middleware(FormTokens, secret=guards.secret),
    ]


class AnswerHeaders:
    """Puts the security headers on every answer that has not set its own."""

    def __init__(self, app: ASGIApp, headers: dict[str, str]) -> None:
        self.app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class Gate:
    """Lets a request through, or answers it with what its check says against it."""

    def __init__(self, app: ASGIApp, check: Callable[[Scope], RequestRefused | None]) -> None:
        self.app = app
        self._check = check

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._check(scope) if scope["type"] == "http" else None
        if refused is None:
            await self.app(scope, receive, send)
        else:
            await answer_refusal(refused, scope, receive, send)


def known_host(hosts: frozenset[str]) -> Callable[[Scope], RequestRefused | None]:
    """Refuses a request for a host that is not one of ours."""

    def check(scope: Scope) -> RequestRefused | None:
        named = Headers(scope=scope).getlist("host")
        if len(named) == 1 and _name(named[0]) in hosts:
            return None
        return RequestRefused(400, say("request-host", host=", ".join(named)[:100]))

    return check


def own_origin(scope: Scope) -> RequestRefused | None:
    """Refuses a change that a page of another site asks for (CSRF).

    Programs send neither Origin nor Sec-Fetch-Site; browsers send at least one of them.
    """
    if scope["method"] in _READING:
        return None
    headers = Headers(scope=scope)
    origin = headers.get("origin")
    if origin is not None:
        ours = _netloc(origin) == headers.get("host")
    else:
        ours = headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    return None if ours else RequestRefused(403, say("request-origin", origin=_shown(origin)))


def _netloc(origin: str) -> str | None:
    """The host and port in an Origin, None where it has none or cannot be read."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def _name(host: str) -> str:
    """A host without its port: `localhost:8000` and `[::1]:8000` are `localhost` and `[::1]`."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdigit() else host).lower()


def _shown(origin: str | None) -> str:
    return (origin or "?")[:100]
