"""The ontology: every kind of node and relationship with its fields, declared once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schema.field import Field
from schema.node_kinds import NODE_KINDS, NodeKind
from schema.relation_kinds import RELATION_KINDS, RelationKind

Kind = NodeKind | RelationKind


@dataclass(frozen=True)
class Ontology:
    """All that can be said. It checks itself when it is made."""

    node_kinds: tuple[NodeKind, ...]
    relation_kinds: tuple[RelationKind, ...]

    def __post_init__(self) -> None:
        known = {kind.key for kind in self.node_kinds}
        for relation in self.relation_kinds:
            unknown = {*relation.sources, *relation.targets} - known
            if unknown:
                raise ValueError(f"{relation.key} joins unknown kinds: {sorted(unknown)}")
        for owner in self.kinds:
            names = [field.name for field in owner.fields]
            twice = {name for name in names if names.count(name) > 1}
            if twice:
                raise ValueError(f"{owner.key} has fields twice: {sorted(twice)}")

    @property
    def kinds(self) -> list[Kind]:
        return [*self.node_kinds, *self.relation_kinds]

    @cached_property
    def nodes(self) -> dict[str, NodeKind]:
        return {kind.key: kind for kind in self.node_kinds}

    @cached_property
    def relations(self) -> dict[str, RelationKind]:
        return {kind.key: kind for kind in self.relation_kinds}

    def fields(self) -> Iterator[tuple[Kind, Field]]:
        for owner in self.kinds:
            for field in owner.fields:
                yield owner, field


ONTOLOGY = Ontology(NODE_KINDS, RELATION_KINDS)
