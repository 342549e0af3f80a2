"""Figures of a real server over HTTP, beside @neo4j/graphql with Apollo over the same graph."""

import json
import re
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass
from html import unescape
from itertools import count, cycle, islice
from pathlib import Path
from random import Random
from statistics import median, quantiles

import httpx

from benchmarks import names
from benchmarks.embedded import store_of
from benchmarks.generator import SIZES, Generator
from benchmarks.graphql_page import QUERY as PAGE
from benchmarks.peers import cypher, neo4j_graphql
from benchmarks.peers.asking import Asked, ask
from benchmarks.peers.bare import bare_graph
from benchmarks.peers.gds import gds_neo4j
from benchmarks.peers.libraries import seconds_to_the_first_answer
from benchmarks.peers.missing import PeerMissing
from benchmarks.server import server_over
from benchmarks.timing import Figure
from graph.sqlite_store import SqliteStore
from schema.names import node_id
from teknologikort.local_neo4j import cache_folder
from tests.neo4j_server import driver_of

PEER = "@neo4j/graphql with Apollo"
CLIENTS = 8
PROCESSES = 2
TWO_PROCESSES = ", two processes"
"""The peer has two as well: its own and that of Neo4j."""
QUESTIONS = 240
AROUND = """
query ($id: ID!) { solution(id: $id) { id name description
    usedBy(first: 100) { edges { status node { id name } } }
    solves { edges { node { id name } } } builtOn { edges { node { id name } } }
    requires { edges { node { id name } } } } }
"""
SEARCH = """
query ($word: String!) { search(matching: $word, kinds: [SOLUTION], first: 20) {
    edges { node { node { id name } } } } }
"""
TARGETS = """
query ($id: ID!) { transferability(solution: $id, first: 10) { totalCount edges { node { outcome
    department { id name } fit { score coverage parts { name weight value known } }
    likelihood { score parts { name value } } gaps { part node { id name } has needs explanation }
    evidence { node { id name } explanation } } } } }
"""
TARGETS_SHORT = """
query ($id: ID!) { transferability(solution: $id, first: 10) { edges { node {
    department { id name } fit { score } } } } }
"""
SYNERGIES = """
query ($id: ID!) { synergies(department: $id, first: 10) { totalCount edges { node { kind score
    coverage partner { id name } giver { id } receiver { id } parts { name weight value }
    evidence { node { id name } explanation } } } } }
"""
SYNERGIES_SHORT = """
query ($id: ID!) { synergies(department: $id, first: 10, kinds: [SHARE]) { edges { node { score
    partner { id name } } } } }
"""


@dataclass(frozen=True)
class Asking:
    """One kind of question over HTTP: ours, and the peer's where it has one like it."""

    work: str
    ours: Sequence[bytes]
    theirs: Sequence[bytes] = ()
    goal: str = ""


def served(size: str, folder: Path) -> Iterator[Figure]:
    """A server from its start: first answers, GraphQL, pages, memory."""
    store = store_of(size, folder)
    with closing(SqliteStore(store)) as opened:
        nodes = opened.structure().nodes
    askings = list(_askings(list(nodes["department"]), set(nodes["solution"])))
    since = time.perf_counter()
    with ExitStack() as stack:
        with server_over(store) as server:
            _first(server.address)
            started = time.perf_counter() - since
            yield Figure(
                "start to the first answer (GraphQL page)",
                started,
                "the libraries alone: a schema of one field, no store",
                seconds_to_the_first_answer(),
                "S 0.7 s, M 2 s",
            )
            peer = _peer(size, folder, stack)
            for asking in askings:
                yield from _asked(asking, f"{server.address}/graphql", peer)
            yield from _pages(server.address)
            memory = server.memory()
            yield Figure(
                "memory of the server after all this", memory, goal="M 400, L 1,200", unit="MB"
            )
        with server_over(store, "--workers", str(PROCESSES)) as server:
            for asking in askings:
                address = f"{server.address}/graphql"
                yield _asked_by(CLIENTS, asking.ours, asking, address, peer, TWO_PROCESSES)
            yield from _pages(server.address, TWO_PROCESSES)


def _first(address: str) -> None:
    httpx.post(f"{address}/graphql", json={"query": PAGE}, timeout=300).raise_for_status()


def _askings(departments: Sequence[str], there: Container[str]) -> Iterator[Asking]:
    used = (node_id("solution", names.solution(i)) for i in count())
    solutions = list(islice((node for node in used if node in there), QUESTIONS))
    some = departments[:: max(1, len(departments) // QUESTIONS)][:QUESTIONS]
    functions = cycle(function.split()[0] for function in names.FUNCTIONS)
    words = [f"{next(functions)} {names.brand(i)[:2]}" for i in range(QUESTIONS)]
    peer = neo4j_graphql
    yield Asking(
        "GraphQL page 50 × 20 × 5, asked anew",
        _anew(PAGE),
        peer.bodies(peer.PAGE),
        "no slower; 28 requests/s with eight",
    )
    yield Asking(
        "GraphQL page 50 × 20 × 5, asked again", peer.bodies(PAGE), goal="3 ms, 200 requests/s"
    )
    around, search = peer.bodies(AROUND, "id", solutions), peer.bodies(SEARCH, "word", words)
    yield Asking(
        "one solution with all around it", around, peer.bodies(peer.AROUND, "id", solutions)
    )
    yield Asking("search by name, first 20", search, peer.bodies(peer.SEARCH, "word", words))
    yield Asking(
        "transferability, ten best with parts and evidence",
        peer.bodies(TARGETS, "id", solutions),
        goal="10 ms",
    )
    yield Asking(
        "transferability, ten best, short",
        peer.bodies(TARGETS_SHORT, "id", solutions),
        peer.bodies(peer.TARGETS, "id", solutions),
        "no slower",
    )
    yield Asking(
        "synergies, ten best with parts and evidence",
        peer.bodies(SYNERGIES, "id", some),
        goal="10 ms",
    )
    yield Asking(
        "synergies, ten best, short",
        peer.bodies(SYNERGIES_SHORT, "id", some),
        peer.bodies(peer.SHARING, "id", some),
        "no slower",
    )


def _anew(query: str) -> list[bytes]:
    """The same query as texts that differ, so that no answer and no parsed text is kept."""
    return [json.dumps({"query": f"{query}\n# {number}"}).encode() for number in range(QUESTIONS)]


def _asked(asking: Asking, ours: str, peer: str | None) -> Iterator[Figure]:
    """With one client and with eight. Of what is asked anew each has questions of its own, as
    long as there are enough, so that answers that are made are told apart from kept ones."""
    split = len(asking.ours) // 5
    yield _asked_by(1, asking.ours[:split], asking, ours, peer)
    yield _asked_by(CLIENTS, asking.ours[split:], asking, ours, peer)


def _asked_by(
    clients: int, bodies: Sequence[bytes], asking: Asking, ours: str, peer: str | None, by: str = ""
) -> Figure:
    answers = max(1, len(bodies) // clients - 1) * clients if len(bodies) > clients else 160
    own = ask(ours, bodies or asking.ours, clients, answers)
    other = ask(peer, asking.theirs, clients, answers) if peer and asking.theirs else None
    return Figure(
        f"{asking.work}, {clients} client{'s' if clients > 1 else ''}{by}",
        own.p50,
        "" if other is None else PEER,
        None if other is None else other.p50,
        asking.goal,
        _told(own) + ("" if other is None else f"; theirs {_told(other)}"),
    )


def _told(asked: Asked) -> str:
    return f"p95 {asked.p95 * 1000:.1f} ms, {asked.per_second:,.0f}/s, {asked.largest // 1024} kB"


def _peer(size: str, folder: Path, stack: ExitStack) -> str | None:
    """The peer over a Neo4j with the same graph; none at L, or where it cannot be run here."""
    if size == "L":
        return None
    cache = cache_folder(Path(__file__).parent.parent)
    try:
        # Not the tests' own: its memory is too small for the whole country in one transaction.
        address = stack.enter_context(gds_neo4j(folder / f"peer-{size}", cache)).address
        with driver_of(address) as driver:
            cypher.constrain(driver)
            graph = bare_graph(Generator(SIZES[size]).loads())
            cypher.load(driver, cypher.statements(graph))
        found = stack.enter_context(neo4j_graphql.neo4j_graphql(address, cache))
    except PeerMissing as missing:
        print(json.dumps({"missing": str(missing)}), flush=True)
        return None
    return found


def _pages(address: str, by: str = "") -> Iterator[Figure]:
    """Pages of every kind, asked by eight clients, each page once: made anew; then once again."""
    paths = _crawled(address)
    asked = [(kind, path) for kind, some in paths.items() for path in some]
    Random(1).shuffle(asked)
    for how in ("anew", "again"):
        with (
            httpx.Client(base_url=address, timeout=60) as client,
            ThreadPoolExecutor(CLIENTS) as pool,
        ):
            took = list(pool.map(lambda each: (_seconds_of(client, each[1]), each[0]), asked))
        p95 = quantiles([seconds for seconds, _ in took], n=20)[-1]
        slowest, kind = max(took)
        middle = median(seconds for seconds, _ in took)
        yield Figure(
            f"pages of every kind, {how}: p95 of eight clients{by}",
            p95,
            goal="150 ms, none above 500 ms",
            note=f"{len(took)} pages, median {middle * 1000:.0f} ms, slowest "
            f"{slowest * 1000:.0f} ms ({kind})",
        )


def _seconds_of(client: httpx.Client, path: str) -> float:
    since = time.perf_counter()
    client.get(path).raise_for_status()
    return time.perf_counter() - since


def _crawled(address: str, each: int = 10) -> Mapping[str, list[str]]:
    """A few pages of every kind, found by following links; none of them is asked for twice."""
    found: dict[str, list[str]] = {"/": []}
    waiting = ["/"]
    with httpx.Client(base_url=address, timeout=60) as client:
        for path in waiting:
            for link in re.findall(r'<a [^>]*href="(/[^"#]*)"', client.get(path).text):
                _note(unescape(link), found, waiting, each)
    return {kind: [path for path in some if path not in waiting] for kind, some in found.items()}


def _note(path: str, found: dict[str, list[str]], waiting: list[str], each: int) -> None:
    """Keep a page of a kind of which there are not enough yet; the first of a kind leads on."""
    kind = re.sub(r"=[^&]*", "", path) if "?" in path else f"/{path.split('/')[1]}"
    if re.search(r"sprog|/static|/graphql|\.(csv|xlsx|svg|png|json|graphml)", path):
        return
    some = found.setdefault(kind, [])
    if path not in some and len(some) < each:
        some.append(path)
        if len(some) == 1:
            waiting.append(path)
