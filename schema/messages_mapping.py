"""What can be said of a mapping: the TOML file that tells which column is which."""

from schema.message_kind import MessageKind, error, note, warning

_WRITTEN = (
    error(
        "mapping-not-toml",
        "Koblingsfilen kan ikke læses som TOML ({reason}). Ret linjen; docs/mappings.md viser, "
        "hvordan filen skrives.",
        "The mapping file cannot be read as TOML ({reason}). Correct the line; docs/mappings.md "
        "shows how the file is written.",
    ),
    error(
        "mapping-key-unknown",
        "Nøglen „{key}“ er ikke kendt her.{hint} Her kan stå: {keys}.",
        "The key “{key}” is not known here.{hint} These can stand here: {keys}.",
    ),
    error(
        "mapping-key-missing",
        "Nøglen „{key}“ mangler. Skriv her {expected}.",
        "The key “{key}” is missing. Write {expected} here.",
    ),
    error(
        "mapping-key-type",
        "Værdien kan ikke bruges her. Skriv {expected}.",
        "The value cannot be used here. Write {expected}.",
    ),
    error(
        "mapping-one-of",
        "Der skal stå præcis én af nøglerne {keys}. Skriv én, og slet resten.",
        "Exactly one of the keys {keys} must stand here. Write one and delete the others.",
    ),
    error(
        "mapping-pattern-unreadable",
        "Mønsteret kan ikke læses som et regulært udtryk ({reason}). Ret det.",
        "The pattern cannot be read as a regular expression ({reason}). Correct it.",
    ),
    error(
        "mapping-target-unknown",
        "„{sheet}“ er ikke et af kortlægningsarkene.{hint} Skriv et af disse: {sheets}.",
        "“{sheet}” is not one of the mapping sheets.{hint} Write one of these: {sheets}.",
    ),
    error(
        "mapping-field-unknown",
        "Arket „{sheet}“ har ikke kolonnen „{column}“.{hint} Her kan stå: {columns}.",
        "The sheet “{sheet}” has no column “{column}”.{hint} These can stand here: {columns}.",
    ),
    error(
        "mapping-field-twice",
        "Det er sagt to gange, hvad der skal stå i „{column}“: som „{first}“ og som „{second}“. "
        "Slet det ene.",
        "It is told twice what “{column}” is to hold: as “{first}” and as “{second}”. Delete one "
        "of them.",
    ),
    error(
        "mapping-field-missing",
        "Arket „{sheet}“ kræver „{column}“, og koblingen siger ikke, hvad der skal stå der.{hint} "
        "Tilføj den; er det det samme for alle rækker, så skriv constant.",
        "The sheet “{sheet}” requires “{column}”, and the mapping does not say what it is to "
        "hold.{hint} Add it; where it is the same for all rows, write constant.",
    ),
    error(
        "mapping-kind-unknown",
        "„{kind}“ er ikke en art.{hint} Skriv en af disse: {kinds}.",
        "“{kind}” is not a kind.{hint} Write one of these: {kinds}.",
    ),
)
_HELD_AGAINST_A_FILE = (
    error(
        "mapping-column-missing",
        "Kolonnen „{column}“ findes ikke i {table}.{hint} Ret navnet i koblingsfilen.",
        "There is no column “{column}” in {table}.{hint} Correct the name in the mapping file.",
    ),
    error(
        "mapping-no-column",
        "Ingen af koblingens kolonner står i arkets første rækker.{hint} Er det den rigtige fil? "
        "Står overskrifterne længere nede, så angiv rækken med header.",
        "None of the mapping's columns stands in the sheet's first rows.{hint} Is it the right "
        "file? Where the headings stand further down, name their row with header.",
    ),
    error(
        "mapping-sheet-missing",
        "Filen har intet ark, der passer til koblingen, som nævner: {sheet}.{hint} Filens ark: "
        "{sheets}. Ret navnet i koblingsfilen.",
        "The file has no sheet that fits the mapping, which names: {sheet}.{hint} Sheets of the "
        "file: {sheets}. Correct the name in the mapping file.",
    ),
    warning(
        "mapping-sheet-absent",
        "Koblingen nævner arket „{sheet}“, som ikke er i filen.{hint}",
        "The mapping names the sheet “{sheet}”, which is not in the file.{hint}",
    ),
    note(
        "mapping-sheet-unused",
        "Koblingen siger ikke noget om arket, så det er ikke læst.",
        "The mapping says nothing of the sheet, so it was not read.",
    ),
    note(
        "mapping-columns-unused",
        "Koblingen siger ikke noget om disse kolonner, så de er ikke læst: {columns}.",
        "The mapping says nothing of these columns, so they were not read: {columns}.",
    ),
    note(
        "mapping-row-left-out",
        "Koblingen udelader rækken. Grund: {reason}",
        "The mapping leaves the row out. Reason: {reason}",
    ),
    note(
        "mapping-row-superseded",
        "Koblingen beholder kun én række om det samme, nemlig {other}. Denne er sprunget over.",
        "The mapping keeps only one row about the same, namely {other}. This one was skipped.",
    ),
    error(
        "mapping-flag-unreadable",
        "„{text}“ er ikke et kryds. Skriv x (eller ja), eller lad cellen stå tom.",
        "“{text}” is not a mark. Write x (or yes), or leave the cell empty.",
    ),
)
MAPPING: tuple[MessageKind, ...] = (*_WRITTEN, *_HELD_AGAINST_A_FILE)
