"""On random small graphs every answer equals that of the plain implementation."""

from itertools import combinations, permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.search import build_index
from graph.structure import Structure
from schema.vocabulary import DECISION
from tests.graph.plain.comparing import Both, same_search
from tests.graph.plain.finding import PlainSearch
from tests.graph.plain.random_graphs import NAMES, structures

tried = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
QUERIES = (*NAMES, "vent", "robotterne", "sms", "til sm", "telefon", "å b", "", "lang ventetid a")


@tried
@given(structures())
def test_synergies(structure: Structure) -> None:
    both = Both(structure)
    for a, b in permutations(both.graph.of_kind("department"), 2):
        both.same_synergies_between(a, b)
    for department in both.graph.of_kind("department"):
        both.same_best_synergies(department)
    both.same_best_of_all(both.graph.of_kind("department"))


@tried
@given(structures())
def test_transfers_and_targets(structure: Structure) -> None:
    both = Both(structure)
    for solution in both.graph.of_kind("solution"):
        both.same_targets(solution)
        for department in both.graph.of_kind("department"):
            both.same_transfer(solution, department)


@tried
@given(structures(), st.sampled_from([0, 12, 150_000]))
def test_candidates(structure: Structure, reach: int) -> None:
    both = Both(structure)
    for department in both.graph.of_kind("department"):
        both.same_candidates(department, reach)


@tried
@given(structures())
def test_overviews_unsolved_problems_and_cards(structure: Structure) -> None:
    both = Both(structure)
    for municipality in (None, *both.graph.of_kind("municipality")):
        both.same_overview(municipality)
        both.same_unsolved(municipality)
        for decision in (None, *(word.key for word in DECISION)):
            both.same_proposals(municipality, decision)


@tried
@given(structures())
def test_who_else(structure: Structure) -> None:
    both = Both(structure)
    for kind in ("solution", "problem", "competence", "technology"):
        for node in both.graph.of_kind(kind):
            both.same_who_else(node)


@tried
@given(structures())
def test_paths_and_neighbourhoods(structure: Structure) -> None:
    both = Both(structure)
    for a, b in combinations(sorted(both.graph.nodes), 2):
        both.same_paths(a, b)
    for node in both.graph.nodes:
        for most, reach in ((5, 1), (60, 2), (9, 3)):
            both.same_neighbourhood(node, most, reach)


@tried
@given(structures())
def test_searches(structure: Structure) -> None:
    both = Both(structure)
    about = {"solution:sms": "Giver besked om ventetid", "problem:waste": "Meget affald"}
    told = {node: text for node, text in about.items() if node in both.graph.nodes}
    index = build_index(both.snapshot, told)
    plain = PlainSearch(both.graph, told)
    for query in QUERIES:
        same_search(index, plain, query)
