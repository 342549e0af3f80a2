"""What a store tells: the file or server is not as it should be, or a load is not there."""

from schema.message_kind import MessageKind, error

STORE: tuple[MessageKind, ...] = (
    error(
        "store-missing",
        "Der er ingen graf i {store}. Indlæs ark med „teknologikort load“, eller ret "
        "TEKNOLOGIKORT_STORE.",
        "There is no graph in {store}. Load sheets with “teknologikort load”, or correct "
        "TEKNOLOGIKORT_STORE.",
    ),
    error(
        "store-not-ours",
        "{store} er ikke en graf fra teknologikort; filen er ikke rørt. Vælg en anden "
        "fil med TEKNOLOGIKORT_STORE eller --store.",
        "{store} is not a graph of teknologikort; the file was not touched. Choose another "
        "with TEKNOLOGIKORT_STORE or --store.",
    ),
    error(
        "store-newer",
        "{store} er skrevet af en nyere version (skema {found}, denne kender {known}). "
        "Opgradér teknologikort.",
        "{store} was written by a newer version (schema {found}, this one knows {known}). "
        "Upgrade teknologikort.",
    ),
    error(
        "store-older",
        "{store} er skrevet af en ældre version og kan ikke læses, før den er opgraderet. Det sker "
        "af sig selv, når den åbnes for at skrive: kør „teknologikort upgrade“. Der tages først en "
        "kopi.",
        "{store} was written by an older version and cannot be read before it is upgraded. That "
        "happens by itself when it is opened for writing: run “teknologikort upgrade”. A copy is "
        "made first.",
    ),
    error(
        "store-made-over",
        "{store} er lavet om af en anden version af teknologikort, mens dette program kørte. Intet "
        "er ændret. Start programmet igen i den version.",
        "{store} was made over by another version of teknologikort while this program ran. Nothing "
        "was changed. Start the program again in that version.",
    ),
    error(
        "store-not-upgradable",
        "{store} (skema {found}) kan ikke opgraderes, fordi dens poster ikke kan læses efter "
        "reglerne i denne version ({reason}). Filen er, som den var. Brug den version, der skrev "
        "den, eller indlæs arkene i en ny fil.",
        "{store} (schema {found}) cannot be upgraded, because its records cannot be read by the "
        "rules of this version ({reason}). The file is as it was. Use the version that wrote it, "
        "or load the sheets into a new file.",
    ),
    error(
        "store-not-empty",
        "{store} har allerede indlæsninger. Kopiér eller læg tilbage til en tom graf: vælg en "
        "ny fil eller database.",
        "{store} holds loads already. Copy or restore into an empty graph: choose a new file or "
        "database.",
    ),
    error(
        "store-read-only",
        "{store} kan ikke skrives. Intet er ændret. Giv skriveadgang til filen og dens "
        "mappe, eller vælg en anden fil.",
        "{store} cannot be written to. Nothing was changed. Allow writing to the file and "
        "its folder, or choose another file.",
    ),
    error(
        "store-locked",
        "{store} er optaget af et andet program. Intet er ændret. Prøv igen om lidt.",
        "{store} is in use by another program. Nothing was changed. Try again shortly.",
    ),
    error(
        "store-disk-full",
        "Der er ikke plads på disken til {store}. Intet er ændret. Skaf plads, og prøv igen.",
        "The disk has no room for {store}. Nothing was changed. Make room and try again.",
    ),
    error(
        "store-damaged",
        "{store} er beskadiget ({reason}). Læg en sikkerhedskopi tilbage, eller indlæs "
        "arkene i en ny fil.",
        "{store} is damaged ({reason}). Put a backup back, or load the sheets into a new file.",
    ),
    error(
        "store-unreachable",
        "Neo4j svarer ikke på {store}. Er serveren startet, og er adressen rigtig? Intet "
        "er ændret.",
        "Neo4j does not answer at {store}. Is the server running, and is the address "
        "right? Nothing was changed.",
    ),
    error(
        "store-wrong-password",
        "Neo4j på {store} afviser bruger eller adgangskode. Sæt NEO4J_USER og "
        "NEO4J_PASSWORD (eller NEO4J_PASSWORD_FILE).",
        "Neo4j at {store} refuses the user or password. Set NEO4J_USER and NEO4J_PASSWORD "
        "(or NEO4J_PASSWORD_FILE).",
    ),
    error(
        "store-lost",
        "Forbindelsen til {store} gik tabt undervejs. Indlæsningen er enten helt med eller "
        "slet ikke; se „teknologikort loads“, og indlæs igen, hvis den mangler.",
        "The connection to {store} was lost on the way. The load is there whole or not at "
        "all; see “teknologikort loads”, and load again if it is missing.",
    ),
    error(
        "not-allowed",
        "Serveren viser kun. Indlæs og fortryd fra kommandolinjen på den maskine, hvor den kører.",
        "The server only shows. Load and undo from the command line on the machine that runs it.",
    ),
    error(
        "load-unknown",
        "Der er ingen indlæsning nummer {number}. „teknologikort loads“ viser dem alle.",
        "There is no load number {number}. “teknologikort loads” shows them all.",
    ),
    error(
        "load-undone-already",
        "Indlæsning {number} er allerede fortrudt. „teknologikort redo {number}“ tager det "
        "tilbage.",
        "Load {number} is undone already. “teknologikort redo {number}” takes that back.",
    ),
    error(
        "load-stands-already",
        "Indlæsning {number} gælder allerede. „teknologikort undo {number}“ fortryder den.",
        "Load {number} stands already. “teknologikort undo {number}” undoes it.",
    ),
)
