"""Search: what people type finds what was meant."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.search import SearchIndex, build_index
from tests.graph.small import snapshot

GRAPH = snapshot(
    uses=[("eksempel/hjemmeplejen", "sms-service"), ("nabo/skole", "loensystem")],
    solves=[("sms-service", "opkald")],
    nodes={
        "solution:loensystem": {"name": "Lønsystem", "english_name": "Payroll"},
        "department:eksempel/hjemmeplejen": {"name": "Hjemmeplejen"},
        "problem:opkald": {"name": "Mange opkald fra pårørende"},
        "technology:drone": {"name": "Drone", "other_names": ("ubemandet luftfartøj",)},
        "problem:far": {"name": "Far glemmer medicinen"},
        "problem:faar": {"name": "Får på vejen"},
    },
)
INDEX = build_index(
    GRAPH, {"solution:sms-service": "Giver besked til de pårørende, når hjælpen er på vej."}
)


def found(query: str, index: SearchIndex = INDEX) -> list[str]:
    return [hit.node for hit in index.search(query).items]


@pytest.mark.parametrize("query", ["pleje", "plejen", "PLEJE", "hjemmepleje", "hjemmeplejens"])
def test_parts_of_compounds_and_other_endings_find_the_department(query: str) -> None:
    assert found(query) == ["department:eksempel/hjemmeplejen"]


@pytest.mark.parametrize("query", ["løn", "loen", "lønsystemer", "loensystemet", "payrolls"])
def test_words_match_with_and_without_danish_letters_in_either_language(query: str) -> None:
    assert found(query) == ["solution:loensystem"]


def test_letters_that_make_another_word_are_kept_apart() -> None:
    assert found("får") == ["problem:faar"]
    assert found("far")[0] == "problem:far"
    assert "problem:faar" not in found("far")


def test_names_stand_before_descriptions() -> None:
    hits = INDEX.search("pårørende").items

    assert [(hit.node, hit.by) for hit in hits] == [
        ("problem:opkald", "name"),
        ("solution:sms-service", "description"),
    ]


def test_the_whole_name_stands_first() -> None:
    index = build_index(
        snapshot(
            solves=[("a-sms", "p"), ("sms-sms", "p"), ("z", "p")],
            nodes={
                "solution:z": {"name": "Sms"},
            },
        )
    )

    assert index.search("SMS").items[0].node == "solution:z"
    assert index.search("SMS").items[0].by == "whole name"


def test_other_names_are_found_too() -> None:
    assert found("luftfartøjer") == ["technology:drone"]


def test_all_words_must_be_there_and_the_last_may_be_a_beginning() -> None:
    assert found("opkald pårør") == ["problem:opkald"]
    assert found("opkald drone") == []


def test_a_department_is_found_with_its_municipality() -> None:
    assert found("skole nabo") == ["department:nabo/skole"]


def test_kinds_narrow_the_search_and_what_is_cut_is_counted() -> None:
    assert INDEX.search("pårørende", kinds={"problem"}).total == 1
    cut = INDEX.search("pårørende", first=1)
    assert (len(cut.items), cut.left_out) == (1, 1)


@pytest.mark.parametrize("query", ["", "   ", "!?", '"', "*"])
def test_what_holds_no_word_finds_nothing(query: str) -> None:
    assert found(query) == []


@given(st.text(max_size=60) | st.text(alphabet='ab"*():^{}-+,ANDORNEAR ', max_size=60))
@settings(deadline=None, max_examples=150)
def test_any_text_is_a_query(query: str) -> None:
    assert INDEX.search(query).total <= len(GRAPH.ids)


def test_a_query_of_thousands_of_words_is_a_query() -> None:
    assert found("hjemmepleje " * 5000) == ["department:eksempel/hjemmeplejen"]


def test_many_threads_can_ask_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(found, ["pleje", "løn"] * 40))

    assert answers == [["department:eksempel/hjemmeplejen"], ["solution:loensystem"]] * 40
