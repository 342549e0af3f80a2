"""Figures of the loaders: from sheets to a load, every row recognised, checked and resolved."""

import csv
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.embedded import store_of
from benchmarks.generator import SIZES, Generator
from benchmarks.sheets import status_rows, write_status_csv, write_status_workbook
from benchmarks.timing import Figure, paired
from graph.live import LiveGraph
from graph.sqlite_store import SqliteStore
from loaders.loading import load_sheets

ROWS = 10_000


def reading(size: str, folder: Path) -> Iterator[Figure]:
    """A dry run of a large Status sheet against the store: nothing is written."""
    municipalities = max(SIZES[size], 12)  # so many have that many rows
    rows = status_rows(Generator(municipalities).loads(), ROWS)
    workbook = write_status_workbook(folder / f"{size}-status.xlsx", rows)
    text = write_status_csv(folder / f"{size}-status.csv", rows)
    with closing(SqliteStore(store_of(size, folder))) as store:
        live = LiveGraph(store)
        live.snapshot()
        kinds: list[tuple[str, Path, str, Callable[[], object], int]] = [
            ("xlsx", workbook, "python-calamine, reading alone", lambda: _calamine(workbook), 10),
            ("csv", text, "csv module, reading alone", lambda: _csv(text), 20),
        ]
        for kind, path, alternative, theirs, thousands in kinds:
            figure = paired(
                f"sheets to a load, {kind}, {ROWS:,} rows",
                lambda path=path: _dry(path, store, live),  # type: ignore[misc]
                alternative,
                theirs,
                times=3,
            )
            yield Figure(
                figure.work,
                figure.ours,
                alternative,
                figure.theirs,
                f"{thousands},000 rows/s",
                f"{ROWS / figure.ours:,.0f} rows/s",
            )


def _dry(path: Path, store: SqliteStore, live: LiveGraph) -> None:
    (report,) = load_sheets([path], store, dry_run=True, snapshot=live.snapshot)
    assert not report.failed


def _calamine(path: Path) -> None:
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _csv(path: Path) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        list(csv.reader(file, delimiter=";"))
