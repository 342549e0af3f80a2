"""What the records of one load say of each element: those that say the same together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from graph.settling import Voice
from graph.sqlite_links import BY_KEY, LinkKind
from graph.sqlite_records import Run, by_element
from schema.field import Value
from schema.records import parse_relation

Ends = tuple[LinkKind, str, str]
"""The kind, source and target of a relationship."""
Told = Sequence[Any]
"""The fields and values that are told of an element, one after the other."""


@dataclass(slots=True)
class Said:
    """What is said of one element: by most of its records the same, ``told``, in ``places``; what
    others say, with their places."""

    told: Told
    places: list[int]
    ends: Ends | None
    others: dict[tuple[Value, ...], list[int]] | None = None

    def add(self, told: Told, place: int) -> None:
        """Another record says something else than ``told``."""
        if self.others is None:
            self.others = {}
        self.others.setdefault(tuple(told), []).append(place)

    @property
    def groups(self) -> list[list[int]]:
        """The places of the records that say the same."""
        if self.others is None:
            return [self.places]
        return [self.places, *self.others.values()]

    @property
    def voices(self) -> list[Voice]:
        """What is said, as it is settled."""
        told = [(self.told, self.places), *(self.others or {}).items()]
        return [Voice(pairs(some), len(places), places[0], places[-1]) for some, places in told]


class Heard:
    """What is said of each element, in the order of first mention."""

    def __init__(self) -> None:
        self.nodes: dict[str, Said] = {}
        self.relations: dict[str, Said] = {}

    def hear(self, place: int, runs: Iterable[Run]) -> None:
        """Hear a record. Raises ValueError where it states a relationship but not both its ends,
        so that a relationship never stands without its nodes, whatever is undone."""
        by = by_element(runs)
        for element, (_, told, _) in by.items():
            if " " not in element:
                said = self.nodes.get(element)
                if said is None:
                    self.nodes[element] = Said(told, [place], None)
                    continue
            else:
                said = self.relations.get(element)
                kind, source, target = parse_relation(element)
                if source not in by or target not in by:
                    raise ValueError(f"a record states {element} but not both its ends")
                if said is None:
                    ends = BY_KEY[kind], source, target
                    self.relations[element] = Said(told, [place], ends)
                    continue
            if said.told == told:
                said.places.append(place)
            else:
                said.add(told, place)

    def said(self) -> Iterator[tuple[str, Said]]:
        """Each element with what is said of it."""
        yield from self.nodes.items()
        yield from self.relations.items()


def pairs(told: Told) -> tuple[tuple[str, Value], ...]:
    """The fields that are told, with their values."""
    return tuple(zip(told[::2], told[1::2], strict=True))
