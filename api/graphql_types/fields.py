"""The fields of nodes and relationships as GraphQL fields, from the ontology."""

from typing import Any

from api.graphql_types.context import Info
from api.graphql_types.made import made_field
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


def _shown(field: Field, value: Value | None) -> Any:
    """A value as GraphQL gives it: words as members of their enum."""
    if value is None or field.type not in (FieldType.WORD, FieldType.WORDS):
        return list(value) if isinstance(value, tuple) else value
    assert field.vocabulary is not None
    enum = ENUMS[field.vocabulary.key]
    return [enum(word) for word in value] if isinstance(value, tuple) else enum(value)


def graphql_field(field: Field) -> Any:
    """The field of a node or an edge: from the snapshot where it stands there, else from the
    store, in one batch with all others that the request asks for."""
    if field.structural:

        def from_snapshot(self: Any, info: Info) -> Any:
            return _shown(field, self.structural(info.context.snapshot, field.name))

        return made_field(field.camel, _type_of(field), _described(field), from_snapshot)

    async def from_store(self: Any, info: Info) -> Any:
        details = await info.context.details.load(self.element)
        return _shown(field, details.get(field.name))

    return made_field(field.camel, _type_of(field), _described(field), from_store)
