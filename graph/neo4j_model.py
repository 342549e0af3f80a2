"""How the graph stands in Neo4j: labels, properties and constraints, all from the ontology."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import cast

from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY, Kind
from schema.records import is_relation, parse_relation

VERSION = 2
"""The version of the ledger's nodes, and of what elements keep beside their fields."""

Group = tuple[str, ...]
"""What one statement can be about: a node's kind, or a relationship's kind and its ends' kinds."""

_LEDGER_KEYS = {
    "Graph": "name",
    "Writer": "name",
    "Commit": "name",
    "Load": "number",
    "Records": "first",
    "Revision": "number",
}
_LEDGER_INDEXES = {"Load": "source", "Touched": "revision", "Revision": "token"}

GROUPS: tuple[Group, ...] = (
    *((kind.key,) for kind in ONTOLOGY.node_kinds),
    *(
        (kind.key, source, target)
        for kind in ONTOLOGY.relation_kinds
        for source in kind.sources
        for target in kind.targets
    ),
)
"""All groups, nodes first."""


@cache
def ontology_mark() -> str:
    """A short mark of all that decides what the graph says of the same records: kinds, fields,
    their types and rules, and the words of vocabularies in their order."""
    told = [
        (kind.key, field.camel, field.type.name, field.many, field.rule.name, _words(field))
        for kind, field in ONTOLOGY.fields()
    ]
    return hashlib.sha256(repr((told, GROUPS)).encode()).hexdigest()[:16]


def schema_statements() -> dict[str, str]:
    """Every constraint and index by its name, as the Cypher that makes it."""
    keys = {kind.label: "id" for kind in ONTOLOGY.node_kinds} | _LEDGER_KEYS
    names = {kind.label: "name" for kind in ONTOLOGY.node_kinds} | _LEDGER_INDEXES
    constraints = {
        f"{label}_{key}": f"CREATE CONSTRAINT {label}_{key} IF NOT EXISTS"
        f" FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
        for label, key in keys.items()
    }
    indexes = {
        f"{label}_{name}": f"CREATE INDEX {label}_{name} IF NOT EXISTS"
        f" FOR (n:{label}) ON (n.{name})"
        for label, name in names.items()
    }
    return constraints | indexes


def _words(field: Field) -> list[str]:
    return [] if field.vocabulary is None else list(field.vocabulary.by_key)


def label(kind: str) -> str:
    """The label of a kind of node."""
    return ONTOLOGY.nodes[kind].label


def group_of(element: str) -> Group:
    """The group that an element belongs to."""
    if not is_relation(element):
        return (kind_of(element),)
    kind, source, target = parse_relation(element)
    return kind, kind_of(source), kind_of(target)


def grouped(elements: Iterable[str]) -> dict[Group, list[str]]:
    """Elements that one statement can read or write together."""
    groups: dict[Group, list[str]] = {}
    for element in elements:
        groups.setdefault(group_of(element), []).append(element)
    return groups


def ends(element: str) -> list[str]:
    """The id of a node, or those of a relationship's source and target."""
    return list(parse_relation(element)[1:]) if is_relation(element) else [element]


def owner(group: Group) -> Kind:
    """The declaration of a group's fields."""
    return ONTOLOGY.nodes.get(group[0]) or ONTOLOGY.relations[group[0]]


def properties(kind: Kind, values: Mapping[str, Value]) -> dict[str, object]:
    """Fields as properties: lists as lists, the rest as it is."""
    named = _property_names(kind.key)
    kept: dict[str, object] = {}
    for name, value in values.items():
        camel, many = named[name]
        kept[camel] = [*value] if isinstance(value, tuple) else [value] if many else value
    return kept


@cache
def _property_names(kind: str) -> dict[str, tuple[str, bool]]:
    """Of each field its property's name, and whether that is a list."""
    fields = (ONTOLOGY.nodes.get(kind) or ONTOLOGY.relations[kind]).fields
    return {field.name: (field.camel, field.many) for field in fields}


def field_value(stored: object) -> Value | None:
    """A property as the value it was."""
    return tuple(stored) if isinstance(stored, list) else cast(Value | None, stored)


def told(fields: Iterable[Field], stored: Iterable[object]) -> dict[str, Value]:
    """The fields that a row of properties tells."""
    values = zip(fields, map(field_value, stored), strict=True)
    return {field.name: value for field, value in values if value is not None}


def listed(*first: str, fields: Iterable[Field]) -> str:
    """A list in Cypher: what is named first, and these fields of ``e``."""
    return "[" + ", ".join([*first, *(f"e.{field.camel}" for field in fields)]) + "]"


def pattern(group: Group) -> str:
    """The node ``e``, or the relationship ``e`` from ``a`` to ``b``, of a group in Cypher."""
    if len(group) == 1:
        return f"(e:{label(group[0])})"
    kind, source, target = group
    return f"(a:{label(source)})-[e:{kind}]->(b:{label(target)})"


def match(group: Group) -> str:
    """Find ``e`` by the ids in ``row``: one end for a node, two for a relationship."""
    if len(group) == 1:
        return f"MATCH (e:{label(group[0])} {{id: row[0]}})"
    kind, source, target = (group[0], label(group[1]), label(group[2]))
    # Both ends by their index: from one end alone, all that a much used technology has is read.
    return (
        f"MATCH (a:{source} {{id: row[0]}})-[e:{kind}]->(b:{target} {{id: row[1]}})"
        f" USING INDEX a:{source}(id) USING INDEX b:{target}(id)"
    )
