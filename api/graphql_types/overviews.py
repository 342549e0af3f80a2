"""The overview of a municipality, or of the whole graph, in GraphQL."""

from typing import Any

import strawberry

from api.graphql_types.answers import LANGUAGE_NOTE, said
from api.graphql_types.context import Info
from api.graphql_types.made import TYPES, made_field, named_type
from api.graphql_types.node import Node, node
from api.graphql_types.questions import MUNICIPALITY, UnsolvedProblem
from api.graphql_types.vocabularies import ENUMS, AskedLanguage
from graph import overview
from graph.lacks import Lack as FoundLack
from graph.tables import CrossTable


@named_type("How many there are of one thing.")
class Count:
    """A count of graph.overview."""

    found: strawberry.Private[overview.Count]

    @strawberry.field(description="The key of what is counted.")
    def key(self) -> str:
        return self.found.key

    @strawberry.field(description=f"What is counted. {LANGUAGE_NOTE}")
    def label(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.label, language)

    @strawberry.field(description="How many there are.")
    def number(self) -> int:
        return self.found.number


@named_type("A solution that several departments have.")
class Popular:
    """A much-used solution of graph.overview."""

    found: strawberry.Private[overview.Popular]

    @strawberry.field(description="The solution.", graphql_type="Solution")
    def solution(self) -> Any:
        return node(self.found.solution)

    @strawberry.field(description="The departments where it is in use or on trial.")
    def departments(self) -> list[Node]:
        return [node(id_) for id_ in self.found.departments]


Purpose: Any = ENUMS["purpose"]


@named_type("Uses under each purpose: one row of a table.")
class PurposeRow:
    """A row of departments × purposes or technologies × purposes."""

    node: Node = strawberry.field(description="The department or technology.")
    counts: list["PurposeCount"] = strawberry.field(
        description="Uses that name each purpose, primary or other: one can stand under several."
    )
    untold: int = strawberry.field(description="Uses that name no purpose.")
    total: int = strawberry.field(description="All its uses: in use, on trial or planned.")


@named_type("How many uses name a purpose.")
class PurposeCount:
    """A cell of such a table."""

    purpose: Purpose = strawberry.field(description="The purpose.")
    count: int = strawberry.field(description="How many uses name it.")


@named_type("Something that some do not tell.")
class Lack:
    """A lack of graph.lacks."""

    found: strawberry.Private[FoundLack]

    @strawberry.field(description="Its key.")
    def key(self) -> str:
        return self.found.key

    @strawberry.field(description=f"What is not told. {LANGUAGE_NOTE}")
    def label(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.found.label, language)

    @strawberry.field(description="How many do not tell it.")
    def number(self) -> int:
        return self.found.number

    @strawberry.field(description="Of how many.")
    def of(self) -> int:
        return self.found.of


@named_type("The digital status at a look.")
class Overview:
    """An answer of graph.overview."""

    found: strawberry.Private[overview.Overview]

    @strawberry.field(
        description="The municipality; null for the whole graph.",
        graphql_type="Municipality | None",
    )
    def municipality(self) -> Any:
        return None if self.found.municipality is None else node(self.found.municipality)

    @strawberry.field(description="How many nodes of each kind, and technology cards.")
    def kinds(self) -> list[Count]:
        return [Count(found=one) for one in self.found.kinds]

    @strawberry.field(description="How many uses of each status.")
    def statuses(self) -> list[Count]:
        return [Count(found=one) for one in self.found.statuses]

    @strawberry.field(description="Departments × purposes, those with most uses first.")
    def departments(self) -> list[PurposeRow]:
        return _rows(self.found.departments)

    @strawberry.field(description="Technologies × purposes, those with most uses first.")
    def technologies(self) -> list[PurposeRow]:
        return _rows(self.found.technologies)

    @strawberry.field(description="The most pressing of the unsolved problems.")
    def unsolved(self) -> list[UnsolvedProblem]:
        return [UnsolvedProblem(found=one) for one in self.found.unsolved.items]

    @strawberry.field(description="How many problems are unsolved in all.")
    def unsolved_count(self) -> int:
        return self.found.unsolved.total

    @strawberry.field(description="The solutions that most departments have.")
    def used_by_many(self) -> list[Popular]:
        return [Popular(found=one) for one in self.found.used_by_many.items]

    @strawberry.field(description="How many solutions several departments have in all.")
    def used_by_many_count(self) -> int:
        return self.found.used_by_many.total

    @strawberry.field(description="What the data do not tell.")
    def lacks(self) -> list[Lack]:
        return [Lack(found=one) for one in self.found.lacks]


def _rows(table: CrossTable) -> list[PurposeRow]:
    purposes = [Purpose(key) for key in table.columns]
    return [
        PurposeRow(
            node=node(row),
            counts=[
                PurposeCount(purpose=purpose, count=count)
                for purpose, count in zip(purposes, counts, strict=True)
            ],
            untold=untold,
            total=total,
        )
        for row, counts, untold, total in zip(
            table.rows, table.counts, table.untold, table.totals, strict=True
        )
    ]


def _overview(_self: Any, info: Info, **given: Any) -> Any:
    asked = given["municipality"]
    of = None if asked is None else info.context.known(str(asked), "municipality")
    return Overview(found=overview.overview(info.context.snapshot, of))


TYPES["Overview"] = Overview


def overview_field() -> Any:
    """``overview`` of ``Query``."""
    described = "The digital status of a municipality at a look, or of the whole graph."
    return made_field("overview", "Overview | None", described, _overview, MUNICIPALITY)
