"""Files that are not read, and the one message that says why."""

import struct
import zipfile
from pathlib import Path

import pytest
import xlwt

from loaders.reading import Limits, read_tables
from loaders.reading.limits import MEGABYTE
from schema.messages import Message
from tests.loaders.reading.files import compound_file, ods, ods_text, raw_xlsx, worksheet, xlsx

_ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
_TWO_FAR_CELLS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576">'
_TWO_FAR_CELLS += "<v>1</v></c></row>"


def refused(path: Path, limits: Limits | None = None) -> Message:
    tables, messages = read_tables(path, limits)
    assert tables == []
    assert len(messages) == 1
    assert messages[0].place.file == path.name
    assert messages[0].kind.severity == "error"
    return messages[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ark.xlsx", b"%PDF-1.7\n%\xe2\xe3", "men en pdf"),
        ("ark.xlsx", b"<!DOCTYPE html><html></html>", "men en webside"),
        ("ark.xls", b"\r\n <html><table><tr><td>1</td></tr></table></html>", "men en webside"),
        ("ark.csv", b"\x89PNG\r\n\x1a\n\x00", "men et billede"),
        ("ark.csv", b"a;b\n1;\x00\x01\x02\n", "en fil af en anden slags"),
        ("ark.csv", b"a;b\n1;2\n" * 1000 + b"3;\x00\n", "en fil af en anden slags"),
        ("ark.csv", b'{"a": 1}', "men en json-fil"),
        ("ark.xlsx", b"Dette er et brev.\nMed venlig hilsen\n", "men almindelig tekst"),
        ("ark.xml", b'<?xml version="1.0"?><Workbook/>', "men en xml-fil"),
        ("ark.csv", b"\xef\xbb\xbf\xff\xfe;\xff\n", "en fil af en anden slags"),
    ],
)
def test_what_is_not_a_spreadsheet_is_called_what_it_is(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    message = refused(path)
    assert message.code == "not-a-spreadsheet"
    assert said in message.text("da")


def test_a_zip_that_holds_no_workbook_is_not_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "ark.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    assert refused(path).code == "not-a-spreadsheet"


def test_a_text_document_of_the_same_family_is_not_a_spreadsheet(tmp_path: Path) -> None:
    path = ods(tmp_path / "ark.ods", "", mimetype="application/vnd.oasis.opendocument.text")
    assert refused(path).code == "not-a-spreadsheet"


def test_an_old_word_document_is_not_a_spreadsheet(tmp_path: Path) -> None:
    path = compound_file(tmp_path / "ark.xls", "WordDocument")
    assert refused(path).code == "not-a-spreadsheet"


def test_an_encrypted_xlsx_is_refused(tmp_path: Path) -> None:
    path = compound_file(tmp_path / "ark.xlsx", "EncryptionInfo", "EncryptedPackage")
    assert refused(path).code == "encrypted"


def test_an_encrypted_ods_is_refused(tmp_path: Path) -> None:
    path = ods(tmp_path / "ark.ods", "", "<m:encryption-data/>")
    assert refused(path).code == "encrypted"


def test_an_encrypted_xls_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ark.xls"
    workbook = xlwt.Workbook()
    workbook.add_sheet("Status").write(0, 0, "x")
    workbook.save(str(path))
    content = bytearray(path.read_bytes())
    beginning = content.index(bytes.fromhex("0908100000060500"))
    # The record after the first becomes FILEPASS, with which every encrypted workbook begins.
    struct.pack_into("<H", content, beginning + 20, 0x002F)
    path.write_bytes(content)
    assert refused(path).code == "encrypted"


def test_an_encrypted_part_of_a_zip_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "x"})
    content = bytearray(path.read_bytes())
    place = -1
    while (place := content.find(b"PK\x01\x02", place + 1)) >= 0:
        content[place + 8] |= 1
    path.write_bytes(content)
    assert refused(path).code == "encrypted"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "ark.xlsx", worksheet(_ONE_CELL), bomb=b"\x00" * 60_000_000)
    assert path.stat().st_size < 100_000
    message = refused(path)
    assert message.code == "zip-bomb"
    assert "60 MB" in message.text("en")


def test_a_workbook_of_very_many_parts_is_refused(tmp_path: Path) -> None:
    parts = {f"p{number}": b"" for number in range(30)}
    path = raw_xlsx(tmp_path / "ark.xlsx", worksheet(_ONE_CELL), **parts)
    assert refused(path, Limits(parts=20)).code == "too-many-parts"


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(_TWO_FAR_CELLS),
        worksheet(_ONE_CELL, before='<dimension ref="A1:XFD1048576"/>'),
        worksheet(_TWO_FAR_CELLS.replace("<", "<x:").replace("<x:/", "</x:")).replace(
            "<worksheet xmlns=",
            "<worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' xmlns=",
        ),
    ],
    ids=["cells", "claim", "prefixed"],
)
def test_a_tiny_xlsx_that_claims_a_billion_cells_is_refused(tmp_path: Path, sheet: str) -> None:
    path = raw_xlsx(tmp_path / "ark.xlsx", sheet)
    assert path.stat().st_size < 5_000
    message = refused(path)
    assert message.code == "too-many-cells"
    assert message.place.sheet == "Status"
    assert "A1:XFD1048576" in message.text("da")


def test_a_tiny_ods_that_repeats_a_cell_a_billion_times_is_refused(tmp_path: Path) -> None:
    cell = ods_text("x", 'table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    table = f'<table:table table:name="Status">{row}</table:table>'
    assert refused(ods(tmp_path / "ark.ods", table)).code == "too-many-cells"


def test_a_csv_that_spans_too_much_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_text("a;b\n" + ";" * 999 + "\n" + "1;2\n" * 100)
    assert refused(path, Limits(cells=50_000)).code == "too-many-cells"


def test_a_file_over_the_limit_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_bytes(b"a;b\n" * 500_000)
    message = refused(path, Limits(file_bytes=1 * MEGABYTE))
    assert message.code == "file-too-large"
    assert "fylder 2 MB, og grænsen er 1 MB" in message.text("da")


def test_the_reading_process_that_runs_out_of_memory_takes_nothing_with_it(
    tmp_path: Path,
) -> None:
    path = raw_xlsx(tmp_path / "ark.xlsx", worksheet(_TWO_FAR_CELLS))
    blind = Limits(cells=10**12, claimed_cells=10**12)
    assert refused(path, blind).code == "reading-needs-too-much-memory"


def test_the_reading_process_is_stopped_when_its_time_is_up(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "x"})
    message = refused(path, Limits(seconds=0.001))
    assert message.code == "reading-took-too-long"


@pytest.mark.parametrize("name", ["ark.xlsx", "ark.ods", "ark.xls", "ark.csv"])
def test_an_empty_file_is_empty_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    assert refused(path).code == "empty-workbook"


@pytest.mark.parametrize("content", ["\n\n\n", ";;\n;;\n", "\ufeff\n"])
def test_a_csv_of_blanks_is_empty(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ark.csv"
    path.write_text(content, encoding="utf-8")
    assert refused(path).code == "empty-workbook"


def test_a_workbook_without_a_filled_cell_is_empty(tmp_path: Path) -> None:
    assert refused(xlsx(tmp_path / "a.xlsx", {"C3": "  "})).code == "empty-workbook"
    assert refused(xlsx(tmp_path / "b.xlsx", {})).code == "empty-workbook"
    table = '<table:table table:name="Ark1"><table:table-row/></table:table>'
    assert refused(ods(tmp_path / "c.ods", table)).code == "empty-workbook"


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_a_workbook_that_was_cut_off_is_damaged(tmp_path: Path, kept: float) -> None:
    path = xlsx(tmp_path / "ark.xlsx", {"A1": "x"})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refused(path).code == "workbook-damaged"


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet('<row r="1"><c r="A1"><v>1</c></row>'),
        worksheet('<row r="1"><c r="ÅÅÅÅ99999999"><v>1</v></c></row>'),
        worksheet('<row r="1"><c r="A00"><v>1</v></c></row>'),
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + worksheet(_ONE_CELL),
    ],
    ids=["not closed", "no address", "row zero", "entities"],
)
def test_a_sheet_whose_notation_is_broken_is_damaged(tmp_path: Path, sheet: str) -> None:
    assert refused(raw_xlsx(tmp_path / "ark.xlsx", sheet)).code == "workbook-damaged"


def test_a_compound_file_that_is_garbage_inside_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "ark.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 3000)
    assert refused(path).code == "workbook-damaged"


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path: Path) -> None:
    assert refused(tmp_path / "ark.xlsx").code == "file-not-found"


def test_a_folder_cannot_be_read_as_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.mkdir()
    message = refused(path)
    assert message.code == "file-is-folder"
    assert "„ark.csv“ er en mappe" in message.text("da")


def test_a_quotation_mark_that_is_never_closed_is_shown_where_it_opens(tmp_path: Path) -> None:
    path = tmp_path / "ark.csv"
    path.write_text('a;b\n1;2\n3;"fire\n5;6\n' + "7;8\n" * 50_000, encoding="utf-8")
    message = refused(path)
    assert (message.code, message.place.row) == ("quote-not-closed", 3)
