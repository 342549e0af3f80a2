"""Relationships as GraphQL connections, in both directions, with their own fields on the edges."""

from typing import Any

import strawberry

from api.graphql_types.connection import page
from api.graphql_types.context import Asking, Info, sources_of
from api.graphql_types.fields import graphql_field
from api.graphql_types.made import TYPES, made_field, made_type
from api.graphql_types.node import (
    CURSOR,
    PAGING,
    SOURCE_COUNT,
    SOURCES,
    Node,
    connection_type,
    node,
)
from api.graphql_types.vocabularies import only_with
from graph.snapshot import Relations, Snapshot
from schema.field import Field, FieldType, Value
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.relation_kinds import RelationKind


class RelationEdge:
    """What every edge of a relationship knows: which one it is."""

    far: str
    element: str
    relations: Relations
    place: int

    def structural(self, snapshot: Snapshot, field: str) -> Value | None:  # noqa: ARG002
        return self.relations.fields[field].value(self.place)


def _edge_type(name: str, relation: RelationKind, far: str, outgoing: bool) -> None:
    """An edge: the node at its other end, and what the relationship itself carries."""

    def far_node(self: Any, _info: Info) -> Any:
        return node(self.far)

    async def sources(self: Any, info: Info, **given: Any) -> Any:
        return await sources_of(info.context, [self.element], given["first"])

    async def source_count(self: Any, info: Info) -> Any:
        return await info.context.source_counts.load(self.element)

    way = relation.phrase.en if outgoing else relation.inverse.en
    paged = {"first": PAGING["first"]}
    fields = {
        "node": made_field("node", far, f"What it {way}.", far_node),
        "sources": made_field("sources", "list[Source]", SOURCES, sources, paged),
        "sourceCount": made_field("sourceCount", int, SOURCE_COUNT, source_count),
        **{field.camel: graphql_field(field) for field in relation.fields},
    }
    values = {
        "cursor": CURSOR,
        "far": strawberry.Private[str],
        "element": strawberry.Private[str],
        "relations": strawberry.Private[Relations],
        "place": strawberry.Private[int],
    }
    made_type(name, fields, relation.explanation.en, bases=(RelationEdge,), values=values)


def _filters(relation: RelationKind) -> dict[str, Field]:
    """The fields of a relationship that its connections can be narrowed by."""
    return {f.name: f for f in relation.fields if f.type is FieldType.WORD and f.structural}


def relation_field(kind: NodeKind, relation: RelationKind, outgoing: bool) -> Any:
    """The connection of a kind of node along one kind of relationship, in one direction."""
    name = relation.outgoing if outgoing else relation.incoming
    stem = f"{kind.label}{name[0].upper()}{name[1:]}"
    far_kinds = relation.targets if outgoing else relation.sources
    far = ONTOLOGY.nodes[far_kinds[0]].label if len(far_kinds) == 1 else "Node"
    way = relation.phrase.en if outgoing else relation.inverse.en
    _edge_type(f"{stem}Edge", relation, far, outgoing)
    connection_type(f"{stem}Connection", f"{stem}Edge", f"What a {kind.name.en} {way}.")
    filters = _filters(relation)

    def resolve(self: Node, info: Info, **given: Any) -> Any:
        relations = info.context.snapshot.relations[relation.key]
        place = info.context.snapshot.place[self.element]
        found = relations.of_source(place) if outgoing else relations.of_target(place)
        chosen = [int(i) for i in found if _passes(relations, filters, int(i), given)]
        shown = page(chosen, given["first"], given["after"])
        edges = [
            _edge(info.context, f"{stem}Edge", relations, i, outgoing, cursor)
            for i, cursor in zip(shown.items, shown.cursors(), strict=True)
        ]
        return TYPES[f"{stem}Connection"](
            page_edges=edges, page_info=shown.info(), total=shown.total
        )

    arguments = dict(PAGING)
    for field in filters.values():
        arguments[field.name] = only_with(field)
    described = (
        f"{relation.explanation.en} {relation.key}: this {kind.name.en} {way} each of these."
    )
    return made_field(name, f"{stem}Connection", described, resolve, arguments)


def _passes(relations: Relations, filters: dict[str, Field], i: int, given: dict[str, Any]) -> bool:
    return all(
        given[name] is None
        or relations.fields[name].value(i) in {member.value for member in given[name]}
        for name in filters
    )


def _edge(
    asking: Asking, name: str, relations: Relations, i: int, outgoing: bool, cursor: str
) -> Any:
    ids = asking.snapshot.ids
    source, target = ids[relations.sources[i]], ids[relations.targets[i]]
    return TYPES[name](
        cursor=cursor,
        far=target if outgoing else source,
        element=relation_key(relations.kind, source, target),
        relations=relations,
        place=i,
    )
