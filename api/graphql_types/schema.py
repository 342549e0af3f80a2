"""The schema: what can be asked and changed."""

from typing import Annotated, Any

import strawberry
from strawberry.schema.config import StrawberryConfig

from api.graphql_types.context import Info
from api.graphql_types.listing import listing_fields
from api.graphql_types.load import LoadConnection, load_connection
from api.graphql_types.made import TYPES, made_type
from api.graphql_types.mutation import Mutation
from api.graphql_types.node import After, First, Node, node
from api.graphql_types.overviews import overview_field
from api.graphql_types.questions import question_fields
from api.graphql_types.refusing import too_many
from api.graphql_types.synergies import synergies_field
from api.graphql_types.transfers import transferability_field
from api.graphql_types.vocabularies import NODE_KIND
from graph.aliases import resolved
from schema.ontology import ONTOLOGY

MOST_NODES = 100
AnyId = Annotated[strawberry.ID, strawberry.argument(description="A node's id.")]
AnyIds = Annotated[
    list[strawberry.ID], strawberry.argument(description=f"Ids of nodes, at most {MOST_NODES}.")
]


class Asked:
    """What can be asked besides the lists of nodes."""

    @strawberry.field(description="The revision of the graph that this answer is of.")
    def revision(self, info: Info) -> int:
        return info.context.snapshot.revision

    @strawberry.field(
        description="The node with this id, or that an old or other name makes this id of."
    )
    def node(self, info: Info, id: AnyId) -> Node | None:
        return node(info.context.known(str(id)))

    @strawberry.field(description="The nodes with these ids, in their order; null for an unknown.")
    def nodes(self, info: Info, ids: AnyIds) -> list[Node | None]:
        if len(ids) > MOST_NODES:
            raise too_many("ids", MOST_NODES, len(ids))
        found = [resolved(info.context.snapshot, str(id_)) for id_ in ids]
        return [None if id_ is None else node(id_) for id_ in found]

    @strawberry.field(description="The loads, the newest first.")
    def loads(self, info: Info, first: First = 20, after: After = None) -> LoadConnection | None:
        return load_connection(info.context.live.store.loads(), first, after)


def _query() -> type:
    own: dict[str, Any] = {
        name: value for name, value in vars(Asked).items() if not name.startswith("__")
    }
    questions = {
        "synergies": synergies_field(),
        "transferability": transferability_field(),
        **question_fields(NODE_KIND),
        "overview": overview_field(),
    }
    return made_type("Query", {**own, **listing_fields(), **questions}, "What can be asked.")


SCHEMA = strawberry.Schema(
    _query(),
    Mutation,
    types=[TYPES[kind.label] for kind in ONTOLOGY.node_kinds],
    config=StrawberryConfig(disable_field_suggestions=True),
)
