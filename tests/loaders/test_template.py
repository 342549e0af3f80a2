"""The workbook to fill in: what it offers, and that it reads back in either language."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from loaders.reading import read_tables
from loaders.recognise import recognise
from loaders.rows import read_rows
from loaders.template import names_to_offer, template, write_template
from loaders.template_rows import TopRows, example, explanations
from schema.danish_order import danish_order
from schema.sheets import SHEET_BY_KEY, SHEETS
from schema.text import LANGUAGES, Language
from schema.vocabulary import PURPOSE, STATUS
from tests.loaders.graph_files import STATUS_SHEET, full_store, load, rows

NAMES = {"department": ["Sundhed og Omsorg", "Ældre"], "solution": ["=1+1", "SMS-service"]}


def written(folder: Path, language: Language = "da") -> Workbook:
    path = folder / "ark.xlsx"
    write_template(path, language, NAMES)
    return openpyxl.load_workbook(path)


def page(book: Workbook, name: str) -> Worksheet:
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def headed(sheet: Worksheet, label: str) -> Cell:
    """The heading with this label."""
    return next(cell for cell in sheet[1] if cell.value == label)


def check_on(sheet: Worksheet, label: str) -> DataValidation | None:
    """What may be chosen in the first free cell below a heading."""
    below = f"{headed(sheet, label).column_letter}4"
    found = [v for v in sheet.data_validations.dataValidation if below in v.sqref]
    return found[0] if found else None


def offered(book: Workbook, check: DataValidation | None) -> list[object]:
    """The items of a drop-down, through its defined range."""
    assert check is not None
    name = book.defined_names[str(check.formula1)]
    ((title, area),) = name.destinations
    return [cell.value for row in page(book, title)[area] for cell in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_back_as_all_sheets_with_all_columns_and_nothing_to_load(
    tmp_path: Path, language: Language
) -> None:
    write_template(tmp_path / "ark.xlsx", language, NAMES)
    tables, said = read_tables(tmp_path / "ark.xlsx")
    found = recognise(tables)
    assert [sheet.sheet for sheet in found.sheets] == list(SHEETS)
    assert all(len(sheet.columns) == len(sheet.sheet.columns) for sheet in found.sheets)
    assert [*said, *found.messages] == []
    rows_read = [row for sheet in found.sheets for row in read_rows(sheet)]
    assert [(row.place.row, row.skipped) for row in rows_read] == [(3, True)] * len(SHEETS)


def test_an_example_that_somebody_changed_is_loaded(tmp_path: Path) -> None:
    book = written(tmp_path)
    page(book, "Problemer")["B3"] = "Kultur og Fritid"
    book.save(tmp_path / "udfyldt.xlsx")
    store = SqliteStore(tmp_path / "graf.sqlite")
    assert load(tmp_path / "udfyldt.xlsx", store).applied is not None
    assert snapshot_of(store.structure()).nodes("department") == (
        "department:eksempelkommune/kultur-og-fritid",
    )
    store.close()


def test_the_guide_comes_first_and_the_lists_are_hidden_from_everybody(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert book.sheetnames[0] == "Vejledning"
    assert written(tmp_path, "en").sheetnames[0] == "Guide"
    assert book["Lister"].sheet_state == "veryHidden"
    assert all(book[sheet.label.da].sheet_state == "visible" for sheet in SHEETS)


def test_the_guide_leads_to_every_sheet(tmp_path: Path) -> None:
    cells = (cell for row in page(written(tmp_path), "Vejledning") for cell in row)
    goals = [cell.hyperlink.location for cell in cells if cell.hyperlink]
    assert goals == [f"'{sheet.label.da}'!A1" for sheet in SHEETS]


def test_required_columns_are_marked_and_the_header_stays_in_sight(tmp_path: Path) -> None:
    status = page(written(tmp_path), "Status")
    marked = [cell.value for cell in status[1] if str(cell.value).endswith(" *")]
    assert marked == ["Forvaltning *", "Løsning *"]
    assert status.freeze_panes == "D2"
    assert page(written(tmp_path), "Kompetencer").freeze_panes == "A2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_is_chosen_from_its_vocabulary_and_nothing_else_is_taken(
    tmp_path: Path, language: Language
) -> None:
    book = written(tmp_path, language)
    check = check_on(page(book, "Status"), "Status")
    assert offered(book, check) == [word.label.to(language) for word in STATUS]
    assert check is not None
    assert check.showErrorMessage
    assert check.error is not None


def test_a_step_of_a_scale_is_chosen_with_its_word_or_typed_as_a_number(tmp_path: Path) -> None:
    book = written(tmp_path)
    check = check_on(page(book, "Forvaltninger"), "Digital modenhed")
    assert offered(book, check) == [
        *("1 begyndende", "2 delvis", "3 etableret", "4 styret", "5 førende"),
        *(1, 2, 3, 4, 5),
    ]


def test_everything_that_a_drop_down_offers_can_be_loaded(tmp_path: Path) -> None:
    book = written(tmp_path)
    sheet = page(book, "Kompetencer")
    steps = offered(book, check_on(sheet, "Niveau *"))
    for row, step in enumerate(steps, start=4):
        sheet.cell(row, 1, "Eksempel")
        sheet.cell(row, 2, "Kultur")
        sheet.cell(row, 3, f"Kompetence {row}")
        sheet.cell(row, 4).value = step  # type: ignore[assignment]
    book.save(tmp_path / "udfyldt.xlsx")
    store = SqliteStore(tmp_path / "graf.sqlite")
    assert load(tmp_path / "udfyldt.xlsx", store).applied is not None
    assert len(snapshot_of(store.structure()).nodes("competence")) == len(steps)
    store.close()


def test_a_name_is_chosen_from_those_known_and_others_may_be_typed(tmp_path: Path) -> None:
    book = written(tmp_path)
    check = check_on(page(book, "Status"), "Løsning *")
    assert offered(book, check) == ["=1+1", "SMS-service"]
    assert check is not None
    assert not check.showErrorMessage
    assert offered(book, check_on(page(book, "Teknologikort"), "Forvaltning *")) == [
        "Sundhed og Omsorg",
        "Ældre",
    ]


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    lists = page(written(tmp_path), "Lister")
    (cell,) = [cell for row in lists for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"


ODD = [
    *("=1+1", "'=1", "#N/A", "_x0041_", "_x005F_", "0101", "1e5", "TRUE", "2024-01-01"),
    *("to\nlinjer", "<b>&amp;", "😀 æøå", " med\ttabulator"),
]


def test_whatever_a_text_looks_like_it_stays_that_text(tmp_path: Path) -> None:
    filled = rows(STATUS_SHEET, *({"solution": f"S{i}", "example": t} for i, t in enumerate(ODD)))
    made = template("da", rows_of=lambda sheet: filled if sheet is STATUS_SHEET else [])
    (tmp_path / "ark.xlsx").write_bytes(made.content)
    tables, _ = read_tables(tmp_path / "ark.xlsx")
    (status,) = [table for table in tables if table.sheet == "Status"]
    column = list(STATUS_SHEET.by_key).index("example")
    assert [row[column] for row in status.rows[2:]] == ODD


def test_a_text_that_no_cell_can_hold_is_cut_and_told_of() -> None:
    filled = rows(STATUS_SHEET, {"solution": "a", "example": "x" * 40_000}, {"solution": "b"})
    made = template("da", rows_of=lambda sheet: filled if sheet is STATUS_SHEET else [])
    assert made.written["status"] == (2, 1)


def test_without_a_graph_names_have_no_drop_down(tmp_path: Path) -> None:
    write_template(tmp_path / "tom.xlsx", "da")
    book = openpyxl.load_workbook(tmp_path / "tom.xlsx")
    assert check_on(page(book, "Status"), "Løsning *") is None


def test_a_column_that_holds_several_words_tells_them_in_a_note(tmp_path: Path) -> None:
    status = page(written(tmp_path), "Status")
    note = headed(status, "Andre formål").comment
    assert note is not None
    assert all(word.label.da in note.text for word in PURPOSE)
    assert check_on(status, "Andre formål") is None


def test_the_same_template_is_the_same_file_byte_for_byte() -> None:
    assert template("da", NAMES).content == template("da", NAMES).content


def test_names_in_the_graph_are_offered_in_danish_order(tmp_path: Path) -> None:
    store = full_store(tmp_path)
    snapshot = snapshot_of(store.structure())
    store.close()
    everywhere = names_to_offer(snapshot)
    assert everywhere["municipality"] == ["Eksempel", "Nabo"]
    assert everywhere["department"][-1] == "Ældre"
    assert "Ældre" not in names_to_offer(snapshot, "municipality:eksempel")["department"]


def test_the_danish_alphabet_ends_in_ae_oe_aa() -> None:
    names = ["Århus", "Øst", "Ærø", "Zoo", "Aabenraa", "Éa", "Skole 10", "Skole 9"]
    assert sorted(names, key=danish_order) == [
        *("Éa", "Skole 9", "Skole 10", "Zoo", "Ærø", "Øst", "Aabenraa", "Århus"),
    ]


def test_a_template_of_an_earlier_version_is_still_read_as_one() -> None:
    sheet = SHEET_BY_KEY["departments"]
    columns = dict(enumerate(sheet.columns))
    explained = list(explanations(sheet, "da"))
    explained[-1] = "Sådan blev det forklaret engang."
    assert TopRows(sheet, columns).is_explanation(explained)
    assert not TopRows(sheet, columns).is_explanation(["Eksempel", explained[1], *[None] * 5])

    fewer = {i: column for i, column in columns.items() if column.key != "kle"}
    row = example(sheet, "da")
    assert TopRows(sheet, fewer).is_example(row)
    assert not TopRows(sheet, fewer).is_example(["Nabo", *row[1:]])
