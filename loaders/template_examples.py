"""The example row of each sheet, in natural Danish and English.

A column that is not here gets an example made from its type, so a new field needs none.
"""

from collections.abc import Mapping

from schema.text import Text

Example = Text | int | float

_MUNICIPALITY = Text("Eksempelkommune", "Example Municipality")
_DEPARTMENT = Text("Sundhed og Omsorg", "Health and Care")
_SMS = {
    "municipality": _MUNICIPALITY,
    "department": _DEPARTMENT,
    "solution": Text("SMS-service", "SMS service"),
    "function": Text("besked", "notification"),
    "description": Text(
        "Sender automatisk en SMS til borgere og pårørende.",
        "Sends a text message to citizens and relatives automatically.",
    ),
    "problems": Text(
        "Mange opkald om hjemmeplejens besøg; Borgere går forgæves",
        "Many calls about home care visits; Citizens wait in vain",
    ),
    "technologies": Text("SMS; Kalenderintegration", "SMS; Calendar integration"),
    "competences_required": Text("Systemadministration (3)", "System administration (3)"),
    "competences_useful": Text("Klar kommunikation", "Plain writing"),
}

EXAMPLES: Mapping[str, Mapping[str, Example]] = {
    "municipalities": {
        "municipality": _MUNICIPALITY,
        "code": Text("0999", "0999"),
        "region": Text("Region Syddanmark", "Region of Southern Denmark"),
        "population": 48200,
        "latitude": 55.4,
        "longitude": 10.39,
        "description": Text(
            "Mellemstor kommune med en købstad og mange landsbyer.",
            "A medium-sized municipality with one town and many villages.",
        ),
    },
    "departments": {
        "municipality": _MUNICIPALITY,
        "department": Text("Hjemmeplejen", "Home Care"),
        "parent": _DEPARTMENT,
        "serves": Text("borgere; pårørende", "citizens; relatives"),
        "digital_maturity": 3,
        "kle": Text("27", "27"),
        "description": Text(
            "Pleje og praktisk hjælp til borgere i eget hjem.",
            "Care and practical help for citizens in their homes.",
        ),
    },
    "status": {
        **_SMS,
        "status": Text("i brug", "in use"),
        "since": Text("marts 2022", "March 2022"),
        "last_confirmed": Text("15-01-2025", "2025-01-15"),
        "primary_purpose": Text(
            "højere niveau af borgerservice", "a higher level of citizen service"
        ),
        "other_purposes": Text(
            "bedre processer og smidigere arbejdsgange",
            "better processes and smoother workflows",
        ),
        "example": Text(
            "Borgeren får en SMS, når hjemmeplejen er på vej; pårørende, når besøget er slut.",
            "The citizen gets a text message when home care is on its way; relatives when the "
            "visit is over.",
        ),
        "background": Text(
            "Borgerne vidste ikke, hvornår hjemmeplejen kom, og ringede til kontoret.",
            "Citizens did not know when home care would come, and called the office.",
        ),
        "challenges": Text(
            "Telefonnumre skulle holdes ajour, og nogle borgere har ingen mobiltelefon.",
            "Phone numbers had to be kept up to date, and some citizens have no mobile phone.",
        ),
        "effect_expected": Text(
            "Færre opkald til hjemmeplejens kontor.", "Fewer calls to the home care office."
        ),
        "effect_realised": Text(
            "Omtrent en tredjedel færre opkald og mere trygge pårørende.",
            "About a third fewer calls, and relatives who feel safer.",
        ),
        "reception": Text(
            "Godt modtaget; medarbejderne får mere ro til besøgene.",
            "Well received; staff have more peace for the visits.",
        ),
        "users": Text("borgere; pårørende; medarbejdere", "citizens; relatives; staff"),
        "consequences": Text(
            "Færre telefonvagter; én medarbejder holder skabelonerne ved lige.",
            "Fewer telephone shifts; one employee maintains the message templates.",
        ),
        "data_ethics": Text(
            "Beskeden nævner ikke, hvilken hjælp borgeren får.",
            "The message does not say what help the citizen receives.",
        ),
        "potential": Text(
            "Andre områder med aftaler: tandplejen, borgerservice, vej og park.",
            "Other areas with appointments: dental care, citizen service, roads and parks.",
        ),
        "kle": Text("27.36", "27.36"),
    },
    "problems": {
        "municipality": _MUNICIPALITY,
        "department": _DEPARTMENT,
        "problem": Text("Mange opkald om hjemmeplejens besøg", "Many calls about home care visits"),
        "priority": Text("høj", "high"),
        "own_words": Text(
            "Telefonen ringer hele formiddagen med spørgsmål om, hvornår vi kommer.",
            "The phone rings all morning with questions about when we will come.",
        ),
        "kle": Text("27.36", "27.36"),
        "description": Text(
            "Borgere og pårørende kan ikke selv se, hvornår et besøg finder sted.",
            "Citizens and relatives cannot see for themselves when a visit takes place.",
        ),
    },
    "competences": {
        "municipality": _MUNICIPALITY,
        "department": _DEPARTMENT,
        "competence": Text("Systemadministration", "System administration"),
        "level": 3,
    },
    "technologies": {
        "municipality": _MUNICIPALITY,
        "technology": Text("SMS", "SMS"),
        "department": _DEPARTMENT,
        "level": Text("i brug", "in use"),
        "kind": Text("kommunikerer", "communicates"),
        "tried": Text("velafprøvet", "proven"),
        "description": Text(
            "Korte beskeder til mobiltelefoner.", "Short messages to mobile phones."
        ),
        "competences_required": Text("Systemadministration (2)", "System administration (2)"),
        "competences_useful": Text("Klar kommunikation (2)", "Plain writing (2)"),
    },
    "cards": {
        **_SMS,
        "department": Text("Teknik og Miljø", "Technical Services and Environment"),
        "purposes": Text(
            "højere niveau af borgerservice; bedre udnyttelse af ressourcer",
            "a higher level of citizen service; better use of resources",
        ),
        "benefits": Text(
            "Færre opkald, når affald ikke er hentet, eller en vej er spærret.",
            "Fewer calls when waste was not collected or a road is closed.",
        ),
        "synergies": Text(
            "Sundhed og Omsorg har allerede aftalen og skabelonerne.",
            "Health and Care already has the contract and the message templates.",
        ),
        "guideposts": Text(
            "mere brugerinddragelse; bedre ressourceudnyttelse og gevinstrealisering",
            "more user involvement; better use of resources and realisation of benefits",
        ),
        "date": Text("03-02-2025", "2025-02-03"),
        "who_to_ask": Text("Driftslederen for affald", "The head of waste operations"),
        "decision": Text("foreslået", "proposed"),
        "reason": Text(
            "Behandles på rådets møde i marts.", "To be discussed at the council's March meeting."
        ),
        "problems": Text(
            "Mange opkald om afhentning af affald", "Many calls about waste collection"
        ),
    },
    "names": {
        "municipality": _MUNICIPALITY,
        "kind": Text("løsning", "solution"),
        "name": Text("SMS-service", "SMS service"),
        "other_names": Text("SMS-besked; Sms-påmindelse", "Text service; SMS reminder"),
        "danish_name": Text("SMS-service", "SMS-service"),
        "english_name": Text("Text message service", "Text message service"),
        "description": Text(
            "Sender automatisk en SMS til borgere og pårørende.",
            "Sends a text message to citizens and relatives automatically.",
        ),
    },
}
