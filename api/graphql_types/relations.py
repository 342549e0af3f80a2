"""Relationships as GraphQL connections, in both directions, with their own fields on the edges."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import strawberry

from api.graphql_types.connection import page_after, place_after
from api.graphql_types.context import Asking
from api.graphql_types.fields import graphql_field
from api.graphql_types.made import TYPES, made_batch, made_type
from api.graphql_types.node import PAGING, Node, connection_type, cursor_field, nodes_of
from api.graphql_types.rows import source_count_field, sources_field
from api.graphql_types.vocabularies import only_with
from graph.snapshot import Relations, Snapshot
from schema.field import Field, FieldType, Value
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.relation_kinds import RelationKind


class RelationEdge:
    """What every edge of a relationship knows: which one it is."""

    snapshot: Snapshot
    relations: Relations
    place: int

    @property
    def element(self) -> str:
        ids, relations, place = self.snapshot.ids, self.relations, self.place
        source, target = ids[relations.sources[place]], ids[relations.targets[place]]
        return relation_key(relations.kind, source, target)

    def structural(self, snapshot: Snapshot, field: str) -> Value | None:  # noqa: ARG002
        return self.relations.fields[field].value(self.place)


def _edge_type(name: str, relation: RelationKind, far: str, outgoing: bool) -> None:
    """An edge: the node at its other end, and what the relationship itself carries."""

    def far_nodes(many: Sequence[Any], asking: Asking) -> list[Node]:
        relations = asking.snapshot.relations[relation.key]
        ends = relations.targets if outgoing else relations.sources
        ids = asking.snapshot.ids
        return nodes_of([ids[i] for i in ends[[each.place for each in many]].tolist()])

    way = relation.phrase.en if outgoing else relation.inverse.en
    fields = {
        "cursor": cursor_field(),
        "node": made_batch("node", far, f"What it {way}.", far_nodes),
        "sources": sources_field(),
        "sourceCount": source_count_field(),
        **{field.camel: graphql_field(field) for field in relation.fields},
    }
    values = {
        "number": strawberry.Private[int],
        "snapshot": strawberry.Private[Snapshot],
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

    def connections(many: Sequence[Any], asking: Asking, **given: Any) -> list[Any]:
        snapshot = asking.snapshot
        relations = snapshot.relations[relation.key]
        of = relations.of_source if outgoing else relations.of_target
        start, first = place_after(given["after"]), given["first"]
        wanted = _wanted(relations, filters, given)
        made, edge_made = TYPES[f"{stem}Connection"], TYPES[f"{stem}Edge"]

        def edge(number: int, place: Any) -> Any:
            return edge_made(
                number=number, snapshot=snapshot, relations=relations, place=int(place)
            )

        def one(node: str) -> Any:
            found: Any = of(snapshot.place[node])
            if wanted:
                found = [i for i in found.tolist() if all(passes(i) for passes in wanted)]
            return made(shown=page_after(start, found, first), edge=edge)

        return [one(each.element) for each in many]

    arguments = dict(PAGING)
    for field in filters.values():
        arguments[field.name] = only_with(field)
    described = (
        f"{relation.explanation.en} {relation.key}: this {kind.name.en} {way} each of these."
    )
    return made_batch(name, f"{stem}Connection", described, connections, arguments)


def _wanted(
    relations: Relations, filters: Iterable[str], given: Mapping[str, Any]
) -> list[Callable[[int], bool]]:
    """What a relationship must pass, given its place."""

    def one_of(name: str) -> Callable[[int], bool]:
        column = relations.fields[name]
        words = {member.value for member in given[name]}
        return lambda place: column.value(place) in words

    return [one_of(name) for name in filters if given[name] is not None]
