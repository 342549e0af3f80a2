"""Every key that a mapping can have, and what is written there: declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from schema.text import Text


class Expects(Enum):
    """What is written at a key."""

    TEXT = Text("en tekst i anførselstegn", "a text in quotation marks")
    TEXTS = Text(
        'en tekst, eller en liste af tekster: ["a", "b"]', 'a text, or a list of texts: ["a", "b"]'
    )
    NUMBER = Text("et helt tal fra 1", "a whole number from 1")
    YES_NO = Text("true eller false", "true or false")
    ORDER = Text('"first" eller "last"', '"first" or "last"')
    WORDS = Text(
        'en tabel fra ord til ord: { "det, der står" = "det, der menes" }',
        'a table from words to words: { "what is written" = "what is meant" }',
    )
    REASON = Text(
        'en grund: en tekst, eller { da = "…", en = "…" }',
        'a reason: a text, or { da = "…", en = "…" }',
    )
    TABLE = Text("en tabel", "a table")
    TABLES = Text("en tabel med dobbelte klammer: [[…]]", "a table in double brackets: [[…]]")
    COLUMN = Text(
        "navnet på en kolonne, eller en tabel med en af nøglerne column, columns, flags, constant",
        "the name of a column, or a table with one of the keys column, columns, flags, constant",
    )


@dataclass(frozen=True, slots=True)
class Key:
    """A key, and whether it must be there."""

    expects: Expects
    required: bool = False


Keys = Mapping[str, Key]

MAPPING_KEYS: Keys = {
    "about": Key(Expects.TEXT),
    "table": Key(Expects.TABLES, required=True),
    "rename": Key(Expects.TABLE),
}
TABLE_KEYS: Keys = {
    "sheet": Key(Expects.TEXT),
    "header": Key(Expects.NUMBER),
    "leave_out": Key(Expects.TABLES),
    "target": Key(Expects.TABLES, required=True),
}
TARGET_KEYS: Keys = {
    "sheet": Key(Expects.TEXT, required=True),
    "keep": Key(Expects.ORDER),
    "by": Key(Expects.TEXT),
    "distinct": Key(Expects.YES_NO),
    "leave_out": Key(Expects.TABLES),
    "columns": Key(Expects.TABLE, required=True),
}
COLUMN_KEYS: Keys = {
    "column": Key(Expects.TEXT),
    "columns": Key(Expects.TEXTS),
    "flags": Key(Expects.WORDS),
    "constant": Key(Expects.TEXT),
    "split": Key(Expects.TEXTS),
    "pattern": Key(Expects.TEXT),
    "strip_prefix": Key(Expects.TEXTS),
    "strip_suffix": Key(Expects.TEXTS),
    "words": Key(Expects.WORDS),
    "contains": Key(Expects.WORDS),
    "join": Key(Expects.TEXT),
    "otherwise": Key(Expects.TEXT),
    "apart": Key(Expects.TABLE),
}
APART_KEYS: Keys = {
    "names": Key(Expects.TEXTS, required=True),
    "by": Key(Expects.TEXT, required=True),
}
LEAVE_OUT_KEYS: Keys = {
    "column": Key(Expects.TEXT, required=True),
    "is": Key(Expects.TEXTS),
    "is_not": Key(Expects.TEXTS),
    "blank": Key(Expects.YES_NO),
    "matches": Key(Expects.TEXT),
    "reason": Key(Expects.REASON, required=True),
}
SECTIONS: Mapping[str, Keys] = {
    "mapping": MAPPING_KEYS,
    "table": TABLE_KEYS,
    "target": TARGET_KEYS,
    "column": COLUMN_KEYS,
    "apart": APART_KEYS,
    "leave_out": LEAVE_OUT_KEYS,
}
"""The tables of a mapping file by name, for the page that explains them."""

SOURCES = ("column", "columns", "flags", "constant")
"""The keys that say where a value comes from; exactly one of them stands in a rule."""

CONDITIONS = ("is", "is_not", "blank", "matches")
"""The keys that say which rows are left out; exactly one of them stands in a condition."""
