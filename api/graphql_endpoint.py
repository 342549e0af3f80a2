"""GraphQL over this server's graph."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.types import ASGIApp

from api.accept import language_of
from api.graphql_http import Page, Standing, graphql_app
from api.graphql_types.context import Asking
from api.graphql_types.schema import SCHEMA
from api.request_log import answered_at
from api.server import Server
from loaders.desk import Actor

ACTOR = Actor("graphql")
"""Who asks over GraphQL, as long as nobody signs in."""


def graphql_endpoint(server: Server, page: Page | None = None) -> ASGIApp:
    """The endpoint for ``/graphql``; ``page`` answers a browser that comes without a query."""

    async def asking(request: Request) -> Asking:
        snapshot = await run_in_threadpool(server.live.snapshot)
        answered_at(request.scope, snapshot.revision)
        language = language_of(request.headers)
        return Asking(server.live, snapshot, language, server.desk, ACTOR)

    def moved(asked: Asking) -> bool:
        return server.live.store.revision() != asked.snapshot.revision

    standing = Standing(server.kept, server.under_way, lambda asked: asked.snapshot.revision, moved)
    return graphql_app(SCHEMA, asking, server.limits, server.log, page, standing)
