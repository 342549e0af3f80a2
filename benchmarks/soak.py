"""``python -m benchmarks.soak [--minutes 60] [--size M]``: a real server for a long time.

Eight readers walk from page to page and ask GraphQL, and every minute a sheet is loaded. Told
minute by minute are the requests, the server's memory and how long answers took; at the end the
errors.
Ends with 1 where there was an error, where memory grew after the first ten minutes, or where
answers became slower after them.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from random import Random
from statistics import mean, median, quantiles
from tempfile import TemporaryDirectory
from threading import Event

import httpx

from benchmarks.generator import SIZES, Generator
from benchmarks.server import Serving, server_over
from graph.sqlite_store import SqliteStore
from tests.faults import serving

READERS = 8
ROWS = 250
SHEETS = 5
LOAD_EVERY = 60.0
WARMING, SPAN = 10, 10
"""The minutes after which memory is to be flat and answers steady, and so many that are then held
against as many at the end: a minute's most depends on whether a sheet was just being read. In a
run too short for that only errors count."""
GROWTH, SLOWER = 1.1, 2.0
"""How much more memory and time than after warming up is still called flat and steady."""
QUERIES = (
    "{ revision synergies(department: %s, first: 10) { totalCount edges { node { kind score "
    "partner { name } parts { name value } evidence { explanation } } } } }",
    "{ revision department(id: %s) { name uses(first: 20) { edges { status node { name "
    "solves(first: 5) { edges { node { name } } } } } } } }",
)


@dataclass
class Minute:
    """What happened in one minute."""

    seconds: list[float] = field(default_factory=list)
    memory: int = 0
    loads: list[float] = field(default_factory=list)

    @property
    def p95(self) -> float:
        return quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else 0.0


@dataclass
class Soak:
    """What was seen, minute by minute."""

    minutes: list[Minute]
    began: float = field(default_factory=time.monotonic)
    errors: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def now(self) -> Minute:
        """The minute that it is."""
        passed = int((time.monotonic() - self.began) // 60)
        return self.minutes[min(passed, len(self.minutes) - 1)]

    def failures(self) -> list[str]:
        """What did not hold: no errors, flat memory, steady answers."""
        told = self.errors[:10]
        warm, last = self.minutes[WARMING : WARMING + SPAN], self.minutes[-SPAN:]
        if len(self.minutes) < WARMING + 2 * SPAN:
            return told
        memory, grown = (mean(each.memory for each in some) for some in (warm, last))
        if grown > GROWTH * memory:
            told.append(f"memory grew from {memory:.0f} to {grown:.0f} MB")
        p95, slower = (median(each.p95 * 1000 for each in some) for some in (warm, last))
        if slower > SLOWER * p95:
            told.append(f"p95 grew from {p95:.0f} to {slower:.0f} ms")
        return told


def links_of(page: str) -> list[str]:
    """The pages that a page leads to; forms, downloads and languages are left aside."""
    found = [unescape(link) for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', page)]
    return [link for link in found if not re.search(r"sprog|static|graphql|\.(csv|xlsx|svg)", link)]


def read_on(soak: Soak, address: str, departments: Sequence[str], seed: int) -> int:
    """Walk from page to page, and ask GraphQL now and then, until it ends: how many requests."""
    random, at, asked = Random(seed), "/", 0
    with httpx.Client(base_url=address, timeout=30, follow_redirects=True) as client:
        while not soak.ended.is_set():
            since = time.monotonic()
            try:
                if random.random() < 0.3:
                    department = f'"{random.choice(departments)}"'
                    serving.ask(client, random.choice(QUERIES) % department)
                else:
                    answer = client.get(at)
                    if answer.status_code != 200:
                        soak.errors.append(f"{at}: {answer.status_code}")
                    at = random.choice(links_of(answer.text) or ["/"])
            except (httpx.HTTPError, AssertionError) as error:
                soak.errors.append(f"{at}: {type(error).__name__} {error}")
                at = "/"
            soak.now().seconds.append(time.monotonic() - since)
            asked += 1
    return asked


def load_on(soak: Soak, address: str) -> int:
    """Load a sheet every minute: how many. Of these a few, then newer editions of them in turn, so
    that the graph stays as large as it is, and what grows is not what is known."""
    loaded = 0
    with httpx.Client(base_url=address, timeout=120) as client:
        while not soak.ended.wait(LOAD_EVERY if loaded else 5.0):
            since = time.monotonic()
            try:
                edition, number = divmod(loaded, SHEETS)
                serving.load(client, number, ROWS, edition)
            except (httpx.HTTPError, AssertionError) as error:
                soak.errors.append(f"load: {type(error).__name__} {error}")
            soak.now().loads.append(time.monotonic() - since)
            loaded += 1
    return loaded


def watch(soak: Soak, server: Serving) -> None:
    """Note the most memory of each minute, and tell of it when it is over."""
    told = 0
    while not soak.ended.wait(1.0):
        minute = soak.now()
        if soak.minutes[told] is not minute:
            tell(soak, told)
            told += 1
        minute.memory = max(minute.memory, int(server.memory()))
    tell(soak, told)


def tell(soak: Soak, place: int) -> None:
    """A minute as a row of the table."""
    minute = soak.minutes[place]
    loading = ", ".join(f"{seconds:.1f}" for seconds in minute.loads)
    p95 = f"{minute.p95 * 1000:.0f}"
    cells = (place + 1, len(minute.seconds), p95, minute.memory, loading)
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


@contextmanager
def serving_size(size: str) -> Iterator[tuple[Serving, Sequence[str]]]:
    """A real server over a store of this size, and its departments."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "soak.sqlite"
        with closing(SqliteStore(path)) as store:
            for load in Generator(SIZES[size]).loads():
                store.apply(load)
            departments = store.structure().nodes["department"]
        with server_over(path) as server:
            yield server, departments


def soaked(size: str, minutes: int) -> tuple[Soak, int, int]:
    """Let it run: what was seen, how many requests and loads there were."""
    with serving_size(size) as (server, departments):
        httpx.get(server.address, timeout=120)  # the first answer builds the snapshot
        soak = Soak([Minute() for _ in range(minutes)])
        with ThreadPoolExecutor(READERS + 2) as pool:
            readers = [
                pool.submit(read_on, soak, server.address, departments, seed)
                for seed in range(READERS)
            ]
            loader = pool.submit(load_on, soak, server.address)
            watcher = pool.submit(watch, soak, server)
            time.sleep(60.0 * minutes)
            soak.ended.set()
            watcher.result()
            return soak, sum(reader.result() for reader in readers), loader.result()


def main() -> int:
    """Run it, and tell what was seen; 1 where something did not hold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--size", choices=SIZES, default="M")
    asked = parser.parse_args()
    print("| minute | requests | p95, ms | memory, MB | load, s |")
    print("| ---: | ---: | ---: | ---: | ---: |", flush=True)
    soak, requests, loads = soaked(asked.size, asked.minutes)
    print(f"\n{asked.size}: {requests} requests, {loads} loads, {len(soak.errors)} errors.")
    failures = soak.failures()
    for failure in failures:
        print(f"FAILED: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
