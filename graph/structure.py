"""The graph's structure as a store hands it over: ids, names, small coded fields, relationships."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schema.field import Value


@dataclass(frozen=True)
class Structure:
    """Everything that the snapshot is built from, of one revision.

    ``nodes[kind]`` are the node ids of that kind; ``node_fields[kind][name]`` runs parallel to
    it and holds the structural field's value or None. ``relations[kind]`` are (source, target)
    ids and ``relation_fields[kind][name]`` runs parallel to it.
    """

    revision: int
    nodes: Mapping[str, Sequence[str]]
    node_fields: Mapping[str, Mapping[str, Sequence[Value | None]]]
    relations: Mapping[str, Sequence[tuple[str, str]]]
    relation_fields: Mapping[str, Mapping[str, Sequence[Value | None]]] = field(
        default_factory=dict
    )
