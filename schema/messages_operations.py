"""What is told about running it: backups, copies, several processes, metrics, stopping."""

from schema.message_kind import MessageKind, error

OPERATIONS: tuple[MessageKind, ...] = (
    error(
        "restore-not-empty",
        "{store} indeholder allerede en graf; intet er ændret. Vælg et tomt lager, eller tilføj "
        "--replace, som beholder den gamle fil under et andet navn.",
        "{store} already holds a graph; nothing was changed. Choose an empty store, or add "
        "--replace, which keeps the old file under another name.",
    ),
    error(
        "restore-neo4j-not-empty",
        "Databasen på {store} indeholder allerede en graf (revision {revision}); intet er ændret. "
        "Vælg en tom database: en i brug kan ikke erstattes i ét skridt.",
        "The database at {store} already holds a graph (revision {revision}); nothing was changed. "
        "Choose an empty database: one in use cannot be replaced in one step.",
    ),
    error(
        "store-in-use",
        "{store} er åben i et andet program; intet er ændret. Stop serveren og andre kommandoer, "
        "der bruger den, og prøv igen.",
        "{store} is open in another program; nothing was changed. Stop the server and other "
        "commands that use it, and try again.",
    ),
    error(
        "backup-missing",
        "Sikkerhedskopien {file} findes ikke. Ret navnet.",
        "There is no backup {file}. Correct the name.",
    ),
    error(
        "backup-unsound",
        "Kopien {file} er ikke i orden og er ikke taget i brug: {reason}. Tag en ny, eller vælg en "
        "anden.",
        "The copy {file} is not sound and was not used: {reason}. Make a new one or choose "
        "another.",
    ),
    error(
        "copy-of-itself",
        "{store} kan ikke kopieres til sig selv. Nævn to forskellige.",
        "{store} cannot be copied to itself. Name two different ones.",
    ),
    error(
        "copy-differs",
        "Kopien i {store} er ikke lig med det, den er taget af: {reason}. Brug den ikke; tøm den, "
        "og prøv igen.",
        "The copy in {store} does not equal what it was made of: {reason}. Do not use it; empty "
        "it and try again.",
    ),
    error(
        "workers-not-here",
        "Flere processer (--workers) kræver Linux eller macOS. Kør med --workers 1.",
        "Several processes (--workers) need Linux or macOS. Run with --workers 1.",
    ),
    error(
        "server-stopping",
        "Serveren blev standset, før svaret var færdigt. En indlæsning er enten helt med eller "
        "slet ikke; se „Indlæsninger“, når serveren er i gang igen.",
        "The server was stopped before the answer was ready. A load is there whole or not at all; "
        "see “Loads” once the server runs again.",
    ),
    error(
        "metrics-not-shown",
        "Målingerne vises ikke her. TEKNOLOGIKORT_METRICS nævner de netværk, der må læse dem, og "
        "de læses direkte, ikke gennem en proxy.",
        "The metrics are not shown here. TEKNOLOGIKORT_METRICS names the networks that may read "
        "them, and they are read directly, not through a proxy.",
    ),
)
