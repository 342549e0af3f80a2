"""The kinds of relationship and what each carries."""

from dataclasses import dataclass
from functools import cached_property

from schema.field import Field, FieldType, Rule
from schema.text import Text
from schema.vocabulary import (
    DECISION,
    FAMILIARITY,
    GUIDEPOST,
    LEVEL,
    NECESSITY,
    PEOPLE,
    PRIORITY,
    PURPOSE,
    STATUS,
    Vocabulary,
)


@dataclass(frozen=True)
class RelationKind:
    """A kind of relationship. ``outgoing`` and ``incoming`` name it in GraphQL, seen from its
    source and from its target; ``phrase`` and ``inverse`` say it in a sentence."""

    key: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    outgoing: str
    incoming: str
    phrase: Text
    inverse: Text
    explanation: Text
    fields: tuple[Field, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


def _own(
    sheet: str,
    name: str,
    type_: FieldType,
    label: tuple[str, str],
    explanation: tuple[str, str],
    *also: str,
    vocabulary: Vocabulary | None = None,
    structural: bool = False,
    default: str | None = None,
) -> Field:
    return Field(
        name,
        type_,
        Rule.OWN,
        Text(*label),
        Text(*explanation),
        sheets=(sheet,),
        vocabulary=vocabulary,
        structural=structural,
        default=default,
        also=also,
    )


def _text(
    sheet: str, name: str, label: tuple[str, str], explanation: tuple[str, str], *also: str
) -> Field:
    return _own(sheet, name, FieldType.LONG_TEXT, label, explanation, *also)


def _level(
    sheet: str,
    vocabulary: Vocabulary,
    minimum: int,
    label: tuple[str, str],
    explanation: tuple[str, str],
    *also: str,
) -> Field:
    return Field(
        "level",
        FieldType.INTEGER,
        Rule.OWN,
        Text(*label),
        Text(*explanation),
        sheets=(sheet,),
        vocabulary=vocabulary,
        minimum=minimum,
        maximum=int(vocabulary.words[-1].key),
        required=True,
        structural=True,
        also=also,
    )


PART_OF = RelationKind(
    "PART_OF",
    ("department",),
    ("municipality", "department"),
    "partOf",
    "parts",
    Text("hører under", "is part of"),
    Text("omfatter", "includes"),
    Text("Hvor forvaltningen hører til.", "Where the department belongs."),
)
USES = RelationKind(
    "USES",
    ("department",),
    ("solution",),
    "uses",
    "usedBy",
    Text("bruger", "uses"),
    Text("bruges af", "is used by"),
    Text(
        "Hvordan én forvaltning lever med en løsning: den lokale sandhed.",
        "How one department lives with a solution: the local truth.",
    ),
    (
        _own(
            "status",
            "status",
            FieldType.WORD,
            ("status", "status"),
            (
                "Hvor langt løsningen er her; i brug, hvis intet er skrevet.",
                "How far the solution is here; in use where nothing is written.",
            ),
            "tilstand",
            "driftsstatus",
            vocabulary=STATUS,
            structural=True,
            default="in_use",
        ),
        _own(
            "status",
            "since",
            FieldType.DATE,
            ("siden", "since"),
            (
                "Hvornår den blev taget i brug: en dato eller et år.",
                "When it was taken into use: a date or a year.",
            ),
            "i brug siden",
            "startdato",
            "idriftsat",
            "start",
        ),
        _own(
            "status",
            "last_confirmed",
            FieldType.DATE,
            ("senest bekræftet", "last confirmed"),
            ("Hvornår oplysningen sidst blev bekræftet.", "When this was last confirmed."),
            "sidst bekræftet",
            "bekræftet",
        ),
        _own(
            "status",
            "primary_purpose",
            FieldType.WORD,
            ("primært formål", "primary purpose"),
            (
                "Det vigtigste motiv for at have løsningen.",
                "The main motive for having the solution.",
            ),
            "formål",
            "hovedformål",
            "purpose",
            vocabulary=PURPOSE,
            structural=True,
        ),
        _own(
            "status",
            "other_purposes",
            FieldType.WORDS,
            ("andre formål", "other purposes"),
            ("Øvrige motiver.", "Further motives."),
            "øvrige formål",
            "sekundære formål",
            vocabulary=PURPOSE,
            structural=True,
        ),
        _text(
            "status",
            "example",
            ("eksempel", "example"),
            ("Et eksempel på brugen.", "An example of its use."),
            "eksempel på brug",
        ),
        _text(
            "status",
            "background",
            ("baggrund", "background"),
            ("Hvorfor løsningen kom til.", "Why the solution came about."),
        ),
        _text(
            "status",
            "challenges",
            ("udfordringer", "challenges"),
            ("Hvad der har været svært.", "What has been difficult."),
        ),
        _text(
            "status",
            "effect_expected",
            ("forventet effekt", "effect expected"),
            ("Den gevinst, man regnede med.", "The benefit that was expected."),
            "forventet gevinst",
            "expected effect",
            "expected benefit",
        ),
        _text(
            "status",
            "effect_realised",
            ("opnået effekt", "effect realised"),
            ("Den gevinst, der kom ud af det.", "The benefit that came out of it."),
            "effekt",
            "gevinst",
            "realiseret gevinst",
            "effect",
            "realised effect",
        ),
        _text(
            "status",
            "reception",
            ("oplevet modtagelse", "reception"),
            ("Hvordan brugerne tog imod løsningen.", "How the users received it."),
            "modtagelse",
            "brugernes modtagelse",
        ),
        _own(
            "status",
            "users",
            FieldType.WORDS,
            ("brugere", "users"),
            ("Hvem der bruger eller møder løsningen.", "Who uses or meets the solution."),
            "hvem bruger den",
            vocabulary=PEOPLE,
            structural=True,
        ),
        _text(
            "status",
            "consequences",
            ("konsekvenser", "consequences"),
            (
                "Opgaver, der falder væk eller kommer til, nye personalegrupper.",
                "Tasks that fall away or come, new staff groups.",
            ),
        ),
        _text(
            "status",
            "data_ethics",
            ("dataetik", "data ethics"),
            (
                "Hvad der er overvejet om data og respekt for borgeren.",
                "What was considered about data and respect for the citizen.",
            ),
            "dataetiske overvejelser",
        ),
        _text(
            "status",
            "potential",
            ("potentiale", "potential"),
            (
                "Hvor løsningen ellers kunne gøre nytte, med forvaltningens egne ord.",
                "Where else it could serve, in the department's words.",
            ),
            "potentiale for overførsel",
            "potential for transfer",
        ),
    ),
)
PROPOSES = RelationKind(
    "PROPOSES",
    ("department",),
    ("solution",),
    "proposes",
    "proposedBy",
    Text("foreslår", "proposes"),
    Text("foreslås af", "is proposed by"),
    Text(
        "Et teknologikort: en løsning, som nogen foreslår.",
        "A technology card: a solution that someone proposes.",
    ),
    (
        _own(
            "cards",
            "purposes",
            FieldType.WORDS,
            ("formål", "purposes"),
            ("Motiverne for forslaget.", "The motives for the proposal."),
            vocabulary=PURPOSE,
            structural=True,
        ),
        _text(
            "cards",
            "benefits",
            ("gevinster", "benefits"),
            ("Hvad der vil komme ud af det.", "What would come out of it."),
            "gevinst",
            "effekt",
        ),
        _text(
            "cards",
            "synergies",
            ("synergier", "synergies"),
            ("Sammenhænge med andre områder.", "Connections with other areas."),
            "sammenhænge",
        ),
        _own(
            "cards",
            "guideposts",
            FieldType.WORDS,
            ("pejlemærker", "guideposts"),
            (
                "De pejlemærker, som forslaget støtter.",
                "The guideposts that the proposal supports.",
            ),
            vocabulary=GUIDEPOST,
            structural=True,
        ),
        _own(
            "cards",
            "date",
            FieldType.DATE,
            ("dato", "date"),
            ("Hvornår kortet blev udfyldt.", "When the card was filled in."),
        ),
        _own(
            "cards",
            "who_to_ask",
            FieldType.TEXT,
            ("hvem kan spørges", "who to ask"),
            ("En funktion, ikke en person.", "A function, not a person."),
            "kontakt",
            "contact",
        ),
        _own(
            "cards",
            "decision",
            FieldType.WORD,
            ("beslutning", "decision"),
            ("Rådets beslutning.", "The council's decision."),
            vocabulary=DECISION,
            structural=True,
            default="proposed",
        ),
        _text(
            "cards",
            "reason",
            ("begrundelse", "reason"),
            ("Rådets egne ord om beslutningen.", "The council's words on the decision."),
        ),
    ),
)
FACES = RelationKind(
    "FACES",
    ("department",),
    ("problem",),
    "faces",
    "facedBy",
    Text("står med", "faces"),
    Text("mærkes af", "is faced by"),
    Text("Et problem, som forvaltningen står med.", "A problem that the department faces."),
    (
        _own(
            "problems",
            "priority",
            FieldType.WORD,
            ("prioritet", "priority"),
            ("Hvor meget det haster.", "How pressing it is."),
            vocabulary=PRIORITY,
            structural=True,
        ),
        _text(
            "problems",
            "own_words",
            ("egne ord", "own words"),
            (
                "Problemet med forvaltningens egne ord.",
                "The problem in the department's own words.",
            ),
            "med egne ord",
        ),
    ),
)
HAS = RelationKind(
    "HAS",
    ("department",),
    ("competence",),
    "competences",
    "heldBy",
    Text("har kompetencen", "has the competence"),
    Text("findes hos", "is held by"),
    Text("En kompetence, som forvaltningen har.", "A competence that the department has."),
    (
        _level(
            "competences",
            LEVEL,
            1,
            ("niveau", "level"),
            ("Fra 1 (grundlæggende) til 5 (ekspert).", "From 1 (basic) to 5 (expert)."),
        ),
    ),
)
FAMILIAR_WITH = RelationKind(
    "FAMILIAR_WITH",
    ("department",),
    ("technology",),
    "familiarWith",
    "familiarTo",
    Text("kender", "is familiar with"),
    Text("kendes af", "is familiar to"),
    Text(
        "Hvor godt forvaltningen kender en teknologi.",
        "How familiar the department is with a technology.",
    ),
    (
        _level(
            "technologies",
            FAMILIARITY,
            0,
            ("kendskab", "familiarity"),
            (
                "Fra 0 (ukendt) til 4 (videreudvikler).",
                "From 0 (unknown) to 4 (develops it further).",
            ),
            "fortrolighed",
        ),
    ),
)
SOLVES = RelationKind(
    "SOLVES",
    ("solution",),
    ("problem",),
    "solves",
    "solvedBy",
    Text("løser", "solves"),
    Text("løses af", "is solved by"),
    Text("Et problem, som løsningen løser.", "A problem that the solution solves."),
)
BUILT_ON = RelationKind(
    "BUILT_ON",
    ("solution",),
    ("technology",),
    "builtOn",
    "basisOf",
    Text("er bygget på", "is built on"),
    Text("er grundlag for", "is the basis of"),
    Text(
        "En teknologi, som løsningen er bygget på.", "A technology that the solution is built on."
    ),
)
REQUIRES = RelationKind(
    "REQUIRES",
    ("solution", "technology"),
    ("competence",),
    "requires",
    "requiredBy",
    Text("kræver", "requires"),
    Text("kræves af", "is required by"),
    Text("En kompetence, som skal til.", "A competence that is needed."),
    (
        Field(
            "level",
            FieldType.INTEGER,
            Rule.HIGHEST,
            Text("niveau", "level"),
            Text(
                "Det niveau, der skal til; intet betyder, at det ikke er sagt.",
                "The level that is needed; nothing means that it is not told.",
            ),
            vocabulary=LEVEL,
            minimum=1,
            maximum=5,
            structural=True,
        ),
        Field(
            "necessity",
            FieldType.WORD,
            Rule.HIGHEST,
            Text("nødvendighed", "necessity"),
            Text(
                "Om kompetencen er nødvendig eller nyttig.",
                "Whether the competence is essential or useful.",
            ),
            vocabulary=NECESSITY,
            structural=True,
        ),
    ),
)
RELATION_KINDS = (PART_OF, USES, PROPOSES, FACES, HAS, FAMILIAR_WITH, SOLVES, BUILT_ON, REQUIRES)
