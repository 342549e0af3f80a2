"""The six kinds of node and their fields."""

from dataclasses import dataclass
from functools import cached_property

from schema.field import Field, FieldType, Form, Rule
from schema.text import Text
from schema.vocabulary import MATURITY, PEOPLE, TECHNOLOGY_KIND, TRIED


@dataclass(frozen=True)
class NodeKind:
    """A kind of node. ``key`` stands in ids, ``label`` in GraphQL and Neo4j."""

    key: str
    label: str
    name: Text
    plural: Text
    explanation: Text
    fields: tuple[Field, ...]

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.fields}


NAME = Field(
    "name",
    FieldType.TEXT,
    Rule.COMMON,
    Text("navn", "name"),
    Text(
        "Navnet, som de fleste rækker skriver det.",
        "The name, in the spelling that most rows use.",
    ),
    required=True,
    structural=True,
)
OTHER_NAMES = Field(
    "other_names",
    FieldType.TEXTS,
    Rule.UNION,
    Text("andre navne", "other names"),
    Text(
        "Andre navne for det samme; ark, der bruger dem, læses som dette.",
        "Other names for the same; sheets that use them are read as this one.",
    ),
    sheets=("names",),
    structural=True,
    also=("synonymer", "også kaldet", "aliases", "synonyms"),
)
DANISH_NAME = Field(
    "danish_name",
    FieldType.TEXT,
    Rule.LATEST,
    Text("dansk navn", "Danish name"),
    Text("Navnet på dansk, hvis det er et andet.", "The name in Danish, where it differs."),
    sheets=("names",),
    structural=True,
)
ENGLISH_NAME = Field(
    "english_name",
    FieldType.TEXT,
    Rule.LATEST,
    Text("engelsk navn", "English name"),
    Text("Navnet på engelsk, hvis det er et andet.", "The name in English, where it differs."),
    sheets=("names",),
    structural=True,
)


def _description(da: str, en: str, *sheets: str) -> Field:
    return Field(
        "description",
        FieldType.LONG_TEXT,
        Rule.LATEST,
        Text("beskrivelse", "description"),
        Text(da, en),
        sheets=(*sheets, "names"),
        also=("kort beskrivelse",),
    )


def _kle(da: str, en: str, *sheets: str) -> Field:
    return Field(
        "kle",
        FieldType.TEXT,
        Rule.LATEST,
        Text("KLE", "KLE"),
        Text(da, en),
        sheets=sheets,
        structural=True,
        also=("KLE-nummer", "KLE-emne", "KLE number", "subject"),
        form=Form.KLE,
    )


def _kind(
    key: str,
    name: tuple[str, str],
    plural: tuple[str, str],
    explanation: tuple[str, str],
    *fields: Field,
) -> NodeKind:
    return NodeKind(
        key,
        key.capitalize(),
        Text(*name),
        Text(*plural),
        Text(*explanation),
        (NAME, *fields, OTHER_NAMES, DANISH_NAME, ENGLISH_NAME),
    )


MUNICIPALITY = _kind(
    "municipality",
    ("kommune", "municipality"),
    ("kommuner", "municipalities"),
    (
        "Organisationen, som forvaltninger hører til.",
        "The organisation that departments belong to.",
    ),
    Field(
        "code",
        FieldType.TEXT,
        Rule.LATEST,
        Text("kode", "code"),
        Text(
            "Kommunens firecifrede nummer, fx 0101.",
            "The municipality's four-digit number, such as 0101.",
        ),
        sheets=("municipalities",),
        also=("kommunekode", "kommunenummer", "municipality code"),
        form=Form.MUNICIPALITY,
    ),
    Field(
        "region",
        FieldType.TEXT,
        Rule.LATEST,
        Text("region", "region"),
        Text("Regionen, som kommunen ligger i.", "The region that the municipality lies in."),
        sheets=("municipalities",),
    ),
    Field(
        "population",
        FieldType.INTEGER,
        Rule.LATEST,
        Text("indbyggertal", "population"),
        Text("Antal indbyggere.", "The number of inhabitants."),
        sheets=("municipalities",),
        minimum=0,
        maximum=100_000_000,
        structural=True,
        also=("indbyggere", "befolkning", "inhabitants"),
    ),
    Field(
        "latitude",
        FieldType.NUMBER,
        Rule.LATEST,
        Text("breddegrad", "latitude"),
        Text("Kommunens midte, grader nord.", "The municipality's centre, degrees north."),
        sheets=("municipalities",),
        minimum=-90,
        maximum=90,
        structural=True,
    ),
    Field(
        "longitude",
        FieldType.NUMBER,
        Rule.LATEST,
        Text("længdegrad", "longitude"),
        Text("Kommunens midte, grader øst.", "The municipality's centre, degrees east."),
        sheets=("municipalities",),
        minimum=-180,
        maximum=180,
        structural=True,
    ),
    _description("Hvad der kendetegner kommunen.", "What characterises the municipality."),
)
DEPARTMENT = _kind(
    "department",
    ("forvaltning", "department"),
    ("forvaltninger", "departments"),
    (
        "En del af en kommune: en forvaltning, en afdeling eller et fagområde.",
        "A part of a municipality: a department, a section or a specialist area.",
    ),
    Field(
        "parent",
        FieldType.NODE,
        Rule.LATEST,
        Text("hører under", "part of"),
        Text(
            "Forvaltningen, som denne hører under; ellers hører den direkte under kommunen.",
            "The department that this one is part of; otherwise it is part of the municipality.",
        ),
    ),
    Field(
        "serves",
        FieldType.WORDS,
        Rule.LATEST,
        Text("betjener", "serves"),
        Text("Hvem forvaltningen er til for.", "Whom the department serves."),
        sheets=("departments",),
        vocabulary=PEOPLE,
        structural=True,
        also=("målgruppe", "brugergruppe", "target group"),
    ),
    Field(
        "digital_maturity",
        FieldType.INTEGER,
        Rule.LATEST,
        Text("digital modenhed", "digital maturity"),
        Text(
            "Hvor langt området er med at bruge teknologi, fra 1 (begyndende) til 5 (førende).",
            "How far the area is in using technology, from 1 (starting) to 5 (leading).",
        ),
        sheets=("departments",),
        vocabulary=MATURITY,
        minimum=1,
        maximum=5,
        structural=True,
        also=("modenhed", "maturity"),
    ),
    _kle(
        "Fagområdets KLE-hovedgruppe, fx 27.",
        "The area's main group in KLE, such as 27.",
        "departments",
    ),
    _description("Hvad forvaltningen laver.", "What the department does.", "departments"),
)
SOLUTION = _kind(
    "solution",
    ("løsning", "solution"),
    ("løsninger", "solutions"),
    (
        "Noget, der er i brug eller foreslået, og som løser et problem med teknologi.",
        "Something in use or proposed that solves a problem with technology.",
    ),
    Field(
        "function",
        FieldType.TEXT,
        Rule.LATEST,
        Text("anvendelse", "function"),
        Text(
            "Hvad løsningen gør, i et par ord: opslag og visning, besked, grøn bølge.",
            "What the solution does, in two words: look-up and presentation, notification.",
        ),
        sheets=("status", "cards"),
        also=("funktion",),
    ),
    _description("Hvad løsningen er.", "What the solution is.", "status", "cards"),
    Field(
        "supplier",
        FieldType.TEXT,
        Rule.LATEST,
        Text("leverandør", "supplier"),
        Text(
            "Firmaet eller fællesskabet, som løsningen kommer fra; ikke en person.",
            "The company or community that the solution comes from; not a person.",
        ),
        sheets=("status",),
        also=("udbyder", "vendor"),
    ),
    _kle(
        "Emnet i KLE, som løsningen hører til.",
        "The KLE subject that the solution belongs to.",
        "status",
    ),
)
PROBLEM = _kind(
    "problem",
    ("problem", "problem"),
    ("problemer", "problems"),
    (
        "Det, der skal løses, og som flere forvaltninger kan dele.",
        "What is to be solved; departments can share it.",
    ),
    _kle(
        "Emnet i KLE, som problemet hører til.",
        "The KLE subject that the problem belongs to.",
        "problems",
    ),
    _description("Hvad problemet består i.", "What the problem consists of.", "problems"),
)
TECHNOLOGY = _kind(
    "technology",
    ("teknologi", "technology"),
    ("teknologier", "technologies"),
    (
        "Det, en løsning er bygget på: RDA, SMS, IoT, chatbot …",
        "What a solution is built on: RDA, SMS, IoT, chatbot …",
    ),
    Field(
        "kind",
        FieldType.WORD,
        Rule.LATEST,
        Text("teknologitype", "kind of technology"),
        Text("Hvad teknologien gør.", "What the technology does."),
        sheets=("technologies",),
        vocabulary=TECHNOLOGY_KIND,
        structural=True,
        also=("type", "art"),
    ),
    Field(
        "tried",
        FieldType.WORD,
        Rule.LATEST,
        Text("afprøvethed", "how well tried"),
        Text("Hvor velafprøvet teknologien er.", "How well tried the technology is."),
        sheets=("technologies",),
        vocabulary=TRIED,
        structural=True,
        also=("afprøvet", "tried", "teknologimodenhed"),
    ),
    _description("Hvad teknologien er.", "What the technology is.", "technologies"),
)
COMPETENCE = _kind(
    "competence",
    ("kompetence", "competence"),
    ("kompetencer", "competences"),
    (
        "Det, mennesker skal kunne for at drive eller bruge en løsning.",
        "What people must be able to do to run or use a solution.",
    ),
    _description("Hvad kompetencen indebærer.", "What the competence involves."),
)
NODE_KINDS = (MUNICIPALITY, DEPARTMENT, SOLUTION, PROBLEM, TECHNOLOGY, COMPETENCE)
