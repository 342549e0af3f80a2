"""The pages for the council over the example municipalities: overview, synergies, transfer."""

import re
from html import unescape
from pathlib import Path

import httpx
import pytest

from graph.sqlite_store import SqliteStore
from tests.api.server import running_server
from tests.api.site import site_app

PAIR = "/synergier/par?a=eksempel/sundhed-og-omsorg&b=eksempel/social-og-handicap"
CARD = "/overfoersel/kort?solution=sms-service&department="
PAGES = ("/", "/synergier", PAIR, "/overfoersel", f"{CARD}eksempel/vej-og-park")


def text(page: httpx.Response) -> str:
    """What stands in the page's main part, without its markup."""
    assert page.status_code == 200
    main = page.text.partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"<(script|svg)\b.*?</\1>", " ", main, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["da", "en"])
def test_pages_have_nothing_inline_and_name_no_other_host(
    visitor: httpx.Client, address: str, language: str
) -> None:
    page = visitor.get(address, params={**httpx.URL(address).params, "lang": language}).text
    assert not re.search(
        r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style|\sstyle=|\son\w+=", page
    )
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//""", page)


class TestOverview:
    def test_it_says_what_is_in_use_where_to_help_and_what_is_unsolved(
        self, visitor: httpx.Client
    ) -> None:
        said = text(visitor.get("/"))
        assert re.search(r"\d+ løsninger i drift i \d+ forvaltninger", said)
        assert re.search(r"\d+ par af forvaltninger har noget at give hinanden", said)
        assert re.search(r"\d+ problemer er uløste", said)
        assert "Højt sygefravær" in said
        assert "Ejendomme og Energi står med „Tjenestebiler, der står stille“" in said

    def test_synergies_of_the_first_page_lead_to_their_pair(self, visitor: httpx.Client) -> None:
        links = re.findall(r'href="(/synergier/par\?[^"]+)"', visitor.get("/").text)
        assert len(links) == 4
        for link in links:
            assert visitor.get(unescape(link)).status_code == 200

    def test_all_municipalities_can_be_seen_together(self, visitor: httpx.Client) -> None:
        assert "i 29 forvaltninger" in text(visitor.get("/?municipality=alle"))

    def test_an_empty_graph_says_what_to_do_first(self, tmp_path: Path) -> None:
        with running_server(site_app(SqliteStore(tmp_path / "empty.sqlite"))) as address:
            said = text(httpx.get(address))
            assert "Indlæs de første kortlægningsark" in said
            for page in ("/synergier", "/overfoersel"):
                assert httpx.get(address + page).status_code == 200


class TestSynergies:
    def test_the_matrix_has_all_departments_and_leads_to_the_pairs(
        self, visitor: httpx.Client
    ) -> None:
        page = visitor.get("/synergier").text
        assert page.count('class="matrix__row"') == page.count('class="matrix__column"') == 17
        assert "a=eksempel/dagtilbud&amp;b=eksempel/sundhed-og-omsorg" in page

    def test_a_kind_that_has_a_giver_is_read_from_row_to_column(
        self, visitor: httpx.Client
    ) -> None:
        page = visitor.get("/synergier?kind=reuse").text
        given = r"a=eksempel/{}&amp;b=eksempel/{}\"[^>]*>(\d+)"
        fleet = re.search(given.format("vej-og-park", "ejendomme-og-energi"), page)
        drones = re.search(given.format("ejendomme-og-energi", "vej-og-park"), page)
        assert fleet is not None
        assert drones is not None
        assert int(fleet[1]) > int(drones[1]) > 0

    def test_two_municipalities_are_compared_and_the_direction_turned(
        self, visitor: httpx.Client
    ) -> None:
        page = visitor.get("/synergier?kind=reuse&with=nabokoebing").text
        assert "Synergier mellem Eksempel og Nabokøbing" in page
        link = re.search(r'href="([^"]+)">Vis den modsatte retning', page)
        assert link is not None
        turned = visitor.get(unescape(link[1])).text
        assert "Synergier mellem Nabokøbing og Eksempel" in turned

    def test_more_departments_than_fit_are_paged_and_counted(self, visitor: httpx.Client) -> None:
        first = text(visitor.get("/synergier?municipality=alle"))
        assert "9 rækker mere er ikke vist her" in first
        assert "Side 1 af 2" in first
        second = visitor.get("/synergier?municipality=alle&page=2").text
        assert second.count('class="matrix__row"') == 9

    def test_a_pair_tells_every_kind_with_rows_behind_it(self, visitor: httpx.Client) -> None:
        said = text(visitor.get(PAIR))
        assert "Social og Handicap kan genbruge fra Sundhed og Omsorg" in said
        assert re.search(r"eksempel-[\w-]+\.xlsx, ark \w+, række \d+", said)
        assert "noget, Sundhed og Omsorg kan lære af Social og Handicap" in said
        assert "Netværket som tabel" in said

    def test_what_is_not_told_is_named(self, visitor: httpx.Client) -> None:
        said = text(visitor.get("/synergier/par?a=eksempel/beredskab&b=eksempel/dagtilbud"))
        assert "Beredskab har ikke oplyst kompetencer." in said

    def test_a_department_with_itself_is_asked_to_choose_another(
        self, visitor: httpx.Client
    ) -> None:
        said = text(visitor.get("/synergier/par?a=eksempel/beredskab&b=eksempel/beredskab"))
        assert "Vælg to forskellige forvaltninger." in said


class TestTransfer:
    def test_the_matrix_shows_outcomes_in_words_and_colours(self, visitor: httpx.Client) -> None:
        page = visitor.get("/overfoersel").text
        assert re.search(r'look-take_over"><a href="[^"]+" title="[^"]+kan overtages', page)
        assert "SMS-service hos Vej og Park: kan tilpasses, egnethed" in page
        assert "76 mere på de øvrige sider" in page

    def test_the_next_page_holds_other_solutions(self, visitor: httpx.Client) -> None:
        heading = r'matrix__column"><span class="matrix__turned"><a href="([^"]+)"'
        first, second = (
            set(re.findall(heading, visitor.get(f"/overfoersel?columns={page}").text))
            for page in (1, 2)
        )
        assert len(first) == len(second) == 15
        assert not first & second

    @pytest.mark.parametrize(
        ("department", "outcome"),
        [
            ("nabokoebing/aeldre-og-sundhed", "kan overtages"),
            ("eksempel/familie-og-forebyggelse", "anden teknologi"),
            ("eksempel/vej-og-park", "kan tilpasses"),
            ("eksempel/beredskab", "for lidt oplyst"),
            ("eksempel/borgerservice", "findes allerede"),
        ],
    )
    def test_the_card_says_the_outcome_and_what_it_means(
        self, visitor: httpx.Client, department: str, outcome: str
    ) -> None:
        assert outcome in text(visitor.get(CARD + department)).partition("Potentiale")[0]

    def test_another_technology_is_named_and_leads_to_its_own_card(
        self, visitor: httpx.Client
    ) -> None:
        page = visitor.get(f"{CARD}eksempel/familie-og-forebyggelse").text
        link = re.search(r'Se i stedet: <a href="([^"]+)"', page)
        assert link is not None
        assert visitor.get(unescape(link[1])).status_code == 200

    def test_the_card_tells_what_is_missing_and_how_others_fare(
        self, visitor: httpx.Client
    ) -> None:
        said = text(visitor.get(f"{CARD}eksempel/vej-og-park"))
        for title in ("Potentiale", "Muligheder", "Hindringer", "Det mangler"):
            assert title in said
        assert "Kendskabet til „SMS“ skal løftes" in said
        assert "Opkaldene om ankomsttid er faldet" in said

    def test_the_unknown_is_named_and_never_counted(self, visitor: httpx.Client) -> None:
        said = text(visitor.get(f"{CARD}eksempel/beredskab"))
        assert "Forvaltningens digitale modenhed er ikke oplyst." in said
        assert "digital modenhed ukendt" in said
