"""The mapping sheets: which columns each has, and what a row of it says."""

from dataclasses import dataclass
from functools import cached_property

from schema.field import Field
from schema.ontology import ONTOLOGY
from schema.text import Text


@dataclass(frozen=True)
class NameColumn:
    """A column that names one node, or with ``kind`` None one of the kind that the row tells."""

    key: str
    kind: str | None
    label: Text
    explanation: Text
    required: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship from the row's node of kind ``source`` to each node that a cell lists."""

    relation: str
    source: str
    necessity: str | None = None


@dataclass(frozen=True)
class LinkColumn:
    """A column that lists nodes of one kind, and the relationships that each makes."""

    key: str
    kind: str
    label: Text
    explanation: Text
    links: tuple[Link, ...]
    levels: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldColumn:
    """A column that states a field: of the row's relationship, or of its node of kind ``owner``.
    ``about_any`` explains one that is about whatever kind the row tells."""

    owner: str
    field: Field
    required: bool = False
    about_any: Text | None = None

    @property
    def key(self) -> str:
        return self.field.name

    @property
    def label(self) -> Text:
        return self.field.label

    @property
    def explanation(self) -> Text:
        return self.field.explanation if self.about_any is None else self.about_any

    @property
    def also(self) -> tuple[str, ...]:
        return self.field.also


Column = NameColumn | FieldColumn | LinkColumn
ANY_KIND = {"description": Text("Hvad det er, kort fortalt.", "What it is, in short.")}
"""What a field is in a sheet whose rows are about any kind, where each kind says it otherwise."""


@dataclass(frozen=True)
class Sheet:
    """One kind of mapping sheet. ``relation`` is the relationship that a row is mainly about,
    between the nodes that its name columns name."""

    key: str
    label: Text
    explanation: Text
    names: tuple[NameColumn, ...]
    relation: str | None = None
    links: tuple[LinkColumn, ...] = ()
    also: tuple[str, ...] = ()

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """In the order of the template: names, what the row is about, then what it links to."""
        return (*self.names, *self._field_columns(), *self.links)

    def _field_columns(self) -> list[FieldColumn]:
        """Relationship fields first; a field that several kinds share (names) stands once."""
        owners = sorted(
            {owner.key for owner, field in ONTOLOGY.fields() if self.key in field.sheets},
            key=lambda key: (key not in ONTOLOGY.relations, key),
        )
        columns: dict[str, FieldColumn] = {}
        for owner, field in ONTOLOGY.fields():
            if owner.key in owners and self.key in field.sheets:
                required = field.required and self._always_made(owner.key)
                any_kind = ANY_KIND.get(field.name) if self._is_of_any_kind() else None
                column = FieldColumn(owner.key, field, required, any_kind)
                columns.setdefault(field.name, column)
        return sorted(columns.values(), key=lambda column: owners.index(column.owner))

    def _is_of_any_kind(self) -> bool:
        return any(name.kind is None for name in self.names)

    def _always_made(self, owner: str) -> bool:
        """Whether every row makes the node or relationship: all that it stands between is named."""
        return owner in ONTOLOGY.nodes or all(
            name.required for name in self.names if name.key != MUNICIPALITY.key
        )

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


MUNICIPALITY = NameColumn(
    "municipality",
    "municipality",
    Text("kommune", "municipality"),
    Text(
        "Kommunen; kan udelades, når hele filen indlæses for én kommune.",
        "The municipality; may be left out where the whole file is loaded for one.",
    ),
    also=("kommunenavn", "municipality name"),
)
DEPARTMENT = NameColumn(
    "department",
    "department",
    Text("forvaltning", "department"),
    Text(
        "Forvaltningen, afdelingen eller fagområdet; to med samme navn skrives som sti: "
        "Sundhed > Administration.",
        "The department; where two share a name it is written as a path: Sundhed > Administration.",
    ),
    required=True,
    also=("afdeling", "fagområde", "forvaltning/afdeling", "enhed", "organisatorisk enhed"),
)
SOLUTION = NameColumn(
    "solution",
    "solution",
    Text("løsning", "solution"),
    Text(
        "Løsningens navn, ens hos alle, der bruger den.",
        "The solution's name, the same for all who use it.",
    ),
    required=True,
    also=("løsningens navn", "system", "systemnavn", "digital løsning"),
)


def _problems(da: str, en: str, *links: Link) -> LinkColumn:
    return LinkColumn(
        "problems",
        "problem",
        Text("problemer", "problems"),
        Text(da, en),
        links,
        also=("problem", "løser problem"),
    )


TECHNOLOGIES_LIST = LinkColumn(
    "technologies",
    "technology",
    Text("teknologier", "technologies"),
    Text(
        "Teknologierne, som løsningen er bygget på, adskilt af semikolon.",
        "The technologies that the solution is built on, separated by semicolons.",
    ),
    (Link("BUILT_ON", "solution"),),
    also=("teknologi", "technology"),
)


def _competences(source: str) -> tuple[LinkColumn, LinkColumn]:
    return (
        LinkColumn(
            "competences_required",
            "competence",
            Text("nødvendige kompetencer", "competences required"),
            Text(
                "Kompetencer, der skal til; et niveau skrives som GIS (3).",
                "Competences that are needed; a level is written as GIS (3).",
            ),
            (Link("REQUIRES", source, "essential"),),
            levels=True,
            also=("krævede kompetencer", "kompetencekrav", "required competences", "kompetencer"),
        ),
        LinkColumn(
            "competences_useful",
            "competence",
            Text("nyttige kompetencer", "competences useful"),
            Text(
                "Kompetencer, der er en fordel; et niveau skrives som GIS (3).",
                "Competences that are an advantage; a level is written as GIS (3).",
            ),
            (Link("REQUIRES", source, "useful"),),
            levels=True,
            also=("useful competences",),
        ),
    )


SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "municipalities",
        Text("Kommuner", "Municipalities"),
        Text("Kommunerne og fakta om dem.", "The municipalities and facts about them."),
        (
            NameColumn(
                "municipality",
                "municipality",
                MUNICIPALITY.label,
                Text("Kommunens navn.", "The municipality's name."),
                True,
                MUNICIPALITY.also,
            ),
        ),
        also=("kommune",),
    ),
    Sheet(
        "departments",
        Text("Forvaltninger", "Departments"),
        Text(
            "Kommunens organisation: hvad hører under hvad.",
            "The municipality's organisation: what is part of what.",
        ),
        (
            MUNICIPALITY,
            DEPARTMENT,
            NameColumn(
                "parent",
                "department",
                Text("hører under", "parent"),
                Text(
                    "Forvaltningen, som denne hører under; tomt betyder direkte under kommunen.",
                    "The department that this one is part of; "
                    "empty means directly under the municipality.",
                ),
                also=("overordnet", "overordnet enhed", "part of"),
            ),
        ),
        also=("Afdelinger", "Organisation"),
    ),
    Sheet(
        "status",
        Text("Status", "Status"),
        Text(
            "De løsninger, som forvaltningerne har: én række for hver forvaltning og løsning.",
            "The solutions that departments have: one row for each department and solution.",
        ),
        (MUNICIPALITY, DEPARTMENT, SOLUTION),
        relation="USES",
        links=(
            _problems(
                "Problemer, som løsningen løser, og som forvaltningen har.",
                "Problems that the solution solves and the department faces.",
                Link("SOLVES", "solution"),
                Link("FACES", "department"),
            ),
            TECHNOLOGIES_LIST,
            *_competences("solution"),
        ),
        also=("Løsninger", "Digital status", "Kortlægning", "Solutions"),
    ),
    Sheet(
        "problems",
        Text("Problemer", "Problems"),
        Text(
            "Problemer, som forvaltningerne står med, løst eller ej.",
            "Problems that departments face, solved or not.",
        ),
        (
            MUNICIPALITY,
            DEPARTMENT,
            NameColumn(
                "problem",
                "problem",
                Text("problem", "problem"),
                Text(
                    "Problemet, med samme navn hos alle, der har det.",
                    "The problem, with the same name for all who have it.",
                ),
                True,
                ("udfordring", "challenge"),
            ),
        ),
        relation="FACES",
        also=("Udfordringer",),
    ),
    Sheet(
        "competences",
        Text("Kompetencer", "Competences"),
        Text("Kompetencer, som forvaltningerne har.", "Competences that departments have."),
        (
            MUNICIPALITY,
            DEPARTMENT,
            NameColumn(
                "competence",
                "competence",
                Text("kompetence", "competence"),
                Text("Det, medarbejderne kan.", "What the staff can do."),
                True,
                ("færdighed", "skill"),
            ),
        ),
        relation="HAS",
    ),
    Sheet(
        "technologies",
        Text("Teknologier", "Technologies"),
        Text(
            "Teknologierne, og hvor godt forvaltningerne kender dem.",
            "The technologies, and how familiar departments are with them.",
        ),
        (
            MUNICIPALITY,
            NameColumn(
                "technology",
                "technology",
                Text("teknologi", "technology"),
                Text("Teknologiens navn.", "The technology's name."),
                True,
            ),
            NameColumn(
                "department",
                "department",
                DEPARTMENT.label,
                Text(
                    "Forvaltningen, hvis kendskab angives.",
                    "The department whose familiarity is stated.",
                ),
                False,
                DEPARTMENT.also,
            ),
        ),
        relation="FAMILIAR_WITH",
        links=_competences("technology"),
    ),
    Sheet(
        "cards",
        Text("Teknologikort", "Cards"),
        Text(
            "Forslag til løsninger, fra hvem som helst i organisationen.",
            "Proposed solutions, from anyone in the organisation.",
        ),
        (MUNICIPALITY, DEPARTMENT, SOLUTION),
        relation="PROPOSES",
        links=(
            _problems(
                "Problemer, som forslaget skal løse, og som forvaltningen har.",
                "Problems that the proposal is to solve and the department faces.",
                Link("SOLVES", "solution"),
                Link("FACES", "department"),
            ),
            TECHNOLOGIES_LIST,
            *_competences("solution"),
        ),
        also=("Kort", "Forslag", "Technology cards", "Proposals"),
    ),
    Sheet(
        "names",
        Text("Navne", "Names"),
        Text(
            "Andre navne og beskrivelser for noget, der allerede findes.",
            "Other names and descriptions of what already exists.",
        ),
        (
            MUNICIPALITY,
            NameColumn(
                "kind",
                None,
                Text("art", "kind"),
                Text(
                    "Hvad navnet står for: kommune, forvaltning, løsning, problem, teknologi "
                    "eller kompetence.",
                    "What the name stands for: municipality, department, solution, problem, "
                    "technology or competence.",
                ),
                True,
                ("slags", "type"),
            ),
            NameColumn(
                "name",
                None,
                Text("navn", "name"),
                Text("Navnet, som det bruges i arkene.", "The name as the sheets use it."),
                True,
            ),
        ),
        also=("Synonymer", "Aliases"),
    ),
)
SHEET_BY_KEY = {sheet.key: sheet for sheet in SHEETS}
