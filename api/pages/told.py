"""What is told of a node or relationship: every field of its kind, in words that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal

from api.pages.addresses import node_path
from api.pages.rich_table import Item
from api.pages.visit import Visit
from api.templating import LOCALES, written_date
from schema.field import Field, FieldType, Value
from schema.text import Text
from schema.vocabulary import DECISION, PRIORITY, STATUS

BADGED = (STATUS, PRIORITY, DECISION)
"""The vocabularies whose words wear a badge."""


@dataclass(frozen=True, slots=True)
class Told:
    """A field with its value in words. ``is_long`` is a text of sentences."""

    field: str
    label: Text
    items: tuple[Item, ...]
    is_long: bool


def told_of(visit: Visit, fields: Iterable[Field], values: Mapping[str, Value]) -> tuple[Told, ...]:
    """Those of the fields that have a value, in the order in which they are declared."""
    return tuple(
        Told(
            field.name,
            field.label,
            items_of(visit, field, values[field.name]),
            field.type is FieldType.LONG_TEXT,
        )
        for field in fields
        if field.name in values
    )


def items_of(visit: Visit, field: Field, value: Value) -> tuple[Item, ...]:
    """A value in words: one thing, or each of several."""
    parts = value if isinstance(value, tuple) else (value,)
    return tuple(_item(visit, field, part) for part in parts)


def _item(visit: Visit, field: Field, value: str | int | float) -> Item:
    if field.vocabulary is not None:
        label = field.vocabulary.by_key[str(value)].label
        if field.type is FieldType.INTEGER:
            return Item(Text(f"{value} – {label.da}", f"{value} – {label.en}"))
        return Item(label, badge=str(value) if field.vocabulary in BADGED else None)
    locale = LOCALES[visit.language]
    match field.type:
        case FieldType.NODE:
            node = str(value)
            known = node in visit.snapshot
            return Item(visit.name(node), node_path(node)) if known else Item(node)
        case FieldType.DATE:
            return Item(written_date(str(value), locale))
        case FieldType.INTEGER | FieldType.NUMBER:
            number = value if isinstance(value, int | float) else float(value)
            return Item(format_decimal(number, format="#,##0.#####", locale=locale))
        case _:
            return Item(str(value))
