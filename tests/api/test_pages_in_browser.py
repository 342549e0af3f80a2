"""Pages in a real browser: accessible, quiet, at home, and no wider than the screen."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from graph.sqlite_store import SqliteStore
from tests.api.server import running_server
from tests.api.site import site_app

pytestmark = pytest.mark.browser

PAGES = (
    "/forvaltninger",
    "/loesninger?words=sms",
    "/problemer?state=unsolved",
    "/teknologier",
    "/forslag",
    "/netvaerk",
    "/netvaerk?node=pleje",
    "/netvaerk/vej?from=sms-service&to=natsensorer",
    "/indlaesninger",
    "/indlaesninger/3",
    "/soeg?q=pleje",
    "/kompetencer?state=lacking",
    "/kommune/eksempel",
    "/forvaltning/eksempel/sundhed-og-omsorg",
    "/loesning/sms-service",
    "/problem/udeblivelser-fra-aftaler",
    "/teknologi/sms",
    "/kompetence/dataetik",
    "/graphql",
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.top >= 0 && box.left >= 0 && box.width > 0;
}"""


@pytest.fixture(scope="module", params=[("da", 1440), ("en", 360)], ids=["da-1440", "en-360"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser on a large screen in Danish, and on a small one in English."""
    language, width = request.param
    made = browser.new_context(viewport={"width": width, "height": 900}, locale=language)
    yield made
    made.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_and_quiet_and_fits(
    path: str, context: BrowserContext, example_address: str
) -> None:
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    hosts: set[str] = set()
    page.on("request", lambda sent: hosts.add(urlsplit(sent.url).netloc))
    answer = page.goto(f"{example_address}{path}")
    assert answer is not None
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate(OVERFLOW) == 0
    assert hosts == {urlsplit(example_address).netloc}
    assert heard == []
    page.close()


def test_the_keyboard_alone_reaches_the_content_and_every_link(
    page: Page, example_address: str
) -> None:
    page.goto(f"{example_address}/loesning/sms-service?lang=da")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Spring til indholdet")
    expect(skip).to_be_focused()
    assert page.evaluate(IN_SIGHT)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(IN_SIGHT)
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


def test_the_source_of_a_value_opens_with_the_keyboard(page: Page, example_address: str) -> None:
    page.goto(f"{example_address}/loesning/sms-service?lang=da")
    toggle = page.locator("details.origin > summary").first
    toggle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.origin ul").first).to_be_visible()


def test_the_menu_of_a_small_screen_opens_and_closes_with_the_keyboard(
    page: Page, example_address: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{example_address}/?lang=da")
    solutions = page.get_by_role("link", name="Løsninger", exact=True)
    expect(solutions).to_be_hidden()
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(solutions).to_be_visible()
    page.keyboard.press("Escape")
    expect(solutions).to_be_hidden()


def test_everything_on_a_page_is_there_without_javascript(
    browser: Browser, example_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da")
    page = context.new_page()
    page.goto(f"{example_address}/netvaerk?node=solution:sms-service")
    expect(page.locator("[data-drawing] svg")).to_be_visible()
    page.locator("[data-drawing] a").first.click()
    expect(page.locator("#told")).to_have_text("Det er oplyst")
    page.get_by_label("Søg i løsninger").fill("pleje")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Søgning efter „pleje“")
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Search for “pleje”")
    context.close()


def test_a_page_for_paper_has_no_controls(page: Page, example_address: str) -> None:
    page.goto(f"{example_address}/forslag?lang=da")
    page.emulate_media(media="print")
    expect(page.locator(".card.proposal").first).to_be_visible()
    expect(page.locator("nav.navigation")).to_be_hidden()
    expect(page.locator("form.search")).to_be_hidden()


def test_sheets_are_handed_in_with_a_browser_and_the_answer_is_accessible(
    page: Page, tmp_path: Path
) -> None:
    sheet = tmp_path / "ark.csv"
    rows = "Kommune;Forvaltning;Løsning;Status\nA;B;SMS;i brug\nA;B;Robot;i burg\n"
    sheet.write_text(rows, encoding="utf-8")
    store = SqliteStore(tmp_path / "graph.sqlite")
    with running_server(site_app(store)) as address:
        page.goto(f"{address}/indlaesninger?lang=da")
        page.get_by_label("Ark", exact=True).set_input_files(sheet)
        page.get_by_role("button", name="Se, hvad der sker").click()
        expect(page.get_by_text("word-unknown")).to_be_visible()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.close()
    store.close()
