"""What a row says: the statements of its record, by the declaration of its sheet."""

from dataclasses import dataclass, field
from typing import NamedTuple

from loaders.known import record_key
from loaders.naming import Named, Naming
from loaders.rows import Row
from schema.field import Field, FieldType, Rule
from schema.messages import Message
from schema.names import NamelessError
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, Record, Statement, is_relation, relation_key
from schema.relation_kinds import RelationKind
from schema.sheets import MUNICIPALITY, Column, FieldColumn, LinkColumn, NameColumn, Sheet

_NAME_OF_ANY_KIND = "name"
_KIND = "kind"


class Mention(NamedTuple):
    """A node that a row names, and the column that names it."""

    named: Named
    column: str


@dataclass(slots=True)
class Draft:
    """A row on its way to a record. ``main`` is the element it is about, ``key`` the key of its
    record, which goes by the names as they are written. ``claims`` are those of its statements
    that another row can contradict; ``defaults`` hold what it says by saying nothing."""

    row: Row
    main: str | None = None
    key: str | None = None
    statements: list[Statement] = field(default_factory=list)
    claims: list[tuple[Statement, Field]] = field(default_factory=list)
    defaults: list[Statement] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    twin: "Draft | None" = None

    @property
    def messages(self) -> list[Message]:
        return self.row.messages

    @property
    def refused(self) -> bool:
        return self.row.has_error

    @property
    def skipped(self) -> bool:
        """Whether it is not loaded though nothing is wrong with it."""
        return self.row.skipped or self.twin is not None

    @property
    def said(self) -> tuple[Statement, ...]:
        """All that the row says, also by saying nothing."""
        return (*self.statements, *self.defaults)

    def record(self) -> Record:
        """The record of a row that is not refused."""
        assert self.key is not None
        return Record(self.key, self.row.place, self.said)


_FieldPlan = tuple[str, str | None, Field, bool]
"""A column that states a field: its key, the kind of the node whose field it is, None for the
relationship that the row is about, the field, and whether another row can contradict it."""


_LinkPlan = tuple[str, str, str | None]
"""A relationship that a listed name makes, which column's node it starts at, its necessity."""


class _Plan:
    """What drafting asks of a sheet, worked out once and not row by row."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.relation = ONTOLOGY.relations[sheet.relation] if sheet.relation else None
        self.needed = [c.key for c in sheet.names if c.required and c.key != _KIND]
        self.main = next(c.key for c in reversed(sheet.names) if c.required)
        self.may_be_left_out = self._left_out(self.relation) if self.relation else []
        self.parents = [column for column in sheet.names if _states_parent(column)]
        self.fields = [_field_plan(c) for c in sheet.columns if isinstance(c, FieldColumn)]
        self.links = [(c.key, c.kind, _link_plans(c)) for c in sheet.links]

    def _left_out(self, relation: RelationKind) -> list[Field]:
        """The fields of the relationship of which it matters that a row leaves them out."""
        return [
            declared
            for declared in relation.fields
            if self.sheet.key in declared.sheets and (declared.default or declared.required)
        ]


def _field_plan(column: FieldColumn) -> _FieldPlan:
    owner = None if column.owner in ONTOLOGY.relations else column.owner
    claims = column.field.rule in (Rule.LATEST, Rule.OWN)
    return column.key, owner, column.field, claims


def _link_plans(column: LinkColumn) -> list[_LinkPlan]:
    return [(link.relation, link.source, link.necessity) for link in column.links]


def _states_parent(column: NameColumn) -> bool:
    """Whether a name column is a field of the node the row is about: which one it is part of."""
    declared = ONTOLOGY.nodes["department"].by_name.get(column.key)
    return declared is not None and declared.type is FieldType.NODE


class Drafting:
    """Makes drafts of rows; where a row names no municipality, this one is meant."""

    def __init__(self, naming: Naming, municipality: str | None) -> None:
        self._naming = naming
        self._municipality = municipality
        self._plans: dict[str, _Plan] = {}
        self._mentions: dict[
            tuple[Named, str, str | None], tuple[Mention, tuple[Statement, ...]]
        ] = {}

    def draft(self, row: Row) -> Draft:
        """What the row says, and in its messages what keeps it from being loaded."""
        draft = Draft(row)
        if row.skipped:
            return draft
        sheet = row.sheet.sheet
        plan = self._plans.get(sheet.key)
        if plan is None:
            plan = self._plans[sheet.key] = _Plan(sheet)
        named = self._names(draft, plan)
        if named is not None:
            self._main(draft, plan, named)
            self._parents(draft, plan, named)
            self._values(draft, plan, named)
            if row.lists:
                self._lists(draft, plan, named)
        return draft

    def _names(self, draft: Draft, plan: _Plan) -> dict[str, Named] | None:
        """The nodes in the row's name columns by the column's key, or None where one that is
        needed cannot be known."""
        row = draft.row
        named: dict[str, Named] = {}
        for column in plan.sheet.names:
            kind = self._kind_in(row, column)
            if kind is None or column.key not in row.names:
                continue
            found = self._node(draft, column, kind, row.names[column.key], named)
            if found is not None:
                named[column.key] = found
        return named if all(key in named for key in plan.needed) else None

    def _kind_in(self, row: Row, column: NameColumn) -> str | None:
        """The kind of node that a column names. A municipality that others only stand in is
        looked up with them."""
        if column.key == _KIND or (column.key == MUNICIPALITY.key and not column.required):
            return None
        return column.kind if column.kind is not None else row.names.get(_KIND)

    def _node(
        self, draft: Draft, column: Column, kind: str, name: str, named: dict[str, Named]
    ) -> Named | None:
        try:
            if kind != "department":
                return self._mention(draft, column.key, self._naming.node(kind, name))
            municipality = named.get(MUNICIPALITY.key) or self._municipality_of(draft)
            if municipality is None:
                return None
            named[MUNICIPALITY.key] = municipality
            if column.key == "parent" and self._is_municipality(municipality, name):
                return None
            found = self._naming.department(municipality, name)
            return self._mention(draft, column.key, found)
        except NamelessError:
            draft.row.say("name-without-letters", column, text=name)
            return None

    def _is_municipality(self, municipality: Named, name: str) -> bool:
        meant = self._naming.node("municipality", name).meant
        return meant == municipality.meant

    def _municipality_of(self, draft: Draft) -> Named | None:
        row = draft.row
        name = row.names.get(MUNICIPALITY.key, self._municipality)
        if name is None:
            row.say("municipality-missing", MUNICIPALITY)
            return None
        found = self._naming.node("municipality", name)
        return self._mention(draft, MUNICIPALITY.key, found)

    def _mention(self, draft: Draft, column: str, named: Named) -> Named:
        """Take in that a cell names a node. A municipality of no cell has no letter."""
        told = column in draft.row.names
        letter = draft.row.letter_of(column, named.name) if told else None
        self._take_in(draft, column, named, letter)
        return named

    def _take_in(self, draft: Draft, column: str, named: Named, letter: str | None) -> None:
        """Take in that a node is named; what that says is worked out once for all rows."""
        at = named, column, letter
        found = self._mentions.get(at)
        if found is None:
            found = Mention(named, column), self._naming.mention(named, letter)
            self._mentions[at] = found
        mention, said = found
        draft.mentions.append(mention)
        draft.statements += said

    def _main(self, draft: Draft, plan: _Plan, named: dict[str, Named]) -> None:
        """What the row is about: its relationship where both ends are named, else its node."""
        relation = plan.relation
        if relation is not None:
            ends = self._ends(relation, named)
            if ends is not None:
                draft.main = relation_key(relation.key, ends[0].meant, ends[1].meant)
                written = relation_key(relation.key, ends[0].written, ends[1].written)
                draft.key = record_key(plan.sheet, written)
                self._exists(draft, plan, ends[1], named)
                return
            self._say_whose(draft, relation, named)
        main = named[plan.main]
        draft.main, draft.key = main.meant, record_key(plan.sheet, main.written)

    def _ends(self, relation: RelationKind, named: dict[str, Named]) -> tuple[Named, Named] | None:
        source = next((named[kind] for kind in relation.sources if kind in named), None)
        target = next((named[kind] for kind in relation.targets if kind in named), None)
        return None if source is None or target is None else (source, target)

    def _exists(self, draft: Draft, plan: _Plan, target: Named, named: dict[str, Named]) -> None:
        """State the relationship, and the defaults of fields that the row leaves out."""
        row = draft.row
        assert draft.main is not None
        column = next(key for key, node in named.items() if node is target)
        draft.statements.append(Statement(draft.main, EXISTS, "", row.letters.get(column)))
        for declared in plan.may_be_left_out:
            if declared.name in row.values:
                continue
            if declared.default is not None:
                said = Statement(draft.main, declared.name, declared.default)
                draft.defaults.append(said)
            elif not row.has_error:
                row.say("cell-empty", plan.sheet.by_key[declared.name])

    def _say_whose(self, draft: Draft, relation: RelationKind, named: dict[str, Named]) -> None:
        """A field of a relationship is told, but not between whom."""
        row, sheet = draft.row, draft.row.sheet.sheet
        if row.has_error:
            return
        missing = next(column for column in sheet.names if _is_end(column, relation, named))
        told = (column for column in sheet.columns if column.key in row.values)
        for column in told:
            if isinstance(column, FieldColumn) and column.owner == relation.key:
                row.say("end-missing", column, missing=missing.label)

    def _values(self, draft: Draft, plan: _Plan, named: dict[str, Named]) -> None:
        values, letters, main = draft.row.values, draft.row.letters, draft.main
        assert main is not None
        relation = main if is_relation(main) else None
        for key, owner, declared, claims in plan.fields:
            value = values.get(key)
            if value is None:
                continue
            if owner is None:
                if relation is None:
                    continue
                element = relation
            else:
                element = (named.get(_NAME_OF_ANY_KIND) or named[owner]).meant
            statement = Statement(element, declared.name, value, letters.get(key))
            draft.statements.append(statement)
            if claims:
                draft.claims.append((statement, declared))

    def _parents(self, draft: Draft, plan: _Plan, named: dict[str, Named]) -> None:
        """What a row says of which department another is part of."""
        for column in plan.parents:
            if column.key not in named:
                continue
            department, parent = named["department"], named[column.key]
            outer = department.outer
            if outer is not None and outer.meant != parent.meant:
                values = {"path": department.name, "parent": parent.name}
                draft.row.say("parent-differs-from-path", column, **values)
                continue
            declared = ONTOLOGY.nodes["department"].by_name[column.key]
            letter = draft.row.letters.get(column.key)
            statement = Statement(department.meant, declared.name, parent.meant, letter)
            draft.statements.append(statement)
            draft.claims.append((statement, declared))

    def _lists(self, draft: Draft, plan: _Plan, named: dict[str, Named]) -> None:
        """The nodes that cells list, and the relationships that they make by that."""
        row, statements = draft.row, draft.statements
        for key, kind, links in plan.links:
            for listed in row.lists.get(key, ()):
                letter, level = row.letter_of(key, listed.name), listed.level
                node = self._naming.node(kind, listed.name)
                self._take_in(draft, key, node, letter)
                for relation, source, necessity in links:
                    element = relation_key(relation, named[source].meant, node.meant)
                    statements.append(Statement(element, EXISTS, "", letter))
                    if necessity is not None:
                        statements.append(Statement(element, "necessity", necessity, letter))
                    if level is not None:
                        statements.append(Statement(element, "level", level, letter))


def _is_end(column: NameColumn, relation: RelationKind, named: dict[str, Named]) -> bool:
    ends = (*relation.sources, *relation.targets)
    return column.kind in ends and column.key not in named
