"""How values and statements are written down in a store, and read back as they were."""

import json
from collections.abc import Iterable
from typing import cast

from schema.field import Field, Value
from schema.records import Statement

Stored = str | int | float | None
_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_value(field: Field, value: Value | None) -> Stored:
    """A value as one cell of a table: lists as JSON."""
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps([value], ensure_ascii=False) if field.many and value is not None else value


def decode_value(field: Field, stored: Stored) -> Value | None:
    """The value in a cell of a table."""
    if field.many and stored is not None:
        return tuple(json.loads(cast(str, stored)))
    return stored


def encode_statements(statements: Iterable[Statement]) -> str:
    """A record's statements as JSON: element, field, value, column."""
    rows = [(s.element, s.field, s.value, s.column) for s in statements]
    return _write(rows)


def decode_statements(text: str) -> tuple[Statement, ...]:
    """The statements in a record's JSON."""
    return tuple(
        Statement(element, field, tuple(value) if isinstance(value, list) else value, column)
        for element, field, value, column in json.loads(text)
    )


def encode_says(says: Iterable[tuple[str, Value]]) -> str:
    """What a record says of one element as JSON: fields and values."""
    return _write(list(says))


def decode_says(text: str) -> tuple[tuple[str, Value], ...]:
    """What a record says of one element."""
    return tuple(
        (field, tuple(value) if isinstance(value, list) else value)
        for field, value in json.loads(text)
    )
