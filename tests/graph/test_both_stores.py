"""Whatever the graph, the snapshot is the same from SQLite and from a real Neo4j, and so is
every answer."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import HealthCheck, given, settings
from neo4j import Driver

from graph.overview import overview
from graph.proposals import proposals
from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.synergy import best_synergies
from graph.transfer import best_candidates, best_targets
from graph.who_else import who_else
from schema.field import Value
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, Record, parse_relation
from teknologikort.local_neo4j import Neo4jAddress
from tests.graph.conftest import neo4j_store
from tests.graph.graphs import snapshots
from tests.graph.loads import apply, says
from tests.neo4j_server import IN_NEO4J, empty

pytestmark = IN_NEO4J


def records_of(graph: Snapshot) -> Iterator[Record]:
    """Rows that say all of a graph, a row for each node and relationship."""
    for node in graph.ids:
        fields = ONTOLOGY.nodes[node.partition(":")[0]].fields
        told = [(f.name, graph.value(node, f.name)) for f in fields if f.structural]
        yield says(*((node, name, value) for name, value in told if value is not None))
    for kind, relations in graph.relations.items():
        if kind == "PART_OF":
            continue
        for place, element in enumerate(graph.elements(kind, range(len(relations.sources)))):
            _, source, target = parse_relation(element)
            said: list[tuple[str, str, Value]] = [
                (source, "name", graph.name(source)),
                (target, "name", graph.name(target)),
                (element, EXISTS, ""),
            ]
            for name, column in relations.fields.items():
                value = column.value(place)
                if value is not None:
                    said.append((element, name, value))
            yield says(*said, key=element)


def answers(graph: Snapshot) -> list[object]:
    """Every ranked answer that the graph can give."""
    status = overview(graph)
    found: list[object] = [status.kinds, status.statuses, status.departments, status.lacks]
    found += [tuple(status.unsolved.items), tuple(proposals(graph).items)]
    for department in graph.nodes("department"):
        found.append(tuple(best_synergies(graph, department).items))
        found.append(tuple(best_candidates(graph, department).items))
    for solution in graph.nodes("solution"):
        found.append(tuple(best_targets(graph, solution).items))
        found.append(tuple(who_else(graph, solution).items))
    return found


def test_snapshots_and_answers_are_the_same(
    neo4j_address: Neo4jAddress, neo4j_driver: Driver
) -> None:
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    @given(snapshots())
    def same(graph: Snapshot) -> None:
        empty(neo4j_driver)
        rows = list(records_of(graph))
        with TemporaryDirectory() as folder:
            embedded, server = SqliteStore(Path(folder) / "g.sqlite"), neo4j_store(neo4j_address)
            apply(embedded, "a", rows)
            apply(server, "a", rows)
            one, other = snapshot_of(embedded.structure()), snapshot_of(server.structure())
            embedded.close()
            server.close()
        assert one.ids == other.ids
        for kind, relations in one.relations.items():
            assert np.array_equal(relations.sources, other.relations[kind].sources)
            assert np.array_equal(relations.targets, other.relations[kind].targets)
        assert answers(one) == answers(other)

    same()
