"""Workbooks that look odd and are read as they were meant."""

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from loaders.reading import Table, read_tables
from schema.messages import Message
from tests.loaders.reading.files import ods, ods_text, raw_xlsx, worksheet, xlsx


def only(path: Path) -> Table:
    tables, messages = read_tables(path)
    assert messages == []
    assert len(tables) == 1
    return tables[0]


def told(path: Path) -> list[tuple[str, int | None, str | None]]:
    return [_brief(message) for message in read_tables(path)[1]]


def _brief(message: Message) -> tuple[str, int | None, str | None]:
    return message.code, message.place.row, message.place.column


def test_every_kind_of_value_keeps_its_kind(tmp_path: Path) -> None:
    moment = datetime.datetime(2024, 3, 1, 8, 30)
    values: list[Any] = ["Rødgrød", 3, 2.5, True, datetime.date(2024, 3, 1), moment]
    values += [datetime.time(8, 30), datetime.timedelta(hours=30)]
    path = xlsx(tmp_path / "a.xlsx", {f"{'ABCDEFGH'[i]}1": v for i, v in enumerate(values)})
    row = only(path).rows[0]
    assert row == ("Rødgrød", 3, 2.5, True, datetime.date(2024, 3, 1), moment, *row[6:])
    assert row[6:] == (datetime.time(8, 30), "30:00:00")
    assert [type(cell) for cell in row[1:5]] == [int, float, bool, datetime.date]


def test_blank_rows_and_columns_keep_every_address_right(tmp_path: Path) -> None:
    table = only(xlsx(tmp_path / "ark.xlsx", {"C4": "løsning", "E6": "sms"}))
    assert (table.rows[3][2], table.rows[5][4]) == ("løsning", "sms")
    assert table.rows[0] == (None,) * 5
    place = table.place(5, 4)
    assert (place.file, place.sheet, place.row, place.column) == ("ark.xlsx", "Status", 6, "E")


def test_blanks_around_the_name_of_a_sheet_fall_away(tmp_path: Path) -> None:
    assert only(xlsx(tmp_path / "ark.xlsx", {"A1": "x"}, sheet="  Status ")).sheet == "Status"


def test_an_xlsm_is_read_and_its_macros_left_alone(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsm", {"A1": "x"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc" * 5_000)
    assert only(path).rows == (("x",),)


def test_an_xls_is_read_with_its_addresses_dates_and_numbers(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet(" Status ")
    sheet.write(2, 1, "Ældre & sundhed")
    sheet.write(3, 1, 7)
    day = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    sheet.write(3, 2, datetime.date(2024, 3, 1), day)
    workbook.save(str(tmp_path / "ark.xls"))
    table = only(tmp_path / "ark.xls")
    assert table.sheet == "Status"
    assert table.rows[2][1] == "Ældre & sundhed"
    assert table.rows[3] == (None, 7, datetime.date(2024, 3, 1))


def test_errors_and_what_is_hidden_in_an_xls_are_told(tmp_path: Path) -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Status")
    sheet.write(0, 0, "x")
    sheet.row(1).set_cell_error(2, 0x2A)
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    workbook.save(str(tmp_path / "ark.xls"))
    expected = [("hidden-rows", None, None), ("hidden-columns", None, None)]
    assert told(tmp_path / "ark.xls") == [*expected, ("error-in-cell", 2, "C")]


def test_an_ods_written_by_a_library_is_read(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    sheet = OdfTable(name=" Status ")
    row = TableRow()
    text = TableCell(valuetype="string")
    text.addElement(P(text="Høreapparat"))
    row.addElement(text)
    row.addElement(TableCell(numbercolumnsrepeated=2))
    row.addElement(TableCell(valuetype="float", value="4"))
    row.addElement(TableCell(valuetype="date", datevalue="2024-03-01"))
    row.addElement(TableCell(valuetype="time", timevalue="PT08H30M00S"))
    sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    document.save(str(tmp_path / "ark.ods"))
    table = only(tmp_path / "ark.ods")
    moment = datetime.time(8, 30)
    assert table.sheet == "Status"
    assert table.rows == (("Høreapparat", None, None, 4, datetime.date(2024, 3, 1), moment),)


def test_repeated_rows_and_the_endless_blank_below_in_an_ods(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="1024"/>'
    twice = f'<table:table-row table:number-rows-repeated="2">{ods_text("x")}</table:table-row>'
    below = f'<table:table-row table:number-rows-repeated="1048572">{blank}</table:table-row>'
    above = f'<table:table-row table:number-rows-repeated="2">{blank}</table:table-row>'
    table = f'<table:table table:name="Status">{above}{twice}{below}</table:table>'
    assert only(ods(tmp_path / "ark.ods", table)).rows == ((None,), (None,), ("x",), ("x",))


@pytest.mark.parametrize("ending", ["csv", "ods", "xls", "tmp"])
def test_an_xlsx_that_bears_the_wrong_name_is_read_by_its_content(
    tmp_path: Path, ending: str
) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "x"}).rename(tmp_path / f"ark.{ending}")
    assert only(path).rows == (("x",),)


def test_names_of_sheets_with_marks_that_xml_keeps_for_itself_are_read(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "x"}, sheet='Børn & "unge" <6')
    assert only(path).sheet == 'Børn & "unge" <6'


def test_a_file_is_known_to_people_by_the_name_they_gave_it(tmp_path: Path) -> None:
    path = tmp_path / "upload-1.tmp"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    tables, _ = read_tables(path, name="Status 2024.csv")
    assert (tables[0].file, tables[0].sheet) == ("Status 2024.csv", "Status 2024")


def test_sheets_come_in_order_and_say_whether_they_show(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name, state in [("Synlig", "visible"), ("Skjult", "hidden"), ("Lister", "veryHidden")]:
        workbook.create_sheet(name).sheet_state = state
        workbook[name]["A1"] = name
    del workbook["Sheet"]
    workbook.save(tmp_path / "ark.xlsx")
    tables, messages = read_tables(tmp_path / "ark.xlsx")
    shown = [(table.sheet, table.visible) for table in tables]
    assert shown == [("Synlig", True), ("Skjult", False), ("Lister", False)]
    assert [(m.code, m.place.sheet) for m in messages] == [("hidden-sheet", "Skjult")]


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in range(1, 5):
        sheet.append([row, row])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.column_dimensions["K"].hidden = True
    workbook.save(tmp_path / "ark.xlsx")
    tables, messages = read_tables(tmp_path / "ark.xlsx")
    assert tables[0].rows == ((1, 1), (2, 2), (3, 3), (4, 4))
    assert [message.text("en").partition(": ")[2][:2] for message in messages] == ["1)", "1)"]
    assert [dict(message.values) for message in messages] == [
        {"count": 1, "rows": "3"},
        {"count": 1, "columns": "B"},
    ]


def test_a_formula_without_a_result_is_told_and_blank(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "sum", "B2": "=1+1"})
    tables, messages = read_tables(path)
    assert tables[0].rows[0][0] == "sum"
    assert [_brief(message) for message in messages] == [("formula-without-value", 2, "B")]
    assert messages[0].kind.severity == "error"


def test_a_formula_with_a_result_is_its_result(tmp_path: Path) -> None:
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>"a"</f><v>a</v></c>'
    )
    # Drop-downs come after the cells, in elements that bear the names of formulas and values.
    drop_down = (
        '<extLst xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><ext>'
        "<xm:f>Lister!$A$1:$A$5</xm:f></ext></extLst>"
    )
    sheet = worksheet(f'<row r="1">{cells}</row>', after=drop_down)
    assert only(raw_xlsx(tmp_path / "ark.xlsx", sheet)).rows == ((2, None, "a"),)


def test_a_formula_without_a_result_in_an_ods_is_told(tmp_path: Path) -> None:
    error = ods_text("#DIV/0!", 'table:formula="of:=1/0" calcext:value-type="error"')
    cells = f'{ods_text("x")}<table:table-cell table:formula="of:=1+1"/>{error}'
    rows = f"<table:table-row>{cells}</table:table-row>"
    path = ods(tmp_path / "ark.ods", f'<table:table table:name="Status">{rows}</table:table>')
    assert told(path) == [("error-in-cell", 1, "C"), ("formula-without-value", 1, "B")]


def test_an_error_in_a_cell_is_named_as_the_reader_sees_it(tmp_path: Path) -> None:
    tables, messages = read_tables(xlsx(tmp_path / "ark.xlsx", {"A1": "x", "B1": "#N/A"}))
    assert tables[0].rows == (("x", None),)
    assert [_brief(message) for message in messages] == [("error-in-cell", 1, "B")]
    assert "#I/T" in messages[0].text("da")
    assert "#N/A" in messages[0].text("en")


def test_a_number_beyond_all_numbers_is_an_error_in_its_cell(tmp_path: Path) -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>1e999</v></c></row>'
    assert told(raw_xlsx(tmp_path / "ark.xlsx", worksheet(row))) == [("error-in-cell", 1, "B")]


def test_a_sheet_full_of_the_same_fault_is_told_briefly(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {f"A{row}": "=1+1" for row in range(1, 201)})
    messages = read_tables(path)[1]
    assert len(messages) == 51
    assert _brief(messages[-1]) == ("more-of-the-same", 200, "A")
    assert messages[-1].values["count"] == 150


@pytest.mark.parametrize("claim", ["A1:H1048576", "A1"])
def test_a_claim_that_is_merely_wrong_does_not_count(tmp_path: Path, claim: str) -> None:
    rows = '<row r="2"><c r="B2"><v>1</v></c><c r="H1048576" s="0"/></row>'
    sheet = worksheet(rows, before=f'<dimension ref="{claim}"/>')
    assert only(raw_xlsx(tmp_path / "ark.xlsx", sheet)).rows[1][1] == 1
