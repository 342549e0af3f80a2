"""A name typed on the command line finds its node, or what was probably meant."""

import click
import pytest

from graph.snapshot import Snapshot
from teknologikort.named import named
from tests.graph.small import snapshot


@pytest.fixture
def graph() -> Snapshot:
    return snapshot(
        uses=[("a/sundhed", "sms"), ("b/sundhed", "sms"), ("a/skole", "chatbot")],
        parents=[("a/sundhed/administration", "a/sundhed")],
        nodes={
            "solution:sms": {"name": "SMS-service", "other_names": ("Beskedtjeneste",)},
            "municipality:a": {"name": "Aabenraa", "english_name": "Town A"},
        },
    )


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        ("solution", "solution:sms", "solution:sms"),
        ("solution", "sms  SERVICE", "solution:sms"),
        ("solution", "beskedtjeneste", "solution:sms"),
        ("municipality", "Town A", "municipality:a"),
        ("department", "skole", "department:a/skole"),
        ("department", "b/sundhed", "department:b/sundhed"),
        ("department", "Sundhed (B)", "department:b/sundhed"),
        ("department", "Sundhed > Administration", "department:a/sundhed/administration"),
        ("department", "Administration (Aabenraa)", "department:a/sundhed/administration"),
    ],
)
def test_a_node_is_found_by_any_of_its_names(
    graph: Snapshot, kind: str, typed: str, meant: str
) -> None:
    assert named(graph, [kind], typed, "da") == meant


def test_a_name_of_several_tells_which_there_are(graph: Snapshot) -> None:
    with pytest.raises(click.UsageError) as raised:
        named(graph, ["department"], "Sundhed", "en")
    assert "department:a/sundhed, department:b/sundhed" in raised.value.message


def test_a_misspelt_name_gets_what_was_meant(graph: Snapshot) -> None:
    with pytest.raises(click.UsageError) as raised:
        named(graph, ["department"], "sunhed", "da")
    assert "Der er ingen forvaltning med navnet „sunhed“." in raised.value.message
    assert "Mente du „Sundhed (Aabenraa)“ eller „Sundhed (B)“" in raised.value.message


def test_a_name_is_sought_among_the_kinds_that_are_asked_for(graph: Snapshot) -> None:
    assert named(graph, ["problem", "solution"], "SMS-service", "da") == "solution:sms"
    with pytest.raises(click.UsageError, match="There is no problem"):
        named(graph, ["problem"], "solution:sms", "en")
