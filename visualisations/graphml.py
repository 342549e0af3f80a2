"""The graph as GraphML, for programs that draw and measure networks: Gephi, yEd, networkx, R."""

import io
import re
from collections.abc import Mapping

from graph.excerpt import Excerpt
from schema.field import Field, Value
from schema.ontology import ONTOLOGY
from schema.records import relation_key

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SEPARATOR = "; "
Attributes = dict[str, str | int | float]


def graphml(excerpt: Excerpt) -> bytes:
    """Nodes and relationships with their fields, named as in Neo4j; ids as everywhere.

    Every node has ``label`` (its name) and ``nodeKind``, every edge ``relation``. A field that is
    not told is left out, lists are joined with semicolons.
    """
    import networkx as nx  # slow to import, and most pages draw none

    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for kind, nodes in excerpt.nodes.items():
        fields = ONTOLOGY.nodes[kind].by_name
        for node in nodes:
            told = _attributes(fields, excerpt.fields(node))
            name = _text(excerpt.snapshot.name(node))
            network.add_node(node, label=name, nodeKind=ONTOLOGY.nodes[kind].label, **told)
    for relation, pairs in excerpt.relations.items():
        fields = ONTOLOGY.relations[relation].by_name
        for source, target in pairs:
            element = relation_key(relation, source, target)
            told = _attributes(fields, excerpt.fields(element))
            network.add_edge(source, target, key=element, relation=relation, **told)
    file = io.BytesIO()
    nx.write_graphml(network, file, encoding="utf-8", prettyprint=True)
    return file.getvalue()


def _attributes(fields: Mapping[str, Field], told: Mapping[str, Value]) -> Attributes:
    return {fields[name].camel: _plain(value) for name, value in told.items() if name != "name"}


def _plain(value: Value) -> str | int | float:
    """A value of a type that GraphML knows."""
    if isinstance(value, tuple):
        return _text(_SEPARATOR.join(value))
    return _text(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """Without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("", value)
