"""What a field of a node or a relationship is: the one place from which everything else follows."""

from dataclasses import dataclass
from enum import Enum

from schema.text import Text
from schema.vocabulary import Vocabulary

Value = str | int | float | tuple[str, ...]
"""A value: text, a date as ISO text, a word's key, a number, or a list of words or texts."""


class FieldType(Enum):
    """How a value is read, kept and shown."""

    TEXT = "text"  # one line
    LONG_TEXT = "long text"  # sentences; stays in the store, never in the snapshot
    TEXTS = "texts"  # several short texts
    WORD = "word"  # one word of the vocabulary
    WORDS = "words"  # several words of the vocabulary
    INTEGER = "integer"  # within minimum and maximum; with a vocabulary it is a scale with words
    NUMBER = "number"
    DATE = "date"  # ISO: a day, a month or a year
    NODE = "node"  # the id of another node


class Form(Enum):
    """How a text is written that is a number of a kind, and so is one number however typed."""

    KLE = "KLE number"  # 27, 27.36 or 27.36.04
    MUNICIPALITY = "municipality number"  # four digits in Denmark: 0101


class Rule(Enum):
    """What holds where two statements about the same field differ."""

    LATEST = "latest"
    UNION = "union"
    HIGHEST = "highest"
    OWN = "own"
    COMMON = "common"  # names: the spelling that most rows use, the first of them on a tie


@dataclass(frozen=True)
class Field:
    """One field. ``sheets`` names the sheets that have a column for it; ``structural`` fields are
    small and coded, and stand in the snapshot; ``also`` are further column names that are known;
    a text with a ``form`` is kept in that form."""

    name: str
    type: FieldType
    rule: Rule
    label: Text
    explanation: Text
    sheets: tuple[str, ...] = ()
    vocabulary: Vocabulary | None = None
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    default: str | None = None
    structural: bool = False
    also: tuple[str, ...] = ()
    form: Form | None = None

    def __post_init__(self) -> None:
        if self.type in (FieldType.WORD, FieldType.WORDS) and self.vocabulary is None:
            raise ValueError(f"field {self.name}: a word needs a vocabulary")
        if self.type is FieldType.LONG_TEXT and self.structural:
            raise ValueError(f"field {self.name}: a long text never stands in the snapshot")

    @property
    def many(self) -> bool:
        return self.type in (FieldType.TEXTS, FieldType.WORDS)

    @property
    def camel(self) -> str:
        """The name in GraphQL and in Neo4j."""
        return camel(self.name)


def camel(name: str) -> str:
    """``digital_maturity`` as ``digitalMaturity``."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)
