"""Each outcome, the first that holds."""

from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from graph.outcome import OUTCOMES
from graph.transfer import Transfer, transfer
from tests.graph.small import snapshot

HERE = "department:a/here"
SMS = "solution:sms"


@dataclass(frozen=True)
class Case:
    """A department that could take SMS over whole, to be spoilt one thing at a time."""

    uses: tuple[Any, ...] = (("b/x", "sms", {"users": ("citizens",)}), ("b/x", "bot"))
    faces: tuple[Any, ...] = (("a/here", "calls"),)
    solves: tuple[Any, ...] = (("sms", "calls"), ("bot", "calls"))
    built_on: tuple[Any, ...] = (("sms", "gateway"), ("bot", "ai"))
    familiar: tuple[Any, ...] = (("a/here", "gateway", 2), ("a/here", "ai", 1))
    requires: tuple[Any, ...] = (("sms", "text", 5),)
    has: tuple[Any, ...] = (("a/here", "text", 4),)
    serves: tuple[str, ...] = ("citizens",)
    maturity: int = 4
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)

    def transfer(self) -> Transfer:
        graph = snapshot(
            uses=self.uses,
            faces=self.faces,
            solves=self.solves,
            built_on=self.built_on,
            familiar=self.familiar,
            requires=self.requires,
            has=self.has,
            nodes={
                HERE: {"serves": self.serves, "digital_maturity": self.maturity},
                "department:b/x": {"digital_maturity": 5},
                **self.nodes,
            },
        )
        return transfer(graph, SMS, HERE)


READY = Case()
AKIN = replace(
    READY,
    faces=(("a/here", "letters"),),
    nodes={"problem:calls": {"kle": "27.03"}, "problem:letters": {"kle": "27.03"}},
)


def outcome_of(case: Case) -> str:
    return case.transfer().outcome.key


def test_what_is_ready_can_be_taken_over_whole() -> None:
    assert outcome_of(READY) == "take_over"


@pytest.mark.parametrize("status", ["in_use", "pilot"])
def test_a_solution_in_use_or_pilot_is_already_there(status: str) -> None:
    assert outcome_of(replace(READY, uses=(("a/here", "sms", status),))) == "already_there"


@pytest.mark.parametrize("status", ["planned", "retired"])
def test_a_solution_that_is_planned_or_given_up_is_not_there(status: str) -> None:
    uses = (*READY.uses, ("a/here", "sms", status))

    assert outcome_of(replace(READY, uses=uses)) == "take_over"


def test_half_the_weight_is_enough_to_be_known() -> None:
    with_technology = replace(READY, requires=(), has=(), serves=(), nodes={HERE: {}})
    without = replace(with_technology, familiar=())

    assert outcome_of(with_technology) == "take_over"
    assert outcome_of(without) == "too_little_known"


def test_nothing_is_judged_where_the_problem_is_not_told() -> None:
    transfer = replace(READY, faces=()).transfer()

    assert transfer.fit.coverage == pytest.approx(0.7)
    assert transfer.outcome.key == "too_little_known"


def test_an_unknown_part_does_not_stand_in_the_way_but_is_named() -> None:
    transfer = replace(READY, has=()).transfer()

    assert transfer.outcome.key == "take_over"
    assert [(each.part, each.node) for each in transfer.unknown] == [("competence", HERE)]


def test_another_solution_on_familiar_technology_is_named_where_this_one_is_strange() -> None:
    case = replace(READY, familiar=(("a/here", "gateway", 0), ("a/here", "ai", 2)))

    transfer = case.transfer()

    assert transfer.outcome.key == "other_technology"
    assert transfer.other_solution == "solution:bot"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"familiar": (("a/here", "gateway", 0), ("a/here", "ai", 1))},
        {"familiar": (("a/here", "gateway", 1), ("a/here", "ai", 4))},
        {
            "familiar": (("a/here", "gateway", 0), ("a/here", "ai", 4)),
            "uses": (("b/x", "sms"), ("b/x", "bot", "planned")),
        },
        {
            "familiar": (("a/here", "gateway", 0), ("a/here", "ai", 4)),
            "built_on": (("sms", "gateway"), ("bot", "ai"), ("bot", "cloud")),
        },
    ],
    ids=["the other is strange too", "not strange enough", "not in use", "only partly familiar"],
)
def test_otherwise_it_is_adapted(spoilt: dict[str, Any]) -> None:
    transfer = replace(READY, **spoilt).transfer()

    assert transfer.outcome.key == "adapt"
    assert transfer.other_solution is None


@pytest.mark.parametrize(
    ("spoilt", "outcome"),
    [
        ({"serves": ("staff",)}, "adapt"),
        ({"maturity": 3}, "adapt"),
        ({"has": (("a/here", "text", 3),)}, "adapt"),
        ({"serves": ("staff",), "maturity": 3}, "adapt"),
        ({"serves": ("staff",), "maturity": 3, "has": (("a/here", "law", 5),)}, "learn_from"),
    ],
)
def test_at_most_two_parts_may_miss_their_limits(spoilt: dict[str, Any], outcome: str) -> None:
    assert outcome_of(replace(READY, **spoilt)) == outcome


def test_an_akin_problem_is_itself_a_part_below_its_limit() -> None:
    assert outcome_of(AKIN) == "adapt"
    assert outcome_of(replace(AKIN, maturity=3)) == "adapt"
    assert outcome_of(replace(AKIN, maturity=3, serves=("staff",))) == "learn_from"


def test_what_solves_no_problem_of_theirs_is_not_for_them() -> None:
    assert outcome_of(replace(READY, faces=(("a/here", "letters"),))) == "not_for_them"


def test_every_outcome_has_a_label_and_a_meaning_in_both_languages() -> None:
    assert len({outcome.key for outcome in OUTCOMES}) == 7
    for outcome in OUTCOMES:
        assert outcome.label.da != outcome.label.en
        assert outcome.meaning.da.endswith(".")
        assert outcome.meaning.en.endswith(".")
