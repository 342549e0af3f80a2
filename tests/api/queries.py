"""Queries of every shape that the schema allows: valid, and small enough to be answered."""

from collections.abc import Sequence
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from hypothesis import strategies as st

_DEEPEST = 6
_WORDS = ("borger", "sms", "robot", "x")


@st.composite
def queries(draw: Any, schema: GraphQLSchema, ids: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """A query and its variables."""
    made = _Query(draw, schema, ids)
    assert schema.query_type is not None
    fields = made.selection(schema.query_type, _DEEPEST, most=2)
    variables = {"yes": draw(st.booleans()), "first": draw(st.integers(0, 3))}
    return f"query ($yes: Boolean!, $first: Int!) {{ {fields} {_ALL_USED} }}", variables


# A variable that nothing uses is refused.
_ALL_USED = "_1: __typename @skip(if: $yes) _2: loads(first: $first) { totalCount }"


class _Query:
    def __init__(self, draw: Any, schema: GraphQLSchema, ids: Sequence[str]) -> None:
        self._draw = draw
        self._schema = schema
        self._ids = ids
        self._aliases = 0

    def selection(self, type_: GraphQLNamedType, deep: int, most: int = 3) -> str:
        """Some fields of a type, each with a name of its own so that they can always be merged."""
        fields: dict[str, GraphQLField] = getattr(type_, "fields", {})
        leaves = [name for name, field in fields.items() if _is_leaf(field)]
        larger = [name for name in fields if name not in leaves] if deep > 1 else []
        # What has fields of its own is asked for more often, so that queries become deep.
        usable = st.sampled_from([*leaves, "__typename", *larger, *larger, *larger])
        chosen = self._draw(st.lists(usable, min_size=1, max_size=most))
        parts = [self._field(name, fields.get(name), deep) for name in chosen]
        if is_abstract_type(type_):
            parts.append(self._narrowed(type_, deep))
        return " ".join(parts)

    def _narrowed(self, type_: Any, deep: int) -> str:
        possible: Sequence[GraphQLObjectType] = self._schema.get_possible_types(type_)
        one = self._draw(st.sampled_from(possible))
        return f"... on {one.name} {{ {self.selection(one, deep)} }}"

    def _field(self, name: str, field: GraphQLField | None, deep: int) -> str:
        self._aliases += 1
        asked = f"f{self._aliases}: {name}"
        if field is None:
            return asked
        asked += self._arguments(name, field)
        if self._draw(st.integers(0, 9)) == 0:
            asked += self._draw(st.sampled_from([" @include(if: $yes)", " @skip(if: $yes)"]))
        if _is_leaf(field):
            return asked
        return f"{asked} {{ {self.selection(get_named_type(field.type), deep - 1)} }}"

    def _arguments(self, asked: str, field: GraphQLField) -> str:
        given = {
            name: self._value(asked if name == "id" else name, argument.type)
            for name, argument in field.args.items()
            if is_non_null_type(argument.type) or self._draw(st.integers(0, 3)) == 0
        }
        written = ", ".join(f"{name}: {value}" for name, value in given.items())
        return f"({written})" if written else ""

    def _value(self, name: str, type_: Any) -> str:
        if is_non_null_type(type_):
            return self._value(name, type_.of_type)
        if is_list_type(type_):
            return f"[{self._value(name, type_.of_type)}]"
        if is_enum_type(type_):
            return str(self._draw(st.sampled_from(sorted(type_.values))))
        return str(self._draw(self._scalar(name, type_.name)))

    def _scalar(self, name: str, type_: str) -> st.SearchStrategy[str]:
        if type_ == "Int":
            return st.sampled_from(["0", "1", "2", "3", "$first"])
        if type_ == "ID":
            kinds = [id_ for id_ in self._ids if id_.startswith(f"{name}:")] or self._ids
            return st.sampled_from([f'"{id_}"' for id_ in kinds])
        if name == "after":
            return st.sampled_from(['"cGxhY2U6MA=="', '"cGxhY2U6MA=="', '"cGxhY2U6OTk="', '"bad"'])
        return st.sampled_from([f'"{word}"' for word in _WORDS])


def _is_leaf(field: GraphQLField) -> bool:
    return bool(is_leaf_type(get_named_type(field.type)))
