"""The fields of nodes and relationships as GraphQL fields, from the ontology."""

from collections.abc import Callable, Sequence
from typing import Any

from api.graphql_types.context import Asking
from api.graphql_types.made import batched_field, made_batch
from api.graphql_types.vocabularies import ENUMS
from schema.field import Field, FieldType, Value


def _described(field: Field) -> str:
    scale = ""
    if field.type is FieldType.INTEGER and field.vocabulary is not None:
        words = ", ".join(f"{word.key} {word.label.en}" for word in field.vocabulary)
        scale = f" Scale: {words}."
    rule = f" Where sheets differ: {field.rule.value}." if field.sheets else ""
    return f"{field.explanation.en}{scale}{rule} Danish: {field.label.da}."


def _type_of(field: Field) -> Any:
    """The GraphQL type of a field; null where nothing is told, also for lists."""
    if field.type is FieldType.WORD or field.type is FieldType.WORDS:
        assert field.vocabulary is not None
        enum = ENUMS[field.vocabulary.key]
        return list[enum] | None if field.many else enum | None  # type: ignore[valid-type]
    plain: dict[FieldType, Any] = {
        FieldType.INTEGER: int | None,
        FieldType.NUMBER: float | None,
        FieldType.TEXTS: list[str] | None,
    }
    return plain.get(field.type, str | None)


def _shown(field: Field) -> Callable[[Value | None], Any]:
    """What makes a value as GraphQL gives it: words become members of their enum."""
    if field.type not in (FieldType.WORD, FieldType.WORDS):
        return lambda value: list(value) if isinstance(value, tuple) else value
    assert field.vocabulary is not None
    members: dict[object, Any] = {each.value: each for each in ENUMS[field.vocabulary.key]}

    def shown(value: Value | None) -> Any:
        if isinstance(value, tuple):
            return [members[word] for word in value]
        return None if value is None else members[value]

    return shown


def graphql_field(field: Field) -> Any:
    """The field of a node or an edge: from the snapshot where it stands there, else from the
    store, in one batch with all others that the request asks for."""
    shown = _shown(field)
    if field.structural:

        def from_snapshot(many: Sequence[Any], asking: Asking) -> list[Any]:
            return [shown(each.structural(asking.snapshot, field.name)) for each in many]

        return made_batch(field.camel, _type_of(field), _described(field), from_snapshot)

    def from_store(many: Sequence[Any], asking: Asking) -> list[Any]:
        elements = [each.element for each in many]
        details = asking.details(elements)
        return [shown(details[each].get(field.name)) for each in elements]

    return batched_field(field.camel, _type_of(field), _described(field), from_store)
