"""What can be asked, read from the schema itself, as the query page lists it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import strawberry


@dataclass(frozen=True, slots=True)
class DocumentedType:
    """A type as it is written, for example `[Department!]!`, and the name to look up."""

    written: str
    name: str


@dataclass(frozen=True, slots=True)
class DocumentedField:
    """A field, argument or word: what it is called, what it holds, what it says."""

    name: str
    type: DocumentedType | None
    description: str
    arguments: tuple["DocumentedField", ...] = ()


@dataclass(frozen=True, slots=True)
class Documented:
    """A type with all that belongs to it."""

    name: str
    kind: str
    description: str
    fields: tuple[DocumentedField, ...]


@dataclass(frozen=True, slots=True)
class Documentation:
    """The outermost fields of queries and changes, and all types that they lead to."""

    queries: tuple[DocumentedField, ...]
    changes: tuple[DocumentedField, ...]
    types: tuple[Documented, ...]


def documentation(schema: strawberry.Schema) -> Documentation:
    """Everything but the types that GraphQL describes itself with."""
    described = schema.introspect()["__schema"]
    types = {each["name"]: each for each in described["types"]}
    query = described["queryType"]["name"]
    mutation = (described["mutationType"] or {}).get("name")
    return Documentation(
        queries=_type(types[query]).fields,
        changes=_type(types[mutation]).fields if mutation else (),
        types=tuple(
            _type(types[name])
            for name in sorted(types)
            if not name.startswith("__") and name not in {query, mutation}
        ),
    )


def _type(described: dict[str, Any]) -> Documented:
    return Documented(
        described["name"],
        described["kind"].lower().replace("_", " "),
        described["description"] or "",
        tuple(_members(described)),
    )


def _members(described: dict[str, Any]) -> Iterator[DocumentedField]:
    for each in described["fields"] or described["inputFields"] or ():
        yield _field(each)
    for word in described["enumValues"] or ():
        yield DocumentedField(word["name"], None, word["description"] or "")
    if described["kind"] == "UNION":
        for possible in described["possibleTypes"]:
            name = possible["name"]
            yield DocumentedField(name, DocumentedType(name, name), "")


def _field(described: dict[str, Any]) -> DocumentedField:
    return DocumentedField(
        described["name"],
        _reference(described["type"]),
        described["description"] or "",
        tuple(_field(argument) for argument in described.get("args") or ()),
    )


def _reference(described: dict[str, Any]) -> DocumentedType:
    if described["kind"] == "NON_NULL":
        inner = _reference(described["ofType"])
        return DocumentedType(f"{inner.written}!", inner.name)
    if described["kind"] == "LIST":
        inner = _reference(described["ofType"])
        return DocumentedType(f"[{inner.written}]", inner.name)
    return DocumentedType(described["name"], described["name"])
