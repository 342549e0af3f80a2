"""How the values of one field are found for many objects at once."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

import strawberry
from graphql import GraphQLField
from strawberry.schema.schema_converter import GraphQLCoreConverter, get_arguments
from strawberry.types.field import StrawberryField

MANY = "many"
"""Where a field keeps its resolver for many objects: ``many(objects, context, **arguments)``."""
ManyResolver = Callable[..., Sequence[Any]]
Values = Sequence[Any]
_UNCHECKED = 10
"""So many objects are asked one after another before it is looked whether the time is over."""
Answer = Callable[[Values], list[Any]]


class NotPlain(Exception):  # noqa: N818  it is a way to go, not a fault
    """Something that is left to graphql-core."""


class Resolving:
    """Makes of each field of a request what answers it for many objects.

    ``check`` raises where the request's time is over.
    """

    def __init__(self, schema: strawberry.Schema, context: Any, check: Callable[[], None]) -> None:
        self._converter: GraphQLCoreConverter = schema.schema_converter
        self._context = context
        self._info: Any = SimpleNamespace(context=context)
        self._check = check

    def of(self, declared: GraphQLField, given: Mapping[str, Any]) -> Answer:
        """The resolver of a field with these arguments, coerced as GraphQL does; raises
        `NotPlain` where it must wait for something, or does more than answer."""
        field = (declared.extensions or {}).get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if not isinstance(field, StrawberryField) or field.extensions:
            raise NotPlain
        if field.base_resolver is None:
            read = attrgetter(field.python_name)
            return lambda objects: list(map(read, objects))
        metadata: Mapping[Any, Any] = field.metadata or {}
        many: ManyResolver | None = metadata.get(MANY)
        if many is None and field.is_async:
            raise NotPlain
        named = self._named(field, given)
        if many is not None:
            return self._all_at_once(many, named)
        return self._one_by_one(field.base_resolver, named)

    def _named(self, field: StrawberryField, given: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments as the resolver takes them, `info` among them where it asks for it."""
        source = object()
        placed, named = get_arguments(
            field=field,
            source=source,
            info=self._info,
            kwargs=dict(given),
            config=self._converter.config,
            scalar_registry=self._converter.scalar_registry,
        )
        if placed != [source] or source in named.values():
            raise NotPlain
        return named

    def _all_at_once(self, many: ManyResolver, named: dict[str, Any]) -> Answer:
        arguments = {name: value for name, value in named.items() if value is not self._info}

        def resolve(objects: Values) -> list[Any]:
            self._check()
            return list(many(objects, self._context, **arguments))

        return resolve

    def _one_by_one(self, resolver: Callable[..., Any], named: dict[str, Any]) -> Answer:
        check = self._check

        def resolve(objects: Values) -> list[Any]:
            found: list[Any] = []
            for start in range(0, len(objects), _UNCHECKED):
                check()
                some = objects[start : start + _UNCHECKED]
                found += [resolver(each, **named) for each in some]
            return found

        return resolve
