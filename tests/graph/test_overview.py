"""The digital status at a look."""

import pytest
from hypothesis import given

from graph.overview import Overview, overview
from graph.snapshot import Snapshot
from tests.graph.graphs import checked, snapshots
from tests.graph.small import edge, snapshot

# Of a failing example Hypothesis would tell its size as a warning instead of the failure.
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")

X, Y = "department:a/x", "department:a/y"


def small() -> Snapshot:
    """Two departments of one municipality and one of another."""
    return snapshot(
        uses=[
            ("a/x", "sms", {"primary_purpose": "service", "other_purposes": ("resources",)}),
            ("a/x", "map", {"status": "pilot", "users": ("staff",)}),
            ("a/y", "sms", {"primary_purpose": "service", "status": "planned"}),
            ("a/y", "old", {"primary_purpose": "data", "status": "retired"}),
            ("b/z", "map", {"primary_purpose": "data"}),
        ],
        proposes=[("a/x", "bot")],
        faces=[("a/x", "calls", "high"), ("a/y", "waste")],
        solves=[("sms", "calls")],
        built_on=[("sms", "text"), ("map", "gis")],
        requires=[("technology:gis", "drawing", 2)],
        nodes={X: {"digital_maturity": 3, "serves": ("citizens",)}},
    )


def lack(answer: Overview, key: str) -> tuple[int, int, tuple[str, ...]]:
    (found,) = (each for each in answer.lacks if each.key == key)
    return found.number, found.of, found.examples.items


def test_it_counts_what_a_municipality_tells_of() -> None:
    answer = overview(small(), "municipality:a")

    assert {each.key: each.number for each in answer.kinds} == {
        "municipality": 1,
        "department": 2,
        "solution": 4,
        "problem": 2,
        "technology": 2,
        "competence": 1,
        "card": 1,
    }
    assert {each.key: each.number for each in answer.statuses} == {
        "planned": 1,
        "pilot": 1,
        "in_use": 1,
        "retired": 1,
    }


def test_departments_stand_under_the_purposes_of_what_they_have() -> None:
    table = overview(small(), "municipality:a").departments

    assert table.rows == (X, Y)
    assert table.columns == ("service", "process", "wellbeing", "resources", "data")
    assert table.counts == ((1, 0, 0, 1, 0), (1, 0, 0, 0, 0))
    assert table.untold == (1, 0)
    assert table.totals == (2, 1)


def test_technologies_stand_under_the_purposes_of_what_is_built_on_them() -> None:
    table = overview(small(), "municipality:a").technologies

    assert table.rows == ("technology:text", "technology:gis")
    assert table.counts == ((2, 0, 0, 1, 0), (0, 0, 0, 0, 0))
    assert table.untold == (0, 1)


def test_it_shows_what_is_unsolved_and_what_many_use() -> None:
    graph = small()

    assert [each.problem for each in overview(graph, "municipality:a").unsolved.items] == [
        "problem:waste"
    ]
    assert overview(graph, "municipality:a").used_by_many.total == 0
    (popular,) = overview(graph).used_by_many.items
    assert popular.solution == "solution:map"
    assert popular.departments == (X, "department:b/z")


def test_what_the_data_lack_is_counted_with_examples() -> None:
    answer = overview(small(), "municipality:a")

    assert lack(answer, "use-purpose") == (1, 4, (edge("USES", "a/x", "map"),))
    assert lack(answer, "use-problem") == (
        2,
        4,
        (edge("USES", "a/x", "map"), edge("USES", "a/y", "old")),
    )
    assert lack(answer, "department-maturity") == (1, 2, (Y,))
    assert lack(answer, "department-serves") == (1, 2, (Y,))
    assert lack(answer, "department-competences") == (2, 2, (X, Y))
    assert lack(answer, "department-problems") == (0, 2, ())
    assert lack(answer, "problem-priority") == (1, 2, (edge("FACES", "a/y", "waste"),))
    assert lack(answer, "solution-technology") == (2, 4, ("solution:bot", "solution:old"))
    assert lack(answer, "solution-competences")[0] == 3
    assert lack(answer, "card-purpose") == (1, 1, (edge("PROPOSES", "a/x", "bot"),))


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(KeyError):
        overview(small(), "municipality:nowhere")


def test_an_empty_graph_has_an_empty_overview() -> None:
    answer = overview(snapshot())

    assert all(each.number == 0 for each in (*answer.kinds, *answer.statuses))
    assert all(each.number == 0 for each in answer.lacks)


@given(snapshots())
@checked
def test_the_municipalities_together_have_the_uses_of_the_whole_graph(graph: Snapshot) -> None:
    whole = overview(graph)
    parts = [overview(graph, each) for each in graph.nodes("municipality")]

    for place, count in enumerate(whole.statuses):
        assert count.number == sum(part.statuses[place].number for part in parts)
    for place, found in enumerate(whole.lacks):
        if found.key.startswith(("department-", "use-", "card-")):
            assert found.number == sum(part.lacks[place].number for part in parts)
