"""Figures of the store on Neo4j, and of what one would write in Cypher or leave to the Graph Data
Science library on the same server."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

import numpy as np
from neo4j import Driver

from benchmarks import in_turn
from benchmarks.embedded import store_of
from benchmarks.generator import SIZES, Generator
from benchmarks.peers import cypher
from benchmarks.peers.bare import bare_graph
from benchmarks.peers.gds import gds_neo4j
from benchmarks.peers.missing import PeerMissing
from benchmarks.timing import Figure, alone, seconds
from graph.neo4j_store import Neo4jStore
from graph.rarity import rarity
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies
from graph.synergy_all import all_synergies
from graph.transfer import best_targets
from teknologikort.local_neo4j import Neo4jAddress, cache_folder
from tests.neo4j_server import driver_of

BARE = "bare UNWIND … MERGE in one transaction, no provenance"


def shared(size: str, folder: Path) -> Iterator[Figure]:
    """Load, project and ask on one Neo4j; nothing where it cannot be run here, and not at L."""
    try:
        with (
            gds_neo4j(folder / f"gds-{size}", cache_folder(Path(__file__).parent.parent)) as server,
            driver_of(server.address) as driver,
        ):
            yield from _on(server.address, driver, size, folder)
    except PeerMissing as missing:
        print(json.dumps({"missing": str(missing)}), flush=True)


def _on(address: Neo4jAddress, driver: Driver, size: str, folder: Path) -> Iterator[Figure]:
    cypher.constrain(driver)
    loading = cypher.statements(bare_graph(Generator(SIZES[size]).loads()))
    relationships = 0

    def bare() -> None:
        nonlocal relationships
        relationships = cypher.load(driver, loading)

    bare_seconds = seconds(bare)
    projecting = median(seconds(lambda: cypher.project(driver)) for _ in range(3))
    with closing(SqliteStore(store_of(size, folder))) as embedded:
        snapshot = snapshot_of(embedded.structure())
    yield from _questions(driver, snapshot)
    cypher.empty(driver)
    with closing(Neo4jStore(address.uri, address.user, address.password)) as store:
        load = Generator(SIZES[size]).one_load()
        ours = seconds(lambda: store.apply(load))
        told = f"{relationships:,} relationships, {relationships / ours:,.0f}/s"
        yield Figure("Neo4j: load, all in one", ours, BARE, bare_seconds, "0.5 × bare", told)
        yield Figure(
            "Neo4j: first snapshot",
            median(seconds(lambda: snapshot_of(store.structure())) for _ in range(3)),
            "projection of Graph Data Science",
            projecting,
            "M 3 s, L 25 s",
        )


def _questions(driver: Driver, snapshot: Snapshot) -> Iterator[Figure]:
    solutions, departments = in_turn.solutions(snapshot), in_turn.departments(snapshot)
    ours = alone("", lambda: best_targets(snapshot, next(solutions)))
    theirs = alone("", lambda: cypher.transfers(driver, next(solutions)), times=3)
    yield Figure(
        "a solution to all departments, beside Cypher",
        ours.ours,
        "the fit's parts in Cypher",
        theirs.ours,
    )
    ours = alone("", lambda: best_synergies(snapshot, next(departments)))
    theirs = alone("", lambda: cypher.synergies(driver, next(departments)), times=3)
    yield Figure(
        "a department's synergies, beside Cypher", ours.ours, "four statements", theirs.ours
    )
    cypher.give_rarity(driver, _rarity_of_solutions(snapshot))
    cypher.project_held(driver)
    yield Figure(
        "all pairs of departments, beside Node Similarity",
        seconds(
            lambda: sum(len(each.score) for each in all_synergies(snapshot, of_each_kind=True))
        ),
        "GDS Node Similarity: shared solutions alone",
        seconds(lambda: cypher.node_similarity(driver)),
    )


def _rarity_of_solutions(snapshot: Snapshot) -> dict[str, float]:
    uses, among = snapshot.relations["USES"], len(snapshot.nodes("department"))
    places, having = np.unique(uses.targets, return_counts=True)
    weights = rarity(having.astype(np.float64), among)
    return {snapshot.ids[i]: float(w) for i, w in zip(places.tolist(), weights, strict=True)}
