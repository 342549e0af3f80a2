"""Unsolved problems: who faces them, and what solves them elsewhere."""

import pytest
from hypothesis import given

from graph.snapshot import Snapshot
from graph.solved import unsolved_here
from graph.unsolved import unsolved_problems
from tests.graph.graphs import checked, snapshots
from tests.graph.small import edge, snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

X, Y, B = "department:a/x", "department:a/y", "department:b/x"


def test_an_unsolved_problem_is_told_with_those_who_face_it_and_what_solves_it_elsewhere() -> None:
    graph = snapshot(
        faces=[("a/x", "calls", "low"), ("a/y", "calls", "high"), ("b/x", "calls")],
        uses=[("b/x", "sms"), ("b/y", "bot", "pilot")],
        proposes=[("a/x", "card")],
        solves=[("sms", "calls"), ("bot", "calls"), ("card", "calls")],
    )

    (problem,) = unsolved_problems(graph, "municipality:a").items

    assert problem.problem == "problem:calls"
    assert [(each.department, each.priority) for each in problem.facing] == [
        (Y, "high"),
        (X, "low"),
    ]
    assert problem.facing[0].elements == (edge("FACES", "a/y", "calls"),)
    assert problem.high == 1
    assert [(each.solution, each.in_use, each.on_the_way) for each in problem.solvers] == [
        ("solution:sms", (B,), ()),
        ("solution:bot", (), ("department:b/y",)),
        ("solution:card", (), ()),
    ]
    assert problem.solvers[2].proposed_by == (X,)
    assert problem.solvers[0].elements == (
        edge("SOLVES", "sms", "calls"),
        edge("USES", "b/x", "sms"),
        edge("FACES", "b/x", "calls"),
    )
    assert problem.solvers[0].solved_in == (B,)
    assert problem.solved_elsewhere


def test_a_solution_used_by_those_who_do_not_face_the_problem_has_not_solved_it_there() -> None:
    graph = snapshot(faces=[("a/x", "calls")], uses=[("b/x", "sms")], solves=[("sms", "calls")])

    (problem,) = unsolved_problems(graph).items

    assert (problem.solvers[0].in_use, problem.solvers[0].solved_in) == ((B,), ())
    assert not problem.solved_elsewhere


def test_whose_card_was_declined_does_not_propose_it_any_more() -> None:
    graph = snapshot(
        faces=[("a/x", "calls")],
        proposes=[("a/x", "card", "declined"), ("b/x", "card")],
        solves=[("card", "calls")],
    )

    (problem,) = unsolved_problems(graph).items

    assert problem.solvers[0].proposed_by == (B,)
    assert edge("PROPOSES", "a/x", "card") not in problem.solvers[0].elements


def test_the_most_pressing_stand_first_then_those_that_most_face() -> None:
    graph = snapshot(
        faces=[
            ("a/x", "waste"),
            ("a/y", "waste"),
            ("a/x", "calls"),
            ("a/x", "queues", "high"),
            ("a/y", "typing"),
        ]
    )

    found = unsolved_problems(graph, first=3)

    assert [each.problem for each in found.items] == [
        "problem:queues",
        "problem:waste",
        "problem:calls",
    ]
    assert found.left_out == 1


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(KeyError):
        unsolved_problems(snapshot(), "municipality:nowhere")


@given(snapshots())
@checked
def test_every_department_stands_with_what_it_has_not_solved(graph: Snapshot) -> None:
    told = {
        (each.department, problem.problem)
        for problem in unsolved_problems(graph).items
        for each in problem.facing
    }

    assert told == {
        (department, problem)
        for department in graph.nodes("department")
        for problem in unsolved_here(graph, department)
    }
