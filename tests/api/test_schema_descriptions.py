"""Everything in the GraphQL schema says what it is."""

from collections.abc import Iterator

from graphql import (
    GraphQLSchema,
    build_schema,
    is_enum_type,
    is_input_object_type,
    is_interface_type,
    is_object_type,
)

from api.graphql_types.schema import SCHEMA


def undescribed(schema: GraphQLSchema) -> Iterator[str]:
    """All types, fields, arguments and enum values without a description."""
    for name, kind in schema.type_map.items():
        if name.startswith("__"):
            continue
        if not kind.description:
            yield name
        if is_enum_type(kind):
            yield from (
                f"{name}.{key}" for key, value in kind.values.items() if not value.description
            )
        if is_object_type(kind) or is_interface_type(kind) or is_input_object_type(kind):
            for field, told in kind.fields.items():
                if not told.description:
                    yield f"{name}.{field}"
                arguments = getattr(told, "args", {})
                yield from (
                    f"{name}.{field}({key})"
                    for key, argument in arguments.items()
                    if not argument.description
                )


def test_every_type_field_argument_and_enum_value_is_described() -> None:
    assert list(undescribed(SCHEMA._schema)) == []


def test_what_is_not_described_is_found() -> None:
    schema = build_schema("type Query { a(b: C): Int } enum C { D }")
    found = set(undescribed(schema))
    assert {"Query", "Query.a", "Query.a(b)", "C", "C.D"} <= found
