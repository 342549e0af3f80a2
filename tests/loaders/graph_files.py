"""A graph in which every column of every sheet says something, as rows that are loaded."""

from collections.abc import Mapping
from pathlib import Path

from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from loaders.loading import LoadOptions, load_sheets
from loaders.report import Report
from loaders.template import template
from loaders.template_rows import example
from loaders.writing.cells import SheetCell
from schema.field import FieldType
from schema.sheets import SHEET_BY_KEY, FieldColumn, Sheet
from schema.text import Language

Cells = dict[str, SheetCell]
_WRITTEN = (FieldType.TEXT, FieldType.LONG_TEXT)


def rows(sheet: Sheet, *told: Mapping[str, SheetCell]) -> list[list[SheetCell]]:
    """Rows of a sheet that say only this."""
    return [[cells.get(column.key) for column in sheet.columns] for cells in told]


def exemplary(sheet: Sheet, **other: SheetCell) -> Cells:
    """The template's example row with some cells written otherwise; a text that has no example
    says something all the same."""
    cells: Cells = dict(zip(sheet.by_key, example(sheet, "da"), strict=True))
    for key, column in sheet.by_key.items():
        if cells[key] is None and isinstance(column, FieldColumn):
            cells[key] = "noget" if column.field.type in _WRITTEN else None
    return {**cells, "municipality": "Eksempel", **other}


def full_rows(sheet: Sheet) -> list[list[SheetCell]]:
    """Rows in which every column is filled in, and some that say as little as they may."""
    home: Cells = {"municipality": "Eksempel"}
    also: dict[str, list[Cells]] = {
        "municipalities": [{"municipality": "Nabo"}],
        "departments": [
            {**home, "department": "Sundhed og Omsorg"},
            {**home, "department": "Sundhed og Omsorg > Administration"},
            {**home, "department": "Teknik og Miljø"},
            {"municipality": "Nabo", "department": "Ældre", "digital_maturity": 5},
        ],
        "status": [
            {"municipality": "Nabo", "department": "Ældre", "solution": "=SUM(1;2)"},
            {
                **home,
                "department": "Sundhed og Omsorg > Administration",
                "solution": "Robotten „Frida“",
                "since": "2019",
                "last_confirmed": "2023-04",
                "status": "pilot",
                "background": '- to linjer\n+ nemlig; "citat"',
                "problems": "Tastearbejde; Fejl i breve",
                "competences_required": "Niveau (3) (2); Python",
            },
        ],
        "problems": [{**home, "department": "Sundhed og Omsorg", "problem": "@ventetid"}],
        "technologies": [{"technology": "Drone", "tried": "ny"}],
        "cards": [{**home, "department": "Hjemmeplejen", "solution": "Chatbot"}],
        "names": [
            {"kind": "kompetence", "name": "Python", "description": "At kode."},
            {"kind": "problem", "name": "Ensomhed", "other_names": "Alene; For alene"},
            {**home, "kind": "forvaltning", "name": "Hjemmeplejen", "english_name": "Home care"},
        ],
    }
    own = {"kle": "27.36", "code": "0999"}
    cells = exemplary(sheet, **{key: own[key] for key in own if key in sheet.by_key})
    if sheet.key == "names":
        cells["danish_name"] = "Sms-tjenesten"
    return rows(sheet, cells, *also.get(sheet.key, []))


def full_workbook(path: Path, language: Language = "da") -> Path:
    path.write_bytes(template(language, rows_of=full_rows).content)
    return path


def load(path: Path, store: Store, **options: str) -> Report:
    (report,) = load_sheets([path], store, LoadOptions(**options))  # type: ignore[arg-type]
    return report


def graph_in(store: Store) -> dict[str, dict[str, object]]:
    """Everything that the store holds: elements and their fields."""
    snapshot = snapshot_of(store.structure())
    return {key: dict(fields) for key, fields in store.details(elements(snapshot)).items()}


def elements(snapshot: Snapshot) -> list[str]:
    relations = snapshot.relations
    keys = [
        key
        for kind in relations
        for key in snapshot.elements(kind, range(len(relations[kind].sources)))
    ]
    return [*snapshot.ids, *keys]


def full_store(folder: Path) -> SqliteStore:
    """A store with the whole graph loaded."""
    store = SqliteStore(folder / "fuld.sqlite")
    report = load(full_workbook(folder / "fuld.xlsx"), store)
    assert report.applied is not None, [message.text("da") for message in report.messages]
    return store


STATUS_SHEET = SHEET_BY_KEY["status"]
