"""The kinds of node as GraphQL types, from the ontology."""

from typing import Any

from api.graphql_types.context import Asking, Info
from api.graphql_types.fields import graphql_field
from api.graphql_types.made import made_field, made_type
from api.graphql_types.node import PAGING, Node, node, node_connection, node_list_type
from api.graphql_types.relations import relation_field
from schema.names import municipality_of
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY


def _municipality(self: Node, _info: Info) -> Any:
    return node(municipality_of(self.element))


def departments_of(asking: Asking, municipality: str) -> list[str]:
    """All departments of a municipality, also those under other departments."""
    start = f"department:{municipality.partition(':')[2]}/"
    return [id_ for id_ in asking.snapshot.nodes("department") if id_.startswith(start)]


def _departments(self: Node, info: Info, **given: Any) -> Any:
    found = departments_of(info.context, self.element)
    return node_connection("Department", found, given["first"], given["after"])


def _make(kind: NodeKind) -> None:
    """The type of a kind, and the connection that lists its nodes."""
    fields = {f.camel: graphql_field(f) for f in kind.fields if f.name not in ("name", "parent")}
    for relation in ONTOLOGY.relation_kinds:
        if kind.key in relation.sources and relation.key != "PART_OF":
            fields[relation.outgoing] = relation_field(kind, relation, outgoing=True)
        if kind.key in relation.targets:
            fields[relation.incoming] = relation_field(kind, relation, outgoing=False)
    fields.update(_special(kind))
    made_type(kind.label, fields, kind.explanation.en, bases=(Node,))
    node_list_type(kind)


def _special(kind: NodeKind) -> dict[str, Any]:
    """What a department and its municipality have beyond their fields."""
    if kind.key == "department":

        def part_of(self: Node, info: Info) -> Any:
            return node(info.context.snapshot.outgoing("PART_OF", self.element)[0])

        belongs = ONTOLOGY.relations["PART_OF"].explanation.en
        return {
            "partOf": made_field("partOf", "Node", belongs, part_of),
            "municipality": made_field(
                "municipality", "Municipality", "The municipality it belongs to.", _municipality
            ),
        }
    if kind.key == "municipality":
        described = "All its departments, also those under other departments."
        return {
            "departments": made_field(
                "departments", "DepartmentConnection", described, _departments, PAGING
            )
        }
    return {}


for _kind in ONTOLOGY.node_kinds:
    _make(_kind)
