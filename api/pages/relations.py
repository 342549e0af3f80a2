"""A node's relationships in both directions: tables with their own fields, and longer stories."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from api.pages.addresses import node_path
from api.pages.origin import Origin, origin_of
from api.pages.relation_order import Ends, derived_columns, far_kinds, in_order, kind_label
from api.pages.rich_table import RichCell, RichRow, RichTable
from api.pages.told import Told, told_of
from api.pages.visit import Visit
from schema.field import Field, FieldType, Value
from schema.ontology import ONTOLOGY
from schema.records import Provenance, relation_key
from schema.relation_kinds import RelationKind
from schema.text import Text
from visualisations.matrix import pages

AT_ONCE = 40
OPEN = 3
"""Up to so many stories stand open: more are opened one by one."""
IN_TABLE = {
    "USES": ("status", "since", "primary_purpose"),
    "PROPOSES": ("decision", "date", "purposes"),
}
"""Of relationships with much to tell, what stands in the table; the rest is told below it."""


@dataclass(frozen=True, slots=True)
class Story:
    """What one relationship tells beyond its row in the table."""

    name: str
    href: str
    told: tuple[Told, ...]


@dataclass(frozen=True)
class Section:
    """All relationships of one kind, seen from one end."""

    id: str
    title: Text
    count: int
    table: RichTable
    stories: tuple[Story, ...]
    opened: bool
    page: int
    pages: int


@dataclass(frozen=True)
class _Way:
    """A kind of relationship seen from the node at one end of it."""

    kind: RelationKind
    outgoing: bool
    ends: tuple[Ends, ...]

    @property
    def id(self) -> str:
        return f"{self.kind.outgoing if self.outgoing else self.kind.incoming}"

    @property
    def far(self) -> int:
        return 1 if self.outgoing else 0

    @property
    def keys(self) -> list[str]:
        return [relation_key(self.kind.key, *each) for each in self.ends]

    @property
    def said_by(self) -> list[str]:
        """The nodes whose rows say what no row says of the relationship itself: that a department
        belongs to the municipality that it is named in."""
        return [source for source, _ in self.ends] if self.kind.key == "PART_OF" else []


Details = Mapping[str, Mapping[str, Value]]
Sources = Mapping[str, Sequence[Provenance]]


@dataclass(frozen=True)
class Relationships:
    """The relationships of a node that its page shows, before the store is asked about them."""

    visit: Visit
    ways: tuple[tuple[_Way, int], ...]

    @property
    def elements(self) -> list[str]:
        """What is to be asked of the store."""
        keys = [key for way, _ in self.ways for key in way.keys]
        return list(dict.fromkeys([*keys, *(each for way, _ in self.ways for each in way.said_by)]))

    def sections(self, details: Details, sources: Sources) -> Iterator[Section]:
        """The sections of the page."""
        for way, count in self.ways:
            yield _section(self.visit, way, count, details, sources)


def relationships(visit: Visit, node: str, order: Sequence[tuple[str, bool]]) -> Relationships:
    """A node's relationships of each kind, a page of each, in this order."""
    found = []
    for relation, outgoing in order:
        kind = ONTOLOGY.relations[relation]
        others = (visit.snapshot.outgoing if outgoing else visit.snapshot.incoming)(relation, node)
        if not others:
            continue
        ends = [(node, each) if outgoing else (each, node) for each in others]
        whole = _Way(kind, outgoing, tuple(ends))
        ordered = in_order(visit, relation, ends, whole.far)
        page = _page(visit, whole.id, len(ordered))
        shown = tuple(ordered[(page - 1) * AT_ONCE : page * AT_ONCE])
        found.append((_Way(kind, outgoing, shown), len(ordered)))
    return Relationships(visit, tuple(found))


def _page(visit: Visit, id_: str, count: int) -> int:
    return min(visit.page_number(id_), pages(count, AT_ONCE))


def _section(visit: Visit, way: _Way, count: int, details: Details, sources: Sources) -> Section:
    title = way.kind.phrase if way.outgoing else way.kind.inverse
    in_table, below = _divided(way.kind)
    told = [details.get(key, {}) for key in way.keys]
    columns = [field for field in in_table if any(field.name in each for each in told)]
    rows = tuple(
        RichRow(_cells(visit, way, ends, columns, values), _origin(way, ends, sources))
        for ends, key, values in zip(way.ends, way.keys, told, strict=True)
    )
    derived = [each.label for each in derived_columns(way.kind.key, way.outgoing)]
    first = kind_label(far_kinds(way.ends, way.far), lambda kind: ONTOLOGY.nodes[kind].name)
    labels = (first, *(field.label for field in columns), *derived)
    stories = tuple(_stories(visit, way, below, told))
    return Section(
        way.id,
        title,
        count,
        RichTable(way.id, title, labels, rows),
        stories,
        len(stories) <= OPEN,
        _page(visit, way.id, count),
        pages(count, AT_ONCE),
    )


def _divided(kind: RelationKind) -> tuple[list[Field], list[Field]]:
    """The fields that stand in the table, and those that are told below it. One long text alone
    has room in the table."""
    long = [field for field in kind.fields if field.type is FieldType.LONG_TEXT]
    if len(long) <= 1:
        return list(kind.fields), []
    named = IN_TABLE.get(kind.key)
    short = [
        field
        for field in kind.fields
        if (field not in long if named is None else field.name in named)
    ]
    return short, [field for field in kind.fields if field not in short]


def _cells(
    visit: Visit,
    way: _Way,
    ends: Ends,
    columns: Sequence[Field],
    values: Mapping[str, Value],
) -> tuple[RichCell, ...]:
    told = {each.field: each.items for each in told_of(visit, columns, values)}
    return (
        RichCell(visit.items([ends[way.far]])),
        *(RichCell(told.get(field.name, ())) for field in columns),
        *(each.cell(visit, *ends) for each in derived_columns(way.kind.key, way.outgoing)),
    )


def _origin(way: _Way, ends: Ends, sources: Sources) -> Origin | None:
    own = sources.get(relation_key(way.kind.key, *ends), ())
    inherited = sources.get(ends[0], ()) if way.said_by else ()
    return origin_of(way.kind.by_name, own or inherited)


def _stories(
    visit: Visit, way: _Way, below: Sequence[Field], told: Sequence[Mapping[str, Value]]
) -> Iterator[Story]:
    for ends, values in zip(way.ends, told, strict=True):
        found = told_of(visit, below, values)
        if found:
            yield Story(visit.placed(ends[way.far]), node_path(ends[way.far]), found)
