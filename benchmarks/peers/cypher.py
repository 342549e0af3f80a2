"""What one would write in Cypher on a Neo4j of one's own: load, project, and ask for the same."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from neo4j import Driver, GraphDatabase, ManagedTransaction, NotificationMinimumSeverity

from benchmarks.peers.bare import BareGraph
from schema.field import Value
from schema.names import kind_of
from schema.records import is_relation, parse_relation
from teknologikort.local_neo4j import Neo4jAddress

BATCH = 5_000
PROJECTION = "bare"

LABELS = ("Municipality", "Department", "Solution", "Problem", "Technology", "Competence")


@dataclass(frozen=True)
class Statement:
    """A statement of the load and its rows."""

    cypher: str
    rows: Sequence[Mapping[str, Any]]


def statements(graph: BareGraph) -> list[Statement]:
    """The load, made ready beforehand so that only the loading is measured."""
    nodes: dict[str, list[dict[str, Any]]] = {}
    joined: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for element, fields in graph.items():
        told = {_camel(name): _kept(value) for name, value in fields.items()}
        if is_relation(element):
            relation, source, target = parse_relation(element)
            ends = {"a": source, "b": target, "told": told}
            joined.setdefault((relation, _label(source), _label(target)), []).append(ends)
        else:
            nodes.setdefault(_label(element), []).append({"id": element, "told": told})
    return [
        *(
            Statement(
                f"UNWIND $rows AS row MERGE (n:{label} {{id: row.id}}) SET n += row.told", each
            )
            for label, each in nodes.items()
        ),
        *(
            Statement(
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) "
                f"MATCH (b:{target} {{id: row.b}}) MERGE (a)-[r:{relation}]->(b) SET r += row.told",
                each,
            )
            for (relation, source, target), each in joined.items()
        ),
    ]


def driver_of(address: Neo4jAddress) -> Driver:
    """A driver that keeps what the server has to remark to itself."""
    return GraphDatabase.driver(
        address.uri, auth=address.auth, notifications_min_severity=NotificationMinimumSeverity.OFF
    )


def constrain(driver: Driver) -> None:
    """Ids are unique, and so found at once."""
    for label in LABELS:
        _run(driver, f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
    _run(driver, "CALL db.awaitIndexes(300)")


def load(driver: Driver, load_of: Sequence[Statement]) -> int:
    """Everything in one transaction, without provenance; returns how many relationships."""

    def write(transaction: ManagedTransaction) -> None:
        for statement in load_of:
            for rows in _batches(statement.rows):
                transaction.run(statement.cypher, rows=rows).consume()

    with driver.session() as session:
        session.execute_write(write)
    return sum(len(each.rows) for each in load_of if "->" in each.cypher)


def empty(driver: Driver) -> None:
    """Nothing is left of what was loaded."""
    _run(driver, f"MATCH (n) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF {BATCH} ROWS")


def project(driver: Driver) -> None:
    """The whole graph in the memory of the Graph Data Science library."""
    _run(driver, "CALL gds.graph.drop($name, false) YIELD graphName", name=PROJECTION)
    _run(driver, "CALL gds.graph.project($name, $labels, '*')", name=PROJECTION, labels=LABELS)


def project_held(driver: Driver) -> None:
    """Departments and the solutions that they have in use, on trial or planned."""
    _run(driver, "CALL gds.graph.drop($name, false) YIELD graphName", name=f"{PROJECTION}-held")
    _run(
        driver,
        """
        MATCH (d:Department)-[u:USES]->(s:Solution)
        WHERE coalesce(u.status, 'in_use') <> 'retired'
        WITH gds.graph.project($name, d, s, {
            sourceNodeLabels: 'Department', targetNodeLabels: 'Solution',
            relationshipProperties: {rarity: coalesce(s.rarity, 1.0)}
        }) AS projected
        RETURN projected.relationshipCount AS count
        """,
        name=f"{PROJECTION}-held",
    )


def give_rarity(driver: Driver, rarity: Mapping[str, float]) -> None:
    """Write how rare each solution is, for the library to weigh by."""
    rows = [{"id": node, "rarity": weight} for node, weight in rarity.items()]
    for batch in _batches(rows):
        _run(
            driver,
            "UNWIND $rows AS row MATCH (s:Solution {id: row.id}) SET s.rarity = row.rarity",
            rows=batch,
        )


def node_similarity(driver: Driver, first: int = 10, weighted: bool = True) -> list[Any]:
    """Every department's most similar ones by the solutions that they have: (department, other,
    similarity), by the weighted Jaccard index of GDS Node Similarity."""
    weight = ", relationshipWeightProperty: 'rarity'" if weighted else ""
    records = _run(
        driver,
        f"""
        CALL gds.nodeSimilarity.stream($name, {{
            topK: $first, similarityCutoff: 1e-12, similarityMetric: 'JACCARD'{weight}
        }}) YIELD node1, node2, similarity
        RETURN gds.util.asNode(node1).id AS a, gds.util.asNode(node2).id AS b, similarity
        """,
        name=f"{PROJECTION}-held",
        first=first,
    )
    return [(each["a"], each["b"], each["similarity"]) for each in records]


TRANSFER = """
MATCH (s:Solution {id: $id})
OPTIONAL MATCH (:Department)-[named:USES]->(s)
WITH s, collect(named.users) AS told
WITH s, reduce(all = [], each IN told | all + [x IN each WHERE NOT x IN all]) AS meant
OPTIONAL MATCH (user:Department)-[u:USES]->(s)
    WHERE coalesce(u.status, 'in_use') IN ['in_use', 'pilot']
WITH s, meant, percentileCont(user.digitalMaturity, 0.5) AS usual
MATCH (d:Department)
WITH s, meant, usual, d,
    EXISTS { (d)-[:FACES]->(p)<-[:SOLVES]-(s) WHERE NOT EXISTS {
        (d)-[v:USES]->(:Solution)-[:SOLVES]->(p)
        WHERE coalesce(v.status, 'in_use') = 'in_use' } } AS unsolved,
    EXISTS { (d)-[:FACES]->(:Problem)<-[:SOLVES]-(s) } AS faced
OPTIONAL MATCH (s)-[:BUILT_ON]->(t:Technology)<-[f:FAMILIAR_WITH]-(d)
WITH s, meant, usual, d, unsolved, faced,
    avg(CASE WHEN f.level >= 3 THEN 1.0 ELSE f.level / 3.0 END) AS technology
OPTIONAL MATCH (s)-[:BUILT_ON*0..1]->()-[r:REQUIRES]->(c:Competence)
WITH s, meant, usual, d, unsolved, faced, technology, c, max(coalesce(r.level, 1)) AS needs,
    max(CASE WHEN r.necessity = 'useful' THEN 0.5 ELSE 1.0 END) AS weight
OPTIONAL MATCH (d)-[h:HAS]->(c)
WITH d, usual, unsolved, faced, technology, meant,
    sum(CASE WHEN c IS NULL THEN 0 ELSE weight END) AS whole,
    sum(CASE WHEN h IS NULL THEN 0.0 WHEN coalesce(h.level, 1) >= needs THEN weight
        ELSE weight * coalesce(h.level, 1) / needs END) AS reached
WITH d,
    CASE WHEN unsolved THEN 1.0 WHEN faced THEN 0.5 ELSE 0.0 END AS problem,
    CASE WHEN size(meant) > 0 AND size(d.serves) > 0
        THEN toFloat(size([x IN meant WHERE x IN d.serves])) / size(meant) END AS users,
    technology,
    CASE WHEN whole > 0 THEN reached / whole END AS competence,
    CASE WHEN d.digitalMaturity >= usual THEN 1.0 ELSE d.digitalMaturity / usual END AS maturity
WITH d, problem, users, technology, competence, maturity,
    0.30 + CASE WHEN users IS NULL THEN 0 ELSE 0.15 END
    + CASE WHEN technology IS NULL THEN 0 ELSE 0.20 END
    + CASE WHEN competence IS NULL THEN 0 ELSE 0.20 END
    + CASE WHEN maturity IS NULL THEN 0 ELSE 0.15 END AS known
RETURN d.id AS id, problem, users, technology, competence, maturity,
    (0.30 * problem + 0.15 * coalesce(users, 0) + 0.20 * coalesce(technology, 0)
    + 0.20 * coalesce(competence, 0) + 0.15 * coalesce(maturity, 0)) / known AS fit
ORDER BY fit DESC, id
"""
"""A solution's fit in all departments: the parts as far as Cypher does them. It leaves out what is
akin, familiarity that follows from use, outcome, gaps, likelihood and evidence."""

SYNERGY = {
    "share": """
        MATCH (d:Department {id: $id})-[u:USES]->(s:Solution)<-[v:USES]-(other:Department)
        WHERE coalesce(u.status, 'in_use') <> 'retired'
            AND coalesce(v.status, 'in_use') <> 'retired'
        WITH d, other, count(s) AS both
        WITH other, both, COUNT { (d)-[:USES]->() } + COUNT { (other)-[:USES]->() } AS all
        RETURN other.id AS id, toFloat(both) / (all - both) AS score ORDER BY score DESC, id
    """,
    "reuse": """
        MATCH (d:Department {id: $id})-[:FACES]->(p:Problem)<-[:SOLVES]-(:Solution)
            <-[v:USES]-(other:Department)
        WHERE coalesce(v.status, 'in_use') = 'in_use' AND other <> d AND NOT EXISTS {
            (d)-[u:USES]->(:Solution)-[:SOLVES]->(p)
            WHERE coalesce(u.status, 'in_use') = 'in_use' }
        RETURN other.id AS id, count(DISTINCT p) AS score ORDER BY score DESC, id
    """,
    "join": """
        MATCH (d:Department {id: $id})-[:FACES]->(p:Problem)<-[:FACES]-(other:Department)
        WHERE NOT EXISTS { (d)-[u:USES]->(:Solution)-[:SOLVES]->(p)
                WHERE coalesce(u.status, 'in_use') = 'in_use' }
            AND NOT EXISTS { (other)-[u:USES]->(:Solution)-[:SOLVES]->(p)
                WHERE coalesce(u.status, 'in_use') = 'in_use' }
        RETURN other.id AS id, count(p) AS score ORDER BY score DESC, id
    """,
    "learn": """
        MATCH (d:Department {id: $id})-[:USES]->(:Solution)-[:BUILT_ON*0..1]->()
            -[r:REQUIRES]->(c:Competence)
        WITH d, c, max(coalesce(r.level, 1)) AS needs
        WHERE NOT EXISTS { (d)-[h:HAS]->(c) WHERE coalesce(h.level, 1) >= needs }
        MATCH (other:Department)-[h:HAS]->(c) WHERE coalesce(h.level, 1) >= needs
        RETURN other.id AS id, count(c) AS score ORDER BY score DESC, id
    """,
}
"""A department's four kinds with all others, receiving; counted rather than weighed, but for
share, and without pairs of problem and technology, coverage or evidence."""


def transfers(driver: Driver, solution: str) -> list[Any]:
    """One solution's fit in every department."""
    return _run(driver, TRANSFER, id=solution)


def synergies(driver: Driver, department: str) -> dict[str, list[Any]]:
    """One department's synergies with all others."""
    return {kind: _run(driver, cypher, id=department) for kind, cypher in SYNERGY.items()}


def _run(driver: Driver, cypher: str, **parameters: Any) -> list[Any]:
    with driver.session() as session:
        return list(session.run(cypher, parameters))


def _batches(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _label(node: str) -> str:
    return kind_of(node).capitalize()


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)


def _kept(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value
