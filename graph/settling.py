"""What holds of an element where several records speak of it: each field by its rule."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from schema.field import Field, FieldType, Rule, Value
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, is_relation, parse_relation


@dataclass(frozen=True, slots=True)
class Voice:
    """What ``count`` records say of one element, all of them the same: fields and values in the
    order of columns. ``first`` and ``last`` are the first and the last record's number."""

    says: tuple[tuple[str, Value], ...]
    count: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Told:
    value: Value
    count: int
    first: int
    last: int


_PLAIN = {
    kind.key: {EXISTS, *(field.name for field in kind.fields if field.rule is not Rule.UNION)}
    for kind in ONTOLOGY.kinds
}
"""Of each kind the fields that are as they were told where they were told once."""
_NAMES = {kind.key: {EXISTS, *(field.name for field in kind.fields)} for kind in ONTOLOGY.kinds}


def field_of(element: str, name: str) -> Field:
    """The declaration of a field of a node or relationship."""
    if is_relation(element):
        return ONTOLOGY.relations[parse_relation(element)[0]].by_name[name]
    return ONTOLOGY.nodes[kind_of(element)].by_name[name]


def settled(element: str, voices: Iterable[Voice]) -> dict[str, Value]:
    """All fields of an element that its records tell, each by its rule."""
    voices = list(voices)
    if len(voices) == 1 and (plain := _as_told(element, voices[0].says)) is not None:
        return plain
    told: dict[str, list[_Told]] = {}
    for voice in voices:
        for name, value in voice.says:
            if name != EXISTS:
                one = _Told(value, voice.count, voice.first, voice.last)
                told.setdefault(name, []).append(one)
    return {name: _settle(field_of(element, name), values) for name, values in told.items()}


def _as_told(element: str, says: Collection[tuple[str, Value]]) -> dict[str, Value] | None:
    """What one record tells, where that is all there is to it and no rule changes it."""
    told = dict(says)
    kind = parse_relation(element)[0] if is_relation(element) else kind_of(element)
    if len(told) < len(says) or not is_plain(kind, told):
        return None
    told.pop(EXISTS, None)
    return told


def grown(
    element: str, fields: Mapping[str, Value], newer: Sequence[Voice]
) -> dict[str, Value] | None:
    """All fields of an element that had these, once newer records speak of it too. None where that
    does not follow from what it had: where a name is spelt as it was not."""
    now = dict(fields)
    for name, value in settled(element, newer).items():
        field, before = field_of(element, name), fields.get(name)
        if before is None or field.rule in (Rule.LATEST, Rule.OWN):
            now[name] = value
        elif field.rule is Rule.UNION:
            now[name] = _union([_Told(before, 1, 0, 0), _Told(value, 1, 0, 0)])
        elif field.rule is Rule.HIGHEST:
            now[name] = _highest(field, [before, value])
        elif any(said != before for voice in newer for told, said in voice.says if told == name):
            return None
    return now


def is_plain(kind: str, fields: Mapping[str, Value]) -> bool:
    """Whether these fields of an element of this kind are as they were told, where records tell
    nothing else of it and each field once. Raises KeyError where the kind has no such field."""
    if not fields.keys() <= _NAMES[kind]:
        raise KeyError(f"{kind} has no {', '.join(sorted(fields.keys() - _NAMES[kind]))}")
    return fields.keys() <= _PLAIN[kind]


def _settle(field: Field, told: Sequence[_Told]) -> Value:
    match field.rule:
        case Rule.LATEST | Rule.OWN:
            return max(enumerate(told), key=lambda each: (each[1].last, each[0]))[1].value
        case Rule.COMMON:
            return _common(told)
        case Rule.UNION:
            return _union(told)
        case Rule.HIGHEST:
            return _highest(field, [one.value for one in told])


def _common(told: Sequence[_Told]) -> Value:
    """The value that most records tell; on a tie the one that was told first."""
    counts: dict[Value, int] = {}
    firsts: dict[Value, int] = {}
    for one in told:
        counts[one.value] = counts.get(one.value, 0) + one.count
        firsts[one.value] = min(firsts.get(one.value, one.first), one.first)
    return max(counts, key=lambda value: (counts[value], -firsts[value]))


def _union(told: Sequence[_Told]) -> Value:
    values = (one.value if isinstance(one.value, tuple) else (one.value,) for one in told)
    return tuple(sorted({str(part) for value in values for part in value}))


def _highest(field: Field, values: Sequence[Value]) -> Value:
    if field.type is FieldType.WORD and field.vocabulary is not None:
        codes = field.vocabulary.codes
        return max(values, key=lambda value: codes[str(value)])
    return max(values, key=lambda value: float(value) if not isinstance(value, tuple) else 0.0)
