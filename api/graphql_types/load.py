"""Loads in GraphQL: the history of what was read."""

from collections.abc import Sequence

import strawberry

from api.graphql_types.connection import PageInfo, cursor, page
from api.graphql_types.node import CURSOR
from schema.records import LoadSummary


@strawberry.type(description="One reading of mapping sheets (Danish: indlæsning).")
class Load:
    """A load as the history shows it."""

    number: int = strawberry.field(description="Its number; loads are numbered in their order.")
    source: str = strawberry.field(
        description="The sheet that is handed in again and again; newer editions replace rows."
    )
    files: list[str] = strawberry.field(description="The names of the files that were read.")
    at: str = strawberry.field(description="When it was applied, ISO 8601 with time zone.")
    actor: str = strawberry.field(description="Who applied it.")
    remove_missing: bool = strawberry.field(
        description="Whether the source's rows that it does not have ceased to stand."
    )
    records: int = strawberry.field(description="How many rows it holds.")
    stands: bool = strawberry.field(description="False where it is undone.")
    revision: int = strawberry.field(description="The revision that it made.")
    undone_at: str | None = strawberry.field(description="When it was undone, if it is.")


@strawberry.type(description="A place in the list of loads.")
class LoadEdge:
    """Relay's edge."""

    cursor: str = strawberry.field(description=CURSOR)
    node: Load = strawberry.field(description="The load.")


@strawberry.type(description="A list of loads, the newest first.")
class LoadConnection:
    """Relay's connection."""

    edges: list[LoadEdge] = strawberry.field(description="This page.")
    page_info: PageInfo = strawberry.field(description="About this page.")
    total_count: int = strawberry.field(description="How many there are in all.")


def load_of(summary: LoadSummary) -> Load:
    """A load as GraphQL shows it."""
    return Load(
        number=summary.number,
        source=summary.source,
        files=list(summary.files),
        at=summary.at.isoformat(),
        actor=summary.actor,
        remove_missing=summary.remove_missing,
        records=summary.records,
        stands=summary.stands,
        revision=summary.revision,
        undone_at=None if summary.undone_at is None else summary.undone_at.isoformat(),
    )


def load_connection(loads: Sequence[LoadSummary], first: int, after: str | None) -> LoadConnection:
    """A page of the history, the newest first."""
    shown = page(list(reversed(loads)), first, after)
    edges = [
        LoadEdge(cursor=cursor(place), node=load_of(summary)) for place, summary in shown.placed()
    ]
    return LoadConnection(edges=edges, page_info=shown.info(), total_count=shown.total)
