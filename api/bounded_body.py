"""A request's body, cut off where it is too large or too slow to ever end."""

import time

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refused import RequestRefused, answer_refusal
from schema.messages import say

# The rest of the body is still on its way; nothing more can be said on this connection.
_CLOSING = {"connection": "close"}


class BoundedBody:
    """Lets no body through that is larger than ``most_bytes`` or takes longer than ``seconds``."""

    def __init__(self, app: ASGIApp, most_bytes: int, seconds: float) -> None:
        self.app = app
        self._most = most_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            check_announced(Headers(scope=scope), self._most)
            bounded = bounded_receive(receive, self._most, self._seconds)
            await self.app(scope, bounded, send_noting)
        except RequestRefused as refused:
            if started:
                raise
            await answer_refusal(refused, scope, receive, send)


def check_announced(headers: Headers, most_bytes: int) -> None:
    """Raise `RequestRefused` (413) where the headers already say that the body is too large."""
    announced = headers.get("content-length", "").lstrip("0")
    if not (announced.isascii() and announced.isdigit()):
        return
    # More digits than the limit has are too many, and could be too many to turn into a number.
    if len(announced) > len(str(most_bytes)) or int(announced) > most_bytes:
        raise _too_large(most_bytes)


def bounded_receive(receive: Receive, most_bytes: int, seconds: float | None = None) -> Receive:
    """What an app receives instead: raises `RequestRefused` (413 or 408) over either bound."""
    end = None if seconds is None else time.monotonic() + seconds
    size = 0
    is_read = False

    async def bounded() -> Message:
        nonlocal size, is_read
        if is_read:  # what is waited for now is the end of the connection
            return await receive()
        try:
            with anyio.fail_after(None if end is None else max(0.0, end - time.monotonic())):
                message = await receive()
        except TimeoutError:
            shown = say("request-too-slow", seconds=f"{seconds:g}")
            raise RequestRefused(408, shown, _CLOSING) from None
        size += len(message.get("body", b""))
        if size > most_bytes:
            raise _too_large(most_bytes)
        is_read = not message.get("more_body", False)
        return message

    return bounded


def _too_large(most_bytes: int) -> RequestRefused:
    return RequestRefused(413, say("request-too-large", limit=most_bytes // 1000), _CLOSING)
