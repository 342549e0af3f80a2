"""Figures of the embedded store: writing, the snapshot, and the questions asked of it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from statistics import median

import networkx as nx

from benchmarks import alternatives, in_turn, names
from benchmarks.generator import SIZES, Generator
from benchmarks.timing import Figure, alone, paired, seconds
from graph.live import LiveGraph
from graph.overview import overview
from graph.path import paths
from graph.search import build_index
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies
from graph.synergy_all import all_synergies
from graph.synergy_kinds import SynergyWeights
from graph.synergy_matrix import departments_of, synergy_matrix
from graph.transfer import best_candidates, best_targets
from graph.unsolved import unsolved_problems
from graph.who_else import who_else
from schema.names import node_id
from schema.records import Load

BARE = "bare rows, executemany: no ledger, no provenance, no indexes"
FEW_ROWS = 500


def store_of(size: str, folder: Path) -> Path:
    """The file that ``loading`` leaves for the parts that follow."""
    return folder / f"{size}.sqlite"


def loading(size: str, folder: Path) -> Iterator[Figure]:
    """Writing: each municipality as a load of its own, then all in one."""
    loads = list(Generator(SIZES[size]).loads())
    with closing(SqliteStore(store_of(size, folder))) as store:
        yield _loaded("load, a load for each municipality", store, loads, folder)
    if size == "L":
        return  # all of it in one load stands in memory at once
    records = tuple(record for load in loads for record in load.records)
    whole = [Load("alle.xlsx", records, 0, ("alle.xlsx",))]
    with closing(SqliteStore(folder / f"{size}-one.sqlite")) as store:
        yield _loaded("load, all in one", store, whole, folder)


def _loaded(work: str, store: SqliteStore, loads: Sequence[Load], folder: Path) -> Figure:
    written = 0

    def ours() -> None:
        for load in loads:
            store.apply(load)

    def theirs() -> None:
        nonlocal written
        written = alternatives.bare_rows(folder / "bare.sqlite", loads)

    figure = paired(work, ours, BARE, theirs, 1, goal="50,000 relationships/s, 0.3 × bare")
    told = f"{written:,} relationships, {written / figure.ours:,.0f}/s"
    return Figure(work, figure.ours, BARE, figure.theirs, figure.goal, told)


def snapshots(size: str, folder: Path) -> Iterator[Figure]:
    """The first snapshot, and the one after a small load."""
    with closing(SqliteStore(store_of(size, folder))) as store:
        structure = store.structure()
        yield paired(
            "first snapshot",
            lambda: snapshot_of(store.structure()),
            "a networkx graph of the same structure",
            lambda: alternatives.networkx_graph(structure),
            times=3,
            goal="M 1 s, L 3 s",
        )
        live = LiveGraph(store)
        snapshot = live.snapshot()
        best_targets(snapshot, _solution())
        live.index(snapshot)
        moved = [_moved(store, live, number) for number in range(3)]
        yield Figure(
            f"new answers visible after a load of {FEW_ROWS} rows",
            median(ours for ours, _ in moved),
            "building the snapshot anew",
            median(theirs for _, theirs in moved),
            "L 0.5 s",
        )


def _moved(store: SqliteStore, live: LiveGraph, number: int) -> tuple[float, float]:
    (load,) = Generator(1, seed=number + 1).loads()
    revision = store.revision()
    store.apply(Load(f"lille-{number}.xlsx", load.records[:FEW_ROWS], revision))
    ours = seconds(lambda: _answers(live.snapshot()))
    return ours, seconds(lambda: snapshot_of(store.structure()))


def _answers(snapshot: Snapshot) -> None:
    in_turn.explained(best_targets(snapshot, _solution()).items)
    in_turn.explained(best_synergies(snapshot, snapshot.nodes("department")[0]).items)


def _solution() -> str:
    return node_id("solution", names.solution(0))


def questions(size: str, folder: Path) -> Iterator[Figure]:
    """The questions in this process, each with its ten best answers."""
    with closing(SqliteStore(store_of(size, folder))) as store:
        structure = store.structure()
    snapshot = snapshot_of(structure)
    graph = alternatives.networkx_graph(structure)
    cold = seconds(lambda: _answers(snapshot))
    yield Figure("both questions for the first time after a start", cold)
    yield from _synergies(snapshot, graph)
    yield from _transfers(snapshot, graph)
    yield from _others(snapshot, graph)
    yield alone(
        "all pairs of departments, four kinds, ten best of each kind",
        lambda: sum(len(block.score) for block in all_synergies(snapshot, of_each_kind=True)),
        times=1,
        goal="M 1 s, L 60 s",
    )


def _synergies(snapshot: Snapshot, graph: "nx.MultiDiGraph[str]") -> Iterator[Figure]:
    asked = in_turn.departments(snapshot)
    held = alternatives.solutions_of_all(graph)
    jaccard = "shared solutions alone, sets in plain Python"
    yield paired(
        "synergy: a department with all others, four kinds, ten best",
        lambda: best_synergies(snapshot, next(asked)),
        jaccard,
        lambda: alternatives.jaccard_of_one(held, next(asked)),
        times=9,
        goal="M 3 ms",
    )
    yield alone(
        "synergy: the same with all evidence",
        lambda: in_turn.explained(best_synergies(snapshot, next(asked)).items),
        times=9,
        goal="M 10 ms over HTTP",
    )
    own, weighed = departments_of(snapshot, snapshot.nodes("municipality")[0]), count(1)
    yield paired(
        "synergy: matrix of a municipality",
        lambda: synergy_matrix(snapshot, own, weights=SynergyWeights(share=1 / next(weighed))),
        jaccard,
        lambda: [alternatives.jaccard_of_one({d: held[d] for d in own}, d) for d in own],
    )


def _transfers(snapshot: Snapshot, graph: "nx.MultiDiGraph[str]") -> Iterator[Figure]:
    held = alternatives.solutions_of_all(graph)
    uses = nx.Graph((d, s) for d, solutions in held.items() for s in solutions)
    departments, asked = in_turn.departments(snapshot), in_turn.solutions(snapshot)
    everyone, adamic = snapshot.nodes("department"), "likelihood alone, Adamic-Adar over networkx"
    yield paired(
        "transferability: a solution to all departments, ten best",
        lambda: best_targets(snapshot, next(asked)),
        adamic,
        lambda: alternatives.adamic_adar_of_one(uses, _solution(), everyone),
        times=9,
        goal="M 2 ms",
    )
    yield alone(
        "transferability: the same with gaps and evidence",
        lambda: in_turn.explained(best_targets(snapshot, next(asked)).items),
        times=9,
        goal="M 10 ms over HTTP",
    )
    some = snapshot.nodes("solution")[:30]
    yield paired(
        "transferability: all solutions to a department, ten best",
        lambda: best_candidates(snapshot, next(departments)),
        f"{adamic}, for 30 solutions",
        lambda: [
            alternatives.adamic_adar_of_one(uses, s, [next(departments)]) for s in some if s in uses
        ],
        times=9,
    )


def _others(snapshot: Snapshot, graph: "nx.MultiDiGraph[str]") -> Iterator[Figure]:
    municipality = snapshot.nodes("municipality")[0]
    ends = snapshot.nodes("department")[0], snapshot.nodes("competence")[0]
    undirected = graph.to_undirected()
    index = build_index(snapshot)
    asked: list[tuple[str, Callable[[], object], str, Callable[[], object]]] = [
        (
            "overview of a municipality",
            lambda: overview(snapshot, municipality),
            "networkx: all relationships looked at once",
            lambda: alternatives.count_of(graph, "USES"),
        ),
        (
            "who else uses a solution",
            lambda: who_else(snapshot, _solution()),
            "networkx: its incoming relationships",
            lambda: alternatives.users_of(graph, _solution()),
        ),
        (
            "unsolved problems of a municipality",
            lambda: unsolved_problems(snapshot, municipality, 10),
            "networkx: all relationships looked at once",
            lambda: alternatives.count_of(graph, "FACES"),
        ),
        (
            "path between two nodes",
            lambda: paths(snapshot, *ends),
            "networkx shortest_path",
            lambda: nx.shortest_path(undirected, *ends),
        ),
        (
            "search by name, first 20",
            lambda: index.search("vagtplan"),
            "each name looked at",
            lambda: alternatives.names_holding(snapshot, "vagtplan"),
        ),
    ]
    for work, ours, alternative, theirs in asked:
        yield paired(work, ours, alternative, theirs, times=3)
    yield alone("building the search index", lambda: build_index(snapshot), times=1)
