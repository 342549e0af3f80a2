"""What the front door tells: settings that do not fit, a port that is taken."""

from schema.message_kind import MessageKind, error

SETTINGS: tuple[MessageKind, ...] = (
    error(
        "setting-unknown",
        "Indstillingen „{name}“ i {file} findes ikke{hint}. Ret navnet, eller fjern linjen.",
        "There is no setting “{name}” in {file}{hint}. Correct the name or remove the line.",
    ),
    error(
        "variable-unknown",
        "Miljøvariablen „{name}“ er ikke en indstilling{hint}. Ret navnet, eller fjern den.",
        "The environment variable “{name}” is no setting{hint}. Correct the name or remove it.",
    ),
    error(
        "setting-wrong",
        "Indstillingen {name} kan ikke være „{value}“: {expected}.",
        "The setting {name} cannot be “{value}”: {expected}.",
    ),
    error(
        "settings-unreadable",
        "Indstillingerne i {file} kan ikke læses: {reason}. Ret filen.",
        "The settings in {file} cannot be read: {reason}. Correct the file.",
    ),
    error(
        "secret-in-address",
        "Adressen på Neo4j må ikke indeholde bruger eller adgangskode. Sæt NEO4J_USER og "
        "NEO4J_PASSWORD (eller NEO4J_PASSWORD_FILE) i stedet.",
        "The address of Neo4j must not contain a user or password. Set NEO4J_USER and "
        "NEO4J_PASSWORD (or NEO4J_PASSWORD_FILE) instead.",
    ),
    error(
        "store-of-unknown-kind",
        "Et lager kan ikke begynde med „{scheme}://“. Skriv en fils sti, sqlite:///…, eller "
        "adressen på en Neo4j: neo4j://, neo4j+s:// eller bolt://.",
        "A store cannot begin with “{scheme}://”. Give a file's path, sqlite:///…, or the address "
        "of a Neo4j: neo4j://, neo4j+s:// or bolt://.",
    ),
    error(
        "port-taken",
        "Port {port} på {host} er optaget. Stop det andet program, eller vælg en anden port med "
        "--port 8080; med make: TEKNOLOGIKORT_PORT=8080 make demo.",
        "Port {port} on {host} is taken. Stop the other program or choose another port with "
        "--port 8080; with make: TEKNOLOGIKORT_PORT=8080 make demo.",
    ),
    error(
        "address-not-usable",
        "Serveren kan ikke lytte på {host}, port {port}: {reason}. Vælg en anden adresse med "
        "--host eller en anden port med --port.",
        "The server cannot listen on {host}, port {port}: {reason}. Choose another address with "
        "--host or another port with --port.",
    ),
    error(
        "synergy-with-itself",
        "{name} kan ikke have synergi med sig selv. Nævn to forskellige forvaltninger.",
        "{name} can have no synergy with itself. Name two different departments.",
    ),
    error(
        "example-missing",
        "Eksempelarkene er her ikke: mappen {folder} mangler eller er tom. Kør kommandoen fra en "
        "hel kopi af projektet, installeret med „make demo“.",
        "The example sheets are not here: the folder {folder} is missing or empty. Run the command "
        "from a whole copy of the project, installed with “make demo”.",
    ),
    error(
        "writing-beyond-this-machine",
        "Serveren må kun kunne ændre grafen fra denne maskine (127.0.0.1). Brug --read-only for "
        "at vise den på {host}, og indlæs fra kommandolinjen.",
        "The server may change the graph only from this machine (127.0.0.1). Use --read-only to "
        "show it on {host}, and load from the command line.",
    ),
)
