"""A structural field of many nodes or relationships as one array, unknown kept apart from zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast, overload

import numpy as np
import numpy.typing as npt

from schema.field import Field, FieldType, Value
from schema.vocabulary import Vocabulary

UNKNOWN = -1
"""The code of a word or a whole number that is not told."""

Array = npt.NDArray[Any]
A = TypeVar("A", bound=np.generic)
K = TypeVar("K")


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

    def take(self, chosen: Array) -> Column:
        return Column(self.field, self.codes[chosen])


class Coded(Sequence[Value | None]):
    """The values of a column, as a store hands them over that has coded them itself."""

    def __init__(self, column: Column) -> None:
        self.column = column

    def __len__(self) -> int:
        return len(self.column.codes)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    def __iter__(self) -> Iterator[Value | None]:
        return map(self.column.value, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Value | None: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value | None]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value | None] | None:
        if isinstance(place, slice):
            return Coded(Column(self.column.field, self.column.codes[place]))
        return self.column.value(place)


def word_code(field: Field, word: str) -> int:
    """The code of a word in a WORD column."""
    return _vocabulary(field).codes[word]


def words_mask(field: Field, words: Iterable[str]) -> int:
    """The bits of these words in a WORDS column."""
    return sum(1 << _vocabulary(field).codes[word] for word in words)


def column_of(field: Field, values: Sequence[Value | None]) -> Column:
    """The column of these values."""
    if isinstance(values, Coded):
        return values.column
    return coded(field, values, code_of(field))


def coded(field: Field, values: Iterable[K], code: Callable[[K], object]) -> Column:
    """The column of values in whatever form ``code`` makes codes of. Where codes are few it is
    asked once for each different value."""
    kind = _TYPES.get(field.type)
    if kind is None:
        return Column(field, frozen(np.fromiter(map(code, values), dtype=object)))
    codes = _Codes(code)
    return Column(field, frozen(np.fromiter(map(codes.__getitem__, values), dtype=kind)))


def code_of(field: Field) -> Callable[[Any], object]:
    """How a value of this field is coded in its column."""
    match field.type:
        case FieldType.WORD:
            return lambda word: UNKNOWN if word is None else word_code(field, str(word))
        case FieldType.WORDS:
            return lambda words: words_mask(field, words or ())
        case FieldType.INTEGER:
            return lambda number: UNKNOWN if number is None else int(number)
        case FieldType.NUMBER:
            return lambda number: np.nan if number is None else float(number)
        case _:
            return lambda value: value


class _Codes(dict[K, object]):
    """The code of each different value, made once."""

    def __init__(self, code: Callable[[K], object]) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, value: K) -> object:
        made = self[value] = self._code(value)
        return made


_TYPES: dict[FieldType, npt.DTypeLike] = {
    FieldType.WORD: np.int8,
    FieldType.WORDS: np.int32,
    FieldType.INTEGER: np.int32,
    FieldType.NUMBER: np.float64,
}


def frozen(codes: npt.NDArray[A]) -> npt.NDArray[A]:
    """The array, which nobody can change any more."""
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
