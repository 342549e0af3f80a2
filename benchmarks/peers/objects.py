"""The nested page from plain objects in memory: by bare strawberry, and by orjson alone.

``python -m benchmarks.peers.objects SIZE`` serves them at /graphql and /bytes. It says its address
on a line of its own, and ends with its standard input.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import orjson
import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from strawberry.asgi import GraphQL

from benchmarks.generator import SIZES, Generator
from benchmarks.peers.bare import BareGraph, bare_graph
from benchmarks.peers.process import address_of, serve, stop
from schema.records import is_relation, parse_relation

DEPARTMENTS, USES, PROBLEMS = 50, 20, 5
PAGE = """
{ departments { id name uses { status node { id name description
    solves { id name description } } } } }
"""
"""As our own page asks for: 50 departments, 20 solutions of each, 5 problems of each of these."""


@strawberry.type
class Problem:
    """A problem as the page shows it."""

    id: str
    name: str
    description: str | None


@strawberry.type
class Solution:
    """A solution with its problems."""

    id: str
    name: str
    description: str | None
    solves: list[Problem]


@strawberry.type
class Use:
    """A use with its solution."""

    status: str | None
    node: Solution


@strawberry.type
class Department:
    """A department with its uses."""

    id: str
    name: str
    uses: list[Use]


def departments_of(graph: BareGraph) -> list[Department]:
    """The page's objects, whole and in memory."""
    uses: dict[str, list[Use]] = {}
    solves: dict[str, list[str]] = {}
    for element in graph:
        if " SOLVES " in element:
            _, solution, problem = parse_relation(element)
            solves.setdefault(solution, []).append(problem)
    names = sorted(e for e in graph if e.startswith("department:") and not is_relation(e))
    shown = set(names[:DEPARTMENTS])
    for element, fields in graph.items():
        if " USES " in element:
            _, department, solution = parse_relation(element)
            if department in shown:
                status = str(fields["status"]) if "status" in fields else None
                node = _solution(graph, solution, solves.get(solution, []))
                uses.setdefault(department, []).append(Use(status=status, node=node))
    return [
        Department(id=each, name=str(graph[each]["name"]), uses=uses.get(each, [])[:USES])
        for each in names[:DEPARTMENTS]
    ]


def _solution(graph: BareGraph, solution: str, problems: list[str]) -> Solution:
    solved = []
    for problem in problems[:PROBLEMS]:
        node, name, description = _told(graph, problem)
        solved.append(Problem(id=node, name=name, description=description))
    node, name, description = _told(graph, solution)
    return Solution(id=node, name=name, description=description, solves=solved)


def _told(graph: BareGraph, node: str) -> tuple[str, str, str | None]:
    description = graph[node].get("description")
    return node, str(graph[node]["name"]), None if description is None else str(description)


def application(departments: list[Department]) -> Starlette:
    """Both ways to the same page."""
    page = {"data": {"departments": [asdict(each) for each in departments]}}

    @strawberry.type
    class Query:
        @strawberry.field
        def departments(self) -> list[Department]:
            return departments

    async def as_bytes(_request: Request) -> Response:
        return Response(orjson.dumps(page), media_type="application/json")

    graphql: GraphQL[None, None] = GraphQL(strawberry.Schema(Query))
    bytes_alone = Route("/bytes", as_bytes, methods=["GET", "POST"])
    return Starlette(routes=[bytes_alone, Route("/graphql", graphql)])


@contextmanager
def served_objects(size: str) -> Iterator[str]:
    """The address of a process that serves both, as long as the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.peers.objects", size],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield address_of(process)
    finally:
        stop(process)


def main() -> None:
    """Serve the size named on the command line."""
    departments = departments_of(bare_graph(Generator(SIZES[sys.argv[1]]).loads()))
    serve(application(departments))


if __name__ == "__main__":
    main()
