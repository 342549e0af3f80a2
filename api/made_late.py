"""What is made when it is first asked for: once, whichever thread asks."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

T = TypeVar("T")


class MadeLate(Generic[T]):
    """Makes something when it is first asked for."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None
        self._making = Lock()

    def made(self) -> T:
        """What is made; safe to ask from several threads."""
        if self._made is None:
            with self._making:
                if self._made is None:
                    self._made = self._make()
        return self._made


class LateApplication(MadeLate[ASGIApp]):
    """An application that is made, outside the event loop, when it is first asked."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        made = self._made
        if made is None:
            made = await run_in_threadpool(self.made)
        await made(scope, receive, send)
