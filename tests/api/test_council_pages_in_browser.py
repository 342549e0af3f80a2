"""The council's pages in a real browser: accessible, quiet, usable by keyboard and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/synergier?kind=reuse",
    "/synergier/par?a=eksempel/sundhed-og-omsorg&b=eksempel/social-og-handicap",
    "/overfoersel",
    "/overfoersel/kort?solution=sms-service&department=eksempel/vej-og-park",
    "/loesning/findes-ikke",
)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_accessible_quiet_and_fit_the_screen(
    page: Page, example_address: str, address: str
) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: _noted(complaints, said.type, said.text))
    page.on("request", lambda request: _noted_if_outside(complaints, request, example_address))
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(example_address + address)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate(OVERFLOW) == 0
    assert complaints == []


def _noted(complaints: list[str], kind: str, text: str) -> None:
    # The browser itself says so where the page is a 404.
    if kind in {"error", "warning"} and "status of 404" not in text:
        complaints.append(text)


def _noted_if_outside(complaints: list[str], request: Request, address: str) -> None:
    if not request.url.startswith((address, "data:")):
        complaints.append(request.url)


def test_the_first_page_answers_its_three_questions_without_scrolling(
    page: Page, example_address: str
) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{example_address}/?lang=da")
    for name in ("Det er i brug", "Her kan I hjælpe hinanden", "Det er uløst"):
        panel = page.get_by_role("region", name=name)
        expect(panel.locator("strong").first).to_be_in_viewport()
        expect(panel.locator("li").nth(2)).to_be_in_viewport()


def test_the_keyboard_leads_from_the_matrix_to_a_pair(page: Page, example_address: str) -> None:
    page.goto(f"{example_address}/synergier?lang=da")
    page.get_by_role("region", name="Samlet synergi").focus()
    focused = ""
    while "/synergier/par" not in focused:
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.href ?? ''")
    page.keyboard.press("Enter")
    expect(page).to_have_url(focused)
    expect(page.get_by_role("heading", level=1)).to_contain_text("×")


def test_without_javascript_everything_can_be_chosen_and_read(
    browser: Browser, example_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="da-DK")
    page = context.new_page()
    page.goto(f"{example_address}/synergier")
    page.get_by_label("Slags synergi").select_option("join")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_text("Begge står med det samme uløste problem.")).to_be_visible()
    page.get_by_label("Kommune", exact=True).select_option("fjordby")
    page.get_by_role("button", name="Skift").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Synergier i Fjordby")
    page.locator(".ranked a").first.click()
    expect(page.locator(".network__drawing svg")).to_be_visible()
    page.get_by_text("Netværket som tabel").click()
    expect(page.locator(".network__table table")).to_be_visible()
    context.close()


def test_the_card_prints_its_answers_and_no_controls(page: Page, example_address: str) -> None:
    page.goto(f"{example_address}{PAGES[4]}&lang=da")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Hindringer")).to_be_visible()
    expect(page.locator(".network__drawing svg")).to_be_visible()
    for hidden in (".navigation", ".choices", ".network__canvas"):
        expect(page.locator(hidden)).to_be_hidden()
