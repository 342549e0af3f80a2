"""Answers that are being made: who asks for the same meanwhile waits, and finds it kept."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from api.kept_answers import Key

MOST_SECONDS = 5.0
"""So long it is waited for an answer that somebody else asked for; then it is made as well."""


class UnderWay:
    """Who makes which answer, in one event loop."""

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most = most_seconds
        self._making: dict[Key, asyncio.Event] = {}

    @asynccontextmanager
    async def making(self, key: Key | None) -> AsyncIterator[bool]:
        """Whether somebody else was making the answer of this key, who has ended now, well or
        not, or takes too long: so it is to be looked for among those that are kept. Where it is
        not there, because it failed or is for one visitor alone, all who waited make it."""
        others = None if key is None else self._making.get(key)
        if others is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(others.wait(), self._most)
            yield True
            return
        ended = asyncio.Event()
        if key is not None:
            self._making[key] = ended
        try:
            yield False
        finally:
            if key is not None:
                del self._making[key]
            ended.set()
