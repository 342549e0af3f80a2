"""All pairs at once are what each department is told by itself."""

from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import given

from benchmarks.generator import SIZES, Generator
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies
from graph.synergy_all import PairScore, all_synergies
from graph.synergy_kinds import KINDS, SynergyKind
from tests.graph.graphs import checked, snapshots


def told(graph: Snapshot, kinds: list[SynergyKind] | None, first: int) -> list[PairScore]:
    """The best of each department, asked one by one."""
    return [
        PairScore(each.kind, each.department, each.partner, each.giver, each.receiver, each.score)
        for department in graph.nodes("department")
        for each in best_synergies(graph, department, kinds, first).items
        if each.score is not None
    ]


def same(ours: list[PairScore], theirs: list[PairScore]) -> bool:
    bare, scores = (
        (
            [replace(each, score=0.0) for each in ours],
            [replace(each, score=0.0) for each in theirs],
        ),
        ([each.score for each in ours], [each.score for each in theirs]),
    )
    return bare[0] == bare[1] and scores[0] == pytest.approx(scores[1], abs=1e-12)


def pairs(graph: Snapshot, **how: object) -> list[PairScore]:
    blocks = all_synergies(graph, **how)  # type: ignore[arg-type]
    return [pair for block in blocks for pair in block.pairs(graph)]


@checked
@given(snapshots())
def test_all_pairs_are_what_each_department_is_told(graph: Snapshot) -> None:
    assert same(pairs(graph, first=3, block=2), told(graph, None, 3))


@checked
@given(snapshots())
def test_of_each_kind_they_are_what_is_told_of_that_kind_alone(graph: Snapshot) -> None:
    found = pairs(graph, first=2, of_each_kind=True)

    for kind in KINDS:
        assert same([each for each in found if each.kind == kind], told(graph, [kind], 2))


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    store = SqliteStore(tmp_path_factory.mktemp("all") / "s.sqlite")
    for load in Generator(SIZES["S"]).loads():
        store.apply(load)
    made = snapshot_of(store.structure())
    store.close()
    return made


def test_a_generated_municipality_is_answered_alike_both_ways(municipality: Snapshot) -> None:
    found = pairs(municipality, block=7)

    assert len(found) > 200
    assert same(found, told(municipality, None, 10))


def test_it_goes_on_from_any_place_and_says_how_far_it_is(municipality: Snapshot) -> None:
    whole = list(all_synergies(municipality, block=10))
    first = next(islice(all_synergies(municipality, block=10), 1))
    rest = list(all_synergies(municipality, block=10, start=first.end))

    assert [(each.start, each.end, each.total) for each in whole][:2] == [(0, 10, 30), (10, 20, 30)]
    assert [each.score.tolist() for each in [first, *rest]] == [
        each.score.tolist() for each in whole
    ]
