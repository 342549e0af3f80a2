"""A structural field of many nodes or relationships as one array, unknown kept apart from zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from schema.field import Field, FieldType, Value
from schema.vocabulary import Vocabulary

UNKNOWN = -1
"""The code of a word or a whole number that is not told."""

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Column:
    """The values of one field.

    ``codes`` holds, by the field's type: WORD the word's place in the vocabulary (int8, -1
    unknown); WORDS a bit for each word (int32, 0 where nothing is told); INTEGER the number
    (int32, -1 unknown); NUMBER the number (float64, NaN unknown); texts the value or None.
    """

    field: Field
    codes: Array

    def value(self, place: int) -> Value | None:
        """One value as the store holds it, or None."""
        return _value(self.field, self.codes[place])

    def take(self, chosen: Array) -> "Column":
        return Column(self.field, self.codes[chosen])


def word_code(field: Field, word: str) -> int:
    """The code of a word in a WORD column."""
    return _vocabulary(field).codes[word]


def words_mask(field: Field, words: Sequence[str]) -> int:
    """The bits of these words in a WORDS column."""
    return sum(1 << _vocabulary(field).codes[word] for word in words)


def column_of(field: Field, values: Sequence[Value | None]) -> Column:
    """The column of these values."""
    match field.type:
        case FieldType.WORD:
            words = [UNKNOWN if v is None else word_code(field, str(v)) for v in values]
            return Column(field, _frozen(np.array(words, dtype=np.int8)))
        case FieldType.WORDS:
            masks = [words_mask(field, cast(tuple[str, ...], v or ())) for v in values]
            return Column(field, _frozen(np.array(masks, dtype=np.int32)))
        case FieldType.INTEGER:
            whole = [UNKNOWN if v is None else int(cast(int, v)) for v in values]
            return Column(field, _frozen(np.array(whole, dtype=np.int32)))
        case FieldType.NUMBER:
            numbers = [np.nan if v is None else float(cast(float, v)) for v in values]
            return Column(field, _frozen(np.array(numbers, dtype=np.float64)))
        case _:
            texts = np.empty(len(values), dtype=object)
            texts[:] = list(values)
            return Column(field, _frozen(texts))


def _frozen(codes: Array) -> Array:
    codes.setflags(write=False)
    return codes


def _vocabulary(field: Field) -> Vocabulary:
    assert field.vocabulary is not None
    return field.vocabulary


def _value(field: Field, code: Any) -> Value | None:
    match field.type:
        case FieldType.WORD:
            return None if code == UNKNOWN else _vocabulary(field).words[int(code)].key
        case FieldType.WORDS:
            words = tuple(
                word.key for i, word in enumerate(_vocabulary(field)) if int(code) >> i & 1
            )
            return words or None
        case FieldType.INTEGER:
            return None if code == UNKNOWN else int(code)
        case FieldType.NUMBER:
            return None if np.isnan(code) else float(code)
        case _:
            return cast("Value | None", code)
