"""GDS Node Similarity over any weighted pairs, with nothing written into the database."""

from collections.abc import Iterable

from neo4j import Driver

WeightedPair = tuple[str, str, float]
"""Who has what, and how much that weighs."""

PROJECT = """
UNWIND $rows AS row
RETURN gds.graph.project($name, row[0], row[1], {relationshipProperties: {weight: row[2]}}) AS held
"""
SIMILAR = """
CALL gds.nodeSimilarity.stream($name, {
    topK: $first, similarityCutoff: 1e-12, similarityMetric: 'JACCARD',
    relationshipWeightProperty: 'weight'
}) YIELD node1, node2, similarity RETURN node1, node2, similarity
"""


def most_similar(
    driver: Driver, name: str, pairs: Iterable[WeightedPair], first: int = 10
) -> dict[str, dict[str, float]]:
    """For each who has something the most similar ones, with the weighted Jaccard index of what
    both have."""
    places: dict[str, int] = {}
    rows = [
        [places.setdefault(who, len(places)), places.setdefault(what, len(places)), weight]
        for who, what, weight in pairs
    ]
    nodes = list(places)
    with driver.session() as session:
        session.run(PROJECT, name=name, rows=rows).consume()
        found: dict[str, dict[str, float]] = {}
        for one, other, similarity in session.run(SIMILAR, name=name, first=first):
            found.setdefault(nodes[one], {})[nodes[other]] = similarity
        session.run("CALL gds.graph.drop($name, false) YIELD graphName", name=name).consume()
    return found
