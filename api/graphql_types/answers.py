"""What GraphQL shows of any answer: sentences, parts of a score, and evidence with its rows."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

import strawberry

from api.graphql_types.connection import page
from api.graphql_types.context import Info
from api.graphql_types.made import TYPES, made_field, made_type
from api.graphql_types.node import Node, connection_type, cursor_field, node
from api.graphql_types.rows import rows_field
from api.graphql_types.vocabularies import AnswerLanguage, AskedLanguage, language_of
from graph import answer
from schema.text import Text

LANGUAGE_NOTE = "In the language asked for; else the request's (Accept-Language); else Danish."


def said(info: Info, text: Text, language: AnswerLanguage | None) -> str:
    """A sentence in the language that is asked for."""
    return text.to(language_of(language, info.context.language))


class Labelled(Protocol):
    """A part of an answer: its key and what it is about."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Text: ...


@strawberry.type
class NamedPart:
    """What every part of an answer tells: which one it is."""

    part: strawberry.Private[Labelled]

    @strawberry.field(description="The part's key.")
    def name(self) -> str:
        return self.part.name

    @strawberry.field(description=f"What the part is about. {LANGUAGE_NOTE}")
    def label(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.part.label, language)


@strawberry.type(description="One named part of a score.")
class Part(NamedPart):
    """A part: its name, weight, and value where it is known."""

    part: strawberry.Private[answer.Part]

    @strawberry.field(description="What it counts among the parts (a setting).")
    def weight(self) -> float:
        return self.part.weight

    @strawberry.field(description="From 0 to 1; null where it is not known, never 0 for that.")
    def value(self) -> float | None:
        return self.part.value

    @strawberry.field(description="Whether enough is told to know it.")
    def known(self) -> bool:
        return self.part.known


@strawberry.type(description="A node behind an answer, and the rows that say so.")
class Evidence:
    """Evidence: the node, what it has to do with the answer, and where that was said."""

    evidence: strawberry.Private[answer.Evidence]

    @strawberry.field(description="The node.")
    def node(self) -> Node:
        return node(self.evidence.node)

    @strawberry.field(description=f"What it has to do with the answer. {LANGUAGE_NOTE}")
    def explanation(self, info: Info, language: AskedLanguage = None) -> str:
        return said(info, self.evidence.explanation, language)

    @strawberry.field(description="How much of the score rests on it.")
    def weight(self) -> float:
        return self.evidence.weight

    source = rows_field(lambda self: self.evidence.elements)


def parts_of(parts: Sequence[answer.Part]) -> list[Part]:
    """The parts as GraphQL shows them."""
    return [Part(part=part) for part in parts]


def evidence_of(evidence: Sequence[answer.Evidence]) -> list[Evidence]:
    """The evidence as GraphQL shows it."""
    return [Evidence(evidence=one) for one in evidence]


def answer_connection_type(label: str, made: type, of: str) -> None:
    """The connection that lists answers of one type."""
    TYPES[label] = made
    fields = {
        "cursor": cursor_field(),
        "node": made_field("node", made, "The answer.", lambda self, _info: self.answer()),
    }
    values = {"number": strawberry.Private[int], "answer": strawberry.Private[object]}
    made_type(f"{label}Edge", fields, f"A place in a list of {of}.", values=values)
    connection_type(f"{label}Connection", f"{label}Edge", f"A list of {of}, the best first.")


def answer_connection(
    label: str, wrapped: Callable[..., Any], ranked: answer.Ranked[Any], given: Mapping[str, Any]
) -> Any:
    """A page of a ranked list. An answer is made when its node is asked for, and then once: how
    many there are costs nothing, and whoever asks for much is stopped between two answers."""
    shown = page(range(ranked.total), given["first"], given["after"])

    def edge(number: int, place: int) -> Any:
        make = cache(lambda: wrapped(found=ranked.answer(place)))
        return TYPES[f"{label}Edge"](number=number, answer=make)

    return TYPES[f"{label}Connection"](shown=shown, edge=edge)
