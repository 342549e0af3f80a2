"""What the reading process and its parent say to each other: one JSON value a line.

A sheet begins with an object that names it, its rows follow, then messages. Rows come some at a
time: an array of them, and another of the places in it of those that hold a date or a time. The
last line is `DONE`: without it the reading process did not get to the end. Nothing is unpickled.
"""

import datetime
import math
import re
from collections.abc import Mapping

from loaders.reading.table import Cell
from schema.text import Text

DONE = {"done": True}
ROWS_AT_ONCE = 500

Json = str | int | float | bool | list[str] | None

_KINDS: dict[str, type[datetime.date] | type[datetime.datetime] | type[datetime.time]] = {
    "date": datetime.date,
    "datetime": datetime.datetime,
    "time": datetime.time,
}
_LARGEST_EXACT = 2**53
_DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


def write_cell(value: object) -> Json:
    """A value as calamine gives it, in JSON; raises OverflowError for an infinite number."""
    if isinstance(value, str):
        return _write_text(value)
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return _write_number(value)
    if isinstance(value, int):
        return value
    if isinstance(value, datetime.timedelta):
        return _write_duration(int(value.total_seconds()))
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return [type(value).__name__, value.isoformat()]
    raise TypeError(type(value).__name__)


def read_cell(value: Json) -> Cell:
    """The cell that `write_cell` was given."""
    if isinstance(value, list):
        kind, text = value
        return _KINDS[kind].fromisoformat(text)
    return value


def write_values(values: Mapping[str, object]) -> dict[str, object]:
    """The values of a message."""
    return {
        name: {"da": value.da, "en": value.en} if isinstance(value, Text) else value
        for name, value in values.items()
    }


def read_values(values: Mapping[str, object]) -> dict[str, object]:
    """The values that `write_values` was given."""
    return {
        name: Text(**value) if isinstance(value, dict) else value for name, value in values.items()
    }


def _write_text(value: str) -> Json:
    duration = _DURATION.fullmatch(value)
    if duration is not None:  # how a time of day or a duration stands in ods
        hours, minutes, seconds = map(int, duration.groups())
        return _write_duration(hours * 3600 + minutes * 60 + seconds)
    return value if value.strip() else None


def _write_number(value: float) -> Json:
    if not math.isfinite(value):
        raise OverflowError(str(value))
    return int(value) if value.is_integer() and abs(value) < _LARGEST_EXACT else value


def _write_duration(seconds: int) -> Json:
    """A time of day where it can be one, else a text such as 30:00:00."""
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    if 0 <= hour < 24:
        return ["time", datetime.time(hour, minute, second).isoformat()]
    return f"{hour}:{minute:02}:{second:02}"
