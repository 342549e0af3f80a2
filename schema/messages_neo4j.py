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
    error(
        "neo4j-address",
        "{store} er ikke adressen på en Neo4j. Skriv den som bolt://server:7687, neo4j://server "
        "eller neo4j+s://server.",
        "{store} is not the address of a Neo4j. Write it as bolt://server:7687, neo4j://server or "
        "neo4j+s://server.",
    ),
    error(
        "neo4j-not-ours",
        "Databasen på {store} indeholder noget andet end en graf fra teknologikort; den er ikke "
        "rørt. Vælg en tom database.",
        "The database at {store} holds something else than a graph of teknologikort; it was not "
        "touched. Choose an empty one.",
    ),
    error(
        "neo4j-too-small",
        "Neo4j på {store} har for lidt hukommelse til det her på én gang. Intet er ændret. Giv "
        "serveren mere (server.memory.heap.max_size), eller indlæs færre filer ad gangen.",
        "Neo4j at {store} has too little memory for this in one go. Nothing was changed. Give "
        "the server more (server.memory.heap.max_size), or load fewer files at a time.",
    ),
    error(
        "neo4j-restoring",
        "Grafen på {store} er ved at blive lagt tilbage eller opgraderet og er ikke hel endnu. "
        "Vent, til det er færdigt. Blev det afbrudt, så begynd forfra: 'teknologikort restore "
        "BACKUP --replace --store {store}' eller 'teknologikort copy FROM {store} --replace' "
        "tømmer databasen først. I hånden: kør MATCH (n) CALL (n) {{ DETACH DELETE n }} IN "
        "TRANSACTIONS i Neo4j Browser.",
        "The graph at {store} is being restored or upgraded and is not whole yet. Wait until that "
        "is done. If it was broken off, begin anew: 'teknologikort restore BACKUP --replace "
        "--store {store}' or 'teknologikort copy FROM {store} --replace' empties the database "
        "first. By hand: run MATCH (n) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS in Neo4j "
        "Browser.",
    ),
    error(
        "neo4j-refuses",
        "Neo4j på {store} vil ikke udføre det: {reason}. Intet er ændret. Se i serverens log.",
        "Neo4j at {store} will not do it: {reason}. Nothing was changed. See the server's log.",
    ),
)
