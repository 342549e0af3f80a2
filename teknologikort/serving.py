"""Serving the pages and GraphQL until somebody ends it."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from ipaddress import ip_network
from threading import Thread
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from api.app import Server, application
from api.bounds import Limits
from api.change_log import LoggedDesk
from api.guards import LOCAL_HOSTS
from api.made_late import MadeLate
from api.metrics import Metrics
from graph.live import LiveGraph
from graph.snapshot import Snapshot
from graph.sqlite_store import SqliteStore
from teknologikort.following import following
from teknologikort.heap import few_arenas
from teknologikort.log_lines import log_to_standard_error
from teknologikort.settings import NOBODY, Settings
from teknologikort.shared import Shared

__all__ = ["Process", "log_to_standard_error", "serve", "server_over"]

_LOOK_EVERY = 50  # ticks of uvicorn's, ten a second
_FLUSH_SECONDS = 0.3
_QUIET_SECONDS = 0.3
"""So long nobody asks for anything before there is time for what nobody has asked for yet."""
_MOST_QUIET_SECONDS = 2.0
"""So long it is waited for, before each: the collector rests meanwhile."""
_AT_A_TIME = 2
"""How many connections a process takes at a time: it shares them with the others."""
_BACKLOG = 2048
_PAGES_WAITING = 4
"""How many pages are made at once where they wait for a store in another process."""


@dataclass(frozen=True)
class Process:
    """This process of a server: ``answering`` is called once it answers, ``stopped`` before it
    ends with requests cut. One that a parent watches over ends when ``parent`` can be read, which
    is when the parent is gone, and leaves Ctrl-C to it."""

    answering: Callable[[], None]
    stopped: Callable[[], None]
    parent: int | None = None


def server_over(live: LiveGraph, settings: Settings, read_only: bool, shared: Shared) -> Server:
    """The server's parts. Without a desk nothing can be changed."""
    named = {host.lower() for host in (settings.host, *settings.hosts)}
    hosts = LOCAL_HOSTS | {f"[{name}]" if ":" in name else name for name in named}
    metrics = Metrics(live, shared.measures if settings.workers > 1 else None)
    return Server(
        live,
        None if read_only else LoggedDesk(live, metrics.changed),
        hosts,
        limits=Limits(pages_at_once=1 if isinstance(live.store, SqliteStore) else _PAGES_WAITING),
        secret=shared.secret,
        version=version("teknologikort"),
        held=shared.held,
        metrics=metrics,
        metrics_networks=[ip_network(each) for each in settings.metrics if each != NOBODY],
    )


def serve(server: Server, bound: socket.socket, process: Process, stop_seconds: float) -> None:
    """Answer requests until a request to end. Those under way then have so many seconds; after
    that they are answered that the server stops, and the process ends at once: what it was
    writing is a transaction that was not finished, and so is not there."""
    few_arenas()
    gc.disable()  # until all is made: it would look through what stays again and again
    made = application(server)
    config = uvicorn.Config(
        made,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        backlog=_BACKLOG if process.parent is None else _AT_A_TIME,
    )
    seen = _unmeasured if server.metrics is None else server.metrics.follows
    try:
        with following(server.live, seen):
            _Serving(config, server, process, stop_seconds, made.state.made_late).run([bound])
    except KeyboardInterrupt:  # uvicorn has ended in good order and passes on why
        return


def _unmeasured(_snapshot: Snapshot, _seconds: float) -> None:
    """Nobody measures."""


class _Serving(uvicorn.Server):
    def __init__(
        self,
        config: uvicorn.Config,
        server: Server,
        process: Process,
        stop_seconds: float,
        late: Sequence[MadeLate[ASGIApp]],
    ) -> None:
        super().__init__(config)
        self._late = late
        self._server = server
        self._process = process
        self._stop_seconds = stop_seconds

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if self._process.parent is None:
            super().handle_exit(sig, frame)
        elif sig != signal.SIGINT:  # a terminal tells all processes; the parent decides
            self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        if self._process.parent is not None:
            self._await_parent(self._process.parent, sockets or ())
        self._process.answering()
        Thread(target=self._make_the_rest, name="making the rest", daemon=True).start()

    def _make_the_rest(self) -> None:
        """What the first answer does without, so that nobody waits for it later."""
        try:
            for late in self._late:
                self._server.requests.await_quiet(_QUIET_SECONDS, _MOST_QUIET_SECONDS)
                late.made()
            import_module("networkx")  # whose first picture it is would wait for it
        finally:
            gc.enable()

    def _await_parent(self, parent: int, sockets: Sequence[socket.socket]) -> None:
        for each in sockets:  # asyncio has made the queue as short as what it takes at a time
            each.listen(_BACKLOG)
        loop = asyncio.get_running_loop()

        def gone() -> None:
            loop.remove_reader(parent)
            self.should_exit = True

        loop.add_reader(parent, gone)

    async def on_tick(self, counter: int) -> bool:
        if counter % _LOOK_EVERY == 0 and self._server.metrics is not None:
            self._server.metrics.look(self._server.kept)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        ending = asyncio.ensure_future(super().shutdown(sockets))
        await asyncio.wait({ending}, timeout=self._stop_seconds)
        if ending.done() and not len(self._server.requests):
            return await ending
        cut = await self._server.requests.cut()
        logging.getLogger("teknologikort").warning("stopped", extra={"told": {"cut": cut}})
        await asyncio.sleep(_FLUSH_SECONDS)
        self._process.stopped()
        sys.stdout.flush()
        sys.stderr.flush()
        # Threads that still work would be waited for. A store survives a process that ends at any
        # moment, so nothing needs to be closed.
        os._exit(0)
