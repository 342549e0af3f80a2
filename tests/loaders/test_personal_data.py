"""Personal data are found however they are written, and other numbers are left alone."""

from pathlib import Path

import pytest

from loaders.personal_data import personal_data
from loaders.reading.table import Cell
from tests.loaders.sheets import STATUS, Desk, codes, csv_file, errors, place_of, workbook

ROW = ("Eksempel", "Sundhed og Omsorg", "SMS-service")
SHEETS = {"Status": [STATUS, ROW]}


@pytest.mark.parametrize(
    "text",
    [
        "150790-1234",
        "1507901234",
        "150790 1234",
        "150790 - 1234",
        "150790\u20131234",
        "150790 \u2013 1234",
        "150790\u20111234",
        "150790\u22121234",
        "150790\u00a01234",
        "150790-\u200b1234",
        "1507\u00ad901234",
        "１５０７９０-１２３４",
        "15.07.90-1234",
        "15/07/90 - 1234",
        "15-07-90-1234",
        "15 07 90 1234",
        "15 07 90-1234",
        "CPR-150790-1234.",
        "borger_150790-1234.pdf",
        "101901234",
        "010180-1234 og 150790\u20131234",
    ],
)
def test_a_cpr_number_is_found_however_it_is_written(text: str) -> None:
    assert personal_data(text) == ["cpr-number"]


@pytest.mark.parametrize(
    "text",
    [
        "310228-1234",
        "151390-1234",
        "27.03.05 2024",
        "KLE 27.03.05G01",
        "27.36.00-G01-12-24",
        "15-07-1990 1234",
        "15.07.90 1430",
        "01-02-2024 - 2025",
        "2024-01-15T10:00:00",
        "20240115",
        "202401151200",
        "EAN 5790001507907",
        "1.507.901.234 kr.",
        "1 507 901 234",
        "15.079.012,34",
        "CVR 15079012",
        "1.15.07.20-1234",
        "999999999",
        "010190123456",
    ],
)
def test_dates_amounts_and_other_numbers_are_no_cpr_numbers(text: str) -> None:
    assert personal_data(text) == []


@pytest.mark.parametrize("text", ["ring +45 2012 3040", "tlf. 15 07 90 12", "15 07 90 12"])
def test_a_telephone_number_is_no_cpr_number(text: str) -> None:
    assert personal_data(text) == ["phone-number"]


@pytest.mark.parametrize("cell", [1507901234, 1507901234.0, 101901234, "101901234"])
def test_a_number_that_lost_its_zero_is_still_a_cpr_number(desk: Desk, cell: Cell) -> None:
    report = desk.load({"Status": [(*STATUS, "baggrund"), (*ROW, cell)]})
    assert list(errors(report)) == ["load-not-applied", "cpr-number"]
    assert not any("901234" in message.text("da") for message in report.messages)


def test_a_cpr_number_in_a_column_of_words_is_not_repeated(desk: Desk) -> None:
    report = desk.load({"Status": [(*STATUS, "status"), (*ROW, 1507901234)]})
    assert list(errors(report)) == ["load-not-applied", "cpr-number"]


def test_a_sheet_named_with_a_cpr_number_is_left_out_and_its_name_hidden(desk: Desk) -> None:
    sheets = {"Borger 150790–1234": [STATUS, ROW], "Status": [STATUS, (*ROW[:2], "GIS")]}
    report = desk.load(sheets, skip_refused=True)
    assert place_of(report, "cpr-number-in-name") == ("Borger ······–····", None, None)
    assert report.applied is not None
    assert [desk.exists(f"solution:{name}") for name in ("gis", "sms-service")] == [True, False]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_named_with_a_cpr_number_is_refused_and_its_name_hidden(
    desk: Desk, ending: str
) -> None:
    path = desk.folder / f"kort 150790-1234.{ending}"
    made = workbook(path, SHEETS) if ending == "xlsx" else csv_file(path, SHEETS["Status"])
    report = desk.hand_in(made)
    assert codes(report) == ["cpr-number-in-name", "nothing-could-be-read"]
    assert report.files == (f"kort ······-····.{ending}",)
    assert "1234" not in report.source
    assert desk.store.revision() == 0


def test_nothing_of_a_file_named_so_reaches_the_store(desk: Desk, tmp_path: Path) -> None:
    named = workbook(tmp_path / "150790-1234.xlsx", SHEETS)
    desk.hand_in(named, source="Kortlægning", skip_refused=True)
    desk.load(SHEETS)
    assert b"150790" not in (desk.folder / "graph.db").read_bytes()


@pytest.mark.parametrize("column", ["løsning", "problemer", "teknologier", "nyttige kompetencer"])
def test_a_node_named_with_an_address_or_a_telephone_is_warned_about(
    desk: Desk, column: str
) -> None:
    header = STATUS if column in STATUS else (*STATUS, column)
    told = "anne@eksempel.dk, tlf. 12345678"
    row = (*ROW[:2], told) if column in STATUS else (*ROW, told)
    report = desk.load({"Status": [header, row]})
    assert codes(report) == ["email-address", "phone-number"]
    assert report.applied is not None
