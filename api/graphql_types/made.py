"""Making GraphQL types and fields from the ontology, with strawberry's own parts."""

import inspect
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated, Any, NamedTuple, TypeVar, dataclass_transform

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField
from strawberry.types.info import Info

from api.by_level.resolving import MANY
from api.graphql_types.context import Asking, Many

TYPES: dict[str, Any] = {"list": list, "ID": strawberry.ID, "int": int, "str": str, "float": float}
"""Every type that is made here, by name: a field may name a type that is made later."""


T = TypeVar("T", bound=type)
REQUIRED: Any = inspect.Parameter.empty
"""The default of an argument that must be given."""


class Argument(NamedTuple):
    """An argument of a field: its type, what it is for, its default, and its name where that is
    no name in Python."""

    type: Any
    description: str
    default: Any = None
    name: str | None = None

    def parameter(self, key: str) -> inspect.Parameter:
        """The parameter of a resolver that takes it."""
        said = strawberry.argument(description=self.description, name=self.name)
        annotated: Any = Annotated
        hint = annotated[self.type, said]
        kind = inspect.Parameter.KEYWORD_ONLY
        return inspect.Parameter(key, kind, annotation=hint, default=self.default)


def made_enum(name: str, words: Mapping[str, str], description: str) -> Any:
    """An enum of these words, each with what it means; its members are the words in capitals."""
    make: Any = Enum
    values = {
        word.upper(): strawberry.enum_value(word, description=meaning)
        for word, meaning in words.items()
    }
    return strawberry.enum(make(name, values), name=name, description=description)


def made_field(
    name: str,
    type_: Any,
    description: str,
    resolver: Callable[..., Any],
    arguments: Mapping[str, Argument] | None = None,
    many: Many | None = None,
) -> StrawberryField:
    """A field with this resolver and these arguments; ``many`` resolves it for many objects."""
    given = [argument.parameter(key) for key, argument in (arguments or {}).items()]
    self_, info = list(inspect.signature(resolver).parameters.values())[:2]
    kept = [self_.replace(name="self"), info.replace(annotation=Info[Any, None])]
    resolver.__signature__ = inspect.Signature([*kept, *given])  # type: ignore[attr-defined]
    made: StrawberryField = strawberry.field(
        resolver=resolver,
        name=name,
        description=description,
        graphql_type=type_,
        metadata={} if many is None else {MANY: many},
    )
    made.python_name = name
    return made


def made_batch(
    name: str,
    type_: Any,
    description: str,
    many: Many,
    arguments: Mapping[str, Argument] | None = None,
) -> StrawberryField:
    """A field that is resolved for many objects at once, from what is at hand."""

    def one(self: Any, info: Info[Asking, None], **given: Any) -> Any:
        return many([self], info.context, **given)[0]

    return made_field(name, type_, description, one, arguments, many)


def batched_field(
    name: str,
    type_: Any,
    description: str,
    many: Many,
    arguments: Mapping[str, Argument] | None = None,
) -> StrawberryField:
    """A field that is resolved for many objects at once, from what is asked of the store:
    ``many(objects, asking, **arguments)``. Where objects are resolved one by one, they wait for
    each other, so that the store is asked once."""

    async def one(self: Any, info: Info[Asking, None], **given: Any) -> Any:
        return await info.context.one(many, self, given)

    return made_field(name, type_, description, one, arguments, many)


def made_type(
    name: str,
    fields: Mapping[str, StrawberryField],
    description: str,
    bases: tuple[type, ...] = (),
    values: Mapping[str, Any] | None = None,
) -> type:
    """A type with these fields; ``values`` are attributes that are set when it is made: their
    type, or type and description where they are fields of the schema."""
    body: dict[str, Any] = {**fields, "__annotations__": {}, "__module__": __name__}
    for key, value in (values or {}).items():
        hint, described = value if isinstance(value, tuple) else (value, None)
        body["__annotations__"][key] = hint
        if described is not None:
            body[key] = strawberry.field(description=described)
    made: type = strawberry.type(type(name, bases, body), name=name, description=description)
    TYPES[name] = made
    _look_names_up_here(made)
    return made


@dataclass_transform(order_default=True, kw_only_default=True, field_specifiers=(strawberry.field,))
def named_type(description: str) -> Callable[[T], T]:
    """``strawberry.type`` for a class whose fields name types that are made here."""

    def make(plain: T) -> T:
        made: T = strawberry.type(description=description)(plain)
        _look_names_up_here(made)
        return made

    return make


def _look_names_up_here(made: Any) -> None:
    """Let a type that is named before it is made be looked up in ``TYPES``."""
    for field in made.__strawberry_definition__.fields:
        annotation = field.type_annotation
        if annotation is not None and isinstance(annotation.raw_annotation, str):
            field.type_annotation = StrawberryAnnotation(annotation.raw_annotation, namespace=TYPES)
