"""The small program that asks servers over HTTP: the same for ours and for every other."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle, islice
from statistics import median, quantiles
from urllib.parse import urlsplit

JSON = {"Content-Type": "application/json", "Accept": "application/json"}
PATIENCE_SECONDS = 60.0


class NotAnswered(Exception):  # noqa: N818 - says what came instead
    """A server answered with something else than 200, or with errors."""


@dataclass(frozen=True)
class Asked:
    """How long answers took, in seconds, and how many came in a second from all clients."""

    clients: int
    answers: int
    p50: float
    p95: float
    per_second: float
    largest: int
    """The length in bytes of the largest answer."""


def ask(
    url: str,
    bodies: Sequence[bytes],
    clients: int = 1,
    answers: int = 100,
    headers: Mapping[str, str] = JSON,
    method: str = "POST",
) -> Asked:
    """Ask in turn for these bodies, each client from another of them on and over a connection of
    its own that is kept, until there are so many answers in all; one of each client beforehand
    does not count.

    Raises NotAnswered, also where a GraphQL answer has errors.
    """
    runs = [
        _Client(url, [*bodies[i:], *bodies[:i]], headers, method)
        for i in (place * len(bodies) // clients for place in range(clients))
    ]
    threads = [threading.Thread(target=run.ask, args=(answers // clients,)) for run in runs]
    for run in runs:
        run.warm()
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - start
    for run in runs:
        run.close()
        if run.fault is not None:
            raise run.fault
    took = [seconds for run in runs for seconds in run.took]
    p95 = quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    largest = max(run.largest for run in runs)
    return Asked(clients, len(took), median(took), p95, len(took) / whole, largest)


class _Client:
    """One connection and what it measured."""

    def __init__(
        self, url: str, bodies: Sequence[bytes], headers: Mapping[str, str], method: str
    ) -> None:
        parts = urlsplit(url)
        self._path = parts.path + (f"?{parts.query}" if parts.query else "")
        self._connection = HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port, timeout=PATIENCE_SECONDS
        )
        self._bodies, self._headers, self._method = bodies, headers, method
        self.took: list[float] = []
        self.largest = 0
        self.fault: Exception | None = None

    def warm(self) -> None:
        self._once(self._bodies[0])

    def ask(self, times: int) -> None:
        """So many times; what goes wrong is kept for the one who started the thread."""
        try:
            for body in islice(cycle(self._bodies), times):
                start = time.perf_counter()
                self._once(body)
                self.took.append(time.perf_counter() - start)
        except (OSError, NotAnswered) as fault:
            self.fault = fault

    def _once(self, body: bytes) -> None:
        self._connection.request(self._method, self._path, body or None, dict(self._headers))
        response = self._connection.getresponse()
        answer = response.read()
        if response.status not in (200, 304) or answer.startswith(b'{"errors"'):
            raise NotAnswered(f"{response.status}: {answer[:500].decode(errors='replace')}")
        self.largest = max(self.largest, len(answer))

    def close(self) -> None:
        self._connection.close()
