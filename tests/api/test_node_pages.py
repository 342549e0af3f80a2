"""The pages of nodes over the example municipalities."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

import httpx
import pytest

from api.pages.addresses import node_path
from graph.sqlite_store import SqliteStore
from schema.field import Value
from schema.records import Provenance
from tests.api.reading_pages import told_on
from tests.api.server import running_server
from tests.api.site import site_app
from tests.graph.loads import apply, says, uses

SMS = "/loesning/sms-service"


def test_a_solution_shows_who_lives_with_it_and_how(visitor: httpx.Client) -> None:
    page = visitor.get(SMS).text
    assert "Bruges af" in page
    told = told_on(page)
    assert "Udeblivelserne er faldet fra 11 til 4 procent." in told["Opnået effekt"]
    assert "1. februar 2020" in told["Siden"]
    assert "eksempel-status-borgernaere-omraader.xlsx, ark Status, række 49" in page


def test_a_solution_shows_where_else_it_could_go(visitor: httpx.Client) -> None:
    page = visitor.get(SMS).text
    assert "Hvor kunne den ellers bruges?" in page
    assert "/overfoersel/kort?solution=sms-service&amp;department=" in page


def test_a_department_shows_its_best_synergies_and_candidates(visitor: httpx.Client) -> None:
    page = visitor.get("/forvaltning/eksempel/sundhed-og-omsorg").text
    assert page.count("/synergier/par?a=eksempel/sundhed-og-omsorg") == 5
    assert "department=eksempel/sundhed-og-omsorg" in page
    assert 'i <a href="/kommune/eksempel">Eksempel</a>' in page


def test_a_problem_shows_who_has_solved_it_and_with_what(visitor: httpx.Client) -> None:
    told = told_on(visitor.get("/problem/udeblivelser-fra-aftaler").text)
    assert "uløst" in told["Løst med"]
    assert "SMS-service" in told["Løst med"]
    assert "Borgerservice" in told["I brug hos"]


def test_english_is_one_click_away_and_leads_back_to_the_same_page(visitor: httpx.Client) -> None:
    assert f"/sprog/en?back={SMS}" in visitor.get(SMS).text
    page = visitor.get("/sprog/en", params={"back": SMS}).text
    assert '<html lang="en">' in page
    assert "Is used by" in page
    assert "effect realised" in page.lower()


def test_an_address_by_another_name_leads_to_the_nodes_own(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "named.sqlite")
    named = says(("solution:sms", "name", "SMS"), ("solution:sms", "other_names", ("Besked",)))
    apply(store, "navne.xlsx", [named, uses("eksempel/pleje", "sms", row=2)])
    with (
        running_server(site_app(store)) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        answer = client.get("/loesning/besked?page=2")
        assert (answer.status_code, answer.headers["location"]) == (302, "/loesning/sms?page=2")
        card = "/overfoersel/kort?solution=besked&department=eksempel/pleje"
        assert client.get(card).status_code == 200
        assert client.get("/loesning/brev").status_code == 404
        query = """{ node(id: "solution:besked") { id } solution(id: "solution:besked") { name }
            nodes(ids: ["solution:besked", "solution:brev"]) { id }
            transferability(solution: "solution:besked") { totalCount } }"""
        data = client.post("/graphql", json={"query": query}).json()["data"]
        assert data["node"] == {"id": "solution:sms"}
        assert data["solution"] == {"name": "SMS"}
        assert data["nodes"] == [{"id": "solution:sms"}, None]
        assert data["transferability"] is not None
    store.close()


def test_long_lists_of_relationships_are_paged(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "many.sqlite")
    apply(store, "ark", [uses(f"a/d{n:02}", "sms", row=n) for n in range(1, 46)])
    with running_server(site_app(store)) as address:
        first = httpx.get(f"{address}/loesning/sms").text
        second = httpx.get(f"{address}/loesning/sms", params={"usedBy": 2}).text
    store.close()
    assert "/forvaltning/a/d40" in first
    assert "usedBy=2#usedBy-title" in first
    assert told_on(second)["Forvaltning"] == [f"D{n}" for n in range(41, 46)]


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/loesning/sms-servis", "/loesning/sms-service"),
        ("/forvaltning/eksempel/sundhed", "/forvaltning/eksempel/sundhed-og-omsorg"),
        ("/teknologi/", None),
        ("/indlaesninger/999", None),
        ("/findes-ikke", None),
    ],
)
def test_what_is_not_there_is_told_with_what_may_have_been_meant(
    path: str, meant: str | None, visitor: httpx.Client
) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 404
    assert "Siden findes ikke" in answer.text
    if meant is not None:
        assert f'href="{meant}"' in answer.text


def test_names_that_look_like_html_are_shown_as_they_are(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "nasty.sqlite")
    nasty = "<script>alert(1)</script>"
    apply(store, "ark", [uses("a/b", "x", example=nasty)])
    with running_server(site_app(store)) as address:
        page = httpx.get(f"{address}{node_path('solution:x')}").text
    store.close()
    assert nasty not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_page_asks_the_store_no_more_often_when_there_is_more_to_show(tmp_path: Path) -> None:
    few, many = (_batches(tmp_path, number) for number in (2, 30))
    assert few == many


class _Counting(SqliteStore):
    asked = 0

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        self.asked += 1
        return super().details(elements)

    def sources(
        self, elements: Sequence[str], first: int | None = None
    ) -> dict[str, list[Provenance]]:
        self.asked += 1
        return super().sources(elements, first)


def _batches(folder: Path, number: int) -> int:
    store = _Counting(folder / f"{number}.sqlite")
    apply(store, "ark", [uses(f"a/d{n:02}", "sms", row=n) for n in range(number)])
    with running_server(site_app(store)) as address:
        httpx.get(f"{address}/loesning/sms")
    store.close()
    return store.asked


def test_a_municipality_shows_its_departments_and_the_rows_that_name_them(
    visitor: httpx.Client,
) -> None:
    page = visitor.get("/kommune/fjordby").text
    assert told_on(page)["Forvaltning"].count("Havn og Turisme") == 1
    assert "fjordby.ods, ark " in page
    assert "Kilde" in page.split('id="parts-title"')[1].split("</table>")[0]


def test_the_query_for_developers_is_answered(visitor: httpx.Client) -> None:
    page = visitor.get(SMS).text
    query = re.search(r'<code class="code">({ node.*?)</code>', page)
    assert query is not None
    asked = {"query": unescape(query[1])}
    answer = visitor.get("/graphql", params=asked, headers={"accept": "application/json"})
    assert answer.json() == {
        "data": {"node": {"id": "solution:sms-service", "name": "SMS-service"}}
    }
