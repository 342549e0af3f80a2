"""Transfers: what is listed, in which order, and that lists, matrix and single answers agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.snapshot import Snapshot
from graph.transfer import (
    Transfer,
    best_candidates,
    best_targets,
    ranked_candidates,
    transfer,
)
from graph.transfer_matrix import solutions_that_matter, transfer_matrix
from graph.transfer_order import ORDER, best_first
from tests.graph.small import edge, snapshot
from tests.graph.transfer_graphs import transfer_graphs

SMS = "solution:sms"


@pytest.fixture
def council() -> Snapshot:
    """SMS in use in one department, and others that fit more or less."""
    return snapshot(
        uses=[
            ("a/user", "sms"),
            ("a/user", "mail"),
            ("a/alike", "mail"),
            ("a/other", "map"),
            ("b/pilot", "sms", "pilot"),
        ],
        solves=[("sms", "calls")],
        built_on=[("sms", "gateway")],
        faces=[
            ("a/ready", "calls"),
            ("a/eager", "calls"),
            ("a/unlike", "waste"),
        ],
        familiar=[
            ("a/ready", "gateway", 3),
            ("a/eager", "gateway", 1),
            ("a/unlike", "gateway", 3),
        ],
        parents=[("a/part", "a/user")],
        nodes={"department:a/silent": {}},
    )


def test_targets_stand_by_outcome_and_those_little_known_apart(council: Snapshot) -> None:
    targets = best_targets(council, SMS)

    assert [(each.department, each.outcome.key, each.group) for each in targets.items] == [
        ("department:a/ready", "take_over", "fits"),
        ("department:a/eager", "adapt", "fits"),
        ("department:a/alike", "too_little_known", "too_little_known"),
        ("department:a/other", "too_little_known", "too_little_known"),
        ("department:a/silent", "too_little_known", "too_little_known"),
        ("department:a/unlike", "not_for_them", "not_for_them"),
    ]


def test_users_and_the_departments_above_and_below_them_are_no_targets(council: Snapshot) -> None:
    listed = {each.department for each in best_targets(council, SMS).items}

    assert not listed & {"department:a/user", "department:a/part", "department:b/pilot"}


def test_targets_can_be_those_of_one_municipality(council: Snapshot) -> None:
    among = [each for each in council.nodes("department") if each.startswith("department:a/e")]

    assert [each.department for each in best_targets(council, SMS, among=among).items] == [
        "department:a/eager"
    ]


def test_a_cut_list_says_how_many_there_are(council: Snapshot) -> None:
    targets = best_targets(council, SMS, first=2)

    assert (len(targets.items), targets.total, targets.left_out) == (2, 6, 4)


def test_candidates_are_what_someone_uses_or_tries_and_this_organisation_does_not() -> None:
    graph = snapshot(
        uses=[
            ("b/1", "sms"),
            ("b/1", "bot", "pilot"),
            ("b/1", "plan", "planned"),
            ("b/1", "old", "retired"),
            ("a/above", "mail"),
            ("a/here", "map"),
        ],
        proposes=[("b/1", "idea")],
        parents=[("a/here", "a/above")],
    )

    candidates = best_candidates(graph, "department:a/here")

    assert {each.solution for each in candidates.items} == {SMS, "solution:bot"}


def test_a_solution_that_nobody_uses_can_still_be_asked_about() -> None:
    graph = snapshot(
        proposes=[("b/1", "sms")],
        solves=[("sms", "calls")],
        built_on=[("sms", "gateway")],
        faces=[("a/here", "calls")],
        familiar=[("a/here", "gateway", 3)],
    )

    answer = transfer(graph, SMS, "department:a/here")

    assert answer.outcome.key == "take_over"
    assert answer.likelihood.score is None
    assert answer.likelihood.reason is not None


def test_candidates_little_known_stand_by_likelihood() -> None:
    graph = snapshot(
        uses=[
            ("b/1", "mail"),
            ("b/1", "near"),
            ("b/2", "mail"),
            ("b/2", "near"),
            ("b/3", "web"),
            ("b/3", "apart"),
            ("a/here", "mail"),
        ],
    )

    candidates = best_candidates(graph, "department:a/here").items

    assert [each.solution for each in candidates] == [
        "solution:near",
        "solution:apart",
        "solution:web",
    ]
    assert {each.group for each in candidates} == {"too_little_known"}


def test_evidence_leads_to_the_relationships_that_say_so(council: Snapshot) -> None:
    answer = transfer(council, SMS, "department:a/ready")

    problem, technology, *users = answer.evidence
    assert problem.elements == (edge("FACES", "a/ready", "calls"), edge("SOLVES", "sms", "calls"))
    assert technology.elements[0] == edge("BUILT_ON", "sms", "gateway")
    assert [each.node for each in users] == ["department:a/user", "department:b/pilot"]
    assert users[1].explanation.da == "Pilot (B) afprøver løsningen."


def test_many_users_are_named_in_part_and_the_rest_counted() -> None:
    graph = snapshot(uses=[(f"b/{i:02}", "sms") for i in range(14)], faces=[("a/here", "calls")])

    evidence = transfer(graph, SMS, "department:a/here").evidence

    assert len(evidence) == 11
    assert evidence[-1].explanation.en == "4 more departments use or try the solution."


def test_the_matrix_says_what_each_answer_says(council: Snapshot) -> None:
    departments, solutions = council.nodes("department"), council.nodes("solution")

    matrix = transfer_matrix(council, departments, solutions)

    for department, row in zip(matrix.departments, matrix.cells, strict=True):
        for solution, cell in zip(matrix.solutions, row, strict=True):
            alone = transfer(council, solution, department)
            assert cell.outcome == alone.outcome
            assert cell.score == pytest.approx(alone.fit.score)
            assert cell.other_solution == alone.other_solution


def test_the_solutions_that_matter_are_those_with_most_to_gain(council: Snapshot) -> None:
    departments = council.nodes("department")

    matter = solutions_that_matter(council, departments, first=2)

    assert matter.items == (SMS, "solution:mail")
    assert matter.total == 3


def test_a_solution_that_all_of_them_have_does_not_matter(council: Snapshot) -> None:
    assert SMS not in solutions_that_matter(council, ["department:a/user"]).items


def test_an_unknown_id_is_refused(council: Snapshot) -> None:
    with pytest.raises(KeyError):
        transfer(council, "solution:nothing", "department:a/ready")


def _key(answer: Transfer) -> tuple[int, float, float]:
    fit = -round(answer.fit.score, 9) if answer.fit.score is not None else float("inf")
    score = answer.likelihood.score
    likely = -round(score, 9) if score is not None else float("inf")
    apart = answer.group == "too_little_known"
    return (ORDER.index(answer.outcome), *((likely, fit) if apart else (fit, likely)))


@settings(deadline=None, max_examples=20)
@given(transfer_graphs())
def test_every_list_keeps_its_promise_of_order(graph: Snapshot) -> None:
    targets = best_targets(graph, "solution:rda").items
    candidates = best_candidates(graph, "department:b/x").items

    for answers in (targets, candidates):
        keys = [_key(each) for each in answers]
        assert keys == sorted(keys)
        groups = [each.group for each in answers]
        assert groups == sorted(groups, key=["fits", "too_little_known", "not_for_them"].index)


@settings(deadline=None, max_examples=20)
@given(transfer_graphs(), st.sampled_from([1, 20, 100_000]))
def test_a_list_is_the_same_however_much_of_it_is_looked_at(graph: Snapshot, reach: int) -> None:
    candidates = ranked_candidates(graph, "department:b/x", reach=reach)
    whole = candidates.cut(None)
    pages = [each for start in range(0, whole.total, 2) for each in candidates.cut(2, start).items]

    assert tuple(pages) == whole.items
    assert len({each.solution for each in pages}) == whole.total
    assert [each.group for each in pages] == sorted(
        (each.group for each in pages), key=["fits", "too_little_known", "not_for_them"].index
    )
    for first in (1, 3):
        assert (
            best_candidates(graph, "department:b/x", first).items
            == best_candidates(graph, "department:b/x").items[:first]
        )


@settings(deadline=None, max_examples=20)
@given(transfer_graphs())
def test_what_is_listed_is_what_is_answered_alone(graph: Snapshot) -> None:
    for answer in (
        *best_targets(graph, "solution:rda", first=2).items,
        *best_candidates(graph, "department:b/x", first=2).items,
    ):
        assert answer == transfer(graph, answer.solution, answer.department)
        assert (answer.other_solution is None) == (answer.outcome.key != "other_technology")


def test_unknown_scores_stand_behind_known_ones() -> None:
    codes = np.array([1, 1, 1], dtype=np.int8)

    order = best_first(codes, np.array([0.2, 0.9, np.nan]), np.array([np.nan, -3.0, -5.0]))

    assert order.tolist() == [1, 2, 0]
