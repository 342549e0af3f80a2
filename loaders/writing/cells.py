"""From a value to the cell that a person would have written it as."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from schema.field import Field, FieldType, Value
from schema.text import Language

SheetCell = str | int | float | date | None

LIST_SEPARATOR = "; "
_EARLIEST_DAY = date(1900, 3, 1)
"""Spreadsheet programs disagree about days before this one, so those are written as text."""
_LOOKS_LIKE_LEVEL = re.compile(r"\(\s*([1-5])\s*\)$")


def cell_of(declared: Field, value: Value, language: Language) -> SheetCell:
    """A field's value, its words in the language."""
    if isinstance(value, tuple) or declared.many:
        parts = value if isinstance(value, tuple) else (str(value),)
        return LIST_SEPARATOR.join(_words(declared, parts, language))
    if declared.type is FieldType.WORD:
        return next(_words(declared, (str(value),), language))
    if declared.type is FieldType.DATE:
        return _date_cell(str(value))
    return value


def listed(name: str, level: Value | None = None) -> str:
    """A name as it stands in a list, with the level that goes with it; what would be read as a
    separator or as a level is written otherwise, and still means the same node."""
    plain = name.replace(";", ",")
    if level is not None:
        return f"{plain} ({level})"
    return " ".join(_LOOKS_LIKE_LEVEL.sub(r" \1", plain).split())


def _words(declared: Field, keys: Iterable[str], language: Language) -> Iterator[str]:
    known = {} if declared.vocabulary is None else declared.vocabulary.by_key
    for key in keys:
        yield known[key].label.to(language) if key in known else key.replace(";", ",")


def _date_cell(text: str) -> SheetCell:
    """A day as a date, a year as a number, a month as text."""
    parts = text.split("-")
    if len(parts) == 1:
        return int(text)
    if len(parts) == 3 and date.fromisoformat(text) >= _EARLIEST_DAY:
        return date.fromisoformat(text)
    return text
