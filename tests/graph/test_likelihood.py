"""Likelihood: its four parts by hand, and who cannot be ranked."""

import math
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings

from graph.likelihood import Predictor, by_department, by_municipality, likelihood
from graph.likelihood_parts import (
    LABELS,
    NO_USERS,
    NOT_A_CANDIDATE,
    TOLD_NOTHING,
    LikelihoodSettings,
    beyond_chance,
)
from graph.snapshot import Snapshot
from tests.graph.small import snapshot
from tests.graph.transfer_graphs import transfer_graphs


def raw(predictor: Predictor, solution: str) -> Mapping[str, tuple[float, ...]]:
    """Each part of every candidate in units of its spread, candidates in their order."""
    ranking = predictor.ranking(predictor.adoption.solution_place[solution])
    return {name: tuple(row) for name, row in zip(LABELS, ranking.values, strict=True)}


def in_spreads(*values: float) -> tuple[float, ...]:
    return tuple(np.array(values) / np.std(values))


def test_more_often_than_chance_is_counted_from_what_chance_expects() -> None:
    found = beyond_chance(np.array([3.0, 0.0]), np.array([1.0, 3.0]))

    assert found.tolist() == pytest.approx([2 / math.sqrt(2), -1.5])


def test_together_sums_what_the_users_have_more_often_than_chance() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("a/1", "bot"), ("a/2", "bot"), ("a/3", "map")],
    )

    # One user of three: of each other solution it is expected to have one third of the uses.
    bot = (1 - 2 / 3) / math.sqrt(2 / 3 + 1)
    map_ = (0 - 1 / 3) / math.sqrt(1 / 3 + 1)
    assert raw(graph.derived(by_department), "solution:sms")["together"] == pytest.approx(
        in_spreads(bot, map_)
    )


def test_kindred_counts_users_with_a_like_profile() -> None:
    graph = snapshot(
        uses=[
            ("a/1", "sms"),
            ("a/1", "bot"),
            ("a/2", "bot"),
            ("a/3", "map"),
            ("a/4", "map"),
            ("a/4", "bot"),
        ],
    )
    bot, map_ = math.log(5 / 4) + 1, math.log(5 / 3) + 1

    # Of a/1 only bot counts, sms being the solution itself; one shared of at most one shrinks to
    # 1 / (1 + 2). Candidates are a/2, a/3 and a/4.
    like = [1 / 3, 0, bot / (bot + map_) / 3]
    others = [bot / (bot + map_) / 3, map_ / (bot + map_) / 3]
    everyone = [like[0] + others[0], others[1], like[2] + others[0] + others[1]]
    expected = [(a - e / 4) / math.sqrt(e / 4 + 1) for a, e in zip(like, everyone, strict=True)]
    assert raw(graph.derived(by_department), "solution:sms")["kindred"] == pytest.approx(
        in_spreads(*expected)
    )


def test_covered_speaks_against_those_who_have_another_for_the_same_problem() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("a/2", "bot"), ("a/3", "map")],
        solves=[("sms", "calls"), ("bot", "calls")],
    )

    found = likelihood(graph, "solution:sms", "department:a/2").parts[2]

    has, has_not = (1 - 1 / 3) / math.sqrt(4 / 3), (0 - 1 / 3) / math.sqrt(4 / 3)
    assert found.value == pytest.approx(in_spreads(-has, -has_not)[0])
    assert found.value is not None
    assert found.value < 0
    assert found.nodes == ("solution:bot",)


def test_covered_knows_a_solution_of_nearly_the_same_name() -> None:
    graph = snapshot(
        uses=[("a/1", "x"), ("a/2", "y"), ("a/3", "z")],
        nodes={
            "solution:x": {"name": "Anonymisering"},
            "solution:y": {"name": "Anonymiseringsværktøj"},
            "solution:z": {"name": "Parkeringskontrol"},
        },
    )

    covered = likelihood(graph, "solution:x", "department:a/2").parts[2]

    assert covered.nodes == ("solution:y",)


def test_size_prefers_municipalities_like_those_of_the_users() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("b/2", "bot"), ("c/3", "bot")],
        nodes={
            "municipality:a": {"population": 20_000},
            "municipality:b": {"population": 10_000},
            "municipality:c": {"population": 80_000},
        },
    )

    expected = [
        (0.5 - (0.5 + 0.125) / 3) / math.sqrt(0.625 / 3 + 1),
        (0.25 - (0.25 + 0.125) / 3) / math.sqrt(0.375 / 3 + 1),
    ]
    assert raw(graph.derived(by_department), "solution:sms")["size"] == pytest.approx(
        in_spreads(*expected)
    )


def test_a_near_user_counts_more_than_a_far_one() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("b/2", "bot"), ("c/3", "bot")],
        nodes={
            "municipality:a": {"latitude": 55.0, "longitude": 10.0},
            "municipality:b": {"latitude": 55.1, "longitude": 10.0},
            "municipality:c": {"latitude": 57.0, "longitude": 10.0},
        },
    )

    near, far = raw(graph.derived(by_department), "solution:sms")["kindred"]

    assert near > far


def test_the_only_user_that_is_told_of_is_as_like_as_chance_and_not_named() -> None:
    for degrees in range(40):
        graph = snapshot(
            uses=[("c/x", "bot"), ("a/x", "old"), ("a/x", "bot", "planned")],
            nodes={
                "municipality:a": {"latitude": 55.4, "longitude": 10.4},
                "municipality:c": {"latitude": 54.5 + degrees / 13, "longitude": 12.5},
            },
        )

        kindred = likelihood(graph, "solution:bot", "department:a/x").parts[1]

        assert (kindred.value, kindred.nodes) == (0.0, ())


def test_an_unknown_population_is_named_and_counts_as_chance() -> None:
    graph = snapshot(uses=[("a/1", "sms"), ("a/1", "bot"), ("a/2", "bot"), ("a/3", "map")])

    found = likelihood(graph, "solution:sms", "department:a/2")

    assert {part.name: part.value for part in found.parts}["size"] is None
    known = [part.value for part in found.parts if part.value is not None]
    assert found.score == pytest.approx(sum(known))


def test_the_parts_name_the_nodes_behind_them() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("a/1", "bot"), ("a/2", "bot"), ("a/3", "map"), ("b/4", "map")]
    )

    parts = {p.name: p for p in likelihood(graph, "solution:sms", "department:a/2").parts}

    assert parts["together"].nodes == ("solution:bot",)
    assert parts["kindred"].nodes == ("department:a/1",)


@pytest.mark.parametrize(
    ("solution", "department", "reason"),
    [
        ("sms", "a/silent", TOLD_NOTHING),
        ("sms", "a/1", NOT_A_CANDIDATE),
        ("plan", "a/1", NO_USERS),
    ],
)
def test_who_cannot_be_ranked_has_no_score_and_is_told_why(
    solution: str, department: str, reason: object
) -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("a/2", "bot"), ("a/silent", "plan", "planned")],
    )

    found = likelihood(graph, f"solution:{solution}", f"department:{department}")

    assert (found.score, found.reason, found.parts) == (None, reason, ())


def test_municipalities_are_ranked_by_what_their_departments_have_together() -> None:
    graph = snapshot(
        uses=[("a/1", "sms"), ("a/2", "bot"), ("b/1", "bot"), ("c/1", "map"), ("c/2", "sms")],
    )

    bot = likelihood(graph, "solution:bot", "municipality:c")

    assert (bot.rank, bot.candidates) == (1, 1)
    assert likelihood(graph, "solution:sms", "municipality:a").reason == NOT_A_CANDIDATE


def test_settings_change_what_is_reckoned() -> None:
    graph = snapshot(
        uses=[("a/1", "x"), ("a/2", "y"), ("a/3", "z")],
        nodes={
            "solution:x": {"name": "Anonymisering"},
            "solution:y": {"name": "Anonymiseringsværktøj"},
        },
    )

    strict = likelihood(graph, "solution:x", "department:a/2", LikelihoodSettings(alike=1.0))

    assert strict.parts[2].nodes == ()


@settings(deadline=None, max_examples=20)
@given(transfer_graphs())
def test_scores_are_the_sums_of_their_known_parts_and_ranks_follow_them(graph: Snapshot) -> None:
    for solution in graph.nodes("solution"):
        found = [likelihood(graph, solution, each) for each in graph.nodes("department")]
        scored = sorted((f for f in found if f.score is not None), key=lambda f: f.rank or 0)
        for each in scored:
            known = [part.value for part in each.parts if part.value is not None]
            assert each.score == pytest.approx(sum(known))
        scores = [each.score or 0.0 for each in scored]
        assert scores == sorted(scores, reverse=True)


@settings(deadline=None, max_examples=20)
@given(transfer_graphs())
def test_the_quick_sum_over_all_users_is_the_sum_one_by_one(graph: Snapshot) -> None:
    for make in (by_department, by_municipality):
        predictor = graph.derived(make)
        told = predictor.adoption
        telling = np.flatnonzero(told.telling)
        for solution in range(len(told.solutions)):
            users = told.users_of(solution)
            ranking = predictor.ranking(solution)
            one_by_one = []
            for user in ranking.candidates:
                to_users = predictor.affinity_to(int(user), users, solution)
                rest = np.setdiff1d(telling, users)
                others = predictor.affinity_to(int(user), rest[rest != user]).sum()
                expected = len(users) / told.among * (to_users.sum() + others)
                one_by_one.append((to_users.sum() - expected) / np.sqrt(expected + 1))
            spread = np.std(one_by_one) if one_by_one else 0.0
            if spread > 1e-6:
                assert ranking.values[1] == pytest.approx(np.array(one_by_one) / spread)
