"""Measures of a running server in the Prometheus format, at ``/metrics``.

With several server processes each writes its measures into a shared folder, and whichever is
asked answers for all. Only networks that the settings name may read them, and never through a
proxy, which would answer for everyone.
"""

import os
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from pathlib import Path
from threading import Lock

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.health import Place
from api.kept_answers import KeptAnswers
from api.refused import RequestRefused, answer_refusal
from api.request_log import Answered
from graph.live import LiveGraph
from graph.snapshot import Snapshot
from schema.messages import Refusal, say

METRICS = "/metrics"
Networks = Sequence[IPv4Network | IPv6Network]

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_REQUEST_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)
_CHANGE_SECONDS = (0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1800.0)
_PROXIED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


class Metrics:
    """What is measured. ``shared`` is the folder of several processes, None for one alone."""

    def __init__(self, live: LiveGraph, shared: Path | None = None) -> None:
        self._live = live
        self._shared = shared
        self._registry = CollectorRegistry()
        self._looking = Lock()
        self.requests = self._counter(
            "requests", "Requests answered, by route and status.", "route", "method", "status"
        )
        self.request_seconds = self._histogram(
            "request_seconds", "How long answers took, by route.", _REQUEST_SECONDS, "route"
        )
        self.changes = self._counter(
            "changes", "Loads, dry runs, undos and redos, by what became of them.", "what", "result"
        )
        self.change_seconds = self._histogram(
            "change_seconds", "How long changes took.", _CHANGE_SECONDS, "what"
        )
        self.kept = self._counter(
            "kept_answers", "Whether an answer asked for was kept already: hit or miss.", "outcome"
        )
        self._kept_seen = {"hit": 0, "miss": 0}
        self.store_revision = self._gauge("store_revision", "The store's revision.", "livemax")
        self.graph_revision = self._gauge(
            "graph_revision",
            "The revision that is answered from; of several processes the oldest.",
            "livemin",
        )
        self.nodes = self._gauge("nodes", "Nodes in the graph.", "livemax")
        self.relationships = self._gauge("relationships", "Relationships.", "livemax")
        self.build_seconds = self._gauge(
            "snapshot_build_seconds", "How long it took to have the newest snapshot.", "livemax"
        )
        self.memory = self._gauge("resident_bytes", "Memory of all server processes.", "livesum")
        self.processes = self._gauge("processes", "Server processes that answer.", "livesum")
        self.processes.set(1)

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"teknologikort_{name}", says, labels, registry=self._registry)

    def _histogram(self, name: str, says: str, buckets: Sequence[float], *labels: str) -> Histogram:
        named = f"teknologikort_{name}"
        return Histogram(named, says, labels, buckets=buckets, registry=self._registry)

    def _gauge(self, name: str, says: str, over_processes: str) -> Gauge:
        return Gauge(
            f"teknologikort_{name}",
            says,
            registry=self._registry,
            multiprocess_mode=over_processes,  # type: ignore[arg-type]
        )

    def answered(self, answered: Answered) -> None:
        """Count a request."""
        method = answered.method if answered.method in _METHODS else "other"
        self.requests.labels(answered.route, method, str(answered.status)).inc()
        self.request_seconds.labels(answered.route).observe(answered.seconds)

    def changed(self, what: str, result: str, seconds: float) -> None:
        """Count a load, a dry run, an undo or a redo."""
        self.changes.labels(what, result).inc()
        self.change_seconds.labels(what).observe(seconds)

    def follows(self, snapshot: Snapshot, seconds: float) -> None:
        """Note the snapshot that is answered from, and how long it took to have it."""
        self.graph_revision.set(snapshot.revision)
        self.nodes.set(len(snapshot.ids))
        self.relationships.set(sum(len(each.sources) for each in snapshot.relations.values()))
        self.build_seconds.set(seconds)

    def look(self, kept: KeptAnswers | None = None) -> None:
        """Note how much memory this process has, and how often kept answers were of use."""
        self.memory.set(_resident_bytes())
        if kept is None:
            return
        with self._looking:
            for outcome, number in (("hit", kept.hits), ("miss", kept.misses)):
                self.kept.labels(outcome).inc(number - self._kept_seen[outcome])
                self._kept_seen[outcome] = number

    def exposed(self, kept: KeptAnswers | None = None) -> bytes:
        """All measures, of all processes. A store that cannot be asked has no revision there."""
        self.look(kept)
        try:
            self.store_revision.set(self._live.store.revision())
        except Refusal:
            self.store_revision.set(float("nan"))
        if self._shared is None:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together, path=str(self._shared))  # type: ignore[no-untyped-call]
        return generate_latest(together)


class MetricsEndpoint:
    """ASGI middleware that answers ``/metrics`` to those who may read it."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, networks: Networks, kept: KeptAnswers
    ) -> None:
        self.app = app
        self._metrics = metrics
        self._kept = kept
        self._networks = networks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != METRICS:
            await self.app(scope, receive, send)
            return
        scope["route"] = Place(METRICS)
        if not self._may_read(scope):
            refused = RequestRefused(403, say("metrics-not-shown"))
            await answer_refusal(refused, scope, receive, send)
            return
        body = await run_in_threadpool(self._metrics.exposed, self._kept)
        headers = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        response = Response(body, media_type=CONTENT_TYPE_LATEST, headers=headers)
        await response(scope, receive, send)

    def _may_read(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if any(name in headers for name in _PROXIED):
            return False
        if headers.get("sec-fetch-site", "none") != "none":  # asked for by a page
            return False
        client = scope.get("client")
        try:
            address = ip_address(client[0] if client else "")
        except ValueError:  # not over the net
            return False
        mapped = address.ipv4_mapped if address.version == 6 else None
        return any((mapped or address) in network for network in self._networks)


def _resident_bytes() -> float:
    """The memory that this process has of its own machine; unknown where the system tells none."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return float("nan")
    return float(pages * os.sysconf("SC_PAGE_SIZE"))
