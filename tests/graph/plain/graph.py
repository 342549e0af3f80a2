"""The graph as plain sets and dicts: what the slow implementations of the questions walk over.

Nothing here or beside it imports anything that the product answers with: written from the
documents, these are the other opinion that the answers are compared with.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from graph.structure import Structure
from schema.field import Field, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY

Told = Mapping[str, Value]
Ends = tuple[str, str]


class PlainGraph:
    """``nodes[id]`` are a node's told fields, ``relations[kind][source, target]`` those of a
    relationship."""

    def __init__(self, structure: Structure) -> None:
        self.nodes: dict[str, Told] = {}
        for kind, ids in structure.nodes.items():
            declared, told = ONTOLOGY.nodes[kind].by_name, structure.node_fields[kind]
            for i, node in enumerate(ids):
                self.nodes[node] = _told(declared, told, i)
        self.relations: dict[str, dict[Ends, Told]] = {}
        for kind, pairs in structure.relations.items():
            declared, told = ONTOLOGY.relations[kind].by_name, structure.relation_fields[kind]
            self.relations[kind] = {pair: _told(declared, told, i) for i, pair in enumerate(pairs)}

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for node in sorted(self.nodes):
            found[kind_of(node)].append(node)
        return found

    def of_kind(self, kind: str) -> list[str]:
        """The nodes of a kind, by id."""
        return self._by_kind.get(kind, [])

    @cached_property
    def _onwards(self) -> dict[str, dict[str, list[str]]]:
        return {
            kind: _grouped((source, target) for source, target in sorted(pairs))
            for kind, pairs in self.relations.items()
        }

    @cached_property
    def _backwards(self) -> dict[str, dict[str, list[str]]]:
        return {
            kind: _grouped((target, source) for source, target in sorted(pairs))
            for kind, pairs in self.relations.items()
        }

    def out(self, kind: str, node: str) -> list[str]:
        """Where relationships of a kind lead to from a node, by id."""
        return self._onwards[kind].get(node, [])

    def into(self, kind: str, node: str) -> list[str]:
        """Where relationships of a kind come from to a node, by id."""
        return self._backwards[kind].get(node, [])

    def has(self, kind: str, source: str, target: str) -> bool:
        return (source, target) in self.relations[kind]

    def told(self, kind: str, source: str, target: str, field: str) -> Value | None:
        return self.relations[kind].get((source, target), {}).get(field)

    def words(self, kind: str, source: str, target: str, field: str) -> tuple[str, ...]:
        """The words of a field, none where it is not told."""
        value = self.told(kind, source, target, field)
        return value if isinstance(value, tuple) else ()

    @cached_property
    def joined(self) -> dict[str, set[str]]:
        """The nodes that a node has any relationship with, whichever way."""
        found: dict[str, set[str]] = {node: set() for node in self.nodes}
        for pairs in self.relations.values():
            for source, target in pairs:
                found[source].add(target)
                found[target].add(source)
        return found


def _grouped(pairs: Iterator[Ends]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _told(
    declared: Mapping[str, Field], fields: Mapping[str, Sequence[Value | None]], i: int
) -> Told:
    """What is told of the i-th; several words in the vocabulary's order, for they are a set."""
    told: dict[str, Value] = {}
    for name, values in fields.items():
        value, vocabulary = values[i], declared[name].vocabulary
        if isinstance(value, tuple) and vocabulary is not None:
            value = tuple(sorted(value, key=vocabulary.codes.__getitem__))
        if value is not None:
            told[name] = value
    return told
