"""The server put together: guards around the pages, the pictures' files and GraphQL."""

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from api.assets import STATIC, vis_folder
from api.graphql_endpoint import graphql_endpoint
from api.graphql_types.schema import SCHEMA
from api.guards import Guards, guard_middleware
from api.pages import routes
from api.pages.site import Site
from api.query_page import query_page
from api.server import Server
from api.watching import watching

__all__ = ["Server", "application"]


def application(server: Server) -> Starlette:
    """The ASGI application."""
    site = Site(server)
    page = query_page(SCHEMA, site.frame_of_query, site.language_of)
    return Starlette(
        routes=[
            Mount("/static/vis", StaticFiles(directory=vis_folder()), name="vis"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            Route("/graphql", graphql_endpoint(server, page)),
            *routes(site),
        ],
        exception_handlers=site.handlers,
        middleware=[
            *watching(server),
            *guard_middleware(Guards(secret=server.secret, hosts=server.hosts)),
        ],
    )
