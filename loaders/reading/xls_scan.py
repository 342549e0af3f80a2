"""A scan of the sheets of an xls file: the records of its workbook stream (MS-XLS 2.4)."""

import struct
from collections.abc import Iterator

from loaders.reading.scan import Scan, Stop

_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_FORMULA, _BOOLERR, _ROW, _COLINFO = 0x0006, 0x0205, 0x0208, 0x007D
_CELLS = frozenset({_FORMULA, _BOOLERR, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6})
_MULRK, _MERGED = 0x00BD, 0x00E5
_BIFF8 = 0x0600
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def scan_xls(stream: bytes) -> dict[str, Scan]:
    """The scan of every sheet, by the sheet's name as written; none for Excel 95 and older."""
    if struct.unpack_from("<HHH", stream)[2] != _BIFF8:
        return {}
    scans: dict[str, Scan] = {}
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise Stop("encrypted")
        if kind == _BOUNDSHEET:
            (offset,) = struct.unpack_from("<I", body)
            scans[_sheet_name(body)] = _scan_sheet(stream, offset)
    return scans


def _sheet_name(body: bytes) -> str:
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + length * 2].decode("utf-16-le") if wide else _narrow(body[8 : 8 + length])


def _narrow(name: bytes) -> str:
    return name.decode("latin-1")


def _scan_sheet(stream: bytes, offset: int) -> Scan:
    scan = Scan()
    for kind, body in _records(stream, offset):
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            scan.reach(row, column)
            error = _error(kind, body)
            if error is not None:
                scan.errors[row, column] = error
        elif kind == _MULRK:
            scan.reach(struct.unpack_from("<H", body)[0], struct.unpack_from("<H", body[-2:])[0])
        elif kind == _MERGED:
            for first, last, column, _ in struct.iter_unpack("<HHHH", body[2:]):
                scan.merge(first, last, column)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            scan.hidden_rows.append(struct.unpack_from("<H", body)[0])
        elif kind == _COLINFO and struct.unpack_from("<H", body, 8)[0] & 0x01:
            first, last = struct.unpack_from("<HH", body)
            scan.hidden_columns.extend(range(first, last + 1))
    return scan


def _error(kind: int, body: bytes) -> str | None:
    if kind == _BOOLERR and body[7] == 1:
        return _ERRORS.get(body[6], "#?")
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "#?")
    return None


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record from `offset` to the end of that part of the stream."""
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        if kind == _EOF:
            return
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
