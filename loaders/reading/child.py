"""The process in which a workbook is read: `python -m loaders.reading.child FILE LIMITS`.

It has little memory, sees no settings, runs no macros, and writes lines of `protocol` to its
standard output. Whatever a hostile file does to it, the parent goes on.
"""

import json
import os
import sys
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

import orjson
from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from loaders.reading.archive import Archive
from loaders.reading.confinement import confine
from loaders.reading.limits import Limits
from loaders.reading.merged import fill_down
from loaders.reading.protocol import DONE, ROWS_AT_ONCE, Json, write_cell, write_values
from loaders.reading.scan import Position, Scan, Stop, check_extent
from loaders.reading.told import tell
from schema.text import Text

_COMPOUND = b"\xd0\xcf\x11\xe0"
_DOCUMENT = Text(da="et dokument af en anden slags", en="a document of another kind")
_ENCODER = json.JSONEncoder(separators=(",", ":"), allow_nan=False)
_MEMORY_CODE = "reading-needs-too-much-memory"


def main(path: str, limits: Limits, output: BinaryIO) -> None:
    """Read the workbook, or say why not."""
    try:
        for line in _read(path, limits):
            _write(line, output)
    except Stop as stop:
        _write(_stopped(stop), output)
    except PasswordError:
        _write(_stopped(Stop("encrypted")), output)
    except MemoryError:
        _write(_stopped(Stop(_MEMORY_CODE, limit=limits.memory_bytes // 1_000_000)), output)
    except BaseException as problem:
        reason = f"{type(problem).__name__}: {problem}"[:200]
        _write(_stopped(Stop("workbook-damaged", reason=reason)), output)
    _write(DONE, output)


def _write(line: object, output: BinaryIO) -> None:
    rows = isinstance(line, list)
    output.write((orjson.dumps(line) if rows else _ENCODER.encode(line).encode()) + b"\n")


def _stopped(stop: Stop) -> dict[str, object]:
    return {"stop": stop.code, "sheet": stop.sheet, "values": write_values(stop.values)}


def _read(path: str, limits: Limits) -> Iterator[object]:
    scans = _scan(path, limits)
    check_extent(scans.items(), limits)
    # By its content: given a path, calamine goes by the ending of its name.
    with open(path, "rb") as file, CalamineWorkbook.from_filelike(file) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.typ == SheetTypeEnum.WorkSheet:
                visible = sheet.visible == SheetVisibleEnum.Visible
                yield {"sheet": sheet.name.strip(), "visible": visible}
                scan = _scan_of(sheet.name, scans)
                rows = _rows(workbook, sheet.name, scan)
                yield from _in_batches(fill_down(rows, scan.merged))
                hidden = sheet.visible == SheetVisibleEnum.Hidden
                yield from tell(scan, hidden, limits.findings)


def _scan_of(name: str, scans: dict[str, Scan]) -> Scan:
    """The sheet's scan; Excel 95 files have none, every other sheet must have been looked at."""
    if scans and name not in scans:
        raise Stop("workbook-damaged", name.strip(), reason=name.strip())
    return scans.get(name, Scan())


def _rows(workbook: CalamineWorkbook, name: str, scan: Scan) -> Iterator[list[Json]]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    untrusted = {*scan.errors, *scan.uncalculated}
    rows_with_untrusted = {row for row, _ in untrusted}
    for number, row in enumerate(rows):
        # For every cell of the file: texts, which most of them are, without another call.
        cells = [
            (None if not value or value.isspace() else value)
            if type(value) is str and value[0:2] != "PT"
            else _cell(value, (number, column), scan)
            for column, value in enumerate(row)
        ]
        if number in rows_with_untrusted:
            cells = [
                None if (number, column) in untrusted else cell for column, cell in enumerate(cells)
            ]
        yield cells


def _in_batches(rows: Iterable[list[Json]]) -> Iterator[list[object]]:
    """Some rows at once, and which of them hold a date or a time."""
    rest = iter(rows)
    while batch := list(islice(rest, ROWS_AT_ONCE)):
        yield [batch, [place for place, row in enumerate(batch) if list in map(type, row)]]


def _cell(value: object, position: Position, scan: Scan) -> Json:
    try:
        return write_cell(value)
    except (OverflowError, ValueError) as problem:
        scan.errors[position] = str(problem)
        return None


def _scan(path: str, limits: Limits) -> dict[str, Scan]:
    with open(path, "rb") as file:
        if file.read(len(_COMPOUND)) == _COMPOUND:
            return _scan_compound(path)
    # Each format's scanner is loaded only for its files: starting up must cost little.
    with zipfile.ZipFile(path) as zipped:
        archive = Archive(zipped, os.path.getsize(path), limits)
        if archive.is_ods():
            from loaders.reading.ods_scan import scan_ods

            return scan_ods(archive, limits)
        from loaders.reading.xlsx_scan import scan_xlsx

        return scan_xlsx(archive, limits)


def _scan_compound(path: str) -> dict[str, Scan]:
    import olefile

    from loaders.reading.xls_scan import scan_xls

    with olefile.OleFileIO(path) as compound:
        if compound.exists("EncryptedPackage"):
            raise Stop("encrypted")
        for name in ("Workbook", "Book"):
            if compound.exists(name):
                return scan_xls(compound.openstream(name).read())
    raise Stop("not-a-spreadsheet", found=_DOCUMENT)


if __name__ == "__main__":
    given = Limits(**json.loads(sys.argv[2]))
    confine(given)
    main(sys.argv[1], given, sys.stdout.buffer)
