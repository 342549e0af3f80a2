"""Fit: each part by hand, and all pairs at once as one by one."""

import numpy as np
import pytest
from hypothesis import given, settings

from graph.fit import FIT_SETTINGS, Fit, FitArrays, FitSettings, FitWeights, fit_arrays
from graph.snapshot import Snapshot
from graph.transfer import places_of
from tests.graph.small import snapshot
from tests.graph.transfer_graphs import plain_parts, transfer_graphs

SMS = "solution:sms"
HERE = "department:a/here"


def fit_of(
    graph: Snapshot,
    department: str = HERE,
    solution: str = SMS,
    settings: FitSettings = FIT_SETTINGS,
) -> Fit:
    rows, columns = places_of(graph, [department]), places_of(graph, [solution])
    return fit_arrays(graph, rows, columns, settings).fit(0, 0)


def all_fits(graph: Snapshot) -> FitArrays:
    rows, columns = (np.arange(len(graph.kind_range[k])) for k in ("department", "solution"))
    return fit_arrays(graph, rows, columns)


def test_a_problem_faced_and_unsolved_is_a_whole_reason() -> None:
    graph = snapshot(solves=[("sms", "calls")], faces=[("a/here", "calls")])

    assert fit_of(graph).value("problem") == 1


def test_a_problem_that_is_solved_otherwise_is_half_a_reason() -> None:
    graph = snapshot(
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls")],
        uses=[("a/here", "bot")],
    )

    assert fit_of(graph).value("problem") == 0.5


def test_a_problem_whose_other_solution_is_only_a_pilot_is_still_unsolved() -> None:
    graph = snapshot(
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls")],
        uses=[("a/here", "bot", "pilot")],
    )

    assert fit_of(graph).value("problem") == 1


@pytest.mark.parametrize(
    ("theirs", "ours", "value"),
    [
        ("27.03.05", "27.03.99", 0.5),
        ("27", "27.03", 0.5),
        ("27.03", "27.12", 0),
        ("27.03", "41.03", 0),
    ],
)
def test_a_problem_of_the_same_kle_group_is_half_a_reason(
    theirs: str, ours: str, value: float
) -> None:
    graph = snapshot(
        solves=[("sms", "calls")],
        faces=[("a/here", "waste")],
        nodes={"problem:calls": {"kle": theirs}, "problem:waste": {"kle": ours}},
    )

    assert fit_of(graph).value("problem") == value


def test_a_problem_in_nearly_the_same_words_is_half_a_reason() -> None:
    graph = snapshot(
        solves=[("sms", "p1")],
        faces=[("a/here", "p2"), ("a/there", "p3")],
        nodes={
            "problem:p1": {"name": "Lang ventetid på telefonen"},
            "problem:p2": {"name": "Telefonventetid"},
            "problem:p3": {"name": "Vandskader efter skybrud"},
        },
    )

    assert fit_of(graph).value("problem") == 0.5
    assert fit_of(graph, "department:a/there").value("problem") == 0


def test_users_count_by_the_share_that_the_department_serves() -> None:
    graph = snapshot(
        uses=[
            ("b/x", "sms", {"users": ("citizens", "relatives")}),
            ("b/y", "sms", {"users": ("staff", "citizens")}),
        ],
        nodes={HERE: {"serves": ("citizens", "businesses")}},
    )

    assert fit_of(graph).value("users") == pytest.approx(1 / 3)


def test_technology_is_the_mean_of_what_is_known_of_familiarity() -> None:
    graph = snapshot(
        built_on=[("sms", "gateway"), ("sms", "cloud"), ("sms", "robot"), ("bot", "robot")],
        familiar=[("a/here", "gateway", 1), ("a/here", "cloud", 4)],
    )

    assert fit_of(graph).value("technology") == pytest.approx((1 / 3 + 1) / 2)
    assert fit_of(graph, solution="solution:bot").value("technology") is None


@pytest.mark.parametrize(("status", "value"), [("in_use", 1), ("pilot", 2 / 3), ("planned", None)])
def test_familiarity_follows_from_what_is_used(status: str, value: float | None) -> None:
    graph = snapshot(
        built_on=[("sms", "gateway"), ("mail", "gateway")], uses=[("a/here", "mail", status)]
    )

    assert fit_of(graph).value("technology") == (value if value is None else pytest.approx(value))


def test_competence_weighs_what_is_essential_twice_what_is_useful() -> None:
    graph = snapshot(
        requires=[
            ("sms", "text", {"level": 4, "necessity": "essential"}),
            ("sms", "law", {"level": 2, "necessity": "useful"}),
            ("technology:gateway", "drift", {"necessity": "essential"}),
        ],
        built_on=[("sms", "gateway")],
        has=[("a/here", "text", 3), ("a/here", "law", 5)],
    )

    assert fit_of(graph).value("competence") == pytest.approx((0.75 + 0.5 + 0) / 2.5)


def test_maturity_is_held_against_the_median_of_those_who_use_it() -> None:
    graph = snapshot(
        uses=[("b/x", "sms"), ("b/y", "sms"), ("b/z", "sms", "pilot"), ("b/q", "sms", "retired")],
        nodes={
            HERE: {"digital_maturity": 2},
            "department:b/x": {"digital_maturity": 3},
            "department:b/y": {"digital_maturity": 5},
            "department:b/z": {"digital_maturity": 4},
            "department:b/q": {"digital_maturity": 1},
        },
    )

    assert fit_of(graph).value("maturity") == pytest.approx(2 / 4)


def test_the_score_is_the_mean_of_the_known_parts_and_coverage_their_weight() -> None:
    graph = snapshot(
        solves=[("sms", "calls")],
        faces=[("a/here", "calls")],
        built_on=[("sms", "gateway")],
        familiar=[("a/here", "gateway", 1)],
    )

    fit = fit_of(graph)

    assert fit.coverage == pytest.approx(0.30 + 0.20)
    assert fit.score == pytest.approx((0.30 * 1 + 0.20 / 3) / 0.50)
    assert [part.name for part in fit.parts if not part.known] == [
        "users",
        "competence",
        "maturity",
    ]


def test_a_pair_of_which_nothing_is_known_has_no_score() -> None:
    graph = snapshot(nodes={HERE: {}, SMS: {}})

    assert fit_of(graph).score is None
    assert fit_of(graph).coverage == 0


def test_weights_are_settings() -> None:
    graph = snapshot(
        solves=[("sms", "calls")],
        faces=[("a/here", "calls")],
        built_on=[("sms", "gateway")],
        familiar=[("a/here", "gateway", 0)],
    )
    weighed = FitSettings(weights=FitWeights(problem=1, technology=3))

    assert fit_of(graph, settings=weighed).score == pytest.approx(0.25)


@settings(deadline=None, max_examples=30)
@given(transfer_graphs())
def test_all_pairs_at_once_are_what_each_pair_is_alone(graph: Snapshot) -> None:
    fits = all_fits(graph)

    for row, department in enumerate(graph.nodes("department")):
        for column, solution in enumerate(graph.nodes("solution")):
            parts = plain_parts(graph, department, solution)
            fit = fits.fit(row, column)
            assert {part.name: part.value for part in fit.parts} == pytest.approx(parts)
    assert fit_of(graph, "department:b/y", "solution:rda") == all_fits(graph).fit(3, 2)


@settings(deadline=None, max_examples=30)
@given(transfer_graphs())
def test_scores_lie_between_0_and_1_and_are_known_where_any_part_is(graph: Snapshot) -> None:
    fits = all_fits(graph)

    known = ~np.isnan(fits.values).all(axis=0)
    assert np.array_equal(~np.isnan(fits.scores), known)
    assert np.all((fits.scores[known] >= 0) & (fits.scores[known] <= 1 + 1e-12))
    assert np.all((fits.coverage >= 0) & (fits.coverage <= 1 + 1e-12))
