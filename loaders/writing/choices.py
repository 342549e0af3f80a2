"""What a cell offers to choose from: the words of its vocabulary, or names known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schema.field import Field, FieldType
from schema.ontology import ONTOLOGY
from schema.sheets import Column, FieldColumn, NameColumn
from schema.text import Language
from schema.vocabulary import Vocabulary

Choice = str | int
Names = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Choices:
    """A list to choose from. ``key`` names it in the workbook; where it is ``closed`` nothing
    else may be written."""

    key: str
    items: tuple[Choice, ...]
    closed: bool


def choices_of(column: Column, language: Language, names: Names) -> Choices | None:
    """What the column's cells offer, or None where they offer nothing."""
    if isinstance(column, FieldColumn):
        return _of_field(column.field, language)
    if isinstance(column, NameColumn) and column.kind is None:
        return _kinds(language) if column.key == "kind" else None
    known = tuple(names.get(str(column.kind), ()))
    return Choices(f"names_{column.kind}", known, closed=False) if known else None


def words_of(column: Column, language: Language) -> list[str]:
    """The words of a column that holds several of them; nothing for any other."""
    if not isinstance(column, FieldColumn) or column.field.type is not FieldType.WORDS:
        return []
    assert column.field.vocabulary is not None
    return _labels(column.field.vocabulary, language)


def _of_field(field: Field, language: Language) -> Choices | None:
    if field.vocabulary is None:
        return None
    key = f"words_{field.vocabulary.key}"
    if field.type is FieldType.WORD:
        return Choices(key, tuple(_labels(field.vocabulary, language)), closed=True)
    if field.type is FieldType.INTEGER:
        return Choices(key, _steps(field.vocabulary, language), closed=True)
    return None


def _steps(scale: Vocabulary, language: Language) -> tuple[Choice, ...]:
    """Each step as number and word; after them the numbers alone, which may be typed too."""
    both = [f"{word.key} {word.label.to(language)}" for word in scale]
    return (*both, *(int(word.key) for word in scale))


def _labels(vocabulary: Vocabulary, language: Language) -> list[str]:
    return [word.label.to(language) for word in vocabulary]


def _kinds(language: Language) -> Choices:
    kinds = tuple(kind.name.to(language) for kind in ONTOLOGY.node_kinds)
    return Choices("words_kind", kinds, closed=True)
