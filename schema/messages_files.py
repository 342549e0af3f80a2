"""What is told about files that are written, and about names typed on the command line."""

from schema.message_kind import MessageKind, error, note, warning

FILES: tuple[MessageKind, ...] = (
    error(
        "file-exists",
        "{file} findes allerede og er ikke rørt. Vælg et andet navn, eller skriv den over med "
        "--overwrite.",
        "{file} already exists and was not touched. Choose another name, or replace it with "
        "--overwrite.",
    ),
    error(
        "file-not-writable",
        "{file} kan ikke skrives: {reason}. Intet er ændret. Er mappen der, og er filen åben i et "
        "andet program?",
        "{file} cannot be written: {reason}. Nothing was changed. Is the folder there, and is the "
        "file open in another program?",
    ),
    error(
        "name-not-found",
        "Der er ingen {kind} med navnet „{name}“.{hint}",
        "There is no {kind} named “{name}”.{hint}",
    ),
    error(
        "name-of-several",
        "Flere hedder „{name}“: {ids}. Skriv en af dem.",
        "Several are named “{name}”: {ids}. Write one of these.",
    ),
    error(
        "export-kind-unknown",
        "Det fremgår ikke af navnet {file}, hvad der skal skrives. Slut navnet med .xlsx, .csv "
        "eller .graphml.",
        "The name {file} does not tell what to write. End it in .xlsx, .csv or .graphml.",
    ),
    error(
        "synergies-kind-unknown",
        "Det fremgår ikke af navnet {file}, hvordan synergierne skal skrives. Slut navnet med .csv "
        "eller .json.",
        "The name {file} does not tell how to write the synergies. End it in .csv or .json.",
    ),
    error(
        "synergies-stopped",
        "Sammenligningen blev standset, før den var færdig. {file} er ikke skrevet.",
        "The comparison was stopped before it was done. {file} was not written.",
    ),
    error(
        "export-folder-taken",
        "{file} er en fil, og alle ark som csv skal have en mappe. Vælg et andet navn, eller ét "
        "ark med --sheet.",
        "{file} is a file, and all sheets as csv need a folder. Choose another name, or one sheet "
        "with --sheet.",
    ),
    warning(
        "export-left-out",
        "Det her står i grafen, men kan ikke stå i et ark og er ikke med (antal: {count}): "
        "{elements}.",
        "This is in the graph, but no sheet can hold it and it was left out (number: {count}): "
        "{elements}.",
    ),
    warning(
        "text-cut",
        "En tekst er længere, end en celle kan rumme, og er kortet af til {limit} tegn. Brug csv "
        "for at få den hel.",
        "A text is longer than a cell can hold and was cut to {limit} characters. Use csv to get "
        "all of it.",
    ),
    note(
        "file-written",
        "{file} er skrevet (rækker: {rows}).",
        "{file} was written (rows: {rows}).",
    ),
)
