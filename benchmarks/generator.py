"""Made-up municipalities of any number, the same every time: loads as the loaders would make them.

Use has a long tail as in a real register: a few solutions in hundreds of departments, most in one
to five. Sizes: S 1 municipality, M 98 (as many as Denmark has), L 1,000.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from schema.field import Value
from schema.messages import Place
from schema.records import EXISTS, Load, Record, Statement, relation_key
from schema.vocabulary import PEOPLE, PRIORITY, PURPOSE, STATUS

DEPARTMENTS = 30  # of each municipality
USES = 36  # of each department, about
SIZES = {"S": 1, "M": 98, "L": 1000}
WORDS = (
    *("borgeren får besked når hjemmeplejen er på vej", "og pårørende kan følge med"),
    *("medarbejderne sparer tid på telefonen", "og bruger den på omsorg"),
    *("løsningen blev taget godt imod", "men kræver oplæring og klare aftaler om data"),
    *("vi måler effekten hvert kvartal", "og deler erfaringer med andre forvaltninger"),
)


@dataclass(frozen=True)
class Sizes:
    """How many nodes of each shared kind there are among so many municipalities."""

    municipalities: int

    @property
    def solutions(self) -> int:
        return max(300, self.municipalities * 296)

    @property
    def problems(self) -> int:
        return max(60, self.municipalities * 20)

    @property
    def technologies(self) -> int:
        return max(25, self.municipalities * 4)

    @property
    def competences(self) -> int:
        return max(30, self.municipalities * 6)


class Generator:
    """Makes the loads of so many municipalities from a seed."""

    def __init__(self, municipalities: int, seed: int = 20261124) -> None:
        self.sizes = Sizes(municipalities)
        self._random = np.random.default_rng(seed)
        ranks = np.arange(1, self.sizes.solutions + 1)
        weights = 1.0 / ranks**0.75
        self._popularity = weights / weights.sum()
        self._about = [self._solution(i) for i in range(self.sizes.solutions)]

    def loads(self) -> Iterator[Load]:
        """One load for each municipality, to be applied in this order at revisions 0, 1, 2 …"""
        for number in range(self.sizes.municipalities):
            records = tuple(self._municipality(number))
            yield Load(f"kommune-{number}.xlsx", records, number, (f"kommune-{number}.xlsx",))

    def one_load(self) -> Load:
        """Everything in one load."""
        records = tuple(record for load in self.loads() for record in load.records)
        return Load("alle.xlsx", records, 0, ("alle.xlsx",))

    def _some(self, upper: int, at_most: int, at_least: int = 0) -> list[int]:
        count = int(self._random.integers(at_least, at_most + 1))
        return [int(i) for i in dict.fromkeys(self._random.integers(0, upper, count))]

    def _text(self) -> str:
        chosen = self._random.integers(0, len(WORDS), int(self._random.integers(2, 7)))
        return " ".join(WORDS[i] for i in chosen).capitalize() + "."

    def _solution(self, number: int) -> list[Statement]:
        """What every row about a solution says of it."""
        solution = f"solution:loesning-{number}"
        said = [Statement(solution, "name", f"Løsning {number}")]
        for problem in self._some(self.sizes.problems, 2, 1):
            said += _link(solution, "SOLVES", f"problem:problem-{problem}")
        for technology in self._some(self.sizes.technologies, 2, 1):
            said += _link(solution, "BUILT_ON", f"technology:teknologi-{technology}")
        for competence in self._some(self.sizes.competences, 1):
            key = relation_key("REQUIRES", solution, f"competence:kompetence-{competence}")
            said += _link(solution, "REQUIRES", f"competence:kompetence-{competence}")
            said.append(Statement(key, "level", int(self._random.integers(1, 6))))
            said.append(Statement(key, "necessity", "essential"))
        return said

    def _municipality(self, number: int) -> Iterator[Record]:
        municipality = f"municipality:kommune-{number}"
        name = Statement(municipality, "name", f"Kommune {number}")
        facts = [
            Statement(municipality, "population", int(self._random.integers(2_000, 600_000))),
            Statement(municipality, "latitude", float(self._random.uniform(54.6, 57.7))),
            Statement(municipality, "longitude", float(self._random.uniform(8.1, 12.7))),
        ]
        yield _record(f"municipalities {municipality}", "Kommuner", 2, [name, *facts])
        for i in range(DEPARTMENTS):
            yield from self._department(number, i, name)

    def _department(self, number: int, i: int, municipality: Statement) -> Iterator[Record]:
        department = f"department:kommune-{number}/forvaltning-{i}"
        named = [municipality, Statement(department, "name", f"Forvaltning {i}")]
        facts: list[tuple[str, Value]] = [
            ("digital_maturity", int(self._random.integers(1, 6))),
            ("serves", self._words(PEOPLE.by_key, 3)),
        ]
        own = [Statement(department, field, value) for field, value in facts]
        yield _record(f"departments {department}", "Forvaltninger", i + 2, [*named, *own])
        chosen = self._random.choice(self.sizes.solutions, USES, p=self._popularity)
        for solution in dict.fromkeys(int(each) for each in chosen):
            yield self._use(department, solution, named)
        for problem in self._some(self.sizes.problems, 14, 4):
            said = _link(department, "FACES", f"problem:problem-{problem}")
            priority = str(self._random.choice(list(PRIORITY.by_key)))
            said.append(Statement(said[-1].element, "priority", priority))
            yield _record(f"problems {said[-1].element}", "Problemer", problem, [*named, *said])
        for competence in self._some(self.sizes.competences, 12, 4):
            said = _link(department, "HAS", f"competence:kompetence-{competence}")
            said.append(Statement(said[-1].element, "level", int(self._random.integers(1, 6))))
            yield _record(f"competences {said[-1].element}", "Kompetencer", 2, [*named, *said])
        for technology in self._some(self.sizes.technologies, 8, 2):
            said = _link(department, "FAMILIAR_WITH", f"technology:teknologi-{technology}")
            said.append(Statement(said[-1].element, "level", int(self._random.integers(0, 5))))
            yield _record(f"technologies {said[-1].element}", "Teknologier", 2, [*named, *said])

    def _words(self, keys: Iterable[str], at_most: int) -> tuple[str, ...]:
        known = list(keys)
        return tuple(sorted(known[i] for i in self._some(len(known), at_most, 1)))

    def _use(self, department: str, solution: int, named: list[Statement]) -> Record:
        about = self._about[solution]
        use = relation_key("USES", department, about[0].element)
        told: list[tuple[str, Value]] = [
            (EXISTS, ""),
            ("status", str(self._random.choice(list(STATUS.by_key), p=[0.05, 0.1, 0.8, 0.05]))),
            ("primary_purpose", str(self._random.choice(list(PURPOSE.by_key)))),
            ("users", self._words(PEOPLE.by_key, 2)),
            ("since", str(self._random.integers(2012, 2027))),
            ("background", self._text()),
            ("effect_realised", self._text()),
            ("reception", self._text()),
        ]
        said = [Statement(use, field, value) for field, value in told]
        return _record(f"status {use}", "Status", solution + 2, [*named, *about, *said])


def _link(source: str, relation: str, target: str) -> list[Statement]:
    name = target.partition(":")[2].replace("-", " ").capitalize()
    key = relation_key(relation, source, target)
    return [Statement(target, "name", name), Statement(key, EXISTS, "")]


def _record(key: str, sheet: str, row: int, statements: list[Statement]) -> Record:
    lettered = tuple(
        Statement(s.element, s.field, s.value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i % 26])
        for i, s in enumerate(statements)
    )
    return Record(key, Place("kommune.xlsx", sheet, row), lettered)
