"""A query answered level by level: each field once, for all objects that stand beside each other.

graphql-core asks field by field and object by object, which costs some 25 µs a value before
anything is looked up. What is asked for, with which arguments and of which type, is the same for
all objects of a level, so here it is found out once, and whole columns are resolved and put
together. Only the plain case is done: a query without an error. Whatever is not plain, an error
above all, is left to graphql-core, which answers as if nothing had been tried.
"""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from types import NoneType
from typing import Any, cast

import strawberry
from graphql import (
    GraphQLObjectType,
    GraphQLOutputType,
    OperationType,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import (
    CollectedFields,
    FieldDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import get_argument_values

from api.by_level.leaves import leaves
from api.by_level.resolving import Answer, NotPlain, Resolving, Values

_LISTS = {list, tuple, NoneType}


def answer_by_level(
    schema: strawberry.Schema, asked: Executor[Any], check: Callable[[], None]
) -> dict[str, Any] | None:
    """The data of a query, or None where it is not plain. ``check`` raises where its time is
    over; what resolvers raise is raised."""
    if asked.operation.operation is not OperationType.QUERY or schema.exception_handlers:
        return None
    try:
        resolving = Resolving(schema, asked.context_value, check)
        answered = _Levels(asked, resolving).whole()([asked.root_value])
    except NotPlain:
        return None
    return cast(dict[str, Any], answered[0])


class _Levels:
    """What each field of one request becomes, found out once."""

    def __init__(self, asked: Executor[Any], resolving: Resolving) -> None:
        self._asked = asked
        self._resolving = resolving

    def whole(self) -> Answer:
        """What answers the operation."""
        asked, query = self._asked, self._asked.schema.query_type
        if query is None:
            raise NotPlain
        collected = collect_fields(
            asked.schema,
            asked.fragments,
            asked.variable_values,
            query,
            asked.operation,
            asked.hide_suggestions,
        )
        return self._fields(query, collected)

    def _fields(self, type_: GraphQLObjectType, collected: CollectedFields) -> Answer:
        if collected.new_defer_usages or collected.forbidden_directive_instances:
            raise NotPlain
        fields = collected.grouped_field_set
        keys = tuple(fields)
        columns = [self._field(type_, details) for details in fields.values()]

        def answered(objects: Values) -> list[Any]:
            if not keys:
                return [{} for _ in objects]
            rows = zip(*(column(objects) for column in columns), strict=True)
            return [dict(zip(keys, row, strict=True)) for row in rows]

        return answered

    def _field(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> Answer:
        first = details[0]
        name = first.node.name.value
        if name == "__typename":
            return lambda objects: [type_.name] * len(objects)
        declared = type_.fields.get(name)
        if declared is None:
            raise NotPlain
        given = get_argument_values(
            declared,
            first.node,
            self._asked.variable_values,
            first.fragment_variable_values,
            self._asked.hide_suggestions,
        )
        resolve = self._resolving.of(declared, given)
        complete = self._completed(declared.type, details)
        return lambda objects: complete(resolve(objects))

    def _completed(self, type_: GraphQLOutputType, details: list[FieldDetails]) -> Answer:
        if is_non_null_type(type_):
            return _never_null(self._completed(type_.of_type, details))
        if is_list_type(type_):
            return _listed(self._completed(type_.of_type, details))
        if is_leaf_type(type_):
            return leaves(type_)
        if is_object_type(type_) or is_abstract_type(type_):
            return _each_once(self._by_type(details, type_.name))
        raise NotPlain

    def _by_type(self, details: list[FieldDetails], declared: str) -> Answer:
        """Objects answered by what each is: of one type, or of any that an interface allows."""
        known: dict[type, Answer] = {}

        def of(made: type) -> Answer:
            if made not in known:
                known[made] = self._objects(self._named(made, declared), details)
            return known[made]

        def answered(objects: Values) -> list[Any]:
            types = list(map(type, objects))
            if len(set(types)) == 1:
                return of(types[0])(objects)
            found: dict[type, Iterator[Any]] = {}
            for made in dict.fromkeys(types):
                some = [each for each in objects if type(each) is made]
                found[made] = iter(of(made)(some))
            return [next(found[made]) for made in types]

        return answered

    def _objects(self, type_: GraphQLObjectType, details: list[FieldDetails]) -> Answer:
        asked = self._asked
        collected = collect_subfields(
            asked.schema,
            asked.fragments,
            asked.variable_values,
            asked.operation,
            type_,
            details,
            asked.hide_suggestions,
        )
        return self._fields(type_, collected)

    def _named(self, made: type, declared: str) -> GraphQLObjectType:
        """The type of the schema that a class was made for."""
        schema = self._asked.schema
        definition = getattr(made, "__strawberry_definition__", None)
        type_ = schema.type_map.get(getattr(definition, "name", ""))
        whole = schema.type_map[declared]
        if not isinstance(type_, GraphQLObjectType):
            raise NotPlain
        if type_ is whole or (is_abstract_type(whole) and schema.is_sub_type(whole, type_)):
            return type_
        raise NotPlain


def _never_null(answer: Answer) -> Answer:
    def answered(values: Values) -> list[Any]:
        found = answer(values)
        if any(each is None for each in found):
            raise NotPlain
        return found

    return answered


def _listed(answer: Answer) -> Answer:
    def answered(values: Values) -> list[Any]:
        if not _LISTS.issuperset(map(type, values)):
            raise NotPlain
        items = iter(answer(list(chain.from_iterable(each for each in values if each))))
        return [None if each is None else list(islice(items, len(each))) for each in values]

    return answered


def _each_once(answer: Answer) -> Answer:
    """An object that stands in several places is answered once, and None stays None."""

    def answered(values: Values) -> list[Any]:
        distinct = {id(each): each for each in values if each is not None}
        if not distinct:
            return [None] * len(values)
        found = dict(zip(distinct, answer(list(distinct.values())), strict=True))
        return [found.get(id(each)) for each in values]

    return answered
