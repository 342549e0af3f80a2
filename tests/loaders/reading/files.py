"""Files made for the tests, well-formed and hostile, byte by byte where no library makes them."""

import struct
import zipfile
from pathlib import Path
from typing import Any

import openpyxl

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"


def xlsx(path: Path, cells: dict[str, Any], sheet: str = "Status") -> Path:
    """A workbook of one sheet with these values at these addresses."""
    workbook = openpyxl.Workbook()
    worksheet = workbook.active
    assert worksheet is not None
    worksheet.title = sheet
    for address, value in cells.items():
        worksheet[address] = value
    workbook.save(path)
    return path


def raw_xlsx(path: Path, sheet_xml: str, **parts: bytes) -> Path:
    """A workbook whose only sheet part is written as given; more parts may be added."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
            '<sheet name="Status" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        for name, content in parts.items():
            archive.writestr(f"xl/media/{name}", content)
    return path


def worksheet(rows: str, before: str = "", after: str = "") -> str:
    """The notation of a sheet around its rows."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def ods(path: Path, tables: str, manifest_extra: str = "", mimetype: str = _ODS) -> Path:
    """An OpenDocument file with these tables in their own notation."""
    names = " ".join(f'xmlns:{name}="{_OASIS}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<office:document-content {names} xmlns:calcext="{_CALC}"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        f'<m:manifest xmlns:m="{_OASIS}manifest:1.0"><m:file-entry m:full-path="content.xml" '
        f'm:media-type="text/xml">{manifest_extra}</m:file-entry></m:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def ods_text(text: str, attributes: str = "") -> str:
    """A text cell of an ods sheet."""
    return (
        f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def compound_file(path: Path, *streams: str) -> Path:
    """An OLE container with these empty streams: what an encrypted xlsx is from the outside."""
    free, end, fat_sector, none = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    header = struct.pack(
        "<8s16s5H6x9I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, 1, 1, 0, 4096, end, 0, end, 0),
    )
    header += struct.pack("<109I", 0, *[free] * 108)
    fat = struct.pack("<128I", fat_sector, end, *[free] * 126)
    entries = [_entry("Root Entry", 5, none, 1)]
    for number, name in enumerate(streams, start=1):
        following = number + 1 if number < len(streams) else none
        entries.append(_entry(name, 2, following, none))
    directory = b"".join(entries).ljust(512, b"\x00")
    path.write_bytes(header + fat + directory)
    return path


def _entry(name: str, kind: int, right: int, child: int) -> bytes:
    wide = (name + "\x00").encode("utf-16-le")
    end, none = 0xFFFFFFFE, 0xFFFFFFFF
    fields = struct.pack("<HBBIII", len(wide), kind, 1, none, right, child)
    return wide.ljust(64, b"\x00") + fields + struct.pack("<36xIII", end, 0, 0)
