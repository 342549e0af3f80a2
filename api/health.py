"""Whether the server is alive and ready, for whoever watches over it.

These two addresses are answered whatever name the server is called by: a container's probe asks
an IP address. They tell the version and the revision, and nothing else.
"""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.json_body import write_json
from graph.live import LiveGraph
from schema.messages import Refusal

LIVE = "/health/live"
READY = "/health/ready"
PATIENCE_SECONDS = 3.0
"""How long a probe waits for the store and the snapshot; they go on being asked meanwhile."""


class Place:
    """What stands in for a route, in the log and among the metrics."""

    def __init__(self, path: str) -> None:
        self.path = path


@dataclass
class Health:
    """The state of one server process."""

    live: LiveGraph
    version: str
    _asking: "asyncio.Future[int] | None" = None
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="health")
    )

    def alive(self) -> Response:
        """The process answers."""
        return _answer(200, {"status": "alive", "version": self.version})

    async def ready(self) -> Response:
        """The store can be reached, and a snapshot of its newest revision is built."""
        asking = self._asking
        if asking is None or asking.done():
            # In a thread of its own: a store that hangs must not take those that answer people.
            loop = asyncio.get_running_loop()
            asking = loop.run_in_executor(self._thread, self._revision)
            asking.add_done_callback(_heard)
            self._asking = asking
        try:
            revision = await asyncio.wait_for(asyncio.shield(asking), PATIENCE_SECONDS)
        except TimeoutError:
            return self._unready("starting")
        except Refusal as refusal:
            return self._unready(refusal.messages[0].code)
        said = {"status": "ready", "revision": revision, "version": self.version}
        return _answer(200, said)

    def _revision(self) -> int:
        return self.live.snapshot().revision

    def _unready(self, reason: str) -> Response:
        said = {"status": "not ready", "reason": reason, "version": self.version}
        return _answer(503, said)


class HealthProbes:
    """ASGI middleware that answers the two addresses."""

    def __init__(self, app: ASGIApp, health: Health) -> None:
        self.app = app
        self._health = health

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else None
        if path not in (LIVE, READY) or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        scope["route"] = Place(path)
        response = self._health.alive() if path == LIVE else await self._health.ready()
        await response(scope, receive, send)


def _heard(asked: "asyncio.Future[int]") -> None:
    """What nobody waits for any more is told by the next probe, not by asyncio."""
    if not asked.cancelled():
        asked.exception()


def _answer(status: int, said: Mapping[str, object]) -> Response:
    return Response(
        write_json(said),
        status,
        media_type="application/json",
        headers={"cache-control": "no-store", "x-content-type-options": "nosniff"},
    )
