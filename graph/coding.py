"""How stores of version 1 wrote a record's statements down."""

import json

from schema.records import Statement


def decode_statements(text: str) -> tuple[Statement, ...]:
    """The statements in a record's JSON: element, field, value, column."""
    return tuple(
        Statement(element, field, tuple(value) if isinstance(value, list) else value, column)
        for element, field, value, column in json.loads(text)
    )
