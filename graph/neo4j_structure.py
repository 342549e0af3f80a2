"""The structure of the graph from Neo4j, as the snapshot is built from it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from graph.neo4j_graph import Tx
from graph.neo4j_model import label
from graph.structure import Pairs, Structure
from schema.field import Field, FieldType, Value
from schema.ontology import ONTOLOGY

Places = npt.NDArray[np.int32]


def structure(tx: Tx, revision: int) -> Structure:
    """All nodes and relationships with their structural fields.

    The server collects columns: few long lists come several times faster than many rows, and the
    ends of a relationship as the server's own numbers faster than as ids.
    """
    nodes: dict[str, Sequence[str]] = {}
    node_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    numbers: list[int] = []
    for kind, node_kind in ONTOLOGY.nodes.items():
        fields = [field for field in node_kind.fields if field.structural]
        own, ids, *columns = _collected(tx, f"MATCH (e:{label(kind)})", ["id(e)", "e.id"], fields)
        numbers += own
        nodes[kind], node_fields[kind] = ids, _told(fields, columns)
    ids = [node for some in nodes.values() for node in some]
    places = _places(numbers)
    relations: dict[str, Pairs] = {}
    relation_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    for kind, relation_kind in ONTOLOGY.relations.items():
        fields = [field for field in relation_kind.fields if field.structural]
        sources, targets, *columns = _collected(
            tx, f"MATCH (a)-[e:{kind}]->(b)", ["id(a)", "id(b)"], fields
        )
        relations[kind] = Pairs(ids, places[sources], places[targets])
        relation_fields[kind] = _told(fields, columns)
    return Structure(revision, nodes, node_fields, relations, relation_fields)


def _collected(tx: Tx, match: str, keys: Sequence[str], fields: Sequence[Field]) -> Sequence[Any]:
    """The keys and fields of all that is matched, a list for each."""
    told = (f"coalesce(e.{field.camel}, {_not_told(field)})" for field in fields)
    columns = ", ".join(f"collect({each})" for each in (*keys, *told))
    return tx.run(f"{match} RETURN {columns}").single(strict=True).values()


def _not_told(field: Field) -> str:
    """What stands for a field that is not told, in Cypher: no value of the field itself."""
    return "''" if field.type in (FieldType.INTEGER, FieldType.NUMBER) else "0"


def _told(
    fields: Sequence[Field], columns: Sequence[Sequence[Any]]
) -> dict[str, Sequence[Value | None]]:
    return {
        field.name: _values(field, column) for field, column in zip(fields, columns, strict=True)
    }


def _values(field: Field, column: Sequence[Any]) -> list[Value | None]:
    if field.many:
        return [None if value == 0 else tuple(value) for value in column]
    missing = "" if _not_told(field) == "''" else 0
    return [None if value == missing else value for value in column]


def _places(numbers: Sequence[int]) -> Places:
    """Where each of the server's numbers stands among all nodes."""
    places = np.full(max(numbers, default=0) + 1, -1, np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
    return places
