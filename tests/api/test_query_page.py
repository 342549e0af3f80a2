"""The page for trying GraphQL: whole without JavaScript, quick with it, and asking no one else."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from graphql import parse
from httpx import Client
from playwright.sync_api import Browser, Page, expect

from api.query_docs import documentation
from api.query_examples import EXAMPLES
from tests.api.small_schema import small_schema

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_browser_without_a_query_gets_the_page(client: Client) -> None:
    response = client.get("/graphql", headers=BROWSER)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert "Forespørgsel" in response.text


def test_the_page_is_in_the_language_that_is_wanted(client: Client) -> None:
    page = client.get("/graphql", headers={**BROWSER, "accept-language": "en"}).text
    assert '<html lang="en">' in page
    assert "What you can ask" in page


def test_a_program_without_a_query_is_told_what_is_missing(client: Client) -> None:
    response = client.get("/graphql", headers={"accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "request-parameter"


def test_the_form_is_answered_without_javascript(client: Client) -> None:
    page = client.get("/graphql?example=echo", headers=BROWSER).text
    assert re.search(r'<form[^>]*method="get" action="/graphql"', page)
    sent = {"query": "query Q($text: String!) { echo(text: $text) }", "variables": '{"text": "x"}'}
    assert client.get("/graphql", params=sent, headers=BROWSER).json() == {"data": {"echo": "x0.0"}}


def test_an_example_is_filled_in_and_an_unknown_one_is_the_first(client: Client) -> None:
    assert "query Echo(" in client.get("/graphql?example=echo", headers=BROWSER).text
    assert "totalCount" in client.get("/graphql?example=<script>", headers=BROWSER).text


def test_the_page_has_nothing_inline_and_names_no_other_host(client: Client) -> None:
    page = client.get("/graphql", headers=BROWSER).text
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
    assert not re.search(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", page)


def test_everything_in_the_schema_is_documented() -> None:
    documented = documentation(small_schema())
    names = {each.name for each in documented.types}
    assert {"Department", "DepartmentConnection", "String", "ID"} <= names
    assert not any(name.startswith("__") for name in names)
    fields = {each.name: each for each in documented.queries}
    assert fields["nodes"].type is not None
    assert fields["nodes"].type.written == "[Department!]!"
    assert [argument.name for argument in fields["nodes"].arguments] == ["ids"]
    assert "letters" in {each.name for each in documented.changes}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.key)
def test_the_examples_are_graphql(example: object) -> None:
    parse(example.query)  # type: ignore[attr-defined]


@pytest.mark.browser
class TestInABrowser:
    @pytest.fixture(autouse=True)
    def opened(self, page: Page, small_server: str) -> None:
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(f"{small_server}/graphql?language=da")

    def test_asking_shows_the_answer_and_says_how_long_it_took(self, page: Page) -> None:
        page.get_by_role("button", name="Spørg").click()
        expect(page.locator("#answer")).to_contain_text('"totalCount": 2')
        expect(page.get_by_role("status").last).to_contain_text("Svar efter")
        assert self.complaints == []

    def test_the_keyboard_is_enough(self, page: Page) -> None:
        page.get_by_label("Forespørgsel").fill("query Q($text: String!) { echo(text: $text) }")
        page.keyboard.press("Tab")
        page.keyboard.press("Control+A")
        page.keyboard.type('{"text": "blåbær"}')
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer")).to_contain_text("blåbær0.0")
        for _ in range(2):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") == "answer"

    def test_a_wrong_query_is_explained_in_the_answer(self, page: Page) -> None:
        page.get_by_label("Forespørgsel").fill("{ nothing }")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#answer")).to_contain_text("query-invalid")
        expect(page.locator("#answer-status")).to_contain_text("Svaret har fejl")

    def test_variables_that_are_no_object_are_pointed_out(self, page: Page) -> None:
        for wrong in ("{", "[1]", "null"):
            page.get_by_label("Variabler").fill(wrong)
            page.keyboard.press("Control+Enter")
            expect(page.locator("#answer-status")).to_contain_text("JSON-objekt")
            expect(page.get_by_label("Variabler")).to_be_focused()

    def test_a_link_to_a_type_opens_it(self, page: Page) -> None:
        page.get_by_role("link", name="DepartmentConnection!").first.click()
        expect(page.locator("#type-DepartmentConnection dl")).to_be_visible()

    @pytest.mark.parametrize("width", [360, 768, 1440])
    def test_it_is_accessible_and_fits_at_every_width(self, page: Page, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        page.get_by_role("button", name="Spørg").click()
        expect(page.locator("#answer")).to_contain_text("totalCount")
        page.locator("details summary").first.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) == 0


@pytest.mark.browser
def test_without_javascript_the_form_asks_by_itself(browser: Browser, small_server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{small_server}/graphql?language=da&example=echo")
    with page.expect_navigation():
        page.get_by_role("button", name="Spørg").click()
    assert '"echo":"æøå0.0"' in page.content()
    context.close()
