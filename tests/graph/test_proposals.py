"""Technology cards, and what already solves the same."""

from graph.proposals import proposals
from tests.graph.small import edge, snapshot

X, Y, B = "department:a/x", "department:a/y", "department:b/x"


def test_a_card_is_told_with_what_already_solves_its_problem_nearest_first() -> None:
    graph = snapshot(
        proposes=[
            ("a/x", "bot", {"decision": "considered", "purposes": ("service",)}),
            ("b/x", "bot"),
        ],
        solves=[("bot", "calls"), ("sms", "calls"), ("web", "calls"), ("old", "calls")],
        built_on=[("bot", "ai")],
        uses=[("b/x", "web"), ("b/y", "web"), ("a/y", "sms"), ("a/y", "old", "retired")],
    )

    (card,) = proposals(graph, "municipality:a").items

    assert (card.department, card.solution, card.decision) == (X, "solution:bot", "considered")
    assert card.purposes == ("service",)
    assert card.also_proposed_by == (B,)
    assert [(each.solution, each.departments) for each in card.existing] == [
        ("solution:sms", (Y,)),
        ("solution:web", (B, "department:b/y")),
    ]
    assert card.existing[0].problems == ("problem:calls",)
    assert card.existing[0].elements == (edge("SOLVES", "sms", "calls"), edge("USES", "a/y", "sms"))
    assert card.unknown == ()
    assert card.elements == (edge("PROPOSES", "a/x", "bot"),)


def test_a_card_says_who_already_uses_the_very_solution() -> None:
    graph = snapshot(proposes=[("a/x", "bot")], uses=[("b/x", "bot"), ("a/y", "bot", "planned")])

    assert proposals(graph).items[0].used_by == (B,)


def test_cards_stand_in_the_order_of_their_decision_and_without_one_are_proposed() -> None:
    graph = snapshot(
        proposes=[("a/x", "bot", "declined"), ("a/x", "map"), ("a/y", "ai", "considered")]
    )

    found = proposals(graph, first=2)

    assert [(each.solution, each.decision) for each in found.items] == [
        ("solution:map", "proposed"),
        ("solution:ai", "considered"),
    ]
    assert found.total == 3
    assert proposals(graph, decision="declined").items[0].solution == "solution:bot"


def test_what_a_card_does_not_say_is_named() -> None:
    (card,) = proposals(snapshot(proposes=[("a/x", "bot")])).items

    assert [text.da for text in card.unknown] == [
        "Kortet siger ikke, hvilket problem forslaget skal løse.",
        "Kortet siger ikke, hvilken teknologi forslaget bygger på.",
        "Kortet nævner ikke noget formål.",
    ]
