"""A date as people write it, as ISO text: a day, a month or a year."""

import datetime
import re

from loaders.reading.table import Cell

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100
_SERIAL_ZERO = datetime.date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
"""Day numbers of spreadsheet programs, from 1927 to 2119; smaller numbers are years."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "january", "jan"),
            ("februar", "february", "feb"),
            ("marts", "march", "mar"),
            ("april", "apr"),
            ("maj", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("august", "aug"),
            ("september", "sep", "sept"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_YEAR = re.compile(r"(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ]\d{1,2}:\d{2}.*)?")
_DECIMAL = re.compile(r"(\d+)[.,]0+")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?: \d{1,2}[:.]\d{2}.*)?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? ?)?([a-zæøå]+)\.?[ -]?(?:(\d{4})|['’]?(\d{2}))")
_NAMED_FIRST = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")


class UnreadableDate(ValueError):  # noqa: N818
    """Nothing that could be a date."""


class ImpossibleDate(ValueError):  # noqa: N818
    """Written as a date, but there is no such day."""


def read_date(cell: Cell) -> str:
    """The date in a cell as ISO text, as exact as it was written; raises UnreadableDate or
    ImpossibleDate. A day comes before its month, as it does in Danish."""
    if isinstance(cell, datetime.datetime | datetime.date):
        return _day(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or cell is None or isinstance(cell, datetime.time):
        raise UnreadableDate(cell)
    if isinstance(cell, int | float):
        return _number(float(cell))
    return _text(" ".join(cell.split()).lower())


def _number(number: float) -> str:
    if int(number) in _SERIALS:
        day = _SERIAL_ZERO + datetime.timedelta(days=int(number))
        return _day(day.year, day.month, day.day)
    if number.is_integer() and len(str(int(number))) == len("2024"):
        return _year(int(number))
    if number.is_integer() and (compact := _COMPACT.fullmatch(str(int(number)))):
        return _day(*map(int, compact.groups()))
    raise UnreadableDate(number)


def _text(text: str) -> str:
    if match := _DECIMAL.fullmatch(text):
        return _number(float(match[1]))
    if match := _YEAR.fullmatch(text):
        return _year(int(match[1]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _month_or_day(int(match[1]), int(match[2]), match[3])
    if match := _COMPACT.fullmatch(text):
        return _day(*map(int, match.groups()))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(_whole_year(match[3]), int(match[2]), int(match[1]))
    if match := _MONTH_YEAR.fullmatch(text):
        return _month_or_day(int(match[2]), int(match[1]), None)
    if match := _NAMED_FIRST.fullmatch(text):
        return _month_or_day(int(match[3]), _named_month(match[1]), match[2])
    if match := _NAMED.fullmatch(text.removeprefix("den ").removeprefix("d. ")):
        return _month_or_day(_whole_year(match[3] or match[4]), _named_month(match[2]), match[1])
    if text.isascii() and text.isdigit():
        return _number(float(text))
    raise UnreadableDate(text)


def _whole_year(text: str) -> int:
    """Two digits are a year from 1970 to 2069."""
    year = int(text)
    if len(text) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _named_month(name: str) -> int:
    if name not in _MONTHS:
        raise UnreadableDate(name)
    return _MONTHS[name]


def _month_or_day(year: int, month: int, day: str | None) -> str:
    if day is None:
        return _day(year, month, 1)[: len("2024-01")]
    return _day(year, month, int(day))


def _day(year: int, month: int, day: int) -> str:
    _year(year)
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise ImpossibleDate(f"{year}-{month}-{day}") from None


def _year(year: int) -> str:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise ImpossibleDate(str(year))
    return str(year)
