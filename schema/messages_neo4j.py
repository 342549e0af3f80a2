"""What can be said about a Neo4j: finding one, reaching it, and losing it."""

from schema.message_kind import MessageKind, error

NEO4J: tuple[MessageKind, ...] = (
    error(
        "neo4j-missing",
        "Der er ingen Neo4j at bruge. Sæt NEO4J_URI, NEO4J_USER og NEO4J_PASSWORD til en, der "
        "kører, eller installér Docker (og start det), eller installér Java 17 eller nyere og "
        "Maven.",
        "There is no Neo4j to use. Set NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD to one that runs, "
        "or install Docker (and start it), or install Java 17 or newer and Maven.",
    ),
    error(
        "neo4j-not-fetched",
        "Neo4j {version} kunne ikke hentes med Maven. Kontrollér, at der er adgang til nettet, og "
        "prøv igen. Maven skrev:\n{log}",
        "Neo4j {version} could not be fetched with Maven. Check that there is access to the "
        "internet and try again. Maven wrote:\n{log}",
    ),
    error(
        "neo4j-not-started",
        "Neo4j kom ikke i gang ({reason}). Det sidste, den skrev:\n{log}",
        "Neo4j did not start ({reason}). The last it wrote:\n{log}",
    ),
)
