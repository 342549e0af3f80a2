"""Rows of an xlsx sheet that hold plain values and nothing else, told by one pattern.

A parser calls back for every element, and nearly all of a sheet is the same few of them. A stretch
of whole rows that matches the pattern is well-formed by itself and holds no formula, no error and
no hidden row: a parser that never sees it judges all that it sees as if it had.
"""

import re
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 18
_LONGEST = 1 << 20
_ROW = b"<row "
_NUMBERED = b'<row r="'

# Left out, since they need a closer look: control characters, a > that could end a CDATA section,
# and the first byte of the characters that XML forbids.
_CLEAN = rb"[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\xef]*+"
_TEXT = rb"%b(?:&(?:amp|lt|gt|quot|apos);%b)*+" % (_CLEAN, _CLEAN)
_ANSWER = rb'"(?:0|1|false|true)"'
_ROW_BEGINS = (
    rb'<row r="([1-9][0-9]{0,6}+)"(?: spans="[0-9: ]*+")?+(?: s="[0-9]++")?+'
    rb'(?: customFormat=%b)?+(?: ht="[0-9.]++")?+(?: hidden="(?:0|false)")?+'
    rb'(?: customHeight=%b)?+(?: outlineLevel="[0-9]")?+(?: collapsed=%b)?+'
    rb'(?: x14ac:dyDescent="[0-9.]++")?+' % (_ANSWER, _ANSWER, _ANSWER)
)
_VALUE = rb'(?:<v>%b</v>|<is><t(?: xml:space="preserve")?+>%b</t></is>|<v ?/>)' % (_TEXT, _TEXT)
_CELL = (
    rb'<c r="[A-Z]{1,3}+\1"(?: s="[0-9]++")?+(?: t="(?:s|n|str|b|d|inlineStr)")?+'
    rb"(?: ?/>|>%b?+</c>)" % _VALUE
)
_PLAIN = re.compile(rb"(?:%b(?: ?/>|>(?:%b)*+</row>))++" % (_ROW_BEGINS, _CELL))
_FILLED_ROW = re.compile(
    rb'<row r="([0-9]++)"[^>]*+>(?:<c [^>]*+>(?:(?<=/>)|</c>))*+<c [^>]*+><[vi]'
)
_FILLED_CELL = re.compile(rb'<c r="([A-Z]++)[^>]*+><[vi]')
_DECLARATION = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml version=["']1.0["'](?: encoding=["']utf-8["'])?"""
    rb"""(?: standalone=["'](?:yes|no)["'])?\s*\?>)?""",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<[!?]")


def pieces(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """The part of a sheet piece by piece, and whether a piece is nothing but plain rows. Before and
    after one that is comes one that is not, so that the parser knows which row it stands in."""
    rest, trusted, begins = b"", True, True
    while chunk := stream.read(_CHUNK):
        rest += chunk
        first, last = rest.find(_ROW), rest.rfind(_ROW)
        before = rest.rfind(_ROW, 0, max(last, 0))
        if not trusted or before <= first:
            trusted = trusted and len(rest) < _LONGEST
            if not trusted:
                yield rest, False
                rest = b""
            continue
        head, rows, row, rest = rest[:first], rest[first:before], rest[before:last], rest[last:]
        trusted = not _MARKUP.search(head, _declared(head) if begins else 0)
        # A row that does not say its number is counted from the one before.
        plain = trusted and row.startswith(_NUMBERED) and _is_plain(rows)
        # In a comment or a CDATA section, which may go on, nothing is what it looks like.
        trusted = trusted and not _MARKUP.search(row) and (plain or not _MARKUP.search(rows))
        begins = False
        yield head, False
        yield rows, plain
        yield row, False
    yield rest, False


def filled(rows: bytes) -> tuple[int, set[bytes]]:
    """Of plain rows, the number of the last with a value, 0 for none, and the letters of the
    columns that have one."""
    numbers = _FILLED_ROW.findall(rows)
    return max(map(int, numbers), default=0), set(_FILLED_CELL.findall(rows))


def _declared(head: bytes) -> int:
    """How far the declaration of the document goes, if it says what is read here: UTF-8."""
    found = _DECLARATION.match(head)
    return 0 if found is None else found.end()


def _is_plain(rows: bytes) -> bool:
    if _PLAIN.fullmatch(rows) is None:
        return False
    try:
        rows.decode()
    except UnicodeDecodeError:
        return False
    return True
