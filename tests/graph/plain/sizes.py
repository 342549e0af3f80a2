"""The generated sizes as structures, straight from what the generator says and without a store."""

from collections.abc import Iterable
from random import Random

from benchmarks.generator import SIZES, Generator
from benchmarks.peers.bare import BareGraph, bare_graph
from graph.structure import Structure
from schema.field import Field, Value
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.records import is_relation, parse_relation, relation_key
from schema.vocabulary import DECISION


def generated(size: str) -> BareGraph:
    """All that the loads of this size say."""
    return bare_graph(Generator(SIZES[size]).loads())


def varied(said: BareGraph) -> BareGraph:
    """The same with what the generator never says: cards, departments below others, useful
    competences, technologies that require them, subjects of problems, and much that is not told."""
    graph = {element: dict(fields) for element, fields in said.items()}
    random = Random(5)
    nodes: dict[str, list[str]] = {}
    for element in sorted(each for each in graph if not is_relation(each)):
        nodes.setdefault(kind_of(element), []).append(element)
    _silence(graph, random)
    for technology in nodes["technology"][::3]:
        key = relation_key("REQUIRES", technology, random.choice(nodes["competence"]))
        graph[key] = {"level": random.randint(1, 5), "necessity": "useful"}
    for problem in nodes["problem"][::2]:
        main, group = random.randint(10, 60), random.randint(1, 30)
        graph[problem]["kle"] = f"{main}.{group:02}" if random.random() < 0.7 else str(main)
    for department in random.sample(nodes["department"], 200):
        key = relation_key("PROPOSES", department, random.choice(nodes["solution"]))
        graph[key] = {"decision": random.choice([word.key for word in DECISION])}
    for upper, lower in zip(nodes["department"][::15], nodes["department"][1::15], strict=True):
        del graph[relation_key("PART_OF", lower, municipality_of(lower))]
        graph[relation_key("PART_OF", lower, upper)] = {}
    return graph


def _silence(graph: BareGraph, random: Random) -> None:
    """One in ten of what a question looks at is left untold."""
    for element in sorted(graph):
        for field in ("digital_maturity", "serves", "status", "users", "level", "priority"):
            if field in graph[element] and random.random() < 0.1:
                del graph[element][field]
    departments = [d for d in sorted(graph) if d.startswith("department:") and not is_relation(d)]
    silent = set(random.sample(departments, len(departments) // 30))
    for element in [each for each in graph if is_relation(each)]:
        relation, source, _ = parse_relation(element)
        if relation in ("FACES", "HAS") and source in silent:
            del graph[element]


def structure_of(graph: BareGraph) -> Structure:
    """The structure that a store would hand over of this graph."""
    nodes: dict[str, BareGraph] = {kind: {} for kind in ONTOLOGY.nodes}
    relations: dict[str, dict[tuple[str, str], dict[str, Value]]] = {
        kind: {} for kind in ONTOLOGY.relations
    }
    for element, fields in sorted(graph.items()):
        if is_relation(element):
            kind, source, target = parse_relation(element)
            relations[kind][source, target] = fields
        else:
            nodes[kind_of(element)][element] = fields
    return Structure(
        1,
        {kind: list(each) for kind, each in nodes.items()},
        {k: _columns(ONTOLOGY.nodes[k].fields, each.values()) for k, each in nodes.items()},
        {kind: list(each) for kind, each in relations.items()},
        {k: _columns(ONTOLOGY.relations[k].fields, each.values()) for k, each in relations.items()},
    )


def _columns(
    fields: Iterable[Field], told: Iterable[dict[str, Value]]
) -> dict[str, list[Value | None]]:
    every = list(told)
    return {f.name: [each.get(f.name) for each in every] for f in fields if f.structural}
