"""The words that a cell may hold, in Danish and English, and the keys they are kept as."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from schema.names import fold
from schema.text import Text


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a vocabulary: its key, what people read, and what else they write."""

    key: str
    label: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A closed list of words. For a scale, the keys are its whole numbers."""

    key: str
    label: Text
    words: tuple[Word, ...]

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    @cached_property
    def by_key(self) -> dict[str, Word]:
        return {word.key: word for word in self.words}

    @cached_property
    def codes(self) -> dict[str, int]:
        """The place of each key in the list: how it is stored in arrays."""
        return {word.key: place for place, word in enumerate(self.words)}

    @cached_property
    def _readings(self) -> dict[str, str]:
        return {
            fold(form): word.key
            for word in self.words
            for form in (word.key, word.label.da, word.label.en, *word.also)
        }

    def read(self, text: str) -> str | None:
        """The key of what was written, or None where the vocabulary has no such word."""
        return self._readings.get(fold(text))


def _vocabulary(
    key: str, da: str, en: str, *words: tuple[str, str, str, *tuple[str, ...]]
) -> Vocabulary:
    return Vocabulary(
        key, Text(da, en), tuple(Word(w[0], Text(w[1], w[2]), tuple(w[3:])) for w in words)
    )


PURPOSE = _vocabulary(
    "purpose",
    "formål",
    "purpose",
    (
        "service",
        "højere niveau af borgerservice",
        "a higher level of citizen service",
        "borgerservice",
        "service",
        "citizen service",
    ),
    (
        "process",
        "bedre processer og smidigere arbejdsgange",
        "better processes and smoother workflows",
        "processer",
        "arbejdsgange",
        "bedre processer",
        "processes",
        "better processes",
    ),
    (
        "wellbeing",
        "god trivsel og/eller et kompetencemæssigt problem",
        "staff wellbeing and/or a competence problem",
        "trivsel",
        "god trivsel",
        "wellbeing",
        "staff wellbeing",
    ),
    (
        "resources",
        "bedre udnyttelse af ressourcer",
        "better use of resources",
        "ressourcer",
        "resources",
    ),
    (
        "data",
        "bedre og mere sikker brug af data",
        "better and safer use of data",
        "data",
        "bedre brug af data",
    ),
)
STATUS = _vocabulary(
    "status",
    "status",
    "status",
    ("planned", "planlagt", "planned", "på vej", "under planlægning"),
    ("pilot", "pilot", "pilot", "pilotprojekt", "afprøves", "under afprøvning", "forsøg", "trial"),
    ("in_use", "i brug", "in use", "i drift", "idriftsat", "in production", "live"),
    ("retired", "udfaset", "retired", "ophørt", "lukket", "nedlagt", "discontinued"),
)
PEOPLE = _vocabulary(
    "people",
    "målgruppe",
    "people served",
    ("citizens", "borgere", "citizens", "borger", "citizen"),
    ("relatives", "pårørende", "relatives", "pårørende til borgere", "relative"),
    ("associations", "foreninger", "associations", "forening", "foreningsliv", "association"),
    (
        "businesses",
        "virksomheder",
        "businesses",
        "virksomhed",
        "erhvervsliv",
        "erhverv",
        "business",
        "companies",
    ),
    ("staff", "medarbejdere", "staff", "medarbejder", "ansatte", "personale", "employees"),
)
TECHNOLOGY_KIND = _vocabulary(
    "technology_kind",
    "teknologitype",
    "kind of technology",
    ("collects", "indsamler data", "collects data", "dataindsamling"),
    ("analyses", "analyserer data", "analyses data", "dataanalyse"),
    ("automates", "automatiserer", "automates", "automatisering"),
    ("communicates", "kommunikerer", "communicates", "kommunikation"),
    ("product", "produkt", "product", "fagsystem"),
)
TRIED = _vocabulary(
    "tried",
    "afprøvethed",
    "how well tried",
    ("new", "ny", "new", "nyt"),
    ("emerging", "på vej frem", "emerging", "fremspirende"),
    ("proven", "velafprøvet", "proven", "gennemprøvet", "moden"),
)
PRIORITY = _vocabulary(
    "priority",
    "prioritet",
    "priority",
    ("low", "lav", "low"),
    ("medium", "mellem", "medium", "middel"),
    ("high", "høj", "high"),
)
DECISION = _vocabulary(
    "decision",
    "beslutning",
    "decision",
    ("proposed", "foreslået", "proposed", "forslag"),
    ("considered", "under overvejelse", "considered", "overvejes"),
    ("accepted", "godkendt", "accepted", "vedtaget"),
    ("declined", "afvist", "declined", "afslået"),
    ("started", "sat i gang", "started", "igangsat"),
)
GUIDEPOST = _vocabulary(
    "guidepost",
    "pejlemærke",
    "guidepost",
    ("involvement", "mere brugerinddragelse", "more user involvement", "brugerinddragelse"),
    (
        "anchoring",
        "stærkere organisatorisk forankring",
        "stronger organisational anchoring",
        "forankring",
        "organisatorisk forankring",
    ),
    (
        "resources",
        "bedre ressourceudnyttelse og gevinstrealisering",
        "better use of resources and realisation of benefits",
        "ressourcer",
        "ressourceudnyttelse",
        "gevinstrealisering",
    ),
    ("data", "bedre brug af data", "better use of data", "data"),
)
NECESSITY = _vocabulary(
    "necessity",
    "nødvendighed",
    "necessity",
    ("useful", "nyttig", "useful", "gavnlig"),
    ("essential", "nødvendig", "essential", "påkrævet", "required"),
)
MATURITY = _vocabulary(
    "maturity",
    "digital modenhed",
    "digital maturity",
    ("1", "begyndende", "starting"),
    ("2", "delvis", "partial"),
    ("3", "etableret", "established"),
    ("4", "styret", "managed"),
    ("5", "førende", "leading"),
)
LEVEL = _vocabulary(
    "level",
    "niveau",
    "level",
    ("1", "grundlæggende", "basic"),
    ("2", "rutineret", "practised"),
    ("3", "selvstændig", "independent"),
    ("4", "avanceret", "advanced"),
    ("5", "ekspert", "expert"),
)
FAMILIARITY = _vocabulary(
    "familiarity",
    "kendskab",
    "familiarity",
    ("0", "intet kendskab", "no familiarity", "ukendt", "unknown"),
    ("1", "har hørt om", "heard of", "hørt om"),
    ("2", "har prøvet", "tried", "prøvet", "afprøvet"),
    ("3", "i brug", "in use", "bruger", "i drift"),
    ("4", "videreudvikler", "develops it further", "udvikler videre", "videreudvikling"),
)
VOCABULARIES = (
    PURPOSE,
    STATUS,
    PEOPLE,
    TECHNOLOGY_KIND,
    TRIED,
    PRIORITY,
    DECISION,
    GUIDEPOST,
    NECESSITY,
    MATURITY,
    LEVEL,
    FAMILIARITY,
)
