"""Networks in a real browser, under the policy that the pages are served with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from time import sleep

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.assets import STATIC, network_assets, vis_folder
from api.frame import PAGES, Frame
from api.templating import environment
from schema.text import Text
from tests.visualisations.networks import TITLE, nasty_network, random_network, small_network
from visualisations.looks import NODE_LOOKS
from visualisations.network import Network
from visualisations.network_file import document
from visualisations.network_picture import picture

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
TEMPLATE = """{% extends "base.html" %}{% from "parts.html" import network with context %}
{% block title %}Netværk{% endblock %}{% block content %}{{ network(picture) }}{% endblock %}
{% block scripts %}<script src="/static/vis/vis-network.min.js" defer></script>
<script src="/static/network.js" defer></script>{% endblock %}"""
NETWORKS = {"small": small_network(), "nasty": nasty_network(), "large": random_network(75, 90)}


def network_page(request: Request) -> HTMLResponse:
    frame = Frame({page: f"/{page}" for page in (*PAGES, "home", "search")}, "network", "/en", 7)
    shown = picture(NETWORKS[request.path_params["name"]], TITLE, "da")
    html = environment("da").from_string(TEMPLATE).render(frame=frame, picture=shown)
    return HTMLResponse(html, headers={"content-security-policy": POLICY})


def node_page(request: Request) -> HTMLResponse:
    return HTMLResponse(f"<title>{request.url.path}</title>")


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        sleep(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    app = Starlette(
        routes=[
            Route("/network/{name}", network_page),
            Mount("/static/vis", StaticFiles(directory=vis_folder())),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/{node}", node_page),
        ]
    )
    with serving(app) as found:
        yield found


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """Whatever the browser complains of: refused styles and scripts, errors, open dialogues."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))

    def refuse(dialog: Dialog) -> None:
        heard.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    return heard


def interactive(page: Page) -> None:
    expect(page.locator("[data-canvas]")).to_be_visible()
    expect(page.locator("[data-drawing]")).to_be_hidden()


def test_the_interactive_picture_takes_the_drawings_place(
    page: Page, address: str, complaints: list[str]
) -> None:
    page.goto(f"{address}/network/small")
    interactive(page)
    page.get_by_role("button", name="Tegning").click()
    expect(page.locator("[data-drawing]")).to_be_visible()
    expect(page.locator("[data-canvas]")).to_be_hidden()
    assert complaints == []


PLACES = """() => {
  const stage = document.querySelector('[data-stage]').getBoundingClientRect();
  return [...document.querySelectorAll('[data-node]')].map((drawn) => {
    const box = drawn.querySelector('circle, polygon').getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.6];
    return [drawn.dataset.kind, x - stage.x, y - stage.y];
  });
}"""
# The canvas is painted in the frame after it is shown, so this is asked until it holds.
PAINTED = """([places, colours]) => {
  const canvas = document.querySelector('[data-canvas] canvas');
  const ratio = canvas.width / canvas.clientWidth;
  const pen = canvas.getContext('2d');
  return places.every(([kind, x, y]) => {
    const point = pen.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data;
    const hex = [...point].slice(0, 3).map((part) => part.toString(16).padStart(2, '0')).join('');
    return `#${hex}` === colours[kind];
  });
}"""


def test_every_node_has_the_same_place_and_colour_in_both(page: Page, address: str) -> None:
    page.goto(f"{address}/network/large")
    interactive(page)
    page.get_by_role("button", name="Tegning").click()
    places = page.evaluate(PLACES)
    assert len(places) == 60
    page.get_by_role("button", name="Interaktiv").click()
    colours = {kind: look.colour for kind, look in NODE_LOOKS.items()}
    page.wait_for_function(PAINTED, arg=[places, colours], timeout=5000)


def test_the_keyboard_alone_moves_reads_and_opens(page: Page, address: str) -> None:
    page.goto(f"{address}/network/small")
    interactive(page)
    page.locator("[data-canvas]").focus()
    page.keyboard.press("Home")
    story = page.get_by_role("status")
    expect(story).to_contain_text("Borgerservice (forvaltning)")
    expect(story).to_contain_text("Modenhed 3")
    page.keyboard.press("ArrowRight")
    expect(story).to_contain_text("SMS-service (løsning)")
    page.keyboard.press("Enter")
    expect(page).to_have_title("/s")


def test_pointing_at_a_node_shows_its_evidence_and_a_click_opens_its_page(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/network/small")
    interactive(page)
    page.get_by_role("button", name="Tegning").click()
    box = page.locator("[data-node=d1] polygon").bounding_box()
    assert box is not None
    page.get_by_role("button", name="Interaktiv").click()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("status")).to_contain_text("Modenhed 3")
    page.mouse.down()
    page.mouse.up()
    expect(page).to_have_title("/d1")


def test_a_kind_can_be_taken_out_of_both_pictures(page: Page, address: str) -> None:
    page.goto(f"{address}/network/small")
    interactive(page)
    page.get_by_label("Forvaltninger").uncheck()
    page.locator("[data-canvas]").focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("status")).to_contain_text("SMS-service (løsning)")
    page.get_by_role("button", name="Tegning").click()
    expect(page.locator("[data-kind=department]").first).to_be_hidden()
    expect(page.locator("[data-link=USES]").first).to_be_hidden()
    expect(page.locator("[data-link=SOLVES]")).to_be_visible()


def test_without_scripts_the_drawing_the_links_and_the_table_stand(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/network/small")
    expect(page.locator("[data-drawing]")).to_be_visible()
    expect(page.locator("[data-filter]").first).to_be_hidden()
    page.get_by_text("Netværket som tabel").click()
    expect(page.get_by_role("row")).to_have_count(5)
    page.locator("[data-node=s]").click()
    expect(page).to_have_title("/s")
    context.close()


def test_names_that_try_to_break_out_are_harmless(
    page: Page, address: str, complaints: list[str]
) -> None:
    page.goto(f"{address}/network/nasty")
    interactive(page)
    page.locator("[data-canvas]").focus()
    page.keyboard.press("Home")
    expect(page.get_by_role("status")).to_contain_text("</script><script>alert(1)</script>")
    assert complaints == []


@pytest.mark.parametrize("network", [small_network(), nasty_network()], ids=["small", "nasty"])
def test_the_file_opens_offline_and_asks_nothing_of_anyone(
    page: Page, complaints: list[str], tmp_path: Path, network: Network
) -> None:
    title = Text("</title><script>alert(4)</script>", "x")
    file = tmp_path / "network.html"
    file.write_text(
        document(network, title, "da", environment("da"), network_assets(), 7), encoding="utf-8"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    interactive(page)
    expect(page).to_have_title(title.da)
    assert asked == [file.as_uri()]
    assert complaints == []


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_is_accessible_and_never_wider_than_the_screen(
    page: Page, address: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}/network/large")
    expect(page.locator("[data-tools]")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_skip_link_leads_past_the_menu(page: Page, address: str) -> None:
    page.goto(f"{address}/network/small")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Spring til indholdet")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))


def test_the_menu_opens_on_a_narrow_screen_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 700})
    page = context.new_page()
    page.goto(f"{address}/network/small")
    link = page.get_by_role("link", name="Løsninger")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    context.close()
