"""What a node or relationship in Neo4j keeps of who says what of it: enough to settle its fields
anew when a record comes or goes, without reading another record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import orjson

from graph.ledger import Says
from graph.settling import Voice, settled
from schema.field import Rule, Value
from schema.ontology import Kind
from schema.records import EXISTS, KeptRecord, Record

SAID_BY = "records"
"""The property with the numbers of the standing records that say a node or relationship."""

VOICES = "voices"
"""The property with all that records say of it, each once, as JSON; it is left out where every
record says the same and the fields show what."""

VOICE_OF = "voiceOf"
"""The property with each record's place in ``voices``, parallel to ``records``."""


@dataclass(slots=True)
class Heard:
    """The numbers of the records that say an element, each with the place of what it says."""

    numbers: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    voices: dict[Says, int] = field(default_factory=dict)

    def add(self, number: int, says: Says) -> None:
        self.numbers.append(number)
        self.places.append(self.voices.setdefault(says, len(self.voices)))

    def changed(self, without: Collection[int], more: Heard | None) -> Heard:
        """The same without some records, and with what others say."""
        if more is not None and not without and more.numbers[0] > self.numbers[-1]:
            return self._continued(more)
        after = Heard()
        told = list(self.voices)
        said = [
            (number, told[place])
            for number, place in zip(self.numbers, self.places, strict=True)
            if number not in without
        ]
        if more is not None:
            others = list(more.voices)
            said += [
                (number, others[place])
                for number, place in zip(more.numbers, more.places, strict=True)
            ]
            said.sort(key=lambda each: each[0])
        for number, says in said:
            after.add(number, says)
        return after

    def _continued(self, more: Heard) -> Heard:
        """With what newer records say: most loads do no more."""
        voices = dict(self.voices)
        places = [voices.setdefault(says, len(voices)) for says in more.voices]
        later = [places[place] for place in more.places]
        return Heard(self.numbers + more.numbers, self.places + later, voices)

    def spoken(self) -> list[Voice]:
        """What is said, counted."""
        counts, firsts, lasts = (
            [0] * len(self.voices),
            [0] * len(self.voices),
            [0] * len(self.voices),
        )
        for number, place in zip(self.numbers, self.places, strict=True):
            if counts[place] == 0:
                firsts[place] = number
            counts[place] += 1
            lasts[place] = number
        return [
            Voice(says, counts[place], firsts[place], lasts[place])
            for says, place in self.voices.items()
        ]

    def fields(self, element: str, kind: Kind) -> dict[str, Value]:
        """All fields of the element, each settled by its rule."""
        if len(self.voices) == 1:
            (says,) = self.voices
            fields = dict(says)
            # One voice settles itself, but where its values are put in order.
            if len(fields) == len(says) and not any(
                kind.by_name[name].rule is Rule.UNION for name in fields
            ):
                return fields
        return settled(element, self.spoken())

    def kept(self, fields: Mapping[str, Value]) -> dict[str, object]:
        """The properties that it is kept as, beside the element's fields."""
        if len(self.voices) == 1:
            (says,) = self.voices
            if len(says) == len(fields) and dict(says) == fields:
                return {SAID_BY: self.numbers}
        voices = orjson.dumps(list(self.voices)).decode()
        return {SAID_BY: self.numbers, VOICES: voices, VOICE_OF: self.places}


def heard_from(records: Iterable[KeptRecord]) -> dict[str, Heard]:
    """What these records, in the order of their numbers, say of each element."""
    found: dict[str, Heard] = {}
    for kept in records:
        for element, says in said_in(kept.record).items():
            heard = found.get(element)
            if heard is None:
                heard = found[element] = Heard()
            heard.add(kept.number, says)
    return found


def said_in(record: Record) -> dict[str, Says]:
    """What a record says of each element, the same for all records that say the same."""
    said: dict[str, list[tuple[str, Value]]] = {}
    for statement in record.statements:
        says = said.setdefault(statement.element, [])
        if statement.field != EXISTS:
            says.append((statement.field, statement.value))
    return {element: _sorted(says) for element, says in said.items()}


def _sorted(says: Iterable[tuple[str, Value]]) -> Says:
    """By the fields' names; of one field in the order of columns."""
    return tuple(sorted(says, key=lambda each: each[0]))


def heard_of(fields: Mapping[str, Value], properties: Mapping[str, object]) -> Heard:
    """What was heard of an element, from what it is kept as."""
    numbers: list[int] = properties.get(SAID_BY) or []  # type: ignore[assignment]
    voices = properties.get(VOICES)
    if voices is None:
        return Heard(numbers, [0] * len(numbers), {_sorted(fields.items()): 0})
    told = [
        tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in says)
        for says in orjson.loads(str(voices))
    ]
    places: list[int] = properties[VOICE_OF]  # type: ignore[assignment]
    return Heard(numbers, places, {says: place for place, says in enumerate(told)})
