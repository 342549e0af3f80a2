"""The same name, however it is typed, is the same node."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given

from schema.names import NamelessError, department_id, fold, node_id, same, tidy

NAMES = st.text(min_size=1, max_size=30)
BLANKS = st.sampled_from([" ", "\u00a0", "\u2009", "  ", "\t"])


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("SMS-service", "sms-service"),
        ("Sundhed & Omsorg", "sundhed-og-omsorg"),
        ("Børn, Unge – Læring", "boern-unge-laering"),
        ("Århus", "aarhus"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("50% rabat", "50-procent-rabat"),
        ("Café", "cafe"),
        ("Hjemme\u00adpleje", "hjemmepleje"),
    ],
)
def test_the_rule_by_example(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_department_is_named_within_its_municipality() -> None:
    assert department_id("Eksempel", "Sundhed > Administration") == (
        "department:eksempel/sundhed/administration"
    )


def test_a_name_without_letter_or_digit_is_no_name() -> None:
    with pytest.raises(NamelessError):
        node_id("solution", "–?!")
    with pytest.raises(NamelessError):
        department_id("Eksempel", " > ")


@given(NAMES)
def test_folding_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_composition_of_accents_does_not_matter(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold(unicodedata.normalize(form, name)) == fold(name)


@given(NAMES)
def test_case_does_not_matter(name: str) -> None:
    assume(name.upper().casefold() == name.casefold())
    assert fold(name.upper()) == fold(name)


@given(st.lists(st.text("abcæøå1", min_size=1), min_size=1), BLANKS, BLANKS)
def test_blanks_do_not_matter(words: list[str], one: str, other: str) -> None:
    assert fold(one.join(words)) == fold(f"{other}{other.join(words)}{one}")


@given(st.text("abcæøåé1", min_size=2), st.sampled_from(["\u00ad", "\u200b", "\ufeff"]))
def test_what_nobody_sees_does_not_matter(name: str, hidden: str) -> None:
    assert fold(name[:1] + hidden + name[1:]) == fold(name)


@given(NAMES)
def test_the_shown_name_has_the_id_of_the_written_one(name: str) -> None:
    assert fold(tidy(name)) == fold(name)


@given(NAMES, NAMES)
def test_the_same_name_has_the_same_id(one: str, other: str) -> None:
    if same(one) == same(other):
        assert fold(one) == fold(other)
