"""The server put together: guards around the pages, the pictures' files and GraphQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, Router
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api.assets import STATIC, vis_folder
from api.guards import Guards, guard_middleware
from api.made_late import LateApplication, MadeLate
from api.server import Server
from api.watching import watching

if TYPE_CHECKING:
    from api.graphql_http import Page
    from api.pages.site import Site

__all__ = ["Server", "application"]


def application(server: Server) -> Starlette:
    """The ASGI application. What takes long to make is made when it is first asked for, or by
    ``state.made_late``'s ``made`` before that: whoever asks for a page does not wait for GraphQL,
    nor the other way round."""
    site = MadeLate(lambda: _site(server))
    graphql = LateApplication(lambda: _graphql(server, site))
    pages = LateApplication(lambda: _pages(site))

    def failed(request: Request, error: Exception) -> Response:
        """For what no page answers: addresses without a page, files that are not there."""
        from api.pages.errors import failed

        return failed(site.made(), request, error)

    made = Starlette(
        routes=[
            Mount("/static/vis", StaticFiles(directory=vis_folder()), name="vis"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            Route("/graphql", graphql),
        ],
        exception_handlers={HTTPException: failed},
        middleware=[
            *watching(server),
            *guard_middleware(Guards(secret=server.secret, hosts=server.hosts)),
        ],
    )
    # Not a route for all the rest: then /graphql/ would lead to a page that is not there.
    made.router.default = pages
    made.state.made_late = (pages, graphql)
    return made


def _site(server: Server) -> Site:
    from api.pages.site import Site

    return Site(server)


def _pages(site: MadeLate[Site]) -> ASGIApp:
    from api.pages import routes

    return Router(routes(site.made()))


def _graphql(server: Server, site: MadeLate[Site]) -> ASGIApp:
    # The types of every kind of node and question: importing them takes half of a server's start.
    from api.graphql_endpoint import graphql_endpoint

    page = MadeLate(lambda: _query_page(site.made()))
    return graphql_endpoint(server, lambda request: page.made()(request))


def _query_page(site: Site) -> Page:
    from api.graphql_types.schema import SCHEMA
    from api.query_page import query_page

    return query_page(SCHEMA, site.frame_of_query, site.language_of)
