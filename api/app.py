"""The server put together: guards around the pages, the pictures' files and GraphQL."""

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from api.assets import STATIC, vis_folder
from api.guards import Guards, guard_middleware
from api.made_late import MadeLate
from api.pages import routes
from api.pages.site import Site
from api.server import Server
from api.watching import watching

__all__ = ["Server", "application"]


def application(server: Server) -> Starlette:
    """The ASGI application. What takes long to make is made when it is first asked for, or by
    ``state.made_late``'s ``made`` before that."""
    site = Site(server)
    graphql = MadeLate(lambda: _graphql(server, site))
    made = Starlette(
        routes=[
            Mount("/static/vis", StaticFiles(directory=vis_folder()), name="vis"),
            Mount("/static", StaticFiles(directory=STATIC), name="static"),
            Route("/graphql", graphql),
            *routes(site),
        ],
        exception_handlers=site.handlers,
        middleware=[
            *watching(server),
            *guard_middleware(Guards(secret=server.secret, hosts=server.hosts)),
        ],
    )
    made.state.made_late = (graphql,)
    return made


def _graphql(server: Server, site: Site) -> ASGIApp:
    # The types of every kind of node and question: importing them takes half of a server's start.
    from api.graphql_endpoint import graphql_endpoint
    from api.graphql_types.schema import SCHEMA
    from api.query_page import query_page

    return graphql_endpoint(server, query_page(SCHEMA, site.frame_of_query, site.language_of))
