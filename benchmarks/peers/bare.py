"""The generated graph without its ledger: elements and fields, as any other tool takes them."""

from collections.abc import Iterable

from schema.field import Value
from schema.names import municipality_of
from schema.records import EXISTS, Load, is_relation, relation_key

BareGraph = dict[str, dict[str, Value]]
"""Nodes by id and relationships by key (``SOURCE USES TARGET``), each with its fields."""


def bare_graph(loads: Iterable[Load]) -> BareGraph:
    """The graph that generated loads say. What is said last holds: the generator contradicts itself
    in nothing that settles otherwise, and names no department's parent."""
    graph: BareGraph = {}
    for load in loads:
        for record in load.records:
            for said in record.statements:
                fields = graph.setdefault(said.element, {})
                if said.field != EXISTS:
                    fields[said.field] = said.value
    for element in [each for each in graph if each.startswith("department:")]:
        if not is_relation(element):
            graph[relation_key("PART_OF", element, municipality_of(element))] = {}
    return graph
