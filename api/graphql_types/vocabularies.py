"""The vocabularies as GraphQL enums: a word's key in capitals."""

from enum import Enum
from typing import Annotated, Any

import strawberry

from api.graphql_types.made import Argument, made_enum
from schema.field import Field
from schema.ontology import ONTOLOGY
from schema.text import Language
from schema.vocabulary import VOCABULARIES, Vocabulary


def _enum(vocabulary: Vocabulary) -> type[Enum]:
    name = "".join(part.capitalize() for part in vocabulary.key.split("_"))
    described = f"{vocabulary.label.en.capitalize()} (Danish: {vocabulary.label.da})."
    words = {word.key: f"{word.label.en} ({word.label.da})" for word in vocabulary}
    made: type[Enum] = made_enum(name, words, described)
    return made


ENUMS: dict[str, type[Enum]] = {
    vocabulary.key: _enum(vocabulary)
    for vocabulary in VOCABULARIES
    if not vocabulary.words[0].key.isdecimal()
}


@strawberry.enum(name="Language", description="The language of sentences and names in an answer.")
class AnswerLanguage(Enum):
    """The two languages of the software."""

    DA = strawberry.enum_value("da", description="Danish")
    EN = strawberry.enum_value("en", description="English")


AskedLanguage = Annotated[
    AnswerLanguage | None,
    strawberry.argument(description="The language; without it the request's (Accept-Language)."),
]
"""The argument of every field that says something in a language."""


def only_with(field: Field) -> Argument:
    """The argument that narrows a list to what has one of these words in a field."""
    assert field.vocabulary is not None
    word: Any = ENUMS[field.vocabulary.key]
    said = f"Only those with one of these: {field.label.en} (Danish: {field.label.da})."
    return Argument(list[word] | None, said)


def language_of(asked: AnswerLanguage | None, otherwise: Language) -> Language:
    """The language asked for, else the other."""
    return otherwise if asked is None else "en" if asked is AnswerLanguage.EN else "da"


NODE_KIND = made_enum(
    "NodeKind",
    {kind.key: kind.explanation.en for kind in ONTOLOGY.node_kinds},
    "A kind of node.",
)
