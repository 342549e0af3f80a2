"""What stands around every page: language, municipality, addresses, errors that help."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from api.pages.language import own_address
from api.pages.site import Site
from api.pages.visit import Visit
from api.server import Server
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from tests.api.server import running_server

CARD = "/overfoersel/kort?solution=sms-service&department=eksempel/vej-og-park"


def language_of(page: httpx.Response) -> str:
    found = re.search(r'<html lang="(\w+)">', page.text)
    assert found is not None
    return found[1]


def test_pages_are_danish_unless_english_is_wanted(visitor: httpx.Client) -> None:
    assert language_of(visitor.get("/", headers={"accept-language": ""})) == "da"
    assert language_of(visitor.get("/", headers={"accept-language": "en-GB, da;q=0.5"})) == "en"


def test_one_click_changes_the_language_and_leads_back_to_the_same_page(
    visitor: httpx.Client,
) -> None:
    danish = visitor.get(CARD)
    link = re.search(r'class="language" href="([^"]+)"', danish.text)
    assert link is not None
    english = visitor.get(link[1].replace("&amp;", "&"))
    assert english.url.raw_path.decode() == CARD
    assert language_of(english) == "en"
    assert language_of(visitor.get("/synergier")) == "en"


@pytest.mark.parametrize("back", ["//other.example/", "https://other.example/", "/\\other.example"])
def test_the_change_of_language_leads_to_no_other_host(back: str) -> None:
    assert own_address(back) == "/"


def test_without_a_choice_the_pages_are_about_the_municipality_that_told_most(
    visitor: httpx.Client,
) -> None:
    assert "Digital status i Eksempel" in visitor.get("/").text


def test_links_keep_the_municipality_that_was_chosen(visitor: httpx.Client) -> None:
    page = visitor.get("/?municipality=fjordby").text
    assert "Digital status i Fjordby" in page
    assert 'href="/synergier?municipality=fjordby"' in page


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/loesning/sms-servise", "/loesning/sms-service"),
        ("/forvaltning/eksempel/vej-og-parker", "/forvaltning/eksempel/vej-og-park"),
        (f"{CARD}er", "/forvaltning/eksempel/vej-og-park"),
        ("/synergier/par?a=eksempel/dagtilbod&b=eksempel/it", "/forvaltning/eksempel/dagtilbud"),
        ("/droner", "/teknologi/droner"),
    ],
)
def test_an_unknown_address_is_answered_with_what_may_have_been_meant(
    visitor: httpx.Client, address: str, meant: str
) -> None:
    page = visitor.get(address)
    assert page.status_code == 404
    assert f'href="{meant}"' in page.text


def test_every_page_carries_the_guards_headers(visitor: httpx.Client) -> None:
    for address in ("/", "/nowhere", CARD):
        headers = visitor.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]


def test_a_page_that_fails_shows_a_number_that_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def failing(visit: Visit) -> Response:
        raise ZeroDivisionError("a secret of the inside")

    site = Site(Server(LiveGraph(SqliteStore(tmp_path / "empty.sqlite"))))
    with running_server(Starlette(routes=[site.route("/{token}", failing)])) as address:
        page = httpx.get(f"{address}/what-lets-in", headers={"accept-language": "en"})
    assert page.status_code == 500
    assert "what-lets-in" not in caplog.text
    reference = re.search(r"refer to number ([0-9a-f]{8})", page.text)
    assert reference is not None
    assert reference[1] in caplog.text
    assert "a secret of the inside" not in page.text


@pytest.fixture
def broken_store(tmp_path: Path) -> SqliteStore:
    store = SqliteStore(tmp_path / "gone.sqlite")
    store.close()
    return store


def test_a_store_that_cannot_be_asked_is_said_on_a_page(broken_store: SqliteStore) -> None:
    site = Site(Server(LiveGraph(broken_store)))

    def never(visit: Visit) -> Response:
        raise AssertionError("the store cannot be asked")

    with running_server(Starlette(routes=[site.route("/", never)])) as address:
        page = httpx.get(address)
    assert page.status_code == 503
    assert "gone.sqlite" in page.text
