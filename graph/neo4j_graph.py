"""The graph's own nodes and relationships in Neo4j: written and read back in batches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from neo4j import ManagedTransaction

from graph.changes import GraphChange
from graph.neo4j_model import (
    SAID_BY,
    Group,
    ends,
    field_value,
    grouped,
    label,
    listed,
    match,
    owner,
    pattern,
    properties,
    told,
)
from graph.structure import Structure
from schema.field import Field, Value
from schema.ontology import ONTOLOGY
from schema.records import parse_relation, relation_key

BATCH = 5_000
Row = list[object]


def batches(rows: Sequence[object]) -> Iterator[Sequence[object]]:
    """The rows in pieces that one statement takes."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def said_by(
    tx: ManagedTransaction, elements: Iterable[str], first: int | None = None
) -> dict[str, list[int]]:
    """The numbers of the standing records that say each of these elements that exists, the oldest
    first; with ``first`` only so many of each."""
    found: dict[str, list[int]] = {}
    some_of_them = "" if first is None else f"[..{first:d}]"
    for group, some in grouped(elements).items():
        for element, numbers in _each(tx, group, some, f"e.{SAID_BY}{some_of_them}"):
            found[element] = numbers or []
    return found


def source_counts(tx: ManagedTransaction, elements: Iterable[str]) -> dict[str, int]:
    """How many standing records say each of these elements that exists."""
    found: dict[str, int] = {}
    for group, some in grouped(dict.fromkeys(elements)).items():
        for element, count in _each(tx, group, some, f"size(e.{SAID_BY})"):
            found[element] = count or 0
    return found


def details(tx: ManagedTransaction, elements: Iterable[str]) -> dict[str, Mapping[str, Value]]:
    """All fields of each of these elements that exists."""
    found: dict[str, Mapping[str, Value]] = {}
    for group, some in grouped(dict.fromkeys(elements)).items():
        fields = owner(group).fields
        for element, stored in _each(tx, group, some, listed(fields=fields)):
            found[element] = told(fields, stored)
    return found


def _each(
    tx: ManagedTransaction, group: Group, elements: Sequence[str], what: str
) -> Iterator[tuple[str, Any]]:
    by_ends = {tuple(ends(element)): element for element in elements}
    query = f"UNWIND $rows AS row {match(group)} RETURN row, {what}"
    for rows in batches([list(key) for key in by_ends]):
        for row, stored in tx.run(query, rows=rows):
            yield by_ends[tuple(row)], stored


def write(
    tx: ManagedTransaction, change: GraphChange, records: Mapping[str, Sequence[int]]
) -> None:
    """Make the graph say what the change says; ``records`` say each element that is written."""
    _delete(tx, change.delete)
    by_group = grouped(change.write)
    for group in sorted(by_group, key=len):  # nodes before the relationships between them
        rows: list[Row] = [
            [*ends(element), _stored(group, element, change.write[element], records[element])]
            for element in by_group[group]
        ]
        _merge(tx, group, rows)
    _write_part_of(tx, change.part_of)


def _stored(
    group: Group, element: str, values: Mapping[str, Value], records: Sequence[int]
) -> dict[str, object]:
    kept = {**properties(owner(group), values), SAID_BY: list(records)}
    return {"id": element, **kept} if len(group) == 1 else kept


def _merge(tx: ManagedTransaction, group: Group, rows: Sequence[Row]) -> None:
    if len(group) == 1:
        merge = f"MERGE (e:{label(group[0])} {{id: row[0]}}) SET e = row[1]"
    else:
        kind, source, target = group
        merge = (
            f"MATCH (a:{label(source)} {{id: row[0]}}) MATCH (b:{label(target)} {{id: row[1]}})"
            f" MERGE (a)-[e:{kind}]->(b) SET e = row[2]"
        )
    for some in batches(rows):
        query = f"UNWIND $rows AS row {merge} RETURN count(e)"
        (written,) = tx.run(query, rows=some).single(strict=True)
        if written != len(some):
            missing = len(some) - written
            raise ValueError(f"{missing} {group[0]} relationships lead to nodes that nothing says")


def _delete(tx: ManagedTransaction, elements: Iterable[str]) -> None:
    by_group = grouped(elements)
    for group in sorted(by_group, key=len, reverse=True):
        gone = "DETACH DELETE e" if len(group) == 1 else "DELETE e"
        for rows in batches([ends(element) for element in by_group[group]]):
            tx.run(f"UNWIND $rows AS row {match(group)} {gone}", rows=rows).consume()


def _write_part_of(tx: ManagedTransaction, part_of: Mapping[str, str | None]) -> None:
    """Let each department be part of what it is part of now, and of nothing else."""
    moved = [
        [department, None if relation is None else parse_relation(relation)[2]]
        for department, relation in part_of.items()
    ]
    for rows in batches(moved):
        tx.run(
            f"UNWIND $rows AS row MATCH (:{label('department')} {{id: row[0]}})-[e:PART_OF]->(b)"
            " WHERE row[1] IS NULL OR b.id <> row[1] DELETE e",
            rows=rows,
        ).consume()
    there = (relation for relation in part_of.values() if relation is not None)
    for group, relations in grouped(there).items():
        _merge(tx, group, [[*ends(relation), {}] for relation in relations])


def structure(tx: ManagedTransaction, revision: int) -> Structure:
    """The structure of the graph, as the snapshot is built from it."""
    nodes: dict[str, Sequence[str]] = {}
    node_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    relations: dict[str, Sequence[tuple[str, str]]] = {}
    relation_fields: dict[str, Mapping[str, Sequence[Value | None]]] = {}
    for kind, node_kind in ONTOLOGY.nodes.items():
        fields = _structural(node_kind.fields)
        rows = list(_nodes(tx, kind, fields))
        nodes[kind] = [node for node, _ in rows]
        node_fields[kind] = _by_field(fields, [stored for _, stored in rows])
    for kind, relation_kind in ONTOLOGY.relations.items():
        fields = _structural(relation_kind.fields)
        found = list(_relations(tx, kind, fields))
        relations[kind] = [(source, target) for source, target, _ in found]
        relation_fields[kind] = _by_field(fields, [stored for _, _, stored in found])
    return Structure(revision, nodes, node_fields, relations, relation_fields)


def everything(tx: ManagedTransaction) -> dict[str, dict[str, Value]]:
    """All elements with all their fields."""
    graph: dict[str, dict[str, Value]] = {}
    for kind, node_kind in ONTOLOGY.nodes.items():
        for node, stored in _nodes(tx, kind, node_kind.fields):
            graph[node] = told(node_kind.fields, stored)
    for kind, relation_kind in ONTOLOGY.relations.items():
        for source, target, stored in _relations(tx, kind, relation_kind.fields):
            graph[relation_key(kind, source, target)] = told(relation_kind.fields, stored)
    return graph


def _structural(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if field.structural]


def _nodes(
    tx: ManagedTransaction, kind: str, fields: Sequence[Field]
) -> Iterator[tuple[str, list[object]]]:
    # Collected by the server: one answer of many rows comes several times faster than many.
    query = f"MATCH {pattern((kind,))} RETURN collect({listed('e.id', fields=fields)})"
    for node, *stored in tx.run(query).single(strict=True).value():
        yield node, stored


def _relations(
    tx: ManagedTransaction, kind: str, fields: Sequence[Field]
) -> Iterator[tuple[str, str, list[object]]]:
    query = (
        f"MATCH (a)-[e:{kind}]->(b) WITH a, collect({listed('b.id', fields=fields)}) AS found"
        " RETURN collect([a.id, found])"
    )
    for source, found in tx.run(query).single(strict=True).value():
        for target, *stored in found:
            yield source, target, stored


def _by_field(
    fields: Sequence[Field], rows: Sequence[list[object]]
) -> dict[str, list[Value | None]]:
    return {
        field.name: [field_value(stored[place]) for stored in rows]
        for place, field in enumerate(fields)
    }
