"""What the records of one load say of each element: those that say the same together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.settling import Voice
from graph.sqlite_links import BY_KEY, LinkKind
from graph.sqlite_records import Run, by_element
from schema.field import Value
from schema.records import parse_relation

Ends = tuple[LinkKind, str, str]
"""The kind, source and target of a relationship."""


@dataclass(slots=True)
class Said:
    """What is said of one element: by most of its records the same, ``run``, in ``places``; what
    others say, by what they say."""

    run: Run
    places: list[int]
    ends: Ends | None
    others: dict[tuple[Value, ...], tuple[Run, list[int]]] | None = None

    def add(self, run: Run, place: int) -> None:
        """Another record says something else than ``run``."""
        if self.others is None:
            self.others = {}
        self.others.setdefault(tuple(run[1]), (run, []))[1].append(place)

    @property
    def groups(self) -> list[list[int]]:
        """The places of the records that say the same."""
        if self.others is None:
            return [self.places]
        return [self.places, *(places for _, places in self.others.values())]

    @property
    def voices(self) -> list[Voice]:
        """What is said, as it is settled."""
        told = [(self.run, self.places), *(self.others or {}).values()]
        return [Voice(pairs(run), len(places), places[0], places[-1]) for run, places in told]


class Heard:
    """What is said of each element, in the order of first mention."""

    def __init__(self) -> None:
        self.nodes: dict[str, Said] = {}
        self.relations: dict[str, Said] = {}

    def hear(self, place: int, runs: Iterable[Run]) -> None:
        """Hear a record. Raises ValueError where it states a relationship but not both its ends,
        so that a relationship never stands without its nodes, whatever is undone."""
        told = by_element(runs)
        for element, run in told.items():
            if " " not in element:
                said = self.nodes.get(element)
                if said is None:
                    self.nodes[element] = Said(run, [place], None)
                    continue
            else:
                said = self.relations.get(element)
                if said is None:
                    kind, source, target = parse_relation(element)
                    said = Said(run, [], (BY_KEY[kind], source, target))
                    self.relations[element] = said
                ends = said.ends
                if ends is not None and not (ends[1] in told and ends[2] in told):
                    raise ValueError(f"a record states {element} but not both its ends")
            if said.run[1] == run[1]:
                said.places.append(place)
            else:
                said.add(run, place)

    def said(self) -> Iterator[tuple[str, Said]]:
        """Each element with what is said of it."""
        yield from self.nodes.items()
        yield from self.relations.items()


def pairs(run: Run) -> tuple[tuple[str, Value], ...]:
    """The fields that a run tells, with their values."""
    told = run[1]
    return tuple(zip(told[::2], told[1::2], strict=True))
