"""A small GraphQL schema with all that HTTP must cope with: pages, failures, uploads, waiting."""

import asyncio
import logging
import time

import strawberry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from strawberry.file_uploads import Upload
from strawberry.schema.config import StrawberryConfig

from api.accept import language_of
from api.assets import STATIC
from api.frame import PAGES, Frame
from api.graphql_http import graphql_app
from api.guards import Guards, guard_middleware
from api.limits import Limits
from api.query_examples import QueryExample
from api.query_page import query_page
from schema.messages import Place, Refusal, say
from schema.text import Language, Text

LOG = logging.getLogger("tests.api.graphql")
SECRET = b"s" * 32


@strawberry.type
class Problem:
    id: strawberry.ID
    name: str


@strawberry.type
class ProblemEdge:
    node: Problem


@strawberry.type
class ProblemConnection:
    total_count: int
    edges: list[ProblemEdge]


@strawberry.type
class Solution:
    id: strawberry.ID
    name: str

    @strawberry.field
    def problems(self, first: int = 20) -> ProblemConnection:
        nodes = [Problem(id=strawberry.ID(f"problem:{n}"), name=f"P{n}") for n in range(first)]
        return ProblemConnection(total_count=first, edges=[ProblemEdge(node=n) for n in nodes])


@strawberry.type
class SolutionEdge:
    node: Solution


@strawberry.type
class SolutionConnection:
    total_count: int
    edges: list[SolutionEdge]


@strawberry.type
class Department:
    id: strawberry.ID
    name: str

    @strawberry.field
    def solutions(self, first: int = 20) -> SolutionConnection:
        nodes = [Solution(id=strawberry.ID(f"solution:{n}"), name=f"L{n}") for n in range(first)]
        return SolutionConnection(total_count=first, edges=[SolutionEdge(node=n) for n in nodes])

    @strawberry.field
    def parent(self) -> "Department":
        return self

    @strawberry.field
    def nickname(self) -> str:
        raise ZeroDivisionError("the wiring of the house")


@strawberry.type
class DepartmentEdge:
    node: Department


@strawberry.type
class DepartmentConnection:
    total_count: int
    edges: list[DepartmentEdge]


@strawberry.type
class Query:
    @strawberry.field
    def departments(self, first: int = 20) -> DepartmentConnection:
        nodes = [
            Department(id=strawberry.ID(f"department:{n}"), name=f"Pleje {n}") for n in range(first)
        ]
        return DepartmentConnection(
            total_count=first, edges=[DepartmentEdge(node=node) for node in nodes]
        )

    @strawberry.field
    def department(self, id: strawberry.ID) -> Department | None:
        if id == "department:0":
            return Department(id=id, name="Pleje")
        raise Refusal(say("unknown-id", id=id))

    @strawberry.field
    def nodes(self, ids: list[strawberry.ID]) -> list[Department]:
        return [Department(id=id, name="Pleje") for id in ids]

    @strawberry.field
    def broken(self) -> str:
        raise ZeroDivisionError("the wiring of the house")

    @strawberry.field
    def broken_list(self) -> list[Department | None]:
        return [Department(id=strawberry.ID(f"department:{n}"), name="x") for n in range(500)]

    @strawberry.field
    def refused_twice(self) -> str | None:
        raise Refusal(
            say("unknown-id", Place("ark.xlsx", "Status", 4, "B"), id="x"),
            say("unknown-id", id="y"),
        )

    @strawberry.field
    def blocking(self, seconds: float = 0.05) -> "Query":
        time.sleep(seconds)
        return Query()

    @strawberry.field
    async def waiting(self, seconds: float = 60.0) -> str:
        await asyncio.sleep(seconds)
        return "done"

    @strawberry.field
    def echo(self, text: str = "", number: float = 0.0) -> str:
        return f"{text}{number}"


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def letters(self, file: Upload) -> str:
        content: bytes = await file.read()  # type: ignore[attr-defined]
        return content.decode()

    @strawberry.mutation
    async def all_letters(self, files: list[Upload]) -> list[str]:
        return [(await file.read()).decode() for file in files]  # type: ignore[attr-defined]

    @strawberry.mutation
    def slow_change(self) -> Query:
        time.sleep(0.3)
        return Query()


def small_schema() -> strawberry.Schema:
    config = StrawberryConfig(disable_field_suggestions=True)
    return strawberry.Schema(Query, Mutation, config=config)


SMALL_EXAMPLES = (
    QueryExample("names", Text("Navne", "Names"), "{ departments(first: 2) { totalCount } }"),
    QueryExample(
        "echo",
        Text("Ekko", "Echo"),
        "query Echo($text: String!) { echo(text: $text) }",
        '{ "text": "æøå" }',
    ),
)


def small_frame(request: Request) -> Frame:
    hrefs = {page: f"/{page}" for page in (*PAGES, "home", "search")}
    return Frame(hrefs, "graphql", "/graphql?language=en", revision=1)


def asked_language(request: Request) -> Language:
    asked = request.query_params.get("language")
    return "da" if asked == "da" else language_of(request.headers)


async def no_context(request: Request) -> dict[str, str]:
    return {"method": request.method}


def small_app(limits: Limits | None = None) -> Starlette:
    """The small schema at /graphql behind all guards, with a page to try it on."""
    schema = small_schema()
    page = query_page(schema, small_frame, asked_language, SMALL_EXAMPLES)
    endpoint = graphql_app(schema, no_context, limits or Limits(), LOG, page)
    return Starlette(
        routes=[Route("/graphql", endpoint), Mount("/static", StaticFiles(directory=STATIC))],
        middleware=guard_middleware(Guards(secret=SECRET)),
    )
