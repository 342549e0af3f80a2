"""How many items a field can answer with, read from its arguments before anything is run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    ListValueNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.type import SchemaMetaFieldDef, TypeMetaFieldDef

_PAGE_ARGUMENTS = ("first", "last")
_ID_ARGUMENT = "ids"
_NARROWING = "relatedTo"
_CONNECTION = "Connection"


@dataclass(frozen=True, slots=True)
class FieldType:
    """What a field answers with: the type at the bottom, and whether it is a list of them."""

    named: GraphQLNamedType
    is_list: bool

    @property
    def is_connection(self) -> bool:
        return self.named.name.endswith(_CONNECTION)


def field_type(schema: GraphQLSchema, on: GraphQLNamedType | None, name: str) -> FieldType | None:
    """The type of a field of a type; None where there is none of that name."""
    declared = _declared(schema, on, name)
    if declared is None:
        return None
    nullable = get_nullable_type(declared.type)
    return FieldType(get_named_type(declared.type), is_list_type(nullable))


def _declared(schema: GraphQLSchema, on: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    if on is schema.query_type and name == "__schema":
        return SchemaMetaFieldDef
    if on is schema.query_type and name == "__type":
        return TypeMetaFieldDef
    if not isinstance(on, GraphQLObjectType | GraphQLInterfaceType):
        return None
    declared: GraphQLField | None = on.fields.get(name)
    return declared


@dataclass(frozen=True, slots=True)
class Lists:
    """How long lists are taken to be where the query does not say.

    ``page`` is the size of a connection without ``first``, ``plain`` of any other list.
    ``questions`` are the outermost fields that cost more than what they show: each of them, and
    each of its answers, counts for ``question`` fields, as does each node that a list is narrowed
    by.
    """

    page: int
    plain: int
    variables: Mapping[str, object] = field(default_factory=dict)
    questions: frozenset[str] = frozenset()
    question: int = 0

    def times(self, node: FieldNode, on: GraphQLNamedType | None, kind: FieldType | None) -> int:
        """How often what is selected below this field can be in the answer."""
        if kind is None:
            return 1
        asked = self._asked(node)
        if asked is not None and (kind.is_list or kind.is_connection):
            return max(1, asked)
        if kind.is_connection:
            return self.page
        # A connection's own lists are as long as the connection, which is counted already.
        inside_page = on is not None and on.name.endswith(_CONNECTION)
        return self.plain if kind.is_list and not inside_page else 1

    def work(self, node: FieldNode, times: int) -> int:
        """How many fields this outermost field counts for, beyond those that are shown."""
        if node.name.value in self.questions:
            return self.question * (1 + times)
        narrowed_by = (
            self._length(each.value) or 0
            for each in node.arguments or ()
            if each.name.value == _NARROWING
        )
        return self.question * sum(narrowed_by)

    def longest_variable(self) -> int:
        """The length of the longest list among the variables, however deep it is."""
        longest = 0
        stack: list[object] = [self.variables]
        while stack:
            value = stack.pop()
            if isinstance(value, list):
                longest = max(longest, len(value))
                stack.extend(value)
            elif isinstance(value, Mapping):
                stack.extend(value.values())
        return longest

    def _asked(self, node: FieldNode) -> int | None:
        arguments = {each.name.value: each.value for each in node.arguments or ()}
        sizes = [self._number(arguments[name]) for name in _PAGE_ARGUMENTS if name in arguments]
        if _ID_ARGUMENT in arguments:
            sizes.append(self._length(arguments[_ID_ARGUMENT]))
        return max((size for size in sizes if size is not None), default=None)

    def _number(self, value: ValueNode) -> int | None:
        if isinstance(value, IntValueNode):
            # So many digits are past every limit, and long to turn into a number.
            return int(value.value[:12])
        given = self._variable(value)
        return int(given) if isinstance(given, int | float) else None

    def _length(self, value: ValueNode) -> int | None:
        if isinstance(value, ListValueNode):
            return len(value.values)
        given = self._variable(value)
        return len(given) if isinstance(given, list) else None

    def _variable(self, value: ValueNode) -> object:
        return self.variables.get(value.name.value) if isinstance(value, VariableNode) else None
