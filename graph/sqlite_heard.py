"""What the records of one load say of each element: those that say the same together."""

from collections.abc import Iterable

from graph.settling import Voice
from graph.sqlite_records import Run, by_element
from schema.field import Value
from schema.records import parse_relation

Says = tuple[Value, ...]
"""The fields that a record tells of an element, then their values."""
Told = dict[Says, list[int]]
"""The places in the load of the records that say each."""


class Heard:
    """What is said of each element, in the order of first mention. ``ends`` are the kind, source
    and target of each relationship."""

    def __init__(self) -> None:
        self.nodes: dict[str, Told] = {}
        self.relations: dict[str, Told] = {}
        self.ends: dict[str, tuple[str, str, str]] = {}

    def hear(self, place: int, runs: Iterable[Run]) -> None:
        """Hear a record. Raises ValueError where it states a relationship but not both its ends,
        so that a relationship never stands without its nodes, whatever is undone."""
        said = by_element(runs)
        for element, run in said.items():
            says = (*run[1::3], *run[2::3])
            if " " in element:
                ends = self.ends.get(element)
                if ends is None:
                    ends = self.ends[element] = parse_relation(element)
                if ends[1] not in said or ends[2] not in said:
                    raise ValueError(f"a record states {element} but not both its ends")
                elements = self.relations
            else:
                elements = self.nodes
            told = elements.get(element)
            if told is None:
                elements[element] = {says: [place]}
            elif says in told:
                told[says].append(place)
            else:
                told[says] = [place]

    def __contains__(self, element: str) -> bool:
        return element in self.nodes or element in self.relations

    def elements(self) -> Iterable[str]:
        yield from self.nodes
        yield from self.relations


def pairs(says: Says) -> tuple[tuple[str, Value], ...]:
    """The fields with their values."""
    half = len(says) // 2
    return tuple(zip(says[:half], says[half:], strict=True))  # type: ignore[arg-type]


def voices(told: Told) -> list[Voice]:
    """What is said of one element, as it is settled."""
    return [Voice(pairs(says), len(places), places[0], places[-1]) for says, places in told.items()]
