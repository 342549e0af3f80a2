"""Forms that only our own pages can send: a token in the form that fits a cookie (CSRF).

The cookie holds a random key; the token is its HMAC under the server's secret. A page on another
site can neither read nor set the cookie, nor make a token, and the browser does not send the
cookie along from there (SameSite=Strict).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refused import RequestRefused
from schema.messages import say

FORM_TOKEN_FIELD = "form_token"  # noqa: S105  the name of a field
_COOKIE = "teknologikort_form"
_STATE = "form_key"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}\Z")


@dataclass(slots=True)
class _FormKey:
    secret: bytes
    key: str
    is_new: bool
    is_used: bool = False

    @property
    def token(self) -> str:
        return hmac.new(self.secret, self.key.encode(), hashlib.sha256).hexdigest()


class FormTokens:
    """Gives every browser that is shown a form a key of its own."""

    def __init__(self, app: ASGIApp, secret: bytes) -> None:
        self.app = app
        self._secret = secret

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = HTTPConnection(scope).cookies.get(_COOKIE, "")
        is_known = _KEY.match(given) is not None
        key = _FormKey(self._secret, given if is_known else secrets.token_urlsafe(32), not is_known)
        scope.setdefault("state", {})[_STATE] = key

        async def send_with_cookie(message: Message) -> None:
            if message["type"] == "http.response.start" and key.is_new and key.is_used:
                secure = "; Secure" if scope.get("scheme") == "https" else ""
                MutableHeaders(scope=message).append(
                    "set-cookie",
                    f"{_COOKIE}={key.key}; Path=/; HttpOnly; SameSite=Strict{secure}",
                )
            await send(message)

        await self.app(scope, receive, send_with_cookie)


def form_token(request: Request) -> str:
    """The token for a hidden field named `FORM_TOKEN_FIELD` in a form on the page being made."""
    key: _FormKey = request.scope["state"][_STATE]
    key.is_used = True
    return key.token


def shows_form(request: Request) -> bool:
    """Whether the page that was made has a form in it that is this browser's alone."""
    key: _FormKey = request.scope["state"][_STATE]
    return key.is_used


def check_form_token(request: Request, form: Mapping[str, object]) -> None:
    """Raise `RequestRefused` (403) unless the form was made by this server for this browser."""
    key: _FormKey = request.scope["state"][_STATE]
    given = form.get(FORM_TOKEN_FIELD)
    fits = isinstance(given, str) and hmac.compare_digest(given.encode(), key.token.encode())
    if key.is_new or not fits:
        raise RequestRefused(403, say("form-token"))
