"""Every word that pages mark with a badge or a colour has a look of its own."""

import re

import pytest

from api.assets import STATIC
from api.templating import environment
from graph.outcome import OUTCOMES
from graph.synergy_kinds import KINDS
from schema.vocabulary import DECISION, PRIORITY, STATUS
from visualisations.looks import NODE_LOOKS
from visualisations.matrix import STEPS

STYLE = (STATIC / "teknologikort.css").read_text(encoding="utf-8")
MARKED = [
    *(outcome.key for outcome in OUTCOMES),
    *KINDS,
    *(word.key for vocabulary in (STATUS, DECISION, PRIORITY) for word in vocabulary),
]


def badge(key: str) -> str:
    template = '{% from "parts.html" import badge with context %}{{ badge(key, "x") }}'
    return environment("da").from_string(template).render(key=key)


@pytest.mark.parametrize("key", MARKED)
def test_every_status_outcome_and_kind_of_synergy_has_a_badge_of_its_own(key: str) -> None:
    assert badge(key) != badge("no such thing")


@pytest.mark.parametrize(
    "look", [*(o.key for o in OUTCOMES), *(f"step-{n}" for n in range(STEPS + 1))]
)
def test_every_outcome_and_step_has_a_colour_in_matrices(look: str) -> None:
    assert f".look-{look} {{" in STYLE


def test_the_kinds_have_the_same_colours_in_pictures_and_in_the_style_sheet() -> None:
    declared = dict(re.findall(r"--kind-(\w+): (#\w+);", STYLE))
    assert declared == {kind: look.colour for kind, look in NODE_LOOKS.items()}


def test_colours_are_named_once_as_tokens() -> None:
    below = STYLE.split("/* Ground */")[1].split("/* Paper */")[0]
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(", below) == []


def test_the_style_sheet_asks_no_other_host() -> None:
    assert not re.search(r"url\(|@import|https?:", STYLE)
