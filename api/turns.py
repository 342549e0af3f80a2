"""Work that takes turns: beside each other it would only be in its own way."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, move_on_after
from starlette.concurrency import run_in_threadpool

P = ParamSpec("P")
T = TypeVar("T")

MOST_SECONDS = 2.0
"""So long work waits for its turn; then it is done beside the others, one of which may hang."""


class Turns:
    """So many pieces of work at once, in threads, in the order in which they came."""

    def __init__(self, at_once: int, most_seconds: float = MOST_SECONDS) -> None:
        self._places = CapacityLimiter(at_once)
        self._most = most_seconds

    async def run(self, work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
        """Do a piece of work when its turn has come."""
        mine = object()
        with move_on_after(self._most) as waited:
            await self._places.acquire_on_behalf_of(mine)
        try:
            return await run_in_threadpool(work, *args, **named)
        finally:
            if not waited.cancelled_caught:
                self._places.release_on_behalf_of(mine)
