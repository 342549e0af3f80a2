"""The workbook of mapping sheets: empty to fill in, or with what the graph says.

It reads back in either language: the reader knows the same top rows (`loaders.template_rows`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.workbook import Workbook

from graph.snapshot import Snapshot
from loaders.writing.cells import SheetCell
from loaders.writing.choices import Names
from loaders.writing.guide import add_guide
from loaders.writing.lists import ChoiceLists
from loaders.writing.packing import packed
from loaders.writing.pages import Written, add_page
from schema.danish_order import danish_order
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.sheets import SHEETS, Sheet
from schema.text import Language

SheetData = Callable[[Sheet], Iterable[Sequence[SheetCell]]]


@dataclass(frozen=True)
class Made:
    """A workbook's file, and what was written in each sheet by its key."""

    content: bytes
    written: Mapping[str, Written]


def write_template(
    path: Path, language: Language, names: Names | None = None, sheets: Sequence[Sheet] = SHEETS
) -> None:
    """Write the empty workbook; ``names`` (by kind of node) are offered where one is wanted."""
    path.write_bytes(template(language, names, sheets).content)


def template(
    language: Language,
    names: Names | None = None,
    sheets: Sequence[Sheet] = SHEETS,
    rows_of: SheetData | None = None,
) -> Made:
    """The workbook: with an example in each sheet, or with the rows that ``rows_of`` gives."""
    names = {} if names is None else names
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator = "teknologikort"
    workbook.properties.language = language
    add_guide(workbook, sheets, language)
    lists = ChoiceLists()
    written = {}
    for sheet in sheets:
        rows = None if rows_of is None else rows_of(sheet)
        written[sheet.key] = add_page(workbook, sheet, language, names, lists, rows)
    lists.add_to(workbook, language)
    return Made(packed(workbook), written)


def names_to_offer(snapshot: Snapshot, municipality: str | None = None) -> dict[str, list[str]]:
    """The names already in the graph by kind; departments of one municipality, where it is told."""
    return {kind: _names(snapshot, kind, municipality) for kind in ONTOLOGY.nodes}


def _names(snapshot: Snapshot, kind: str, municipality: str | None) -> list[str]:
    nodes = snapshot.nodes(kind)
    if kind == "department" and municipality is not None:
        nodes = tuple(node for node in nodes if municipality_of(node) == municipality)
    if kind == "municipality" and municipality is not None:
        nodes = (municipality,)
    return sorted({snapshot.name(node) for node in nodes}, key=danish_order)
