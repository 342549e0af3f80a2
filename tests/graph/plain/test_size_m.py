"""At the size of a whole country a sample of answers equals those of the plain implementation."""

from random import Random

import pytest

from benchmarks.peers.bare import BareGraph
from graph.search import build_index
from tests.graph.plain.comparing import Both, same_search
from tests.graph.plain.finding import PlainSearch
from tests.graph.plain.sizes import structure_of, varied

pytestmark = pytest.mark.xdist_group("plain-m")

SAMPLE = 200
"""How many answers of each question are compared."""
SHOWN = 10
"""How many of a list are compared in full; the order is compared in all of it."""


@pytest.fixture(scope="module")
def both(country: BareGraph) -> Both:
    return Both(structure_of(varied(country)))


@pytest.fixture
def random() -> Random:
    return Random(20261124)


@pytest.fixture(scope="module")
def solutions(both: Both) -> list[str]:
    """Solutions that somebody uses, from the most used to those in a single department."""
    users = both.transfers.fits.active
    used = sorted((s for s in users if users[s]), key=lambda s: (-len(users[s]), s))
    return [used[0], used[3], *used[20 :: len(used) // 23]][:25]


def test_synergies_of_pairs(both: Both, random: Random) -> None:
    departments = both.graph.of_kind("department")
    for _ in range(SAMPLE):
        both.same_synergies_between(*random.sample(departments, 2))


def test_a_departments_synergies_with_all_others(both: Both, random: Random) -> None:
    for department in random.sample(both.graph.of_kind("department"), SAMPLE // SHOWN):
        both.same_best_synergies(department, SHOWN)


def test_the_best_synergies_of_all(both: Both, random: Random) -> None:
    both.same_best_of_all(random.sample(both.graph.of_kind("department"), SAMPLE // SHOWN))


def test_transfers_of_pairs(both: Both, random: Random, solutions: list[str]) -> None:
    departments = both.graph.of_kind("department")
    for solution in solutions:
        for department in random.sample(departments, SAMPLE // len(solutions)):
            both.same_transfer(solution, department)


def test_a_solutions_targets_among_all_departments(both: Both, solutions: list[str]) -> None:
    for solution in solutions[:: 2 * len(solutions) * SHOWN // SAMPLE]:
        both.same_targets(solution, 2 * SHOWN)


def test_a_departments_candidates_among_all_solutions(both: Both, random: Random) -> None:
    departments = both.graph.of_kind("department")
    for department in random.sample(departments, 2):
        both.same_candidates(department, 3 * len(departments), SHOWN)


def test_overviews_and_unsolved_problems(both: Both, random: Random) -> None:
    every = both.graph.of_kind("municipality")
    for municipality in (None, *every):
        both.same_overview(municipality)
    for municipality in random.sample(every, SAMPLE // SHOWN):
        both.same_unsolved(municipality, SHOWN)
    both.same_unsolved(None, SHOWN)


def test_cards(both: Both) -> None:
    assert len(both.graph.relations["PROPOSES"]) == SAMPLE
    both.same_proposals(None, None)


@pytest.mark.parametrize("kind", ["solution", "problem", "competence", "technology"])
def test_who_else(both: Both, random: Random, kind: str) -> None:
    for node in random.sample(both.graph.of_kind(kind), SAMPLE // 4):
        both.same_who_else(node)


def test_ways_between_two(both: Both, random: Random) -> None:
    nodes = sorted(both.graph.nodes)
    for _ in range(SAMPLE // SHOWN):
        a, b = random.sample(nodes, 2)
        both.same_paths(a, b, SHOWN)


def test_neighbourhoods(both: Both, random: Random) -> None:
    for node in random.sample(sorted(both.graph.nodes), SAMPLE):
        both.same_neighbourhood(node, 60, 1)
        both.same_neighbourhood(node, 60, 2)


def test_searches(both: Both, random: Random) -> None:
    index, plain = build_index(both.snapshot), PlainSearch(both.graph)
    names = [str(both.graph.nodes[node]["name"]) for node in sorted(both.graph.nodes)]
    for name in random.sample(names, SAMPLE // SHOWN):
        words = name.split()
        for query in (name, words[0], words[-1][:-2], f"{words[-1][1:]} {words[0]}"):
            same_search(index, plain, query)
