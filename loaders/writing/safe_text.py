"""Texts as a workbook can hold them."""

import re

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_LOOKS_LIKE_A_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def safe_text(text: str) -> str:
    """Without control characters, and with what would be read as the code of a character
    (``_x0041_`` is an A in a workbook) marked as being meant so."""
    return _LOOKS_LIKE_A_CODE.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", text))
