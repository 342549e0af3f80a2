"""Numbers as people write them: Danish decimals, groups of thousands."""

import math
import re

_GROUPED = re.compile(r"-?\d{1,3}(?:[.,' ’\u00a0\u202f]\d{3})+")
_NOT_DIGITS = re.compile(r"[.,' ’\u00a0\u202f]")


def read_number(text: str) -> float | None:
    """The number in a text, or None. Of a comma and a point the last is the decimal sign; a
    single one always is."""
    plain = re.sub(r"[\s'’]", "", text)
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(".") > plain.rindex(",") else "."
        plain = plain.replace(thousands, "")
    try:
        number = float(plain.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) and "_" not in plain else None


def read_whole_number(text: str) -> float | None:
    """Like ``read_number``, where groups of three digits are thousands: ``48.200`` is 48200."""
    stripped = text.strip()
    if _GROUPED.fullmatch(stripped):
        return float(_NOT_DIGITS.sub("", stripped))
    return read_number(stripped)
