"""Made-up municipalities of any number, the same every time: loads as the loaders would make them.

Use has a long tail as in a real register: a few solutions in hundreds of departments, most in one
to five. Sizes: S 1 municipality, M 98 (as many as Denmark has), L 1,000.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks import names
from schema.field import Value
from schema.messages import Place
from schema.names import department_id, node_id
from schema.records import EXISTS, Load, Record, Statement, relation_key
from schema.vocabulary import PEOPLE, PRIORITY, PURPOSE, STATUS

DEPARTMENTS = len(names.DEPARTMENTS)
"""Of each municipality."""
USES = 30
"""Of each department, about."""
TELLING = 0.1
"""The share of rows, beside each first one, that tell what a solution solves and rests on."""
HEAD = 20
"""How far down the long tail the most used solution stands: the fewer, the more use it has."""
SIZES = {"S": 1, "M": 98, "L": 1000}
SHEETS = {
    "departments": "Forvaltninger",
    "status": "Status",
    "problems": "Problemer",
    "competences": "Kompetencer",
    "technologies": "Teknologier",
}
Row = tuple[str, str, list[Statement]]
"""The sheet's key, what the row is about, and what it says."""


@dataclass(frozen=True)
class Sizes:
    """How many nodes of each shared kind there are among so many municipalities."""

    municipalities: int

    @property
    def solutions(self) -> int:
        return max(440, self.municipalities * 440)

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
        weights = 1.0 / (ranks + HEAD) ** 0.75
        self._popularity = weights / weights.sum()
        self._about = [self._solution(i) for i in range(self.sizes.solutions)]
        self._told: set[int] = set()

    def loads(self) -> Iterator[Load]:
        """One load for each municipality, to be applied in this order at revisions 0, 1, 2 …"""
        for number in range(self.sizes.municipalities):
            file = f"{names.municipality(number)}.xlsx"
            yield Load(file, tuple(self._municipality(number, file)), number, (file,))

    def one_load(self) -> Load:
        """Everything in one load."""
        records = tuple(record for load in self.loads() for record in load.records)
        return Load("alle.xlsx", records, 0, ("alle.xlsx",))

    def _some(self, upper: int, at_most: int, at_least: int = 0) -> list[int]:
        count = int(self._random.integers(at_least, at_most + 1))
        return [int(i) for i in dict.fromkeys(self._random.integers(0, upper, count))]

    def _text(self) -> str:
        chosen = self._random.integers(0, len(names.SENTENCES), int(self._random.integers(2, 7)))
        return " ".join(names.SENTENCES[i] for i in chosen).capitalize() + "."

    def _solution(self, number: int) -> list[Statement]:
        """What a row that tells about a solution says of it."""
        name = names.solution(number)
        solution = node_id("solution", name)
        function = names.FUNCTIONS[number % len(names.FUNCTIONS)]
        said = [
            Statement(solution, "name", name),
            Statement(solution, "function", function.capitalize()),
            Statement(solution, "description", self._text()),
        ]
        for problem in self._some(self.sizes.problems, 2, 1):
            said += _link(solution, "SOLVES", "problem", names.problem(problem))
        for technology in self._some(self.sizes.technologies, 2, 1):
            said += _link(solution, "BUILT_ON", "technology", names.technology(technology))
        for competence in self._some(self.sizes.competences, 1):
            said += _link(solution, "REQUIRES", "competence", names.competence(competence))
            required = said[-1].element
            said.append(Statement(required, "level", int(self._random.integers(1, 6))))
            said.append(Statement(required, "necessity", "essential"))
        return said

    def _municipality(self, number: int, file: str) -> Iterator[Record]:
        name = names.municipality(number)
        municipality = node_id("municipality", name)
        named = Statement(municipality, "name", name)
        facts = [
            Statement(municipality, "population", int(self._random.integers(2_000, 600_000))),
            Statement(municipality, "latitude", float(self._random.uniform(54.6, 57.7))),
            Statement(municipality, "longitude", float(self._random.uniform(8.1, 12.7))),
        ]
        place = Place(file, "Kommuner", 2)
        yield _record(f"municipalities {municipality}", place, [named, *facts])
        rows: dict[str, int] = {}
        for i in range(DEPARTMENTS):
            for sheet, key, said in self._department(i, named):
                rows[sheet] = rows.get(sheet, 1) + 1
                yield _record(f"{sheet} {key}", Place(file, SHEETS[sheet], rows[sheet]), said)

    def _department(self, i: int, municipality: Statement) -> Iterator[Row]:
        name = names.department(i)
        department = department_id(str(municipality.value), name)
        named = [municipality, Statement(department, "name", name)]
        facts: list[tuple[str, Value]] = [
            ("serves", self._words(PEOPLE.by_key, 3)),
            ("digital_maturity", int(self._random.integers(1, 6))),
        ]
        own = [Statement(department, field, value) for field, value in facts]
        yield "departments", department, [*named, *own]
        chosen = self._random.choice(self.sizes.solutions, USES, p=self._popularity)
        for solution in dict.fromkeys(int(each) for each in chosen):
            yield self._use(department, solution, named)
        for number in self._some(self.sizes.problems, 5, 1):
            said = _link(department, "FACES", "problem", names.problem(number))
            priority = str(self._random.choice(list(PRIORITY.by_key)))
            said.append(Statement(said[-1].element, "priority", priority))
            yield "problems", said[-1].element, [*named, *said]
        for number in self._some(self.sizes.competences, 7, 3):
            said = _link(department, "HAS", "competence", names.competence(number))
            said.append(Statement(said[-1].element, "level", int(self._random.integers(1, 6))))
            yield "competences", said[-1].element, [*named, *said]
        for number in self._some(self.sizes.technologies, 5, 2):
            said = _link(department, "FAMILIAR_WITH", "technology", names.technology(number))
            said.append(Statement(said[-1].element, "level", int(self._random.integers(0, 5))))
            yield "technologies", said[-1].element, [*named, *said]

    def _words(self, keys: Iterable[str], at_most: int) -> tuple[str, ...]:
        known = list(keys)
        return tuple(known[i] for i in sorted(self._some(len(known), at_most, 1)))

    def _use(self, department: str, number: int, named: list[Statement]) -> Row:
        about = self._about[number]
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
        said = [*named, about[0], *(Statement(use, field, value) for field, value in told)]
        if self._random.random() < TELLING or number not in self._told:
            self._told.add(number)
            said += [*about[1:], *_faced(department, about)]
        return "status", use, said


def _faced(department: str, about: list[Statement]) -> Iterator[Statement]:
    """A department that tells what a solution solves faces it, as in a Status sheet."""
    for statement in about:
        if statement.element.startswith("problem:"):
            key = relation_key("FACES", department, statement.element)
            yield Statement(key, EXISTS, "")


def _link(source: str, relation: str, kind: str, name: str) -> list[Statement]:
    target = node_id(kind, name)
    key = relation_key(relation, source, target)
    return [Statement(target, "name", name), Statement(key, EXISTS, "")]


def _record(key: str, place: Place, statements: list[Statement]) -> Record:
    lettered = tuple(
        Statement(s.element, s.field, s.value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i % 26])
        for i, s in enumerate(statements)
    )
    return Record(key, place, lettered)
