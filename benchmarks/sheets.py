"""What the generator made, written as mapping sheets, so that it goes through the real loader."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from openpyxl import Workbook

from loaders.template_rows import labels
from loaders.writing.cells import LIST_SEPARATOR, SheetCell, cell_of, listed
from loaders.writing.csv_file import csv_file
from schema.field import Value
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, Load, Record, is_relation, parse_relation
from schema.sheets import SHEET_BY_KEY, SHEETS, Column, FieldColumn, LinkColumn, NameColumn, Sheet
from schema.text import Language

Cells = list[SheetCell]
STATUS = SHEET_BY_KEY["status"]


def write_workbook(path: Path, load: Load, language: Language = "da") -> Path:
    """The load as one workbook: a sheet for each kind that it has rows of."""
    by_sheet: dict[str, list[Cells]] = {}
    for record in load.records:
        sheet = SHEET_BY_KEY[record.key.partition(" ")[0]]
        by_sheet.setdefault(sheet.key, []).append(cells_of(record, sheet, language))
    _save(path, by_sheet, language)
    return path


def write_status_workbook(path: Path, rows: Iterable[Cells], language: Language = "da") -> Path:
    """A workbook of the one sheet Status."""
    _save(path, {STATUS.key: rows}, language)
    return path


def write_status_csv(path: Path, rows: Iterable[Cells], language: Language = "da") -> Path:
    """The sheet Status as csv."""
    path.write_bytes(csv_file(STATUS, rows, language))
    return path


def status_rows(loads: Iterable[Load], count: int, language: Language = "da") -> list[Cells]:
    """The first so many rows of the sheet Status, of one municipality after the other."""
    records = (each for load in loads for each in load.records if _is_status(each))
    return [cells_of(record, STATUS, language) for record in islice(records, count)]


def _is_status(record: Record) -> bool:
    return record.key.startswith(f"{STATUS.key} ")


def _save(path: Path, by_sheet: Mapping[str, Iterable[Cells]], language: Language) -> None:
    """In the order of the template; as quickly as openpyxl can, so without its looks."""
    book = Workbook(write_only=True)
    for sheet in SHEETS:
        if sheet.key in by_sheet:
            page = book.create_sheet(sheet.label.to(language))
            page.append(labels(sheet, language))
            for row in by_sheet[sheet.key]:
                page.append(row)
    book.save(path)


def cells_of(record: Record, sheet: Sheet, language: Language) -> Cells:
    """The row of the sheet that says what the record says."""
    said = {(each.element, each.field): each.value for each in record.statements}
    nodes = _nodes(record.key.partition(" ")[2])
    row = _Row(said, nodes, language)
    return [row.cell(column) for column in sheet.columns]


def _nodes(main: str) -> Mapping[str, str]:
    """The nodes that the row names, by kind: what it is about, and the municipality of it."""
    ends = parse_relation(main)[1:] if is_relation(main) else (main,)
    nodes = {kind_of(node): node for node in ends}
    if "department" in nodes:
        nodes["municipality"] = municipality_of(nodes["department"])
    return nodes


class _Row:
    """What a record says, asked for column by column."""

    def __init__(
        self,
        said: Mapping[tuple[str, str], Value],
        nodes: Mapping[str, str],
        language: Language,
    ) -> None:
        self._said = said
        self._nodes = nodes
        self._language = language

    def cell(self, column: Column) -> SheetCell:
        match column:
            case NameColumn():
                node = self._nodes.get(column.key)
                return None if node is None else self._name(node)
            case FieldColumn():
                value = self._said.get((self._owner(column), column.field.name))
                return None if value is None else cell_of(column.field, value, self._language)
            case LinkColumn():
                return LIST_SEPARATOR.join(self._listed(column)) or None

    def _owner(self, column: FieldColumn) -> str:
        if column.owner not in ONTOLOGY.relations:
            return self._nodes[column.owner]
        kind = ONTOLOGY.relations[column.owner]
        ends: Sequence[str] = (self._nodes[kind.sources[0]], self._nodes[kind.targets[0]])
        return f"{ends[0]} {kind.key} {ends[1]}"

    def _listed(self, column: LinkColumn) -> Iterator[str]:
        """The nodes that the row links to in the column's first way, with their levels."""
        link = column.links[0]
        start = f"{self._nodes[link.source]} {link.relation} "
        for element, field in self._said:
            if field == EXISTS and element.startswith(start):
                necessity = self._said.get((element, "necessity"))
                if necessity == link.necessity:
                    target = parse_relation(element)[2]
                    yield listed(self._name(target), self._said.get((element, "level")))

    def _name(self, node: str) -> str:
        return str(self._said[node, "name"])
