"""Which letters the bytes of a text file stand for.

A byte order mark decides; then UTF-8, which other text hardly ever happens to be; then the three
single-byte sets that Danish files come in, by how much of what they give is Danish.
"""

import codecs
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SINGLE_BYTE = ("cp1252", "cp850", "mac_roman")
_NAMES = {"cp1252": "Windows-1252", "cp850": "CP850", "mac_roman": "Mac Roman"}
_SCORES = dict.fromkeys("æøåÆØÅ", 4) | dict.fromkeys("éüöäÉÜÖÄ", 2)
_SCORES |= dict.fromkeys("–—’‘“”»«…•€§°½²´ ", 1)
_STRANGE = -2


def decode(content: bytes) -> tuple[str, str | None]:
    """The text, and the name of its encoding where that had to be guessed and may be wrong.

    Raises UnicodeDecodeError where a byte order mark promises what the content does not keep.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding), None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError:
        return _decode_single_byte(content)


def _decode_single_byte(content: bytes) -> tuple[str, str | None]:
    above = Counter(byte for byte in content if byte > 0x7F)
    best = max(_SINGLE_BYTE, key=lambda encoding: _danishness(above, encoding))
    # Windows-1252 is what Danish Excel writes: only the unusual is worth a word.
    guessed = None if best == "cp1252" else _NAMES[best]
    return content.decode(best, errors="replace"), guessed


def _danishness(above: Counter[int], encoding: str) -> int:
    letters = ((bytes([byte]).decode(encoding, "replace"), n) for byte, n in above.items())
    return sum(_SCORES.get(letter, _STRANGE) * count for letter, count in letters)
