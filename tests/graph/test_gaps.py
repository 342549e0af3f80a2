"""The gap list: what keeps each part from 1, and apart from it what is not told."""

from hypothesis import given, settings

from graph.gaps import Gap
from graph.snapshot import Snapshot
from graph.transfer import transfer
from graph.untold import unknowns
from schema.field import Value
from tests.graph.small import edge, snapshot
from tests.graph.transfer_graphs import transfer_graphs

HERE = "department:a/here"
SMS = "solution:sms"


def gaps_of(graph: Snapshot) -> list[Gap]:
    return list(transfer(graph, SMS, HERE).gaps)


def test_a_competence_is_to_rise_from_its_level_to_the_one_that_is_required() -> None:
    graph = snapshot(
        requires=[("sms", "gis", {"level": 3, "necessity": "essential"})],
        has=[("a/here", "gis", 1)],
        nodes={"competence:gis": {"name": "GIS"}},
    )

    (gap,) = gaps_of(graph)

    assert (gap.part, gap.node, gap.has, gap.needs) == ("competence", "competence:gis", 1, 3)
    assert gap.explanation.da == "Kompetencen „GIS“ skal løftes fra niveau 1 til niveau 3."
    assert gap.explanation.en == "The competence “GIS” must rise from level 1 to level 3."
    assert gap.elements == (
        edge("REQUIRES", SMS, "competence:gis"),
        edge("HAS", HERE, "competence:gis"),
    )


def test_a_useful_competence_without_a_level_is_missing_but_not_essential() -> None:
    graph = snapshot(requires=[("sms", "law", {"necessity": "useful"})], has=[("a/here", "gis", 1)])

    (gap,) = gaps_of(graph)

    assert (gap.has, gap.needs) == (0, None)
    assert gap.explanation.da == "Kompetencen „Law“ mangler; den er nyttig."


def test_a_technology_is_to_become_one_in_use() -> None:
    graph = snapshot(
        built_on=[("sms", "gateway"), ("sms", "cloud")],
        familiar=[("a/here", "gateway", 1), ("a/here", "cloud", 3)],
    )

    (gap,) = gaps_of(graph)

    assert (gap.part, gap.node, gap.has, gap.needs) == ("technology", "technology:gateway", 1, 3)
    assert (
        gap.explanation.da == "Kendskabet til „Gateway“ skal løftes fra „har hørt om“ til „i brug“."
    )


def test_each_kind_of_people_that_is_not_served_is_a_gap() -> None:
    graph = snapshot(
        uses=[("b/x", "sms", {"users": ("relatives", "citizens", "staff")})],
        nodes={HERE: {"serves": ("citizens",)}},
    )

    assert [gap.explanation.en for gap in gaps_of(graph)] == [
        "The solution is for relatives, whom the department does not serve.",
        "The solution is for staff, whom the department does not serve.",
    ]


def test_maturity_lacks_what_those_who_use_it_have() -> None:
    graph = snapshot(
        uses=[("b/x", "sms"), ("b/y", "sms")],
        nodes={
            HERE: {"digital_maturity": 2},
            "department:b/x": {"digital_maturity": 3},
            "department:b/y": {"digital_maturity": 4},
        },
    )

    (gap,) = gaps_of(graph)

    assert (gap.part, gap.node, gap.has, gap.needs) == ("maturity", None, 2, 3.5)
    assert "typisk 3,5" in gap.explanation.da


def test_a_problem_that_is_solved_otherwise_says_by_what() -> None:
    graph = snapshot(
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls")],
        uses=[("a/here", "bot")],
    )

    (gap,) = gaps_of(graph)

    assert (gap.part, gap.node, gap.has, gap.needs) == ("problem", "problem:calls", 0.5, 1)
    assert gap.explanation.da == "Problemet „Calls“ er her allerede løst med „Bot“."
    assert edge("USES", "a/here", "bot") in gap.elements


def test_an_akin_problem_is_named_beside_the_one_that_is_solved() -> None:
    graph = snapshot(
        solves=[("sms", "calls")],
        faces=[("a/here", "letters")],
        nodes={"problem:calls": {"kle": "27"}, "problem:letters": {"kle": "27.03"}},
    )

    (gap,) = gaps_of(graph)

    assert gap.has == 0.5
    assert gap.explanation.da == (
        "Her står man ikke med „Calls“, men med „Letters“, som hører til samme emne."
    )


def test_a_problem_with_nearly_the_same_words_is_close() -> None:
    graph = snapshot(
        solves=[("sms", "mange-opkald-om-tider")], faces=[("a/here", "mange-opkald-om-tid")]
    )

    (gap,) = gaps_of(graph)

    assert gap.explanation.da == (
        "Her står man ikke med „Mange opkald om tider“, men med „Mange opkald om tid“, "
        "som ligger tæt på."
    )


SAME_SUBJECT: dict[str, dict[str, Value]] = {
    "problem:calls": {"kle": "27.35"},
    "problem:letters": {"kle": "27.35"},
}


def test_of_a_problem_that_is_faced_no_akin_one_is_named_beside_it() -> None:
    graph = snapshot(
        solves=[("sms", "calls"), ("bot", "calls")],
        faces=[("a/here", "calls"), ("a/here", "letters")],
        uses=[("a/here", "bot")],
        nodes=SAME_SUBJECT,
    )

    assert [gap.explanation.da for gap in gaps_of(graph)] == [
        "Problemet „Calls“ er her allerede løst med „Bot“."
    ]


def test_an_akin_problem_that_is_solved_here_is_named_only_where_there_is_no_other() -> None:
    graph = snapshot(
        solves=[("sms", "calls"), ("bot", "letters")],
        faces=[("a/here", "letters")],
        uses=[("a/here", "bot")],
        nodes=SAME_SUBJECT,
    )
    with_other = snapshot(
        solves=[("sms", "calls"), ("bot", "letters")],
        faces=[("a/here", "letters"), ("a/here", "queues")],
        uses=[("a/here", "bot")],
        nodes={**SAME_SUBJECT, "problem:queues": {"kle": "27.35"}},
    )

    assert [gap.explanation.da for gap in gaps_of(graph)] == [
        "Her står man ikke med „Calls“, men med „Letters“, "
        "som hører til samme emne og er løst med „Bot“."
    ]
    assert [gap.explanation.da for gap in gaps_of(with_other)] == [
        "Her står man ikke med „Calls“, men med „Queues“, som hører til samme emne."
    ]


def test_problems_that_are_not_faced_are_one_gap() -> None:
    graph = snapshot(solves=[("sms", "calls"), ("sms", "queues")], faces=[("a/here", "waste")])

    (gap,) = gaps_of(graph)

    assert (gap.node, gap.has, gap.needs) == (None, 0, 1)
    assert gap.explanation.da == "Her står man ikke med „Calls“ og „Queues“."


def test_what_is_not_told_is_named_and_is_no_gap() -> None:
    graph = snapshot(built_on=[("sms", "gateway")], requires=[("sms", "gis", 3)], nodes={HERE: {}})

    assert gaps_of(graph) == []
    assert [(each.part, each.node) for each in unknowns(graph, SMS, HERE)] == [
        ("problem", HERE),
        ("problem", SMS),
        ("users", HERE),
        ("users", SMS),
        ("technology", "technology:gateway"),
        ("competence", HERE),
        ("maturity", HERE),
        ("maturity", SMS),
    ]


@settings(deadline=None, max_examples=20)
@given(transfer_graphs())
def test_a_part_has_gaps_just_where_it_is_known_and_below_1(graph: Snapshot) -> None:
    for department in graph.nodes("department")[:2]:
        for solution in graph.nodes("solution")[:2]:
            answer = transfer(graph, solution, department)
            short = {part.name for part in answer.fit.parts if (part.value or 1) < 1 - 1e-9}
            short |= {part.name for part in answer.fit.parts if part.value == 0}
            unknown = {part.name for part in answer.fit.parts if not part.known}
            assert {gap.part for gap in answer.gaps} == short
            assert unknown <= {each.part for each in answer.unknown}
