"""The rules that every question shares, by hand."""

import math

import numpy as np
import pytest
from hypothesis import given

from graph.facts import Facts
from graph.rarity import rarity
from graph.snapshot import Snapshot
from graph.solved import (
    Familiarity,
    Requirement,
    ancestors,
    descendants,
    familiarity,
    held,
    requirements,
    solvers_here,
    status_of,
    unsolved_here,
    users_of,
)
from tests.graph.graphs import checked, snapshots
from tests.graph.small import edge, snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

X = "department:a/x"


def test_a_problem_is_solved_only_by_a_solution_in_use_here() -> None:
    graph = snapshot(
        uses=[("a/x", "sms"), ("a/x", "bot", "pilot"), ("b/y", "rda")],
        solves=[("sms", "calls"), ("bot", "queues"), ("rda", "typing")],
        faces=[("a/x", "calls"), ("a/x", "queues"), ("a/x", "typing")],
    )

    assert solvers_here(graph, X, "problem:calls") == ["solution:sms"]
    assert unsolved_here(graph, X) == ["problem:queues", "problem:typing"]


def test_a_use_without_a_status_is_in_use() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/x", "old", "retired")])

    assert status_of(graph, X, "solution:sms") == "in_use"
    assert held(graph, X, "in_use") == ["solution:sms"]
    assert held(graph, X) == ["solution:old", "solution:sms"]


def test_there_is_no_status_where_there_is_no_use() -> None:
    assert status_of(snapshot(uses=[("a/x", "sms")], solves=[("bot", "p")]), X, "solution:bot") is (
        None
    )


def test_stated_familiarity_stands_even_where_use_shows_more() -> None:
    graph = snapshot(uses=[("a/x", "bot")], built_on=[("bot", "ai")], familiar=[("a/x", "ai", 1)])

    assert familiarity(graph, X, "technology:ai") == Familiarity(
        1, False, (edge("FAMILIAR_WITH", "a/x", "ai"),)
    )


def test_familiarity_follows_from_the_use_that_shows_most() -> None:
    graph = snapshot(
        uses=[("a/x", "bot", "retired"), ("a/x", "helper", "in_use"), ("a/x", "plan", "planned")],
        built_on=[("bot", "ai"), ("helper", "ai"), ("plan", "drones")],
    )

    assert familiarity(graph, X, "technology:ai") == Familiarity(
        3, True, (edge("USES", "a/x", "helper"), edge("BUILT_ON", "helper", "ai"))
    )
    assert familiarity(graph, X, "technology:drones") is None


def test_a_solution_requires_what_its_technologies_require_at_the_highest_level() -> None:
    graph = snapshot(
        built_on=[("map", "gis")],
        requires=[
            ("map", "drawing", {"level": 2, "necessity": "useful"}),
            ("technology:gis", "drawing", {"level": 4, "necessity": "essential"}),
            ("technology:gis", "patience", {"necessity": "useful"}),
        ],
    )

    own, through = edge("REQUIRES", "map", "drawing"), edge("BUILT_ON", "map", "gis")
    assert list(requirements(graph, "solution:map")) == [
        Requirement(
            "competence:drawing",
            4,
            True,
            (own, through, edge("REQUIRES", "technology:gis", "drawing")),
        ),
        Requirement(
            "competence:patience",
            None,
            False,
            (through, edge("REQUIRES", "technology:gis", "patience")),
        ),
    ]


def test_the_users_of_a_solution_are_all_that_its_uses_name() -> None:
    graph = snapshot(
        uses=[("a/x", "sms", {"users": ("relatives",)}), ("b/y", "sms", {"users": ("citizens",)})]
    )

    assert users_of(graph, "solution:sms") == ["citizens", "relatives"]


def test_lines_of_departments_are_followed_up_and_down() -> None:
    graph = snapshot(parents=[("a/unit", "a/section"), ("a/section", "a/top")])

    assert ancestors(graph, "department:a/unit") == ["department:a/section", "department:a/top"]
    assert descendants(graph, "department:a/top") == ["department:a/section", "department:a/unit"]


def test_what_all_have_counts_one_and_what_few_have_counts_more() -> None:
    counts = rarity(np.array([4.0, 1.0]), 4)

    assert counts[0] == 1.0
    assert math.isclose(counts[1], math.log(5 / 2) + 1)


@given(snapshots())
@checked
def test_the_matrices_say_the_same_as_the_rules_node_by_node(graph: Snapshot) -> None:
    facts = graph.derived(Facts)
    problems = graph.nodes("problem")
    for row, department in enumerate(graph.nodes("department")):
        unsolved = facts.unsolved[[row], :].toarray()[0]
        assert [problems[i] for i in np.flatnonzero(unsolved)] == unsolved_here(graph, department)
        solutions = graph.nodes("solution")
        here = facts.held[[row], :].toarray()[0]
        assert [solutions[i] for i in np.flatnonzero(here)] == held(
            graph, department, "in_use", "pilot", "planned"
        )
