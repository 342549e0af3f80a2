"""The back-test: what it counts as a case, by hand, and what the ranking is worth on a real
register of algorithms in Dutch municipalities."""

import csv
import os
from pathlib import Path

import pytest

from graph.backtest import BackTest, back_test
from graph.likelihood import by_department, by_municipality
from graph.snapshot import Snapshot
from schema.names import node_id
from tests.graph.small import snapshot

WHERE = os.environ.get("TEKNOLOGIKORT_REAL_DATA")


def test_a_use_that_nobody_shares_is_no_case() -> None:
    graph = snapshot(uses=[("a/1", "sms"), ("a/1", "bot"), ("b/1", "bot"), ("b/1", "map")])

    tested = back_test(graph.derived(by_department))

    assert (tested.cases, tested.possible, tested.untold) == (2, 2, 0)


def test_a_user_that_told_of_nothing_else_is_counted_apart() -> None:
    graph = snapshot(uses=[("a/1", "sms"), ("b/1", "sms"), ("b/1", "map"), ("c/1", "map")])

    tested = back_test(graph.derived(by_department))

    assert (tested.cases, tested.untold) == (2, 2)


def test_chance_shares_the_first_ten_places_among_the_candidates() -> None:
    twenty = [(f"a/{i}", "mail") for i in range(20)]
    graph = snapshot(uses=[*twenty, ("a/0", "sms"), ("a/1", "sms")])

    chance = back_test(graph.derived(by_department)).by_name["chance"]

    # Two cases of sms with 19 candidates; twenty of mail, of which two can be ranked, and then
    # the hidden user is the only one without it.
    assert chance.first_ten == pytest.approx((10 / 19 * 2 + 1 * 2) / 4)


def test_many_cases_are_sampled_evenly_and_always_the_same() -> None:
    graph = snapshot(uses=[(f"a/{i}", f"s{j}") for i in range(12) for j in range(6) if (i + j) % 3])
    predictor = graph.derived(by_department)

    some = back_test(predictor, most=7)

    assert (some.cases, some.possible) == (7, 48)
    assert some == back_test(predictor, most=7)


def test_a_graph_without_a_case_says_so() -> None:
    tested = back_test(snapshot(uses=[("a/1", "sms")]).derived(by_department))

    assert tested.cases == 0
    assert tested.by_name["likelihood"].first_ten is None


@pytest.fixture(scope="module")
def register() -> Snapshot:
    """The municipalities of the register and what they have registered, whatever its status."""
    if WHERE is None:
        pytest.skip("TEKNOLOGIKORT_REAL_DATA points to no real sheets")
    (table,) = (Path(WHERE) / "nl-algoritmeregister").glob("*.csv")
    with table.open(encoding="utf-8-sig", newline="") as rows:
        told = [
            (node_id("municipality", row["organisatie"]), row["title"])
            for row in csv.DictReader(rows)
            if row["organisatie"].startswith("Gemeente ")
        ]
    names = {node_id("solution", title): {"name": title} for _, title in told}
    uses = {
        (f"department:{municipality.partition(':')[2]}/alle", node_id("solution", title))
        for municipality, title in told
    }
    return snapshot(uses=sorted(uses), nodes=names)


@pytest.fixture(scope="module")
def tested(register: Snapshot) -> BackTest:
    return back_test(register.derived(by_municipality))


@pytest.mark.real_data
def test_the_register_has_enough_cases_to_tell(tested: BackTest) -> None:
    assert tested.cases > 500
    assert tested.cases == tested.possible


@pytest.mark.real_data
@pytest.mark.parametrize("simpler", ["adamic_adar", "activity", "chance"])
def test_likelihood_beats_simpler_rankings_by_a_wide_margin(tested: BackTest, simpler: str) -> None:
    ours, theirs = tested.by_name["likelihood"], tested.by_name[simpler]

    assert ours.first_ten is not None
    assert theirs.first_ten is not None
    assert ours.first_ten > 1.3 * theirs.first_ten
    assert (ours.mean_reciprocal_rank or 0) > 1.5 * (theirs.mean_reciprocal_rank or 0)


@pytest.mark.real_data
def test_three_of_ten_hidden_uses_are_found_without_any_places(tested: BackTest) -> None:
    assert (tested.by_name["likelihood"].first_ten or 0) >= 0.30
