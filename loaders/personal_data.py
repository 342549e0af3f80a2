"""Personal data in a cell: CPR numbers, e-mail addresses, telephone numbers."""

import datetime
import re

_CPR = re.compile(r"(?<![\d-])(\d{2})(\d{2})(\d{2})[- ]?(\d)\d{3}(?![\d-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?:\+45|0045)\s?(?:\d\s?){8}(?!\d)"
    r"|\b(?:tlf|telefon|mobil|mob|phone|tel)\.?:?\s*(?:nr\.?:?\s*)?(?:\d\s?){8}(?!\d)"
    r"|(?<![\d.,-])\d{2} \d{2} \d{2} \d{2}(?![\d.,-]*\d)",
    re.IGNORECASE,
)


def personal_data(text: str) -> list[str]:
    """The codes of the messages that the text calls for."""
    if text.isalpha():
        return []
    found = []
    if any(_is_cpr(*match.groups()) for match in _CPR.finditer(text)):
        found.append("cpr-number")
    if "@" in text and _EMAIL.search(text):
        found.append("email-address")
    if _PHONE.search(text):
        found.append("phone-number")
    return found


def _is_cpr(day: str, month: str, year: str, seventh: str) -> bool:
    """Whether the first six digits are a birthday; the seventh tells its century."""
    two_digits = int(year)
    if seventh in "0123":
        century = 1900
    elif seventh in "49":
        century = 2000 if two_digits <= 36 else 1900
    else:
        century = 2000 if two_digits <= 57 else 1800
    try:
        datetime.date(century + two_digits, int(month), int(day))
    except ValueError:
        return False
    return True
