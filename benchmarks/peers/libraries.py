"""A server of one GraphQL field: what the libraries alone take from a start to the first answer.

``python -m benchmarks.peers.libraries`` serves it at /graphql. It says its address on a line of its
own, and ends with its standard input.
"""

import subprocess
import sys
import time

from benchmarks.peers.process import address_of, serve, stop


def seconds_to_the_first_answer() -> float:
    """From the start of its process on."""
    import httpx  # not for the server, which is this module too

    since = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        asked = {"query": "{ revision }"}
        httpx.post(f"{address_of(process)}/graphql", json=asked).raise_for_status()
        return time.perf_counter() - since
    finally:
        stop(process)


def main() -> None:
    """Serve it, with the command line and the arrays that every start of ours needs too."""
    import click  # noqa: F401
    import numpy as np  # noqa: F401
    import scipy.sparse  # noqa: F401
    import strawberry
    from starlette.applications import Starlette
    from starlette.routing import Route
    from strawberry.asgi import GraphQL

    @strawberry.type
    class Query:
        @strawberry.field
        def revision(self) -> int:
            return 0

    graphql: GraphQL[None, None] = GraphQL(strawberry.Schema(Query))
    application = Starlette(routes=[Route("/graphql", graphql)])
    serve(application)


if __name__ == "__main__":
    main()
