"""The generator's municipalities as sheets, through the real loader."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generator import Generator
from benchmarks.sheets import (
    status_rows,
    write_status_csv,
    write_status_workbook,
    write_workbook,
)
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from loaders.loading import load_sheets
from loaders.report import Verdict
from schema.field import Value
from schema.records import Load
from tests.loaders.graph_files import elements
from tests.loaders.sheets import Desk


@pytest.fixture(scope="module")
def municipality() -> Load:
    """The one of size S."""
    return next(Generator(1).loads())


@pytest.fixture
def direct(tmp_path: Path, municipality: Load) -> Iterator[SqliteStore]:
    """A store that the generator's load was applied to as it is."""
    store = SqliteStore(tmp_path / "direct.db")
    store.apply(municipality)
    yield store
    store.close()


def test_sheets_of_a_municipality_give_the_graph_that_its_load_gives(
    desk: Desk, direct: SqliteStore, municipality: Load
) -> None:
    path = write_workbook(desk.folder / "kommune.xlsx", municipality)
    report = desk.hand_in(path)

    assert report.applied is not None
    assert [message.code for message in report.messages if message.code != "looks-like"] == []
    assert len(report.rows) == len(municipality.records)
    loaded, made = desk.snapshot(), snapshot_of(direct.structure())
    assert elements(loaded) == elements(made)
    there = elements(made)
    assert _unordered(desk.store, there) == _unordered(direct, there)


def _unordered(store: SqliteStore, there: list[str]) -> dict[str, dict[str, object]]:
    """All fields; of several words it matters which, not in what order, and of a number no more
    than a workbook keeps."""
    return {
        element: {name: _kept(value) for name, value in fields.items()}
        for element, fields in store.details(there).items()
    }


def _kept(value: Value) -> object:
    if isinstance(value, tuple):
        return frozenset(value)
    return round(value, 9) if isinstance(value, float) else value


def test_the_same_status_sheet_as_csv_says_nothing_new_after_the_workbook(
    desk: Desk, municipality: Load
) -> None:
    rows = status_rows([municipality], 60)
    write_status_workbook(desk.folder / "Status.xlsx", rows)
    write_status_csv(desk.folder / "Status.csv", rows)
    first, again = (
        load_sheets([desk.folder / name], desk.store)[0] for name in ("Status.xlsx", "Status.csv")
    )

    assert {row.verdict for row in first.rows} == {Verdict.NEW}
    assert {row.verdict for row in again.rows} == {Verdict.UNCHANGED}
