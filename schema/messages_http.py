"""What can be said to someone who asks over HTTP: GraphQL, uploads, forms."""

from schema.message_kind import MessageKind, error

_QUERIES: tuple[MessageKind, ...] = (
    error(
        "query-syntax",
        "Forespørgslen er ikke gyldig GraphQL i linje {line}, tegn {column}: {detail} Ret den dér, "
        "og send den igen.",
        "The query is not valid GraphQL at line {line}, character {column}: {detail} Correct it "
        "there and send it again.",
    ),
    error(
        "query-invalid",
        "Forespørgslen passer ikke til skemaet: {detail} Slå felter og typer op på "
        "forespørgselssiden /graphql.",
        "The query does not fit the schema: {detail} Look fields and types up on the query page "
        "at /graphql.",
    ),
    error(
        "query-operation",
        "Det fremgår ikke, hvilken operation der skal udføres. Angiv operationName som navnet på "
        "en af forespørgslens operationer.",
        "It is not clear which operation to run. Set operationName to the name of one of the "
        "operations in the query.",
    ),
    error(
        "query-too-deep",
        "Forespørgslen er {found} niveauer dyb, og grænsen er {limit}. Del den i flere, og slå det "
        "næste trin op ud fra id.",
        "The query is {found} levels deep and the limit is {limit}. Split it, and look the next "
        "step up by id.",
    ),
    error(
        "query-too-many-aliases",
        "Forespørgslen har {found} aliaser, og grænsen er {limit}. Del den i flere, eller spørg "
        "med en liste af id'er.",
        "The query has {found} aliases and the limit is {limit}. Split it, or ask with a list of "
        "ids.",
    ),
    error(
        "query-too-large",
        "Forespørgslen er for stor: {what} er mere end {limit}. Del den i flere mindre.",
        "The query is too large: {what} is more than {limit}. Split it into smaller ones.",
    ),
    error(
        "query-too-costly",
        "Forespørgslen kan give {found} felter, og grænsen er {limit}. Bed om færre ad gangen med "
        "„first“, eller vælg færre felter.",
        "The query can yield {found} fields and the limit is {limit}. Ask for fewer at a time "
        "with “first”, or select fewer fields.",
    ),
    error(
        "query-too-slow",
        "Forespørgslen tog mere end {seconds} sekunder og blev stoppet. Bed om færre ad gangen "
        "med „first“, eller vælg færre felter.",
        "The query took more than {seconds} seconds and was stopped. Ask for fewer at a time "
        "with “first”, or select fewer fields.",
    ),
    error(
        "unknown-id",
        "Der er intet med id'et {id}. Brug „search“ til at finde det rigtige.",
        "There is nothing with the id {id}. Use “search” to find the right one.",
    ),
    error(
        "id-of-other-kind",
        "Id'et {id} er af en anden slags ({found}) end den, der spørges om ({wanted}). Skriv et id "
        "af den rette slags, eller brug „node“.",
        "The id {id} is of another kind ({found}) than the one asked for ({wanted}). Give an id of "
        "the right kind, or use “node”.",
    ),
    error(
        "bad-argument",
        "En værdi kan ikke bruges: {detail} Ret argumentet eller variablen, og send igen.",
        "A value cannot be used: {detail} Correct the argument or variable and send again.",
    ),
    error(
        "internal-error",
        "Noget gik galt hos os. Prøv igen, og skriv til den, der driver serveren, hvis det bliver "
        "ved; henvis til nummer {reference}.",
        "Something went wrong on our side. Try again, and write to whoever runs the server if it "
        "persists; refer to number {reference}.",
    ),
)

_REQUESTS: tuple[MessageKind, ...] = (
    error(
        "request-not-json",
        "Indholdet kan ikke læses som JSON: {detail} Send et JSON-objekt i UTF-8 med feltet "
        "„query“.",
        "The body cannot be read as JSON: {detail} Send a JSON object in UTF-8 with the property "
        "“query”.",
    ),
    error(
        "request-parameter",
        "„{name}“ skal være {expected}. Ret den, og send igen.",
        "“{name}” must be {expected}. Correct it and send again.",
    ),
    error(
        "request-media-type",
        "Indholdet har typen „{found}“, som ikke kan læses her. Send det som application/json "
        "i UTF-8.",
        "The body has the type “{found}”, which cannot be read here. Send it as application/json "
        "in UTF-8.",
    ),
    error(
        "request-not-acceptable",
        "Svaret kan ikke gives som „{found}“. Bed om application/graphql-response+json eller "
        "application/json i Accept.",
        "The answer cannot be given as “{found}”. Ask for application/graphql-response+json or "
        "application/json in Accept.",
    ),
    error(
        "request-method",
        "{method} kan ikke bruges her. Send ændringer med POST; forespørgsler også med GET.",
        "{method} cannot be used here. Send changes with POST; queries may also use GET.",
    ),
    error(
        "request-too-large",
        "Det sendte fylder mere end {limit} kB. Del det i flere mindre dele.",
        "What was sent is larger than {limit} kB. Split it into smaller parts.",
    ),
    error(
        "request-too-slow",
        "Indholdet var ikke nået frem efter {seconds} sekunder. Se efter, om forbindelsen er god "
        "nok, og send igen.",
        "The body had not arrived after {seconds} seconds. Check the connection and send again.",
    ),
    error(
        "request-host",
        "Serveren kender ikke adressen „{host}“. Brug den adresse, den er sat op med, eller "
        "tilføj denne til de tilladte.",
        "The server does not know the address “{host}”. Use the address it is set up with, or "
        "add this one to those allowed.",
    ),
    error(
        "request-origin",
        "Siden på „{origin}“ må ikke ændre noget her. Gør det fra serverens egne sider.",
        "The page at “{origin}” may not change anything here. Do it from the server's own pages.",
    ),
    error(
        "upload-header",
        "Filer modtages kun med headeren „{header}: 1“, så en fremmed side ikke kan sende dem. "
        "Tilføj den, og send igen.",
        "Files are only received with the header “{header}: 1”, so that a foreign page cannot "
        "send them. Add it and send again.",
    ),
    error(
        "upload-malformed",
        "Upload kan ikke læses: {detail} Følg „GraphQL multipart request“ med felterne "
        "„operations“ og „map“ før filerne.",
        "The upload cannot be read: {detail} Follow “GraphQL multipart request”, with the fields "
        "“operations” and “map” before the files.",
    ),
    error(
        "form-token",
        "Formularen er forældet eller kommer fra en anden side. Genindlæs siden, og udfyld den "
        "igen.",
        "The form is out of date or comes from another page. Reload the page and fill it in again.",
    ),
)

HTTP: tuple[MessageKind, ...] = (*_QUERIES, *_REQUESTS)
