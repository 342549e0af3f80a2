"""What every node has, and how a page of nodes or relationships is listed."""

from collections.abc import Sequence
from typing import Annotated, Any

import strawberry

from api.by_level.resolving import MANY
from api.graphql_types.connection import PageInfo, cursor, page
from api.graphql_types.context import Asking, Info, Source
from api.graphql_types.made import TYPES, Argument, made_batch, made_field, made_type
from api.graphql_types.rows import FIRST, source_count_field, sources_field
from api.graphql_types.vocabularies import ENUMS, AnswerLanguage, AskedLanguage
from graph.snapshot import Snapshot
from schema.field import Value
from schema.names import kind_of
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY

AFTER = "The cursor that this page follows; without it the page is the first."
CURSOR = "Where this stands in the list: to be given as “after”."
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

    @strawberry.field(
        description="The name; with a language, the name in it where there is one.",
        metadata={MANY: lambda many, asking, **given: _names(many, asking, **given)},
    )
    def name(self, info: Info, language: AskedLanguage = None) -> str:
        return _names([self], info.context, language)[0]

    sources = sources_field()
    source_count = source_count_field()


TYPES["Node"] = Node


def _names(
    many: Sequence[Node], asking: Asking, language: AnswerLanguage | None = None
) -> list[str]:
    name, nodes = asking.snapshot.name, [each.element for each in many]
    if language is None:
        return [name(node) for node in nodes]
    field = {AnswerLanguage.DA: "danish_name", AnswerLanguage.EN: "english_name"}[language]
    return [str(asking.snapshot.value(node, field) or name(node)) for node in nodes]


def node(id_: str) -> Node:
    """The GraphQL object of a node."""
    made: Node = TYPES[ONTOLOGY.nodes[kind_of(id_)].label](id=strawberry.ID(id_))
    return made


def nodes_of(ids: Sequence[str]) -> list[Node]:
    """The GraphQL objects of nodes; the same one wherever a node stands."""
    made = {id_: node(id_) for id_ in dict.fromkeys(ids)}
    return [made[id_] for id_ in ids]


def cursor_field() -> Any:
    """An edge's cursor, made of its place in the list when it is asked for."""
    return made_field("cursor", str, CURSOR, lambda self, _info: cursor(self.number))


def connection_type(name: str, edge: str, description: str) -> None:
    """A connection: its edges, its page, and how many there are in all. It has a page of
    whatever stands behind its edges; an edge is made of a place and an item."""

    def edges(self: Any, _info: Info) -> list[Any]:
        return [self.edge(place, item) for place, item in self.shown.placed()]

    made_type(
        name,
        {
            "edges": made_field("edges", f"list[{edge}]", "This page.", edges),
            "pageInfo": made_field(
                "pageInfo", "PageInfo", "About this page.", lambda self, _info: self.shown.info()
            ),
            "totalCount": made_field(
                "totalCount",
                int,
                "How many there are in all.",
                lambda self, _info: self.shown.total,
            ),
        },
        description,
        values={
            "shown": strawberry.Private[object],
            "edge": strawberry.Private[object],
        },
    )


def node_list_type(kind: NodeKind) -> None:
    """The connection that lists nodes of a kind."""

    def listed(many: Sequence[Any], _asking: Asking) -> list[Node]:
        return nodes_of([each.far for each in many])

    made = made_batch("node", TYPES[kind.label], f"The {kind.name.en}.", listed)
    values = {"number": strawberry.Private[int], "far": strawberry.Private[str]}
    described = f"A place in a list of {kind.plural.en}."
    fields = {"cursor": cursor_field(), "node": made}
    made_type(f"{kind.label}Edge", fields, described, values=values)
    connection_type(f"{kind.label}Connection", f"{kind.label}Edge", f"A list of {kind.plural.en}.")


def node_connection(label: str, ids: Sequence[str], first: int, after: str | None) -> Any:
    """A connection of nodes of one kind."""
    edge = TYPES[f"{label}Edge"]

    def made(place: int, id_: str) -> Any:
        return edge(number=place, far=id_)

    return TYPES[f"{label}Connection"](shown=page(ids, first, after), edge=made)
