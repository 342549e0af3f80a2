"""What every node has, and how a page of nodes or relationships is listed."""

from typing import Annotated, Any

import strawberry

from api.graphql_types.connection import MOST, PageInfo, page
from api.graphql_types.context import SHOWN, Info, Source, sources_of
from api.graphql_types.made import TYPES, Argument, made_field, made_type
from api.graphql_types.vocabularies import ENUMS, AnswerLanguage, AskedLanguage
from graph.snapshot import Snapshot
from schema.field import Value
from schema.names import kind_of
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY

FIRST = f"How many at most, up to {MOST}."
AFTER = "The cursor that this page follows; without it the page is the first."
CURSOR = (str, "Where this stands in the list: to be given as “after”.")
SOURCES = (
    "The first rows of mapping sheets that tell of this; those that only name it, where none does "
    "more. “sourceCount” says how many there are."
)
SOURCE_COUNT = "How many rows of mapping sheets mention this in all, also those that only name it."
FirstSources = Annotated[int, strawberry.argument(description=FIRST)]
First = Annotated[int, strawberry.argument(description=FIRST)]
After = Annotated[str | None, strawberry.argument(description=AFTER)]
PAGING = {"first": Argument(int, FIRST, 20), "after": Argument(str | None, AFTER)}
"""The arguments of every connection."""
TYPES.update(PageInfo=PageInfo, Source=Source)
TYPES.update({enum.__name__: enum for enum in ENUMS.values()})


@strawberry.interface(description="Anything in the graph that has an id of its own.")
class Node:
    """A node: solution, problem, technology, department, competence or municipality."""

    id: strawberry.ID = strawberry.field(description="The readable id: the kind and the name.")

    @property
    def element(self) -> str:
        return str(self.id)

    def structural(self, snapshot: Snapshot, field: str) -> Value | None:
        return snapshot.value(self.element, field)

    @strawberry.field(description="The name; with a language, the name in it where there is one.")
    def name(self, info: Info, language: AskedLanguage = None) -> str:
        snapshot, node = info.context.snapshot, self.element
        told = {AnswerLanguage.DA: "danish_name", AnswerLanguage.EN: "english_name", None: "name"}
        return str(snapshot.value(node, told[language]) or snapshot.name(node))

    @strawberry.field(description=SOURCES)
    async def sources(self, info: Info, first: FirstSources = SHOWN) -> list[Source]:
        return await sources_of(info.context, [self.element], first)

    @strawberry.field(description=SOURCE_COUNT)
    async def source_count(self, info: Info) -> int:
        return await info.context.source_counts.load(self.element)


TYPES["Node"] = Node


def node(id_: str) -> Node:
    """The GraphQL object of a node."""
    made: Node = TYPES[ONTOLOGY.nodes[kind_of(id_)].label](id=strawberry.ID(id_))
    return made


def connection_type(name: str, edge: str, description: str) -> None:
    """A connection: its edges, its page, and how many there are in all."""
    edges: Any = f"list[{edge}]"
    made_type(
        name,
        {
            "edges": made_field("edges", edges, "This page.", lambda self, _info: self.page_edges),
            "pageInfo": made_field(
                "pageInfo", "PageInfo", "About this page.", lambda self, _info: self.page_info
            ),
            "totalCount": made_field(
                "totalCount", int, "How many there are in all.", lambda self, _info: self.total
            ),
        },
        description,
        values={
            "page_edges": strawberry.Private[list[Any]],
            "page_info": strawberry.Private[PageInfo],
            "total": strawberry.Private[int],
        },
    )


def node_list_type(kind: NodeKind) -> None:
    """The connection that lists nodes of a kind."""
    values = {"cursor": CURSOR, "node": (TYPES[kind.label], f"The {kind.name.en}.")}
    made_type(f"{kind.label}Edge", {}, f"A place in a list of {kind.plural.en}.", values=values)
    connection_type(f"{kind.label}Connection", f"{kind.label}Edge", f"A list of {kind.plural.en}.")


def node_connection(label: str, ids: list[str], first: int, after: str | None) -> Any:
    """A connection of nodes of one kind."""
    shown = page(ids, first, after)
    edges = [
        TYPES[f"{label}Edge"](cursor=cursor, node=node(id_))
        for id_, cursor in zip(shown.items, shown.cursors(), strict=True)
    ]
    made = TYPES[f"{label}Connection"]
    return made(page_edges=edges, page_info=shown.info(), total=shown.total)
