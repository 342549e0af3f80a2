"""Real sheets from public bodies, against an independent reading of the same files."""

import csv
import os
from pathlib import Path

import openpyxl
import pytest

from loaders.reading import Cell, Table, read_tables

_WHERE = os.environ.get("TEKNOLOGIKORT_REAL_DATA")

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(_WHERE is None, reason="TEKNOLOGIKORT_REAL_DATA points to no real sheets"),
]


def real_files(kind: str) -> list[Path]:
    return sorted(Path(_WHERE).glob(f"*/*.{kind}")) if _WHERE is not None else []


def filled(table: Table) -> dict[tuple[int, int], Cell]:
    return {
        (table.first_row + i, j + 1): cell
        for i, row in enumerate(table.rows)
        for j, cell in enumerate(row)
        if cell is not None
    }


def test_there_are_real_files_to_read() -> None:
    assert real_files("csv")
    assert real_files("xlsx")


@pytest.mark.parametrize("path", real_files("csv"), ids=lambda path: path.name)
def test_a_real_csv_reads_cell_for_cell(path: Path) -> None:
    tables, messages = read_tables(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert messages == []
    expected = {
        (i, j): cell.replace("\r\n", "\n")
        for i, row in enumerate(rows, start=1)
        for j, cell in enumerate(row, start=1)
        if cell.strip()
    }
    assert filled(tables[0]) == expected


@pytest.mark.parametrize("path", real_files("xlsx"), ids=lambda path: path.name)
def test_a_real_xlsx_reads_cell_for_cell(path: Path) -> None:
    tables, messages = read_tables(path)
    workbook = openpyxl.load_workbook(path, data_only=True)
    assert [message for message in messages if message.kind.severity == "error"] == []
    assert [table.sheet for table in tables] == [name.strip() for name in workbook.sheetnames]
    for table, sheet in zip(tables, workbook.worksheets, strict=True):
        expected = {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and str(cell.value).strip()
        }
        read = filled(table)
        assert read.keys() == expected.keys()
        differing = {
            k: (read[k], expected[k]) for k in read if _plain(read[k]) != _plain(expected[k])
        }
        assert differing == {}


def _plain(value: object) -> str:
    return str(value).replace("\r\n", "\n").replace(" 00:00:00", "")
