from pathlib import Path

import pytest

from loaders.reading.table import Cell, Table
from loaders.recognise import Recognition, recognise
from loaders.template_rows import example, explanations, labels
from schema.sheets import SHEET_BY_KEY, SHEETS, Sheet
from schema.text import LANGUAGES, Language
from tests.loaders.sheets import STATUS, Desk, codes, csv_file, place_of, the


def table(name: str, *rows: tuple[Cell, ...]) -> Table:
    width = max(len(row) for row in rows)
    return Table("ark.xlsx", name, tuple((*row, *[None] * (width - len(row))) for row in rows))


def keys(found: Recognition) -> list[str]:
    return [sheet.sheet.key for sheet in found.sheets]


def said(found: Recognition) -> list[str]:
    return [message.code for message in found.messages]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_is_known_by_its_name_and_every_column_by_its_label(
    sheet: Sheet, language: Language
) -> None:
    found = recognise([table(sheet.label.to(language), labels(sheet, language))])
    (ours,) = found.sheets
    assert ours.sheet is sheet
    assert tuple(ours.columns.values()) == sheet.columns
    assert found.messages == ()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_is_known_by_its_columns_alone(
    sheet: Sheet, language: Language, tmp_path: Path
) -> None:
    assert keys(recognise([table("udtraek-2024", labels(sheet, language))])) == [sheet.key]


@pytest.mark.parametrize("name", ["  Løsninger ", "STATUS", "digital  status", "kortlægning"])
def test_case_blanks_and_other_names_of_a_sheet_do_not_matter(name: str) -> None:
    assert keys(recognise([table(name, STATUS)])) == ["status"]


def test_columns_are_known_by_other_names_in_any_order_with_blanks_and_marks() -> None:
    header = (" Systemnavn*", "Effekt", "AFDELING *", "Kommunenavn ", "effect_expected")
    (ours,) = recognise([table("Status", header)]).sheets
    found = [column.key for column in ours.columns.values()]
    assert found == ["solution", "effect_realised", "department", "municipality", "effect_expected"]


def test_the_header_may_stand_below_a_title_and_to_the_right_of_blank_columns() -> None:
    rows = [(None, "Kortlægning 2024"), (), (None, None, *STATUS), (None, None, "A", "B", "C")]
    (ours,) = recognise([table("Status", *rows)]).sheets
    assert ours.header_row == 2
    assert list(ours.rows) == [3]
    assert ours.place(3, 2).row == 4
    assert ours.place(3, 2).column == "C"


def test_blank_rows_and_rows_with_only_unknown_columns_are_no_data() -> None:
    rows = [(*STATUS, "note"), ("A", "B", "C"), ("", " ", None), (None, None, None, "husk")]
    (ours,) = recognise([table("Status", *rows)]).sheets
    assert list(ours.rows) == [1]


def test_a_sheet_without_a_known_column_asks_what_was_meant() -> None:
    found = recognise([table("Ark1", ("Forvaltnig", "Sytem"))])
    assert said(found) == ["no-known-column"]
    assert "Mente du „forvaltning“" in found.messages[0].text("da")
    assert found.sheets == ()


def test_a_column_that_stands_twice_is_an_error_that_names_both() -> None:
    found = recognise([table("Status", (*STATUS, "Afdeling"))])
    assert said(found) == ["column-twice"]
    assert "i B og i D" in found.messages[0].text("da")
    assert found.messages[0].place.column == "D"
    assert found.sheets == ()


def test_a_required_column_that_is_missing_is_an_error_that_names_what_may_be_it() -> None:
    found = recognise([table("Status", ("kommune", "forvaltning", "lønsing"))])
    assert said(found)[0] == "column-missing"
    assert "„løsning“" in found.messages[0].text("da")
    assert "Mente du „lønsing“?" in found.messages[0].text("da")


def test_unknown_columns_are_told_and_a_near_one_is_asked_about() -> None:
    found = recognise([table("Status", (*STATUS, "Kontraktnummer", "Bagrund"))])
    assert sorted(said(found)) == ["column-not-read", "columns-not-read"]
    near = next(m for m in found.messages if m.code == "column-not-read")
    assert "Mente du „baggrund“?" in near.text("da")
    assert near.place.column == "E"
    others = next(m for m in found.messages if m.code == "columns-not-read")
    assert others.text("da").endswith("Kontraktnummer (D).")


def test_a_column_without_a_name_that_holds_something_is_told_of() -> None:
    rows = [(*STATUS, None, " ", "Note"), ("Eksempel", "Social", "Chatbot", None, "vigtigt", "x")]
    (message,) = recognise([table("Status", *rows)]).messages
    assert message.code == "columns-not-read"
    assert message.text("da").endswith("Note (F), uden navn (E).")
    assert message.text("en").endswith("Note (F), without a name (E).")


def test_sheets_that_are_not_ours_are_skipped_with_a_note_but_the_templates_own_without() -> None:
    lists = table("Lister", ("kommune", "forvaltning", "løsning", "status"))
    other = table("Budget", ("konto", "beløb"))
    found = recognise([table("Vejledning", ("Læs mig",)), table("Status", STATUS), lists, other])
    assert keys(found) == ["status"]
    assert [(m.code, m.place.sheet) for m in found.messages] == [("sheet-not-read", "Budget")]


def test_a_sheet_of_another_name_is_read_where_its_columns_are_ours() -> None:
    found = recognise(
        [table("Status", STATUS), table("Ark2", ("forvaltning", "kompetence", "niveau"))]
    )
    assert keys(found) == ["status", "competences"]


def test_an_empty_sheet_of_ours_says_nothing() -> None:
    found = recognise([table("Status", STATUS), table("Problemer", ("", None))])
    assert said(found) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_templates_explanations_and_example_are_no_answers_wherever_they_stand(
    sheet: Sheet, language: Language, desk: Desk
) -> None:
    rows = [labels(sheet, language), explanations(sheet, language), example(sheet, language)]
    report = desk.load({sheet.label.da: rows})
    assert [(row.place.row, row.verdict.value) for row in report.rows] == [(3, "skipped")]
    assert codes(report) == ["nothing-to-load", "example-row"]
    above = ("Eksempel", *example(sheet, language)[1:])
    report = desk.load({sheet.label.da: [rows[0], above, *rows[1:]]})
    assert [(row.place.row, row.verdict.value) for row in report.rows] == [
        (2, "new"),
        (4, "skipped"),
    ]


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("Status", ("forvaltning", "løsning"), ("Sundhed og Omsorg", "SMS-service")),
        (
            "Problemer",
            ("forvaltning", "problem"),
            ("Sundhed og Omsorg", "Mange opkald om hjemmeplejens besøg"),
        ),
        (
            "Kompetencer",
            ("forvaltning", "kompetence", "niveau"),
            ("Sundhed og Omsorg", "Systemadministration", 3),
        ),
    ],
)
def test_a_row_that_says_less_than_the_example_is_an_answer(
    name: str, header: tuple[str, ...], row: tuple[Cell, ...], desk: Desk
) -> None:
    report = desk.load({name: [header, row]}, municipality="Eksempel")
    assert [row.verdict.value for row in report.rows] == ["new"]
    assert codes(report) == []


def test_an_example_row_that_was_changed_is_read() -> None:
    sheet = SHEET_BY_KEY["status"]
    changed = ("Eksempel", *example(sheet, "da")[1:])
    rows = [labels(sheet, "da"), explanations(sheet, "da"), changed]
    (ours,) = recognise([table("Status", *rows)]).sheets
    assert list(ours.rows) == [2]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_row_would_load_as_it_stands(
    sheet: Sheet, language: Language, desk: Desk
) -> None:
    changed = ("Eksempel", *example(sheet, language)[1:])
    report = desk.load({sheet.label.to(language): [labels(sheet, language), changed]})
    assert [row.verdict.value for row in report.rows] == ["new"]
    assert codes(report) == []


def test_a_csv_file_loads_like_a_workbook(desk: Desk) -> None:
    path = csv_file(desk.folder / "udtræk.csv", [STATUS, ("Eksempel", "Social", "Chatbot")])
    report = desk.hand_in(path)
    assert report.source == "udtræk.csv"
    assert desk.exists("department:eksempel/social USES solution:chatbot")


def test_a_file_with_nothing_of_ours_is_refused_and_changes_nothing(desk: Desk) -> None:
    report = desk.load({"Ark1": [("Forvaltnig", "Sytem"), ("Social", "Chatbot")]})
    assert codes(report) == ["no-known-column", "nothing-could-be-read"]
    assert place_of(report, "no-known-column") == ("Ark1", 1, None)
    assert "Mente du" in the(report, "no-known-column")


def test_a_text_that_resembles_no_column_gets_no_hint(desk: Desk) -> None:
    report = desk.load({"Ark1": [("import teknologi", "def kommunerne"), ("a", "b")]})
    assert "Mente du" not in the(report, "no-known-column")
    assert report.failed
    assert desk.store.revision() == 0
