"""Where the formulas meet, the Graph Data Science library finds the same similarity: a real one, on
a real Neo4j. REQUIRE_GDS=1 makes a failure of its absence."""

import os
from collections.abc import Iterator
from typing import Literal

import pytest
from neo4j import Driver

from benchmarks.peers.cypher import driver_of
from benchmarks.peers.gds import gds_neo4j
from benchmarks.peers.missing import PeerMissing
from benchmarks.peers.similarity import WeightedPair, most_similar
from graph.snapshot import Snapshot, snapshot_of
from graph.structure import Structure
from graph.synergy import DEFAULT_WEIGHTS
from graph.synergy_all import all_synergies
from graph.synergy_kinds import SynergyWeights
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.sizes import generated, structure_of
from tests.graph.plain.synergy import PlainSynergy
from tests.neo4j_server import CACHE

pytestmark = pytest.mark.xdist_group("plain-m")

BEST = 10
SOLUTIONS_ALONE = SynergyWeights(technologies=0.0)


@pytest.fixture(scope="module")
def gds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Driver]:
    """A Neo4j with the library, as long as these tests last."""
    server = gds_neo4j(tmp_path_factory.mktemp("gds"), CACHE)
    try:
        started = server.__enter__()
    except PeerMissing as missing:
        if os.environ.get("REQUIRE_GDS") == "1":
            raise
        pytest.skip(str(missing))
    try:
        with driver_of(started.address) as driver:
            yield driver
    finally:
        server.__exit__(None, None, None)


@pytest.fixture(scope="module", params=["S", "M"])
def structure(request: pytest.FixtureRequest) -> Structure:
    graph = generated("S") if request.param == "S" else request.getfixturevalue("country")
    return structure_of(graph)


def test_sharing_solutions_is_its_weighted_jaccard(gds: Driver, structure: Structure) -> None:
    plain = PlainSynergy(PlainGraph(structure), DEFAULT_WEIGHTS)
    held = [
        (department, solution, plain.rare_solutions[solution])
        for department, account in plain.accounts.items()
        for solution in account.held
    ]
    _same_neighbours(gds, held, _best(snapshot_of(structure), "share"))


def test_joining_forces_is_its_weighted_jaccard(gds: Driver, structure: Structure) -> None:
    plain = PlainSynergy(PlainGraph(structure), DEFAULT_WEIGHTS)
    unsolved = [
        (department, problem, plain.rare_problems[problem])
        for department, account in plain.accounts.items()
        for problem in account.unsolved
    ]
    _same_neighbours(gds, unsolved, _best(snapshot_of(structure), "join"))


def _best(snapshot: Snapshot, kind: Literal["share", "join"]) -> dict[str, dict[str, float]]:
    """Every department's ten best partners and their scores."""
    found: dict[str, dict[str, float]] = {}
    for block in all_synergies(snapshot, [kind], BEST, SOLUTIONS_ALONE):
        for pair in block.pairs(snapshot):
            found.setdefault(pair.department, {})[pair.partner] = pair.score
    return found


def _same_neighbours(
    gds: Driver, pairs: list[WeightedPair], ours: dict[str, dict[str, float]]
) -> None:
    theirs = most_similar(gds, "held", pairs, BEST)
    assert len(ours) > BEST
    assert ours.keys() == theirs.keys()
    for department, found in ours.items():
        others = theirs[department]
        assert sorted(found.values()) == pytest.approx(sorted(others.values()), abs=1e-9)
        last = min(found.values())
        for partner in found.keys() ^ others.keys():  # equally good at the end of the ten
            assert (found | others)[partner] == pytest.approx(last, abs=1e-9)
