"""``python -m benchmarks.peers [S|M]``: what the other ways take, each by itself."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from neo4j import Driver

from benchmarks.generator import SIZES, Generator
from benchmarks.peers import cypher, neo4j_graphql
from benchmarks.peers.asking import ask
from benchmarks.peers.bare import BareGraph, bare_graph
from benchmarks.peers.gds import gds_neo4j
from benchmarks.peers.missing import PeerMissing
from benchmarks.timing import seconds
from schema.records import is_relation
from teknologikort.local_neo4j import Neo4jAddress, cache_folder

CACHE = cache_folder(Path(__file__).parents[2])
CLIENTS = (1, 8)
TIMES = 5


@contextmanager
def loaded(graph: BareGraph) -> Iterator[tuple[Neo4jAddress, Driver]]:
    """A Neo4j with the library that holds this graph, bare; raises PeerMissing."""
    with (
        TemporaryDirectory() as home,
        gds_neo4j(Path(home), CACHE) as server,
        cypher.driver_of(server.address) as driver,
    ):
        cypher.constrain(driver)
        cypher.load(driver, cypher.statements(graph))
        yield server.address, driver


def in_cypher(driver: Driver, graph: BareGraph) -> Iterator[tuple[str, float]]:
    """What was asked in Cypher or of the library, and the median of its seconds."""
    solution, department = some(graph, "solution"), some(graph, "department")
    work: dict[str, Callable[[], object]] = {
        "GDS projection": lambda: cypher.project(driver),
        "GDS projection of what is held": lambda: cypher.project_held(driver),
        "GDS Node Similarity, ten best": lambda: cypher.node_similarity(driver),
        "transferability of one solution": lambda: cypher.transfers(driver, solution[0]),
        "a department's synergies": lambda: cypher.synergies(driver, department[0]),
    }
    for name, asked in work.items():
        yield name, median(seconds(asked) for _ in range(TIMES))


def questions(graph: BareGraph) -> dict[str, list[bytes]]:
    """What the peer is asked over HTTP."""
    solutions, departments = some(graph, "solution"), some(graph, "department")
    names = [str(graph[each]["name"]).split()[-1] for each in solutions]
    return {
        "page": neo4j_graphql.bodies(neo4j_graphql.PAGE),
        "one solution": neo4j_graphql.bodies(neo4j_graphql.AROUND, "id", solutions),
        "search": neo4j_graphql.bodies(neo4j_graphql.SEARCH, "word", names),
        "targets": neo4j_graphql.bodies(neo4j_graphql.TARGETS, "id", solutions),
        "sharing": neo4j_graphql.bodies(neo4j_graphql.SHARING, "id", departments),
    }


def some(graph: BareGraph, kind: str, number: int = 40) -> list[str]:
    """Nodes of a kind, spread over all of them."""
    every = [e for e in graph if e.startswith(f"{kind}:") and not is_relation(e)]
    return every[:: max(1, len(every) // number)][:number]


def main() -> None:
    """Measure the size named on the command line (M), and print what was measured."""
    size = next((name for name in sys.argv[1:] if name in SIZES), "M")
    graph = bare_graph(Generator(SIZES[size]).loads())
    try:
        with loaded(graph) as (address, driver):
            for name, took in in_cypher(driver, graph):
                print(f"{name}: {1000 * took:,.1f} ms", flush=True)
            with neo4j_graphql.neo4j_graphql(address, CACHE) as url:
                for name, bodies in questions(graph).items():
                    for clients in CLIENTS:
                        found = ask(url, bodies, clients, 160)
                        print(f"@neo4j/graphql, {name}: {found}", flush=True)
    except PeerMissing as missing:
        sys.exit(str(missing))


if __name__ == "__main__":
    main()
