"""What all pages share: languages, addresses, and what happens around a page's own work."""

from collections.abc import Awaitable, Callable
from functools import cached_property

from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from api.accept import language_of
from api.form_token import check_form_token, shows_form
from api.frame import Frame
from api.kept_answers import Kept, Key, key_of
from api.pages.errors import failed
from api.pages.rich_rows import RichRows
from api.pages.visit import Visit
from api.request_log import answered_at
from api.server import Server
from api.templating import environment
from api.turns import Turns
from graph.home import home_municipality
from schema.text import LANGUAGES, Language

LANGUAGE_COOKIE = "lang"
VARY = "Cookie, Accept-Language"
TRIES = 3
"""How often a page is made while the graph moves on; the last one is given as it is."""
EVERYWHERE = "alle"
"""The value of ``municipality`` in an address that asks for all of them."""

Page = Callable[[Visit], Response]
FormPage = Callable[[Visit, FormData], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


class Site:
    """The pages' side of a server."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._turns = Turns(server.limits.pages_at_once)

    @cached_property
    def environments(self) -> dict[Language, Environment]:
        made = {language: environment(language) for language in LANGUAGES}
        for language, each in made.items():
            rich = RichRows(each, language)
            each.filters.update(rows=rich.rows, item=rich.item, origin=rich.origin)
        return made

    def language_of(self, request: Request) -> Language:
        """As the address says (``?lang=en``), else as was chosen before, else as the browser is
        set to; Danish where nothing is said."""
        for said in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
            for language in LANGUAGES:
                if said == language:
                    return language
        return language_of(request.headers)

    def visit(self, request: Request) -> Visit:
        """One request and the snapshot that it is answered from. The municipality is the one in
        the address (``?municipality=eksempel``), else the one that has told most."""
        snapshot = self.server.live.snapshot()
        answered_at(request.scope, snapshot.revision)
        home = snapshot.derived(home_municipality)
        asked = request.query_params.get("municipality", "")
        named = f"municipality:{asked.removeprefix('municipality:')}"
        chosen = None if asked == EVERYWHERE else named if named in snapshot else home
        return Visit(self, request, snapshot, self.language_of(request), chosen, home)

    def frame_of_query(self, request: Request) -> Frame:
        """What stands around the page where GraphQL is tried."""
        return self.visit(request).frame("graphql")

    def route(self, path: str, page: Page) -> Route:
        """A page that is only looked at. It runs in a thread, so it may ask the store."""
        turns = self._turns

        async def endpoint(request: Request) -> Response:
            language = self.language_of(request)
            key = key_of("page", request.url.path, request.scope["query_string"], language)
            found = await run_in_threadpool(self._found, request, key)
            if found is not None:
                return found
            async with self.server.under_way.making(key) as others_were:
                if others_were:
                    found = await run_in_threadpool(self._found, request, key)
                if found is None:
                    found = await turns.run(self._made, request, page, key)
            return found

        return Route(path, self._guarded(endpoint), methods=["GET"])

    def _found(self, request: Request, key: Key) -> Response | None:
        """The page as it was kept for the newest revision."""
        visit = self.visit(request)
        kept = self.server.kept.find(key, visit.snapshot.revision)
        return None if kept is None else kept.response(request, VARY)

    def _made(self, request: Request, page: Page, key: Key) -> Response:
        """The page; made again where the graph moved on meanwhile, so that all of it is of one
        revision."""
        for _ in range(TRIES):
            visit = self.visit(request)
            revision = visit.snapshot.revision
            response = page(visit)
            if self.server.live.store.revision() == revision:
                return self._kept(key, revision, request, response)
        return response

    def _kept(self, key: Key, revision: int, request: Request, response: Response) -> Response:
        """Keep a page that every visitor is shown alike."""
        is_plain = type(response) is HTMLResponse and response.status_code == 200
        if not is_plain or shows_form(request) or "set-cookie" in response.headers:
            return response
        made = Kept.of(revision, bytes(response.body), response.headers["content-type"])
        self.server.kept.keep(key, made)
        return made.response(request, VARY)

    def form_route(self, path: str, page: FormPage) -> Route:
        """What a form is sent to; only forms with our own token come through."""

        async def endpoint(request: Request) -> Response:
            async with request.form() as form:
                check_form_token(request, form)
                return await run_in_threadpool(lambda: page(self.visit(request), form))

        return Route(path, self._guarded(endpoint), methods=["POST"])

    def _guarded(self, endpoint: Endpoint) -> Endpoint:
        """What nobody foresaw becomes a page with a number. It is done here, inside the guards:
        Starlette answers it outside of them, and so without their headers."""

        async def guarded(request: Request) -> Response:
            try:
                response = await endpoint(request)
            except Exception as error:
                return await run_in_threadpool(failed, self, request, error)
            response.headers.setdefault("cache-control", "private, no-cache")
            response.headers.setdefault("vary", VARY)
            return response

        return guarded
