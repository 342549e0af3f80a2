"""Names and texts of the made-up municipalities: like those in real sheets, each its own."""

from collections.abc import Sequence

FUNCTIONS = (
    *("vagtplan", "sagsstyring", "besked til borgere", "selvbetjening", "ruteplan", "opslag"),
    *("journal", "tidsbestilling", "medicinskab", "skærmbesøg", "chatbot", "indeklima"),
    *("affaldsvejning", "gadelys", "parkering", "byggesag", "dokumentsøgning", "fakturakontrol"),
    *("fraværsmelding", "elevplan", "læringsplatform", "nødkald", "vandmåling", "trafiktælling"),
    *("høringsportal", "foreningstilskud", "bookingsystem", "virtuel træning", "dataoverblik"),
    *("talegenkendelse", "anonymisering", "budgetopfølgning", "kørselsbestilling", "madbestilling"),
    *("tilsynsskema", "rekruttering", "e-læring", "energistyring", "vejinspektion", "kortvisning"),
)
PROBLEMS = (
    *("ventetid på", "dobbeltindtastning i", "for få hænder til", "fejl i", "manglende overblik i"),
    *("mange opkald om", "ujævn kvalitet i", "sen opfølgning på", "spildtid ved", "utryghed ved"),
)
AREAS = (
    *("hjemmeplejen", "genoptræning", "byggesager", "jobsamtaler", "skolestart", "dagtilbud"),
    *("affald", "veje og parker", "borgerservice", "løn og personale", "indkøb", "tandpleje"),
    *("sygefravær", "misbrugsbehandling", "familiesager", "biblioteker", "svømmehaller"),
    *("kulturtilskud", "miljøtilsyn", "vandløb", "beredskab", "valg", "bogholderi", "kørsel"),
)
TECHNOLOGIES = (
    *("RDA", "SMS", "IoT", "chatbot", "machine learning", "talegenkendelse", "drone", "VR"),
    *("webportal", "app", "dataplatform", "GIS", "sensor", "tekstanalyse", "digital tvilling"),
)
COMPETENCES = (
    *("systemforvaltning", "dataanalyse", "GIS", "procesdesign", "informationssikkerhed"),
    *("projektledelse", "gevinstrealisering", "undervisning af kolleger", "kravspecifikation"),
)
DEPARTMENTS = (
    *("Borgerservice", "Hjemmepleje", "Plejecentre", "Genoptræning", "Sundhedspleje", "Tandpleje"),
    *("Skoler", "Dagtilbud", "PPR", "Familieafdeling", "Ungeindsats", "Jobcenter", "Ydelser"),
    *("Handicap", "Psykiatri", "Misbrug", "Bibliotek", "Kultur og fritid", "Byggesag", "Plan"),
    *("Veje", "Parker", "Miljø", "Affald", "Ejendomme", "Beredskab", "Økonomi", "Personale"),
    *("Indkøb", "It og digitalisering"),
)
_FIRST = (
    *("Nør", "Vester", "Øster", "Sønder", "Ager", "Birke", "Bøge", "Eng", "Fjord", "Grann", "Hav"),
    *("Holm", "Kilde", "Klint", "Lund", "Mose", "Ny", "Rav", "Rosen", "Sand", "Skov", "Sten"),
    *("Strand", "Sø", "Torn", "Ulve", "Vang", "Ørne", "Åle", "Eske", "Hede", "Horne"),
)
_LAST = (
    *("by", "borg", "bæk", "dal", "eng", "gård", "havn", "holm", "høj", "inge", "kilde", "kær"),
    *("lev", "lund", "mark", "næs", "rup", "rød", "sted", "strup", "sund", "torp", "tved", "vad"),
    *("vig", "ød", "å", "ballerup", "bro", "feld", "hede", "løse"),
)
_SYLLABLES = (
    *("no", "vi", "ra", "ke", "lo", "mi", "sa", "ti", "du", "fe", "go", "ha", "ju", "ka", "le"),
    *("ma", "ne", "pu", "ri", "so", "ta", "ve", "zi", "bo"),
)
SENTENCES = (
    *("borgeren får besked når hjemmeplejen er på vej", "og pårørende kan følge med"),
    *("medarbejderne sparer tid på telefonen", "og bruger den på omsorg"),
    *("løsningen blev taget godt imod", "men kræver oplæring og klare aftaler om data"),
    *("vi måler effekten hvert kvartal", "og deler erfaringer med andre forvaltninger"),
    *("sagerne blev ført i regneark", "hvor ingen havde det samlede overblik"),
    *("leverandøren retter fejl inden for en uge", "og superbrugerne mødes hver måned"),
)


def brand(number: int) -> str:
    """A product's name, another for each number."""
    # 7,919 is prime to the number of names, so that neighbours differ in every syllable.
    left = number * 7919 % len(_SYLLABLES) ** 4
    said = ""
    for _ in range(4):
        left, place = divmod(left, len(_SYLLABLES))
        said += _SYLLABLES[place]
    return said.capitalize()


def solution(number: int) -> str:
    """A solution's name: what it does, and the product."""
    return f"{FUNCTIONS[number % len(FUNCTIONS)].capitalize()} {brand(number)}"


def _of_two(number: int, first: Sequence[str], second: Sequence[str], sign: str) -> str:
    rest, place = divmod(number, len(first))
    again, other = divmod(rest, len(second))
    return f"{first[place]}{sign}{second[other]}" + (f" {again + 1}" if again else "")


def problem(number: int) -> str:
    """A problem's name."""
    return _of_two(number, PROBLEMS, AREAS, " ").capitalize()


def technology(number: int) -> str:
    """A technology's name."""
    return _of_two(number, TECHNOLOGIES, AREAS, " til ")


def competence(number: int) -> str:
    """A competence's name."""
    return _of_two(number, COMPETENCES, AREAS, " i ").capitalize()


def municipality(number: int) -> str:
    """A municipality's name, of no real one on purpose."""
    return _of_two(number, _FIRST, _LAST, "")


def department(number: int) -> str:
    """The name of one of a municipality's departments."""
    return DEPARTMENTS[number]
