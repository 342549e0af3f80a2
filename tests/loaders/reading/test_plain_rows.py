"""Rows that are passed by without a parser are seen as the parser sees them."""

import io
import zipfile
from collections.abc import Sequence
from xml.parsers import expat

import pytest

from loaders.reading.archive import Archive
from loaders.reading.limits import Limits
from loaders.reading.plain_rows import pieces
from loaders.reading.scan import Scan, Stop
from loaders.reading.xlsx_scan import scan_xlsx

WIDE = "A1:F6000"
ODD = {
    "a formula whose result was never saved": '<row r="3000"><c r="B3000"><f>1+1</f></c></row>',
    "an error": '<row r="3000"><c r="C3000" t="e"><v>#N/A</v></c></row>',
    "a hidden row": '<row r="3000" hidden="1"><c r="A3000"><v>1</v></c></row>',
    "a far cell": '<row r="3000"><c r="AAA3000"><v>1</v></c></row>',
    "a far cell that is only formatted": '<row r="3000"><c r="AAA3000" s="1"/></row>',
    "a cell in another row": '<row r="3000"><c r="A900000"><v>1</v></c></row>',
    "a row without its number": "<row><c><v>1</v></c></row>",
    "a comment over some rows": '<!-- <row r="3000"><c r="AAA3000"><v>1</v></c></row> --> ',
    "an empty row far below": '<row r="900000" ht="15"/>',
    "a prefix": '<x:row r="3000"><x:c r="ZZ3000"><x:v>1</x:v></x:c></x:row>',
}
BROKEN = {
    "an unknown entity": '<row r="3000"><c r="A3000" t="str"><v>&x;</v></c></row>',
    "a cell that never ends": '<row r="3000"><c r="A3000"><v>1</v></row>',
    "an attribute twice": '<row r="3000" s="1" s="1"><c r="A3000"><v>1</v></c></row>',
    "the end of what never began": '<row r="3000"><c r="A3000"><v>]]></v></c></row>',
    "a control character": '<row r="3000"><c r="A3000"><v>\x01</v></c></row>',
}


def row(number: int) -> str:
    cells = "".join(
        f'<c r="{letter}{number}" t="inlineStr"><is><t>Løsning &amp; drift</t></is></c>'
        for letter in "ABCDEF"
    )
    return f'<row r="{number}">{cells}</row>'


def document(inserted: str = "", between: str = "") -> bytes:
    rows = [row(number) for number in range(1, 6001)]
    rows[3000:3000] = [inserted]
    body = "".join(rows).replace("><c ", f">{between}<c ")
    return (
        f'<worksheet xmlns:x="x"><dimension ref="{WIDE}"/><sheetData>{body}</sheetData>'
        '<mergeCells><mergeCell ref="A2:A4"/></mergeCells></worksheet>'
    ).encode()


def scanned(sheet: bytes) -> Scan:
    parts: dict[str, str | bytes] = {
        "_rels/.rels": '<R><Relationship Type="/officeDocument" Target="xl/w.xml"/></R>',
        "xl/w.xml": '<workbook><sheet name="Status" id="1"/></workbook>',
        "xl/_rels/w.xml.rels": '<R><Relationship Id="1" Target="s.xml"/></R>',
        "xl/s.xml": sheet,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    limits = Limits()
    return scan_xlsx(Archive(zipfile.ZipFile(packed), 1 << 30, limits), limits)["Status"]


def passed_by(sheet: bytes) -> Sequence[bytes]:
    return [piece for piece, are_plain in pieces(io.BytesIO(sheet)) if are_plain]


def test_nearly_all_of_a_plain_sheet_is_passed_by() -> None:
    sheet = document()
    assert sum(map(len, passed_by(sheet))) > 0.9 * len(sheet)


def test_a_blank_between_cells_calls_for_the_parser() -> None:
    assert not passed_by(document(between=" "))


@pytest.mark.parametrize("inserted", ["", *ODD.values()], ids=["nothing", *ODD])
def test_what_stands_among_plain_rows_is_seen(inserted: str) -> None:
    assert scanned(document(inserted)) == scanned(document(inserted, between=" "))


@pytest.mark.parametrize("inserted", BROKEN.values(), ids=BROKEN)
def test_what_is_broken_among_plain_rows_is_refused(inserted: str) -> None:
    with pytest.raises((expat.ExpatError, Stop)):
        scanned(document(inserted))


def test_a_row_that_does_not_say_its_number_is_counted_from_the_one_before() -> None:
    rows = "".join([*map(row, range(1, 101)), '<row hidden="1"><c><v>1</v></c></row>', row(200)])
    sheet = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
    assert scanned(sheet).hidden_rows == [100]


def test_text_in_another_encoding_is_not_taken_for_utf_8() -> None:
    sheet = document().replace("ø".encode(), b"\xf8")
    with pytest.raises(expat.ExpatError):
        scanned(sheet)
    declared = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + sheet
    assert scanned(declared) == scanned(document())
    assert not passed_by(declared)
