"""What is exported as sheets and loaded again is the same graph."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.excerpt import excerpt
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from loaders.export_sheets import SheetRows, sheet_rows
from loaders.loading import load_sheets
from loaders.template import template
from loaders.writing.csv_file import csv_file
from schema.sheets import SHEET_BY_KEY, SHEETS
from schema.text import LANGUAGES, Language
from tests.loaders.graph_files import full_rows, full_store, graph_in, load

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "eksempel"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = full_store(tmp_path_factory.mktemp("full"))
    yield store
    store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Store]:
    store = SqliteStore(tmp_path / "tom.sqlite")
    yield store
    store.close()


def test_the_graph_of_these_tests_fills_in_every_column_of_every_sheet() -> None:
    for sheet in SHEETS:
        filled = zip(*full_rows(sheet), strict=True)
        assert all(any(cell is not None for cell in column) for column in filled), sheet.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_exported_workbook_loads_as_the_same_graph(
    full: Store, empty: Store, tmp_path: Path, language: Language
) -> None:
    rows = SheetRows(excerpt(snapshot_of(full.structure()), full), language)
    file = tmp_path / "ark.xlsx"
    file.write_bytes(template(language, rows_of=rows.of).content)
    assert rows.left_out() == []
    assert load(file, empty).applied is not None
    assert graph_in(empty) == graph_in(full)


@pytest.mark.parametrize("language", LANGUAGES)
def test_exported_csv_files_load_as_the_same_graph(
    full: Store, empty: Store, tmp_path: Path, language: Language
) -> None:
    for sheet in SHEETS:
        file = tmp_path / f"{sheet.label.to(language)}.csv"
        rows = sheet_rows(snapshot_of(full.structure()), full, sheet, language)
        file.write_bytes(csv_file(sheet, rows, language))
        assert load(file, empty).applied is not None
    assert graph_in(empty) == graph_in(full)


def test_the_example_municipalities_are_exported_and_load_as_the_same_graph(
    empty: Store, tmp_path: Path
) -> None:
    example = SqliteStore(tmp_path / "eksempel.sqlite")
    files = sorted(EXAMPLE.iterdir())
    assert all(report.applied for report in load_sheets(files, example))
    rows = SheetRows(excerpt(snapshot_of(example.structure()), example), "da")
    file = tmp_path / "ud.xlsx"
    file.write_bytes(template("da", rows_of=rows.of).content)
    assert load(file, empty).applied is not None
    assert graph_in(empty) == graph_in(example)
    example.close()


def test_rows_stand_in_the_danish_order_of_their_names(full: Store) -> None:
    snapshot = snapshot_of(full.structure())
    rows = sheet_rows(snapshot, full, SHEET_BY_KEY["departments"], "da")
    assert [row[1] for row in rows] == [
        "Hjemmeplejen",
        "Sundhed og Omsorg",
        "Sundhed og Omsorg > Administration",
        "Teknik og Miljø",
        "Ældre",
    ]


def test_one_municipality_is_exported_without_the_departments_of_others(full: Store) -> None:
    snapshot = snapshot_of(full.structure())
    rows = SheetRows(excerpt(snapshot, full, "municipality:nabo"), "da")
    assert [row[:3] for row in rows.of(SHEET_BY_KEY["status"])] == [["Nabo", "Ældre", "=SUM(1;2)"]]
    assert rows.of(SHEET_BY_KEY["cards"]) == []
    assert [row[0] for row in rows.of(SHEET_BY_KEY["municipalities"])] == ["Nabo"]


def test_what_no_sheet_can_hold_is_named(full: Store) -> None:
    rows = SheetRows(excerpt(snapshot_of(full.structure()), full), "da")
    for sheet in SHEETS:
        if sheet.key != "competences":
            rows.of(sheet)
    assert rows.left_out() == [
        "department:eksempel/sundhed-og-omsorg HAS competence:systemadministration"
    ]
