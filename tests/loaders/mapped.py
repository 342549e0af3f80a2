"""Mappings and tables for tests of them: a TOML text beside a small file."""

from pathlib import Path
from textwrap import dedent

from graph.sqlite_store import SqliteStore
from loaders.mapping import Mapping, read_mapping
from loaders.report import Report
from schema.messages import Message, Refusal
from tests.loaders.sheets import Desk, Rows, csv_file

STATUS = """
[[table]]
[[table.target]]
sheet = "status"
[table.target.columns]
municipality = "Organisation"
department = { constant = "Hele organisationen" }
solution = "Titel"
"""
HEAD = ("Organisation", "Titel")


def mapping(folder: Path, text: str) -> Mapping:
    path = folder / "kobling.toml"
    path.write_text(dedent(text), encoding="utf-8")
    return read_mapping(path)


def refused(folder: Path, text: str) -> tuple[Message, ...]:
    """What there is to say about a mapping that is refused."""
    try:
        mapping(folder, text)
    except Refusal as refusal:
        return refusal.messages
    return ()


def load(desk: Desk, text: str, rows: Rows, **options: object) -> Report:
    """Load a csv with these rows by the mapping."""
    rules = mapping(desk.folder, text).recogniser()
    path = csv_file(desk.folder / "udtraek.csv", rows)
    return desk.hand_in(path, False, recogniser=rules, **options)


def use(municipality: str, solution: str) -> str:
    return f"department:{municipality}/hele-organisationen USES solution:{solution}"


def columns_of(store: SqliteStore, element: str) -> dict[str, str | None]:
    """The letter of the column in which each field stands, as the store's records tell it."""
    (provenance,) = store.sources([element])[element]
    return provenance.columns
