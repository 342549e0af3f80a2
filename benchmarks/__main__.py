"""``python -m benchmarks [S] [M]``: figures for these sizes, as ratios within this run."""

import gc
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx

from benchmarks import alternatives, graphql_page, names
from benchmarks.generator import SIZES, Generator
from benchmarks.timing import Figure, paired
from graph.live import LiveGraph
from graph.overview import overview
from graph.path import paths
from graph.search import build_index
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies
from graph.synergy_matrix import departments_of, synergy_matrix
from graph.transfer import best_candidates, best_targets
from graph.unsolved import unsolved_problems
from graph.who_else import who_else
from schema.names import node_id
from schema.records import Load


def figures(size: str, folder: Path) -> Iterator[Figure]:
    """All figures for one size."""
    loads = list(Generator(SIZES[size]).loads())
    store = SqliteStore(folder / f"{size}.sqlite")
    yield _loading(store, loads, folder / f"{size}-bare.sqlite")
    structure = store.structure()
    yield paired(
        "first snapshot",
        lambda: snapshot_of(store.structure()),
        "networkx graph of the same structure",
        lambda: alternatives.networkx_graph(structure),
        times=3,
    )
    yield from _questions(snapshot_of(structure), alternatives.networkx_graph(structure))
    live = LiveGraph(store)
    live.snapshot()
    yield paired(
        "GraphQL page 50 × 20 × 5",
        lambda: graphql_page.ask(live),
        "by hand, the store asked for each object",
        lambda: graphql_page.by_hand_asking_for_each(live),
        times=3,
    )
    store.close()


def _loading(store: SqliteStore, loads: list[Load], bare: Path) -> Figure:
    def ours() -> None:
        for load in loads:
            store.apply(load)

    written = 0

    def theirs() -> None:
        nonlocal written
        written = alternatives.bare_rows(bare, loads)

    figure = paired("load (ledger, graph, indexes)", ours, "bare rows, executemany", theirs, 1)
    per_second = written / figure.ours
    return Figure(
        figure.work,
        figure.alternative,
        figure.ours,
        figure.theirs,
        f"{written} relationships, {per_second:,.0f} a second",
    )


def _questions(snapshot: Snapshot, graph: "nx.MultiDiGraph[str]") -> Iterator[Figure]:
    department = snapshot.nodes("department")[len(snapshot.nodes("department")) // 2]
    municipality = snapshot.nodes("municipality")[0]
    solution = node_id("solution", names.solution(0))
    held = alternatives.solutions_of_all(graph)
    uses = nx.Graph((d, s) for d, solutions in held.items() for s in solutions)
    departments = snapshot.nodes("department")
    jaccard = "share alone, sets in plain Python"
    yield paired(
        "synergy: a department's ten best, four kinds",
        lambda: best_synergies(snapshot, department),
        jaccard,
        lambda: alternatives.jaccard_of_one(held, department),
    )
    own = departments_of(snapshot, municipality)
    yield paired(
        "synergy: matrix of a municipality",
        lambda: synergy_matrix(snapshot, own),
        jaccard,
        lambda: [alternatives.jaccard_of_one({d: held[d] for d in own}, d) for d in own],
    )
    adamic = "likelihood alone, Adamic-Adar over networkx"
    yield paired(
        "transferability: a solution's ten best targets",
        lambda: best_targets(snapshot, solution),
        adamic,
        lambda: alternatives.adamic_adar_of_one(uses, solution, departments),
        times=3,
    )
    some = snapshot.nodes("solution")[:30]
    yield paired(
        "transferability: a department's ten best candidates",
        lambda: best_candidates(snapshot, department),
        f"{adamic}, for 30 solutions",
        lambda: [alternatives.adamic_adar_of_one(uses, s, [department]) for s in some if s in uses],
        times=3,
    )
    yield paired(
        "overview of a municipality",
        lambda: overview(snapshot, municipality),
        "networkx: all relationships looked at once",
        lambda: alternatives.count_of(graph, "USES"),
    )
    yield paired(
        "who else uses a solution",
        lambda: who_else(snapshot, solution),
        "networkx: its incoming relationships",
        lambda: alternatives.users_of(graph, solution),
    )
    yield paired(
        "unsolved problems of a municipality",
        lambda: unsolved_problems(snapshot, municipality, 10),
        "networkx: all relationships looked at once",
        lambda: alternatives.count_of(graph, "FACES"),
    )
    ends = snapshot.nodes("department")[0], snapshot.nodes("competence")[0]
    undirected = graph.to_undirected()
    yield paired(
        "path between two nodes",
        lambda: paths(snapshot, *ends),
        "networkx shortest_path",
        lambda: nx.shortest_path(undirected, *ends),
    )
    index = build_index(snapshot)
    yield paired(
        "search for a word",
        lambda: index.search("vagtplan"),
        "each name looked at",
        lambda: alternatives.names_holding(snapshot, "vagtplan"),
    )


def main() -> None:
    """Measure the sizes named on the command line (S and M), and print a table."""
    sizes = [name for name in sys.argv[1:] if name in SIZES] or ["S", "M"]
    with TemporaryDirectory() as folder:
        for size in sizes:
            print(f"\n## {size}: {SIZES[size]} municipalities\n")
            print("| work | ours, ms | alternative | ms | ours / alternative | |")
            print("| --- | ---: | --- | ---: | ---: | --- |")
            for figure in figures(size, Path(folder)):
                print(_row(figure), flush=True)
                gc.collect()
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(f"\nPeak memory of the process so far: {peak} MB.")


def _row(figure: Figure) -> str:
    cells = (
        figure.work,
        f"{figure.ours * 1000:,.1f}",
        figure.alternative,
        f"{figure.theirs * 1000:,.1f}",
        f"{figure.ratio:.2f}",
        figure.note,
    )
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    main()
