"""Personal data in a cell or a name: CPR numbers, e-mail addresses, telephone numbers."""

import datetime
import re
import unicodedata

_DIGITS = re.compile(r"\d\d")
_CPR = re.compile(
    r"(?<!\d)(?<!\d[-.])"
    r"(?:(\d{2})(\d{2})(\d{2})\s{0,3}-?\s{0,3}"  # 150790-1234, 150790 1234, 1507901234
    r"|(\d{2}) (\d{2}) (\d{2})\s{0,3}-?\s{0,3}"  # 15 07 90 1234
    r"|(\d{2})([./-])(\d{2})\8(\d{2})\s{0,3}-\s{0,3})"  # 15.07.90-1234
    r"(\d)\d{3}(?!\d)(?!-\d)"
)
_LOST_ZERO = re.compile(r"\d{9}")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:\+45|0045)\s?(?:\d\s?){8}(?!\d)"
    r"|\b(?:tlf|telefon|mobil|mob|phone|tel)\.?:?\s*(?:nr\.?:?\s*)?(?:\d\s?){8}(?!\d)"
    r"|(?<![\d.,-])\d{2} \d{2} \d{2} \d{2}(?![\d.,-]*\d)",
    re.IGNORECASE,
)


def personal_data(text: str) -> list[str]:
    """The codes of the messages that the text calls for."""
    if tells_nobody(text):
        return []
    plain = _plain(text)
    found = []
    if _holds_cpr(plain):
        found.append("cpr-number")
    if "@" in plain and _EMAIL.search(plain):
        found.append("email-address")
    if _PHONE.search(plain):
        found.append("phone-number")
    return found


def tells_nobody(text: str) -> bool:
    """Whether there can be no personal data in the text: the quick look that settles most."""
    return "@" not in text and _DIGITS.search(text) is None


def without_cpr(text: str) -> str | None:
    """The text with dots for the digits if it holds a CPR number, else None."""
    if not _holds_cpr(_plain(text)):
        return None
    return "".join("·" if c.isdigit() else c for c in text)


def _plain(text: str) -> str:
    """The text as it looks: without what nobody sees, every digit, blank and dash the usual one."""
    if text.isascii():
        return text
    seen = (c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join("-" if _is_dash(c) else c for c in seen)


def _is_dash(character: str) -> bool:
    return character == "\u2212" or unicodedata.category(character) == "Pd"


def _holds_cpr(plain: str) -> bool:
    # A spreadsheet that takes the number for an amount drops the zero that it begins with.
    whole = f"0{plain.strip()}" if _LOST_ZERO.fullmatch(plain.strip()) else plain
    return any(_is_cpr(match) for match in _CPR.finditer(whole))


def _is_cpr(match: re.Match[str]) -> bool:
    """Whether the first six digits are a birthday; the seventh tells its century."""
    together, spaced, dotted = match.group(1, 2, 3), match.group(4, 5, 6), match.group(7, 9, 10)
    digits = next(group for group in (together, spaced, dotted) if group[0] is not None)
    day, month, two_digits = map(int, digits)
    seventh = match[11]
    if seventh in "0123":
        century = 1900
    elif seventh in "49":
        century = 2000 if two_digits <= 36 else 1900
    else:
        century = 2000 if two_digits <= 57 else 1800
    try:
        datetime.date(century + two_digits, month, day)
    except ValueError:
        return False
    return True
