"""From the graph back to the rows of mapping sheets: loading them again says the same.

The rows follow from the declaration of the sheets, so a new column is exported as soon as it is
declared. What cannot be carried: how often each spelling of a name was written (the commonest is
written everywhere), which file and row said what, that two nodes exist apart of which one goes
by the other's name; and what no sheet has a column for, which `SheetRows.left_out` names.
"""

from collections.abc import Iterator
from functools import cached_property

from graph.excerpt import Excerpt, excerpt
from graph.snapshot import Snapshot
from graph.store import Store
from loaders.writing.cells import LIST_SEPARATOR, SheetCell, cell_of, listed
from loaders.writing.subjects import NAME, NAMES, PARENT, Subject, subjects
from schema.danish_order import danish_order
from schema.names import department_path, fold, kind_of
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, is_relation, parse_relation, relation_key
from schema.sheets import Column, FieldColumn, LinkColumn, NameColumn, Sheet
from schema.text import Language

Row = list[SheetCell]


def sheet_rows(snapshot: Snapshot, store: Store, sheet: Sheet, language: Language) -> list[Row]:
    """The rows of one sheet for the whole graph, with its columns in their order."""
    return SheetRows(excerpt(snapshot, store), language).of(sheet)


class SheetRows:
    """The rows of each sheet for a part of the graph, in one language."""

    def __init__(self, graph: Excerpt, language: Language) -> None:
        self._graph = graph
        self._language = language
        self._carried: set[tuple[str, str]] = set()

    def of(self, sheet: Sheet) -> list[Row]:
        """The sheet's rows, in the Danish order of what they name."""
        ordered = sorted(subjects(self._graph, sheet), key=lambda each: self._order(sheet, each))
        return [self._row(sheet, subject) for subject in ordered]

    def left_out(self) -> list[str]:
        """The elements of which something stands in none of the sheets asked for so far."""
        return [element for element in self._graph.elements() if self._lacks(element)]

    def _lacks(self, element: str) -> bool:
        if is_relation(element) and parse_relation(element)[0] == "PART_OF":
            return False  # it follows from the department
        told = {EXISTS, *self._graph.fields(element)} - {NAME, PARENT}
        return any((element, field) not in self._carried for field in told)

    def _order(self, sheet: Sheet, subject: Subject) -> list[tuple[str, str]]:
        named = [subject[column.key] for column in sheet.names if column.key in subject]
        return [danish_order(self._name(node)) for node in named]

    def _row(self, sheet: Sheet, subject: Subject) -> Row:
        self._carried |= {(node, EXISTS) for node in subject.values()}
        if sheet.relation is not None:
            element = _between(sheet.relation, subject)
            self._carried |= set() if element is None else {(element, EXISTS)}
        return [self._cell(sheet, column, subject) for column in sheet.columns]

    def _cell(self, sheet: Sheet, column: Column, subject: Subject) -> SheetCell:
        match column:
            case NameColumn():
                return self._name_cell(column, subject)
            case FieldColumn():
                return self._field_cell(sheet, column, subject)
            case LinkColumn():
                return LIST_SEPARATOR.join(sorted(self._linked(column, subject))) or None

    def _name_cell(self, column: NameColumn, subject: Subject) -> str | None:
        if column.key in subject:
            return self._name(subject[column.key])
        if NAME in subject and column.kind is None:
            return ONTOLOGY.nodes[kind_of(subject[NAME])].name.to(self._language)
        return None

    def _field_cell(self, sheet: Sheet, column: FieldColumn, subject: Subject) -> SheetCell:
        element = _owner(sheet, column, subject)
        if element is None:
            return None
        self._carried.add((element, column.key))
        value = self._graph.fields(element).get(column.key)
        return None if value is None else cell_of(column.field, value, self._language)

    def _linked(self, column: LinkColumn, subject: Subject) -> Iterator[str]:
        """The names in a list: of the nodes that all of the column's relationships lead to."""
        snapshot, first = self._graph.snapshot, column.links[0]
        for node in snapshot.outgoing(first.relation, subject[first.source]):
            elements = [relation_key(k.relation, subject[k.source], node) for k in column.links]
            if not all(element in self._elements for element in elements):
                continue
            told = self._graph.fields(elements[0])
            if first.necessity is not None and told.get("necessity") != first.necessity:
                continue
            said = (EXISTS, "necessity", "level") if column.levels else (EXISTS,)
            self._carried |= {(element, field) for element in elements for field in said}
            self._carried.add((node, EXISTS))
            yield listed(self._name(node), told.get("level") if column.levels else None)

    @cached_property
    def _elements(self) -> frozenset[str]:
        return frozenset(self._graph.elements())

    def _name(self, node: str) -> str:
        """The node's name; a department's whole path."""
        return " > ".join(self._path(node)) if kind_of(node) == "department" else self._own(node)

    def _own(self, node: str) -> str:
        return str(self._graph.snapshot.value(node, NAME) or node.partition(":")[2])

    def _path(self, department: str) -> Iterator[str]:
        """The parts of a department's path, each as it is written where that is known."""
        home, *parts = department.partition(":")[2].split("/")
        for length, part in enumerate(parts, start=1):
            node = f"department:{'/'.join([home, *parts[:length]])}"
            known = node in self._graph.snapshot
            written = department_path(self._own(node))[-1] if known else part
            yield written if fold(written) == part else part


def _between(relation: str, subject: Subject) -> str | None:
    """The relationship between the nodes that a row names, or None where it names one of them."""
    kind = ONTOLOGY.relations[relation]
    source, target = subject.get(kind.sources[0]), subject.get(kind.targets[0])
    return None if source is None or target is None else relation_key(relation, source, target)


def _owner(sheet: Sheet, column: FieldColumn, subject: Subject) -> str | None:
    """The element whose field a cell states, or None where the row names no such element."""
    if column.owner in ONTOLOGY.relations:
        return _between(column.owner, subject)
    if sheet.key != NAMES:
        return subject[column.owner]
    fields = ONTOLOGY.nodes[kind_of(subject[NAME])].by_name
    return subject[NAME] if column.key in fields else None
