"""Merged cells say in every row what is seen there."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from loaders.reading import read_tables
from loaders.reading.table import Cell
from tests.loaders.reading.files import ods, ods_text, raw_xlsx, worksheet
from tests.loaders.sheets import STATUS, Desk, codes, place_of

SEEN = [
    STATUS,
    ("Eksempel", "Sundhed", "SMS"),
    ("Eksempel", "Sundhed", "GIS"),
    ("Eksempel", "Teknik", "Aula"),
]
ROWS = [STATUS, ("Eksempel", "Sundhed", "SMS"), (None, None, "GIS"), (None, "Teknik", "Aula")]
AREAS = ((1, 3, 0), (1, 2, 1))
"""First row, last row and column of what is merged in ROWS."""


def merged_xlsx(path: Path, rows: Sequence[Sequence[Cell]], *areas: str) -> Path:
    book = openpyxl.Workbook()
    assert isinstance(book.active, Worksheet)
    book.active.title = "Status"
    for row in rows:
        book.active.append(list(row))
    for area in areas:
        book.active.merge_cells(area)
    book.save(path)
    return path


def merged_xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Status")
    spans = {(first, column): last for first, last, column in AREAS}
    for number, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            last = spans.get((number, column))
            if last is not None:
                sheet.write_merge(number, last, column, column, cell)
            elif cell is not None:
                sheet.write(number, column, cell)
    book.save(str(path))
    return path


def merged_ods(path: Path) -> Path:
    spans = {(first, column): last - first + 1 for first, last, column in AREAS}
    rows = ""
    for number, row in enumerate(ROWS):
        cells = ""
        for column, cell in enumerate(row):
            span = f'table:number-rows-spanned="{spans.get((number, column), 1)}"'
            cells += ods_text(cell, span) if cell else "<table:covered-table-cell/>"
        rows += f"<table:table-row>{cells}</table:table-row>"
    return ods(path, f'<table:table table:name="Status">{rows}</table:table>')


@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_merged_cell_is_read_in_every_row_that_it_covers(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"ark.{ending}"
    match ending:
        case "xlsx":
            merged_xlsx(path, ROWS, "A2:A4", "B2:B3")
        case "xls":
            merged_xls(path)
        case _:
            merged_ods(path)
    (table,), (told,) = read_tables(path)
    assert list(table.rows) == SEEN
    assert told.code == "merged-cells"
    assert told.text("da").endswith("(antal: 2): A2:A4, B2:B3.")


def test_departments_merged_over_their_rows_are_loaded(desk: Desk) -> None:
    report = desk.hand_in(merged_xlsx(desk.folder / "ark.xlsx", ROWS, "A2:A4", "B2:B3"))
    assert codes(report) == ["merged-cells"]
    assert place_of(report, "merged-cells") == ("Status", None, None)
    assert desk.exists("department:eksempel/sundhed USES solution:gis")
    assert desk.exists("department:eksempel/teknik USES solution:aula")


def test_a_title_merged_over_the_columns_stays_in_one_cell(tmp_path: Path) -> None:
    path = merged_xlsx(tmp_path / "ark.xlsx", [("Kortlægning",), *SEEN], "A1:C1")
    (table,), told = read_tables(path)
    assert table.rows[0] == ("Kortlægning", None, None)
    assert told == []


def test_rows_that_hold_nothing_else_stay_blank(tmp_path: Path) -> None:
    rows = [STATUS, ("Eksempel", "Sundhed", "SMS"), (None, None, None), (None, None, "GIS")]
    (table,), _ = read_tables(merged_xlsx(tmp_path / "ark.xlsx", rows, "A2:A4", "B2:B4"))
    assert table.rows[2:] == ((None,) * 3, ("Eksempel", "Sundhed", "GIS"))


def test_a_header_of_two_rows_is_one_header(desk: Desk) -> None:
    rows = [(*STATUS, "Vores egne"), (None, None, None, "noter"), (*SEEN[1], "x")]
    path = merged_xlsx(desk.folder / "a.xlsx", rows, "A1:A2", "B1:B2", "C1:C2")
    report = desk.hand_in(path)
    assert "header-again" in codes(report)
    assert [row.verdict.value for row in report.rows] == ["skipped", "new"]
    assert not desk.exists("municipality:kommune")


def test_columns_named_in_the_lower_row_of_a_header_are_read(desk: Desk) -> None:
    rows = [(*STATUS, "Formål", None), (None, None, None, "primært formål", "andre formål")]
    rows.append((*SEEN[1], "data", "service"))
    areas = ("A1:A2", "B1:B2", "C1:C2", "D1:E1")
    desk.hand_in(merged_xlsx(desk.folder / "a.xlsx", rows, *areas))
    use = desk.fields("department:eksempel/sundhed USES solution:sms")
    assert (use["primary_purpose"], use["other_purposes"]) == ("data", ("service",))


def test_areas_far_larger_than_the_sheet_cost_nothing(tmp_path: Path) -> None:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    areas = '<mergeCell ref="A1:XFD1048576"/>' * 1000
    path = raw_xlsx(
        tmp_path / "ark.xlsx", worksheet(cell, after=f"<mergeCells>{areas}</mergeCells>")
    )
    (table,), told = read_tables(path)
    assert table.rows == ((1, None), (1, 2))
    assert "(antal: 1)" in next(m for m in told if m.code == "merged-cells").text("da")
