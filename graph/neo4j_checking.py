"""The ledger in Neo4j applied anew beside the graph, and every difference named."""

from collections.abc import Iterator

from graph import neo4j_graph, neo4j_ledger, neo4j_packs
from graph.differences import Difference, Fault, differences
from graph.ledger import graph_of
from graph.neo4j_graph import Tx
from graph.neo4j_heard import heard_from
from schema.field import Value
from schema.records import KeptRecord


def check(tx: Tx) -> list[Difference]:
    """What is damaged in the ledger; else in what the graph is not what the ledger says."""
    damaged: list[Difference] = []
    standing = neo4j_ledger.standing(tx)
    records = [kept for kept in _readable(tx, damaged) if kept.number in standing]
    if damaged:
        return damaged
    said = graph_of(kept.record for kept in records)
    numbers = {element: heard.numbers for element, heard in heard_from(records).items()}
    kept: dict[str, dict[str, Value]] = {}
    pointed: dict[str, list[int]] = {}
    for element, fields, said_by in neo4j_graph.everything(tx):
        kept[element], pointed[element] = fields, said_by
    return [*differences(said, kept), *_other_sources(numbers, pointed)]


def _readable(tx: Tx, damaged: list[Difference]) -> Iterator[KeptRecord]:
    for first, keys, said in neo4j_ledger.all_packs(tx):
        try:
            yield from neo4j_packs.unpacked(first, keys, said)
        except ValueError as fault:
            damaged.append(Difference(Fault.DAMAGED, f"Records {first}", kept=str(fault)))


def _other_sources(said: dict[str, list[int]], kept: dict[str, list[int]]) -> Iterator[Difference]:
    for element in sorted(said.keys() & kept.keys()):
        if said[element] != kept[element]:
            yield Difference(Fault.SOURCES, element, None, said[element], kept[element])
