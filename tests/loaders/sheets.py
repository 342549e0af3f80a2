"""Real files for tests of loading: workbooks and csv, and a store to load them into."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from loaders.loading import LoadOptions, load_sheets
from loaders.reading.table import Cell
from loaders.report import Report, RowReport, Verdict

Rows = Sequence[Sequence[Cell]]
STATUS = ("kommune", "forvaltning", "løsning")
HEALTH, SMS = "department:eksempel/sundhed-og-omsorg", "solution:sms-service"
USE = f"{HEALTH} USES {SMS}"


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An xlsx with these sheets."""
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def csv_file(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return path


class Desk:
    """A folder and a store: hands in sheets and shows what became of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = SqliteStore(folder / "graph.db")
        self._files = 0

    def load(self, sheets: Mapping[str, Rows], dry_run: bool = False, **options: object) -> Report:
        """Load one workbook; ``file`` names it, without one each is a file of its own."""
        self._files += 1
        name = str(options.pop("file", f"ark{self._files}.xlsx"))
        return self.hand_in(workbook(self.folder / name, sheets), dry_run, **options)

    def hand_in(self, path: Path, dry_run: bool = False, **options: object) -> Report:
        (report,) = load_sheets([path], self.store, LoadOptions(**options), dry_run)  # type: ignore[arg-type]
        return report

    def snapshot(self) -> Snapshot:
        return snapshot_of(self.store.structure())

    def fields(self, element: str) -> dict[str, object]:
        return dict(self.store.details([element]).get(element, {}))

    def exists(self, element: str) -> bool:
        return element in self.store.details([element])


def codes(report: Report) -> list[str]:
    return [message.code for message in report.messages]


def the(report: Report, code: str) -> str:
    """The Danish sentence of the only message with this code."""
    (message,) = [m for m in report.messages if m.code == code]
    return message.text("da")


def place_of(report: Report, code: str) -> tuple[str | None, int | None, str | None]:
    """Sheet, row and column of the only message with this code."""
    (message,) = [m for m in report.messages if m.code == code]
    return message.place.sheet, message.place.row, message.place.column


def verdicts(report: Report) -> list[Verdict]:
    return [row.verdict for row in report.rows]


def changes(row: RowReport) -> list[str]:
    return [change.text("da") for change in row.changes]


def errors(report: Report) -> Iterator[str]:
    for message in report.messages:
        if message.kind.severity == "error":
            yield message.code
