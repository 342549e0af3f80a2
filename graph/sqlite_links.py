"""A node's outgoing relationships of one kind as one cell: for each the target's number and the
structural fields in codes, all of the same width, so that millions are read as one array."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from struct import Struct

from graph.settling import Voice, is_plain, settled
from schema.field import Field, FieldType, Value
from schema.ontology import ONTOLOGY
from schema.records import relation_key

FORMATS = {FieldType.WORD: "b", FieldType.WORDS: "i", FieldType.INTEGER: "i"}
"""The codes are those of ``graph.columns``: a word's place, a bit for each word, the number."""
_SHORT = 6
_MANY = 10_000
_UNTOLD = {FieldType.WORD: -1, FieldType.WORDS: 0, FieldType.INTEGER: -1}


@dataclass(frozen=True, eq=False)
class LinkKind:
    """How the relationships of one kind are packed. ``number`` is its place in the ontology."""

    number: int
    key: str
    fields: tuple[Field, ...]
    structural: tuple[Field, ...]

    @cached_property
    def struct(self) -> Struct:
        return Struct("<I" + "".join(FORMATS[field.type] for field in self.structural))

    @cached_property
    def is_whole(self) -> bool:
        """Whether all fields are structural."""
        return self.fields == self.structural

    @cached_property
    def _coders(self) -> list[tuple[str, Callable[[Value | None], int]]]:
        return [(field.name, _Codes(field).__getitem__) for field in self.structural]

    def pack(self, target: int, told: Mapping[str, Value]) -> bytes:
        """One relationship."""
        get = told.get
        return self.struct.pack(target, *[code(get(name)) for name, code in self._coders])

    def pack_told(self, target: int, told: Sequence[Value]) -> bytes:
        """One relationship of which records tell just these fields and values, one after the
        other. Raises KeyError where the kind has no such field."""
        if len(told) > _SHORT:
            return self.pack(target, self._settled(told))
        key = tuple(told)
        codes = self._short.get(key)
        if codes is None:
            if len(self._short) > _MANY:
                self._short.clear()
            codes = self._short[key] = self.pack(0, self._settled(told))[4:]
        return target.to_bytes(4, "little") + codes

    @cached_property
    def _short(self) -> dict[tuple[Value, ...], bytes]:
        """The codes of what is told in few words, since it is told again and again."""
        return {}

    def _settled(self, told: Sequence[Value]) -> dict[str, Value]:
        fields = dict(zip(map(str, told[::2]), told[1::2], strict=True))
        if len(fields) * 2 == len(told) and is_plain(self.key, fields):
            return fields
        pairs = tuple(zip(map(str, told[::2]), told[1::2], strict=True))
        return settled(relation_key(self.key, "", ""), [Voice(pairs, 1, 0, 0)])

    def unpack(self, packed: bytes | None) -> dict[int, bytes]:
        """Each relationship by its target's number."""
        if not packed:
            return {}
        width = self.struct.size
        pieces = (packed[start : start + width] for start in range(0, len(packed), width))
        return {int.from_bytes(piece[:4], "little"): piece for piece in pieces}

    def told(self, piece: bytes) -> dict[str, Value]:
        """The structural fields of one relationship."""
        _, *codes = self.struct.unpack(piece)
        return {
            field.name: _value(field, code)
            for field, code in zip(self.structural, codes, strict=True)
            if code != _UNTOLD[field.type]
        }


class _Codes(dict[Value | None, int]):
    """The code of each different value of a field, made once."""

    def __init__(self, field: Field) -> None:
        super().__init__({None: _UNTOLD[field.type]})
        self._field = field

    def __missing__(self, value: Value) -> int:
        made = self[value] = _code(self._field, value)
        return made


def _code(field: Field, value: Value) -> int:
    if field.vocabulary is None or field.type is FieldType.INTEGER:
        return int(value)  # type: ignore[arg-type]
    codes = field.vocabulary.codes
    if field.type is FieldType.WORD:
        return codes[str(value)]
    words = value if isinstance(value, tuple) else (str(value),)
    return sum({1 << codes[word] for word in words})


def _value(field: Field, code: int) -> Value:
    if field.vocabulary is None or field.type is FieldType.INTEGER:
        return code
    words = field.vocabulary.words
    if field.type is FieldType.WORD:
        return words[code].key
    return tuple(word.key for place, word in enumerate(words) if code >> place & 1)


def _kinds() -> Iterator[LinkKind]:
    for number, kind in enumerate(ONTOLOGY.relation_kinds):
        structural = tuple(field for field in kind.fields if field.structural)
        yield LinkKind(number, kind.key, kind.fields, structural)


LINK_KINDS = tuple(_kinds())
"""In the order of their columns in a node's row."""
BY_KEY = {kind.key: kind for kind in LINK_KINDS}
