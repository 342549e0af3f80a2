"""What can be said while tables become a load: sheets and columns, cells, and rows together."""

from schema.message_kind import MessageKind, error, note, warning

_SHEETS = (
    error(
        "no-known-column",
        "Ingen af arkets kolonner er kendt.{hint} Brug kolonnenavnene fra skabelonen "
        "(„teknologikort template ark.xlsx“ skriver en), eller fortæl med --mapping, hvad dine "
        "kolonner betyder.",
        "None of the sheet's columns is known.{hint} Use the template's column names "
        "(“teknologikort template sheet.xlsx” writes one), or tell with --mapping what your "
        "columns mean.",
    ),
    error(
        "column-twice",
        "Kolonnen „{column}“ står to gange: i {first} og i {second}. Slet den ene, eller giv den "
        "et andet navn.",
        "The column “{column}” stands twice: in {first} and in {second}. Delete one of them, or "
        "give it another name.",
    ),
    error(
        "column-missing",
        "Arket er læst som „{sheet}“ og mangler kolonnen „{column}“, der skal være udfyldt.{hint} "
        "Tilføj den, eller fortæl med --mapping, hvilken kolonne det er.",
        "The sheet was read as “{sheet}” and lacks the column “{column}”, which is required.{hint} "
        "Add it, or tell with --mapping which column it is.",
    ),
    error(
        "municipality-missing",
        "Det fremgår ikke, hvilken kommune det gælder. Udfyld kolonnen „kommune“, eller angiv "
        "kommunen for hele filen med --municipality.",
        "It is not told which municipality this is about. Fill in the column “municipality”, or "
        "name one for the whole file with --municipality.",
    ),
    warning(
        "column-not-read",
        "Kolonnen „{column}“ er ikke kendt og er ikke læst.{hint}",
        "The column “{column}” is not known and was not read.{hint}",
    ),
    note(
        "columns-not-read",
        "Disse kolonner hører ikke til arket „{sheet}“ og er ikke læst: {columns}.",
        "These columns do not belong to the sheet “{sheet}” and were not read: {columns}.",
    ),
    note(
        "sheet-not-read",
        "Arket er ikke et af kortlægningsarkene og er ikke læst. Skal det læses, så giv det et "
        "af disse navne: {sheets}.",
        "The sheet is not one of the mapping sheets and was not read. If it should be, give it "
        "one of these names: {sheets}.",
    ),
    warning(
        "nothing-to-load",
        "Der er ingen udfyldte rækker at indlæse. Udfyld arkene, og gem filen.",
        "There are no filled-in rows to load. Fill in the sheets and save the file.",
    ),
)
_CELLS = (
    error(
        "cell-empty",
        "„{column}“ skal udfyldes.",
        "“{column}” must be filled in.",
    ),
    error(
        "word-unknown",
        "„{text}“ er ikke et af ordene for „{column}“.{hint} Skriv et af disse: {words}.",
        "“{text}” is not one of the words for “{column}”.{hint} Write one of these: {words}.",
    ),
    error(
        "one-word-only",
        "Der kan kun stå ét ord i „{column}“, og her står flere: „{text}“. Behold det vigtigste.",
        "“{column}” holds one word only, and there are several here: “{text}”. Keep the main one.",
    ),
    error(
        "number-unreadable",
        "„{text}“ er ikke et tal, og „{column}“ skal være et tal. Skriv kun tallet.",
        "“{text}” is not a number, and “{column}” must be one. Write the number alone.",
    ),
    error(
        "number-not-whole",
        "„{column}“ skal være et helt tal, og her står „{text}“. Rund af.",
        "“{column}” must be a whole number, and “{text}” stands here. Round it.",
    ),
    error(
        "number-out-of-range",
        "„{column}“ går fra {minimum} til {maximum}, og her står „{text}“. Ret tallet.",
        "“{column}” goes from {minimum} to {maximum}, and “{text}” stands here. Correct it.",
    ),
    error(
        "scale-unreadable",
        "„{text}“ er ikke et trin for „{column}“.{hint} Skriv et tal eller et ord: {words}.",
        "“{text}” is not a step of “{column}”.{hint} Write a number or a word: {words}.",
    ),
    error(
        "date-unreadable",
        "„{text}“ i „{column}“ kan ikke læses som en dato. Skriv den som 31-12-2024, december "
        "2024 eller 2024.",
        "“{text}” in “{column}” cannot be read as a date. Write it as 2024-12-31, December 2024 "
        "or 2024.",
    ),
    error(
        "date-impossible",
        "Datoen „{text}“ i „{column}“ findes ikke. Ret dag, måned eller år.",
        "The date “{text}” in “{column}” does not exist. Correct the day, month or year.",
    ),
    error(
        "kle-unreadable",
        "„{text}“ i „{column}“ er ikke et KLE-nummer. Skriv ét nummer som 27, 27.36 eller "
        "27.36.04, og formatér cellen som tekst, så den ikke bliver lavet om til en dato.",
        "“{text}” in “{column}” is not a KLE number. Write one number such as 27, 27.36 or "
        "27.36.04, and format the cell as text, so that it is not turned into a date.",
    ),
    note(
        "kle-read-as",
        "„{text}“ i „{column}“ er læst som KLE {number}, da et regneark fjerner nullet til sidst i "
        "et tal. Er det et andet nummer, så skriv det med alle cifre.",
        "“{text}” in “{column}” was read as KLE {number}, since a spreadsheet drops the zero that "
        "ends a number. If it is another number, write all its digits.",
    ),
    error(
        "name-is-yes-no",
        "I „{column}“ står sandt eller falsk og ikke et navn. Skriv navnet, eller ryd cellen; "
        "kommer det fra en formel eller et afkrydsningsfelt, så skriv navnet som tekst.",
        "“{column}” holds true or false and not a name. Write the name, or clear the cell; if it "
        "comes from a formula or a check box, write the name as text.",
    ),
    error(
        "name-without-letters",
        "„{text}“ i „{column}“ har hverken bogstaver eller tal og kan ikke være et navn. Skriv "
        "navnet, eller ryd cellen.",
        "“{text}” in “{column}” has neither letters nor digits and cannot be a name. Write the "
        "name, or clear the cell.",
    ),
    error(
        "name-too-long",
        "Navnet i „{column}“ er på {length} tegn, og grænsen er {limit}. Skriv et kort navn, og "
        "flyt resten til beskrivelsen.",
        "The name in “{column}” has {length} characters and the limit is {limit}. Write a short "
        "name and move the rest to the description.",
    ),
    error(
        "cpr-number",
        "I „{column}“ står noget, der ligner et CPR-nummer. Personoplysninger hører ikke hjemme "
        "her; fjern det, og indlæs igen.",
        "“{column}” holds what looks like a CPR number. Personal data do not belong here; remove "
        "it and load again.",
    ),
    error(
        "cpr-number-in-name",
        "I filens eller arkets navn står noget, der ligner et CPR-nummer; cifrene er skjult her. "
        "Personoplysninger hører ikke hjemme her; giv det et andet navn, og indlæs igen.",
        "The name of the file or the sheet holds what looks like a CPR number; its digits are "
        "hidden here. Personal data do not belong here; give it another name and load again.",
    ),
    warning(
        "email-address",
        "I „{column}“ står en e-mailadresse. Skriv en funktion i stedet for en person.",
        "“{column}” holds an e-mail address. Write a function instead of a person.",
    ),
    warning(
        "phone-number",
        "I „{column}“ står et telefonnummer. Skriv en funktion i stedet for en person.",
        "“{column}” holds a telephone number. Write a function instead of a person.",
    ),
)
_ROWS = (
    warning(
        "level-like-name",
        "„{text}“ i „{column}“ er læst som et navn med tallet i. Et niveau i parentes går fra 1 "
        "til 5: ret tallet, hvis det skulle være et niveau.",
        "“{text}” in “{column}” was read as a name, number and all. A level in brackets goes from "
        "1 to 5: correct the number if it was meant as a level.",
    ),
    error(
        "end-missing",
        "„{column}“ er udfyldt, men „{missing}“ er tom, så det kan ikke ses, hvem det gælder. "
        "Udfyld begge, eller ryd „{column}“.",
        "“{column}” is filled in but “{missing}” is empty, so it is not told whom it is about. "
        "Fill in both, or clear “{column}”.",
    ),
    error(
        "parent-differs-from-path",
        "Forvaltningen er skrevet som stien „{path}“, men hører efter kolonnen „{column}“ under "
        "„{parent}“. Skriv det samme begge steder.",
        "The department is written as the path “{path}”, but the column “{column}” says that it "
        "is part of “{parent}”. Write the same in both places.",
    ),
    error(
        "department-unknown",
        "Forvaltningen „{name}“ findes ikke i organisationen for {municipality}.{hint} Ret "
        "navnet, tilføj den i arket „Forvaltninger“, eller opret den med --new-departments.",
        "The department “{name}” is not in the organisation of {municipality}.{hint} Correct the "
        "name, add it to the sheet “Departments”, or create it with --new-departments.",
    ),
    error(
        "part-of-ring",
        "Forvaltningerne hører under hinanden i ring: {ring}. Ret „hører under“ i en af rækkerne.",
        "The departments are part of each other in a ring: {ring}. Correct “part of” in one of "
        "the rows.",
    ),
    warning(
        "ring-stands",
        "Forvaltninger hører under hinanden i ring: {ring}. Det kan ske, når en indlæsning "
        "fortrydes. Ret „hører under“ i det ark, der siger det, og indlæs det igen.",
        "Departments are part of each other in a ring: {ring}. That can happen when a load is "
        "undone. Correct “part of” in the sheet that says so, and load it again.",
    ),
    error(
        "rows-contradict",
        "Rækken siger „{value}“ om „{field}“ for {about}, men {other} siger „{other_value}“. Ret "
        "en af rækkerne.{hint}",
        "The row says “{value}” about “{field}” of {about}, but {other} says “{other_value}”. "
        "Correct one of the rows.{hint}",
    ),
    error(
        "sheet-has-more-errors",
        "Arket har flere fejl, end der er nævnt, så rækken kan ikke læses sikkert. Ret cellerne "
        "med fejl, og indlæs igen.",
        "The sheet has more errors than are named, so this row cannot be read safely. Correct "
        "the cells with errors and load again.",
    ),
    note(
        "header-again",
        "Rækken gentager kolonnernes navne og er sprunget over.",
        "The row repeats the names of the columns and was skipped.",
    ),
    note(
        "example-row",
        "Rækken er skabelonens eksempel og er sprunget over. Slet den, eller skriv jeres egne "
        "oplysninger i den.",
        "The row is the template's example and was skipped. Delete it, or write what holds for "
        "you in it.",
    ),
    note(
        "example-rows",
        "Skabelonens eksempler er sprunget over (rækker: {rows}).",
        "The template's examples were skipped (rows: {rows}).",
    ),
    note(
        "row-twice",
        "Rækken siger det samme som {other} og er sprunget over.",
        "The row says the same as {other} and was skipped.",
    ),
)
_NAMES = (
    note(
        "read-as",
        "„{name}“ er et andet navn for „{meant}“ og er læst sådan.",
        "“{name}” is another name for “{meant}” and was read as that.",
    ),
    note(
        "spellings-taken-as-one",
        "Disse stavemåder er taget for den samme ({kind}): {spellings}. Er det to forskellige, så "
        "giv dem navne, der adskiller sig mere.",
        "These spellings were taken as one ({kind}): {spellings}. If they are two, give them "
        "names that differ more.",
    ),
    warning(
        "looks-like",
        "„{name}“ ligner „{other}“ ({kind}). Er det det samme, så skriv det ens, eller skriv det "
        "ene som andet navn i arket „Navne“.",
        "“{name}” looks like “{other}” ({kind}). If they are the same, write them alike, or "
        "write one as another name in the sheet “Names”.",
    ),
    warning(
        "municipality-looks-like",
        "Kommunen „{name}“ er ny i grafen og ligner „{other}“. Mente du „{other}“? Ret i så fald "
        "navnet; ellers bliver de to kommuner.",
        "The municipality “{name}” is new to the graph and looks like “{other}”. Did you mean "
        "“{other}”? Then correct the name; otherwise they become two municipalities.",
    ),
    note(
        "look-alikes-not-sought",
        "Der er så mange nye navne ({kind}: {count}), at der ikke er ledt efter navne, der ligner "
        "hinanden.",
        "There are so many new names ({kind}: {count}) that names that look alike were not sought.",
    ),
    warning(
        "other-name-shared",
        "„{name}“ er andet navn for flere: {meant}. Det er derfor læst som sig selv. Fjern det "
        "hos alle undtagen én.",
        "“{name}” is another name for several: {meant}. So it was read as itself. Remove it from "
        "all but one.",
    ),
    warning(
        "other-name-has-own-node",
        "„{name}“ findes allerede for sig selv ({kind}). Ark, der indlæses fra nu af, læses som "
        "„{meant}“; indlæs de ældre ark igen, så de følger med.",
        "“{name}” already exists on its own ({kind}). Sheets loaded from now on are read as "
        "“{meant}”; load the older sheets again so that they follow.",
    ),
)
_LOADS = (
    error(
        "load-not-applied",
        "Intet er indlæst, for der er fejl (afviste rækker: {rows}). Ret dem, eller indlæs resten "
        "med --skip-refused.",
        "Nothing was loaded, since there are errors (rows refused: {rows}). Correct them, or load "
        "the rest with --skip-refused.",
    ),
    error(
        "nothing-could-be-read",
        "Intet er indlæst, for ingen rækker kan læses. Ret det, der er nævnt, og indlæs igen.",
        "Nothing was loaded, since no rows can be read. Correct what is named and load again.",
    ),
    warning(
        "left-out",
        "Det, der er fejl i, er ikke med i indlæsningen (rækker: {rows}, ark: {sheets}).",
        "What has errors is left out of the load (rows: {rows}, sheets: {sheets}).",
    ),
    note(
        "nothing-new",
        "Filen siger ikke noget nyt; alt i den er indlæst før. Intet er ændret.",
        "The file says nothing new; all of it was loaded before. Nothing was changed.",
    ),
    warning(
        "records-fall",
        "Rækker, der er indlæst før, står ikke i filen og gælder ikke længere (antal: {rows}). "
        "Det, som intet andet ark nævner, forsvinder (antal: {gone}).",
        "Rows loaded before do not stand in the file and no longer hold (number: {rows}). What no "
        "other sheet mentions disappears (number: {gone}).",
    ),
    note(
        "kept-unread",
        "Rækker, der er indlæst før, er beholdt, som de var, for det, der står om dem i filen, kan "
        "ikke læses (antal: {rows}).",
        "Rows loaded before were kept as they were, since what the file has about them cannot be "
        "read (number: {rows}).",
    ),
    error(
        "falling-not-agreed",
        "Rækker ville falde bort (antal: {rows}), og der er ingen at spørge. Intet er indlæst. "
        "Tilføj --yes, hvis de skal, eller se dem med --dry-run.",
        "Rows would fall (number: {rows}), and there is nobody to ask. Nothing was loaded. Add "
        "--yes if they shall, or look at them with --dry-run.",
    ),
    error(
        "files-of-one-name",
        "Flere filer hedder det samme{where} og ville blive læst som udgaver af samme kilde, så "
        "den sidste erstattede den første. Intet er indlæst. Giv dem hver sit navn, indlæs dem "
        "hver for sig med hver sin --source, eller samlet med én --source.",
        "Several files have the same name{where} and would be read as editions of one source, the "
        "last in place of the first. Nothing was loaded. Give each a name of its own, load them "
        "one by one with a --source each, or together with one --source.",
    ),
    warning(
        "municipality-falls",
        "Filen siger ikke længere noget om forvaltninger i {municipalities}, så alt, hvad kilden "
        "har sagt om dem, falder bort. Hører arket til en anden kommune, så giv hver kommunes ark "
        "sin egen kilde med --source.",
        "The file no longer says anything about departments in {municipalities}, so all that the "
        "source has said of them falls. If the sheet is another municipality's, give each "
        "municipality's sheet a source of its own with --source.",
    ),
    error(
        "graph-keeps-changing",
        "Grafen er ændret af andre hver gang, der blev forsøgt (antal forsøg: {attempts}). Intet "
        "er indlæst. Prøv igen om lidt.",
        "Others changed the graph at every attempt (attempts: {attempts}). Nothing was loaded. "
        "Try again shortly.",
    ),
)
LOADING: tuple[MessageKind, ...] = (*_SHEETS, *_CELLS, *_ROWS, *_NAMES, *_LOADS)
