"""Serving the pages and GraphQL until somebody ends it."""

import logging
import socket
from collections.abc import Callable, Sequence

import uvicorn

from api.app import Server, application
from api.guards import LOCAL_HOSTS
from graph.live import LiveGraph
from loaders.desk import Desk
from teknologikort.settings import Settings

_GRACE_SECONDS = 5
"""How long requests under way may take to end once the server is to stop."""


def server_over(live: LiveGraph, settings: Settings, read_only: bool) -> Server:
    """The server's parts. Without a desk nothing can be changed."""
    named = {host.lower() for host in (settings.host, *settings.hosts)}
    hosts = LOCAL_HOSTS | {f"[{name}]" if ":" in name else name for name in named}
    return Server(live, None if read_only else Desk(live), hosts)


def serve(
    server: Server, bound: socket.socket, announce: Callable[[], None], log_requests: bool
) -> None:
    """Answer requests until Ctrl-C or a request to end; ``announce`` is called once it does."""
    config = uvicorn.Config(
        application(server),
        log_config=None,
        access_log=log_requests,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    try:
        _Announcing(config, announce).run([bound])
    except KeyboardInterrupt:  # uvicorn has ended in good order and passes on why
        return


class _Announcing(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: Sequence[socket.socket] | None = None) -> None:
        await super().startup(None if sockets is None else list(sockets))
        if self.started:
            self._announce()


def log_plainly() -> None:
    """Log lines without colours, on standard error: our own and the requests."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    # What uvicorn says of its own starting and ending, we say in the reader's language.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
