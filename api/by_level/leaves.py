"""Values that have no fields of their own, as they stand in the answer."""

from collections.abc import Callable
from types import NoneType
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLID,
    GraphQLLeafType,
    GraphQLString,
    Undefined,
    is_enum_type,
)

from api.by_level.resolving import Answer, NotPlain, Values

_AS_THEY_ARE: dict[GraphQLLeafType, set[type]] = {
    GraphQLString: {str, NoneType},
    GraphQLID: {str, NoneType},
    GraphQLBoolean: {bool, NoneType},
}


def leaves(type_: GraphQLLeafType) -> Answer:
    """What makes answers of the values of a scalar or an enum; None stays None."""
    as_it_is = _AS_THEY_ARE.get(type_, {NoneType})
    coerce = _coercing(type_)

    def answered(values: Values) -> list[Any]:
        if as_it_is.issuperset(map(type, values)):
            return list(values)
        return [None if value is None else coerce(value) for value in values]

    return answered


def _coercing(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    def coerce(value: Any) -> Any:
        coerced = type_.coerce_output_value(value)
        if coerced is None or coerced is Undefined:
            raise NotPlain
        return coerced

    return _remembering(coerce) if is_enum_type(type_) else coerce


def _remembering(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The members of an enum are few, and what they become is always the same."""
    known: dict[Any, Any] = {}

    def remembered(value: Any) -> Any:
        if value not in known:
            known[value] = coerce(value)
        return known[value]

    return remembered
