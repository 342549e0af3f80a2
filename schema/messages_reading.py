"""What can be said while a file on disk becomes rows of cells."""

from schema.message_kind import MessageKind, error, note, warning

READING: tuple[MessageKind, ...] = (
    error(
        "file-not-found",
        "Filen findes ikke. Se efter, om navnet og mappen er skrevet rigtigt.",
        "The file does not exist. Check that its name and folder are spelled correctly.",
    ),
    error(
        "file-is-folder",
        "„{name}“ er en mappe. Skriv navnene på de ark i den, der skal læses.",
        "“{name}” is a folder. Name the sheets in it that are to be read.",
    ),
    error(
        "file-not-readable",
        "Filen kan ikke åbnes ({reason}). Luk den i andre programmer, og kontrollér, at du har "
        "lov til at læse den.",
        "The file cannot be opened ({reason}). Close it in other programs and check that you are "
        "allowed to read it.",
    ),
    error(
        "file-too-large",
        "Filen fylder {size} MB, og grænsen er {limit} MB. Fjern billeder og ark, der ikke skal "
        "indlæses, eller del filen i flere.",
        "The file is {size} MB and the limit is {limit} MB. Remove pictures and sheets that are "
        "not to be loaded, or split the file.",
    ),
    error(
        "not-a-spreadsheet",
        "Filen er ikke et regneark, men {found}. Åbn det oprindelige ark, og gem det som xlsx, "
        "ods eller csv.",
        "The file is not a spreadsheet but {found}. Open the original sheet and save it as xlsx, "
        "ods or csv.",
    ),
    error(
        "encrypted",
        "Filen er beskyttet med en adgangskode. Åbn den i dit regnearksprogram, fjern "
        "adgangskoden, og gem den igen.",
        "The file is protected with a password. Open it in your spreadsheet program, remove the "
        "password and save it again.",
    ),
    error(
        "empty-workbook",
        "Der står ingenting i filen. Kontrollér, at det er den rigtige fil, og at den er gemt.",
        "There is nothing in the file. Check that it is the right file and that it was saved.",
    ),
    error(
        "workbook-damaged",
        "Filen er beskadiget og kan ikke læses ({reason}). Åbn den i dit regnearksprogram, og gem "
        "den igen som xlsx, eller bed om en ny kopi.",
        "The file is damaged and cannot be read ({reason}). Open it in your spreadsheet program "
        "and save it again as xlsx, or ask for a new copy.",
    ),
    error(
        "zip-bomb",
        "Filen pakker sig ud til langt mere, end et regneark fylder ({unpacked} MB fra {packed} "
        "MB), og læses ikke. Åbn den i dit regnearksprogram, kopiér cellerne over i en ny "
        "projektmappe, og gem den.",
        "The file unpacks to far more than a spreadsheet holds ({unpacked} MB out of {packed} MB) "
        "and is not read. Open it in your spreadsheet program, copy the cells into a new "
        "workbook and save that.",
    ),
    error(
        "too-many-parts",
        "Filen består af {parts} dele, og grænsen er {limit}. Kopiér cellerne over i en ny "
        "projektmappe, og gem den.",
        "The file consists of {parts} parts and the limit is {limit}. Copy the cells into a new "
        "workbook and save that.",
    ),
    error(
        "too-many-cells",
        "Arket strækker sig over {cells} celler ({area}), og grænsen er {limit}. Slet det, der "
        "står langt nede eller langt til højre uden at høre til tabellen, og gem filen igen.",
        "The sheet spans {cells} cells ({area}) and the limit is {limit}. Delete what stands far "
        "down or far to the right without belonging to the table, and save the file again.",
    ),
    error(
        "reading-took-too-long",
        "Filen var ikke læst efter {seconds} sekunder, og læsningen er stoppet. Del den i flere "
        "filer, eller gem kun de ark, der skal indlæses.",
        "The file had not been read after {seconds} seconds, and reading was stopped. Split it "
        "into several files, or save only the sheets that are to be loaded.",
    ),
    error(
        "reading-needs-too-much-memory",
        "Filen kræver mere hukommelse end de {limit} MB, der er afsat til at læse den. Del den i "
        "flere filer, eller kopiér cellerne over i en ny projektmappe.",
        "The file needs more memory than the {limit} MB set aside for reading it. Split it into "
        "several files, or copy the cells into a new workbook.",
    ),
    error(
        "formula-without-value",
        "Cellen har en formel, men intet resultat er gemt. Åbn filen i dit regnearksprogram, så "
        "den bliver beregnet, og gem den igen.",
        "The cell has a formula, but no result was saved. Open the file in your spreadsheet "
        "program so that it is calculated, and save it again.",
    ),
    error(
        "error-in-cell",
        "Cellen viser fejlen {error}. Ret formlen, eller skriv værdien i stedet.",
        "The cell shows the error {error}. Correct the formula, or write the value instead.",
    ),
    error(
        "more-of-the-same",
        "Det samme gælder flere celler i arket (antal: {count}); den sidste er nævnt her.",
        "The same goes for more cells in the sheet (number: {count}); the last is named here.",
    ),
    error(
        "quote-not-closed",
        "Et anførselstegn er åbnet i denne række og aldrig lukket, så resten af filen hænger "
        "sammen med den. Luk det, eller gem filen igen fra dit regnearksprogram.",
        "A quotation mark is opened in this row and never closed, so the rest of the file runs "
        "into it. Close it, or save the file again from your spreadsheet program.",
    ),
    warning(
        "encoding-guessed",
        "Filens tegnsæt fremgår ikke; den er læst som {encoding}. Se efter, at æ, ø og å er "
        "rigtige, eller gem den som „CSV UTF-8“.",
        "The file does not tell its character set; it was read as {encoding}. Check that æ, ø "
        "and å are right, or save it as “CSV UTF-8”.",
    ),
    note(
        "merged-cells",
        "Flettede celler er læst, som om det samme stod i hver række (antal: {count}): {cells}.",
        "Merged cells were read as if the same stood in every row (number: {count}): {cells}.",
    ),
    note(
        "hidden-sheet",
        "Arket er skjult, men er læst med.",
        "The sheet is hidden, and was read all the same.",
    ),
    note(
        "hidden-rows",
        "Skjulte rækker i arket er læst med (antal: {count}): {rows}. Slet dem, hvis de ikke skal "
        "indlæses.",
        "Hidden rows in the sheet were read all the same (number: {count}): {rows}. Delete them "
        "if they are not to be loaded.",
    ),
    note(
        "hidden-columns",
        "Skjulte kolonner i arket er læst med (antal: {count}): {columns}. Slet dem, hvis de ikke "
        "skal indlæses.",
        "Hidden columns in the sheet were read all the same (number: {count}): {columns}. Delete "
        "them if they are not to be loaded.",
    ),
)
