"""Real tables loaded whole by their mapping, and the same files read with the csv module alone."""

import csv
import os
import time
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from loaders.loading import LoadOptions, load_sheets
from loaders.mapping import read_mapping
from loaders.report import Report
from schema.names import fold

WHERE = os.environ.get("TEKNOLOGIKORT_REAL_DATA")
MAPPINGS = Path(__file__).resolve().parents[2] / "examples" / "mappings"
SHEET_ROW = 2
"""The number in a spreadsheet of the first row below the headings."""


@dataclass(frozen=True)
class Loaded:
    """A table in the graph: ``rows`` as the csv module reads them."""

    report: Report
    store: SqliteStore
    snapshot: Snapshot
    rows: list[dict[str, str]]
    seconds: float
    path: Path
    options: LoadOptions

    def again(self) -> Report:
        """What becomes of the same table when it is loaded once more."""
        (report,) = load_sheets([self.path], self.store, self.options)
        return report

    def named(self, kind: str) -> set[str]:
        """The nodes of a kind, each as its id has it after the kind."""
        return {node.partition(":")[2] for node in self.snapshot.nodes(kind)}

    def told(self, department: str, solution: str, field: str) -> object:
        return self.snapshot.told("USES", department, solution, field)


def loaded(pattern: str, mapping: str, folder: Path) -> Loaded:
    if WHERE is None:
        pytest.skip("TEKNOLOGIKORT_REAL_DATA points to no real sheets")
    (path,) = Path(WHERE).glob(pattern)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    store = SqliteStore(folder / "graph.db")
    start = time.perf_counter()
    options = LoadOptions(recogniser=read_mapping(MAPPINGS / mapping).recogniser())
    (report,) = load_sheets([path], store, options)
    seconds = time.perf_counter() - start
    return Loaded(report, store, snapshot_of(store.structure()), rows, seconds, path, options)


def letters(text: str) -> str:
    """A text without blanks and signs, which loading tidies up."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def toml(mapping: str) -> dict[str, Any]:
    """A mapping as TOML alone has it."""
    return tomllib.loads((MAPPINGS / mapping).read_text(encoding="utf-8"))


def department(organisation: str) -> str:
    return f"department:{fold(organisation)}/hele-organisationen"


def solution(title: str) -> str:
    return f"solution:{fold(title)}"
