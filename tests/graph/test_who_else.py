"""Who else uses, faces, has or knows the same."""

import pytest

from graph.who_else import who_else
from tests.graph.small import edge, snapshot

X, Y, B = "department:a/x", "department:a/y", "department:b/x"


def test_those_who_have_a_solution_in_use_stand_before_those_who_try_or_had_it() -> None:
    graph = snapshot(
        uses=[("a/x", "sms", "retired"), ("a/y", "sms", "pilot"), ("b/x", "sms"), ("b/y", "map")]
    )

    found = who_else(graph, "solution:sms")

    assert [(each.department, each.value) for each in found.items] == [
        (B, "in_use"),
        (Y, "pilot"),
        (X, "retired"),
    ]
    assert found.items[0].elements == (edge("USES", "b/x", "sms"),)
    assert found.items[0].explanation.da == "Sms hos X (B): i brug."


def test_the_one_who_asks_is_left_out_and_the_rest_counted() -> None:
    graph = snapshot(uses=[("a/x", "sms"), ("a/y", "sms"), ("b/x", "sms")])

    found = who_else(graph, "solution:sms", besides=X, first=1)

    assert [each.department for each in found.items] == [Y]
    assert found.left_out == 1


def test_a_problem_is_told_with_its_priority_and_whether_it_is_solved_there() -> None:
    graph = snapshot(
        faces=[("a/x", "calls"), ("a/y", "calls", "high"), ("b/x", "calls", "low")],
        uses=[("a/x", "sms")],
        solves=[("sms", "calls")],
    )

    found = who_else(graph, "problem:calls").items

    assert [each.department for each in found] == [Y, B, X]
    assert found[0].explanation.da == "Y (A) står med „Calls“ (høj prioritet) og har ikke løst det."
    assert found[2].explanation.en == "X (A) faces “Calls” and has solved it with Sms."
    assert found[2].elements == (
        edge("FACES", "a/x", "calls"),
        edge("USES", "a/x", "sms"),
        edge("SOLVES", "sms", "calls"),
    )
    assert found[2].value is None


def test_the_most_competent_stand_first() -> None:
    graph = snapshot(has=[("a/x", "gis", 2), ("b/x", "gis", 5)])

    found = who_else(graph, "competence:gis").items

    assert [(each.department, each.value) for each in found] == [(B, "5"), (X, "2")]


def test_familiarity_with_a_technology_is_stated_or_derived_and_says_which() -> None:
    graph = snapshot(
        familiar=[("a/x", "ai", 1)],
        uses=[("a/y", "bot"), ("b/x", "bot", "planned")],
        built_on=[("bot", "ai")],
    )

    found = who_else(graph, "technology:ai").items

    assert [each.explanation.da for each in found] == [
        "Ai hos Y (A): i brug (udledt af brugen).",
        "Ai hos X (A): har hørt om (oplyst).",
    ]


def test_nobody_has_a_department() -> None:
    with pytest.raises(ValueError, match="department"):
        who_else(snapshot(uses=[("a/x", "sms")]), X)
