"""Search, the network to explore, and the way between two nodes."""

import re

import httpx
import pytest


def test_what_is_found_stands_by_kind(visitor: httpx.Client) -> None:
    page = visitor.get("/soeg", params={"q": "pleje"}).text
    assert re.findall(r'id="found-(\w+)"', page) == [
        "department",
        "solution",
        "problem",
        "technology",
    ]
    assert "Ruteoptimering i hjemmeplejen" in page


def test_a_misspelt_word_is_answered_with_what_may_have_been_meant(visitor: httpx.Client) -> None:
    page = visitor.get("/soeg", params={"q": "hjemmeplejjen"}).text
    assert "Intet navn og ingen beskrivelse har de ord." in page
    assert 'href="/soeg?q=hjemmeplejen"' in page


@pytest.mark.parametrize("words", ["", "  ", "'\"*)(", "<b>xyzzy", "æ" * 3000])
def test_any_text_can_be_searched_for(words: str, visitor: httpx.Client) -> None:
    answer = visitor.get("/soeg", params={"q": words})
    assert answer.status_code == 200
    assert "Eller se det hele" in answer.text
    assert "<b>" not in answer.text


def test_the_network_begins_at_the_municipality_and_holds_no_more_than_can_be_read(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/netvaerk").text
    assert "Netværket om Eksempel" in page
    assert "Her er de 60 nærmeste og mest forbundne." in page
    assert page.count('"kindName":') == 60
    assert "Netværket som tabel" in page


def test_the_network_shows_the_kinds_that_are_chosen(visitor: httpx.Client) -> None:
    asked = {"node": "solution:sms-service", "kinds": ["department", "problem"], "reach": "2"}
    page = visitor.get("/netvaerk", params=asked).text
    kinds = set(re.findall(r'"kind": ?"([a-z]+)"', page))
    assert kinds == {"solution", "department", "problem"}


def test_a_node_is_found_by_its_name_and_several_are_offered(visitor: httpx.Client) -> None:
    assert "Netværket om SMS-service" in visitor.get("/netvaerk?node=sms+service").text
    page = visitor.get("/netvaerk?node=pleje").text
    assert "Hvilken mener du med „pleje“?" in page
    assert "node=problem:haandskrevne-journaler-i-plejen" in page


def test_the_way_between_two_is_told_step_by_step_with_its_rows(visitor: httpx.Client) -> None:
    page = visitor.get("/netvaerk/vej?from=sms-service&to=natsensorer").text
    assert "Fra SMS-service til Natsensorer" in page
    assert "SMS-service bruges af Sundhed og Omsorg (Eksempel)." in page
    assert "ark Status, række 3" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=sms-service&to=sms-service", "Det er det samme to gange."),
        ("from=xyzzy&to=sms-service", "Intet har navnet „xyzzy“."),
        ("", "Hvordan hænger to ting sammen?"),
    ],
)
def test_a_way_that_cannot_be_asked_for_is_explained(
    query: str, said: str, visitor: httpx.Client
) -> None:
    answer = visitor.get(f"/netvaerk/vej?{query}")
    assert answer.status_code == 200
    assert said in answer.text
