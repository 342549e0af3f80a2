"""What a file is, told from its content; its name is only a hint."""

from enum import Enum
from pathlib import Path

from schema.text import Text

_HEAD = 4096

_SIGNATURES: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text(da="en pdf", en="a PDF")),
    (b"\x89PNG", Text(da="et billede", en="a picture")),
    (b"\xff\xd8\xff", Text(da="et billede", en="a picture")),
    (b"GIF8", Text(da="et billede", en="a picture")),
    (b"RIFF", Text(da="et billede eller en lydfil", en="a picture or a sound")),
    (b"II*\x00", Text(da="et billede", en="a picture")),
    (b"MM\x00*", Text(da="et billede", en="a picture")),
    (b"{\\rtf", Text(da="et tekstdokument", en="a text document")),
    (b"\x1f\x8b", Text(da="et pakket arkiv", en="a packed archive")),
    (b"7z\xbc\xaf", Text(da="et pakket arkiv", en="a packed archive")),
    (b"Rar!", Text(da="et pakket arkiv", en="a packed archive")),
    (b"PK\x05\x06", Text(da="et tomt arkiv", en="an empty archive")),
)
_MARKUP: tuple[tuple[bytes, Text], ...] = (
    (b"<!doctype html", Text(da="en webside", en="a web page")),
    (b"<html", Text(da="en webside", en="a web page")),
    (b"<?xml", Text(da="en xml-fil", en="an XML file")),
    (b"<", Text(da="en webside eller en xml-fil", en="a web page or an XML file")),
    (b'{"', Text(da="en json-fil", en="a JSON file")),
    (b"[{", Text(da="en json-fil", en="a JSON file")),
)
_BINARY = Text(da="en fil af en anden slags", en="a file of another kind")
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NEVER_IN_TEXT = bytes(set(range(0x20)) - set(b"\t\n\r\x0b\x0c\x1a\x1b"))


class Found(Enum):
    """What is read; everything else is a `Text` that names what the file is instead."""

    WORKBOOK = "workbook"
    TEXT = "text"
    NOTHING = "nothing"


def sniff(path: Path) -> Found | Text:
    """What the first bytes of the file say it is."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith((_ZIP, _COMPOUND)):
        return Found.WORKBOOK
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    return _sniff_text(head)


def _sniff_text(head: bytes) -> Found | Text:
    if head.startswith(_WIDE_MARKS):
        return Found.TEXT
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        return Found.NOTHING if len(head) < _HEAD else Found.TEXT
    for beginning, name in _MARKUP:
        if start[: len(beginning)].lower() == beginning:
            return name
    return not_text(head) or Found.TEXT


def not_text(content: bytes) -> Text | None:
    """What to call the content if it is no text of one byte a letter."""
    return _BINARY if len(content.translate(None, _NEVER_IN_TEXT)) < len(content) else None
