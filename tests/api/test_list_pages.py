"""The lists of nodes and the technology cards over the example municipalities."""

import re

import httpx
import pytest

from schema.danish_order import danish_order
from tests.api.reading_pages import told_on

LISTS = {
    "/forvaltninger": "Forvaltning",
    "/loesninger": "Løsning",
    "/problemer": "Problem",
    "/teknologier": "Teknologi",
    "/kompetencer": "Kompetence",
}


@pytest.mark.parametrize("path", LISTS)
def test_a_list_stands_in_the_order_of_the_danish_alphabet(
    path: str, visitor: httpx.Client
) -> None:
    first = re.findall(r'<th scope="row">.*?<a [^>]*>([^<]+)</a>', visitor.get(path).text, re.S)
    rows = [name for name in first if name]
    assert len(rows) > 10
    listed = rows[-min(len(rows), 50) :]
    names = [name for name in listed if "(" not in name]
    assert names[-10:] == sorted(names[-10:], key=danish_order)


def test_the_municipality_chosen_decides_what_is_listed(visitor: httpx.Client) -> None:
    own, all_of_them = (
        told_on(visitor.get("/forvaltninger", params={"municipality": chosen}).text)["Forvaltning"]
        for chosen in ("fjordby", "alle")
    )
    assert len(own) == 6
    assert len(all_of_them) == 29
    assert "Sundhed og Omsorg" in " ".join(all_of_them)


def test_words_choose_among_names_and_descriptions(visitor: httpx.Client) -> None:
    page = visitor.get("/loesninger", params={"words": "sms", "municipality": "alle"}).text
    assert "SMS-service" in page
    assert "KMD Nexus" not in page
    assert "Vis alle" in page


def test_solutions_are_chosen_by_status(visitor: httpx.Client) -> None:
    told = told_on(visitor.get("/loesninger", params={"state": "retired"}).text)
    assert told["Status"]
    assert "Behovsstyret rengøring" in told["Løsning"]


@pytest.mark.parametrize(("state", "word", "other"), [("solved", "løst", "uløst")])
def test_problems_are_marked_and_chosen_by_whether_they_are_solved(
    state: str, word: str, other: str, visitor: httpx.Client
) -> None:
    solved = told_on(visitor.get("/problemer", params={"state": state}).text)["Løst?"]
    assert set(solved) == {word}
    both = told_on(visitor.get("/problemer").text)["Løst?"]
    assert {word, other} <= set(both)


def test_competences_that_nobody_has_can_be_found(visitor: httpx.Client) -> None:
    page = visitor.get("/kompetencer", params={"state": "lacking", "municipality": "nabokoebing"})
    told = told_on(page.text)
    assert set(told["Findes hos"]) == {"ingen"}


def test_technologies_stand_under_the_five_purposes(visitor: httpx.Client) -> None:
    page = visitor.get("/teknologier").text
    assert "Teknologierne under de fem formål" in page
    assert 'class="matrix"' in page


def test_a_list_without_a_match_says_so_and_leads_on(visitor: httpx.Client) -> None:
    page = visitor.get("/problemer", params={"words": "xyzzy"}).text
    assert "Intet svarer til det, der er valgt." in page
    assert 'href="/problemer">Vis alle' in page


def test_pages_beyond_the_last_are_the_last(visitor: httpx.Client) -> None:
    asked = {"municipality": "alle", "page": "99"}
    assert "Side 2 af 2" in visitor.get("/loesninger", params=asked).text


def test_cards_are_grouped_by_decision_with_what_already_solves_the_same(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/forslag", params={"municipality": "alle"}).text
    headings = re.findall(r'<h2 id="(\w+)">', page)
    assert headings == ["proposed", "considered", "accepted", "declined", "started"]
    assert page.count('class="card proposal"') == 17
    assert "Løsningen er allerede i brug hos" in page
    assert "Pejlemærker:" in page
    assert "Vagthavende indsatsleder" in told_on(page)["Hvem kan spørges"]
