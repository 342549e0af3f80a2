"""What is told at a look: overview, what is lacking, unsolved problems, cards, who else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from schema.names import kind_of, municipality_of
from schema.records import relation_key
from schema.vocabulary import DECISION, PRIORITY, PURPOSE, STATUS
from tests.graph.plain import rows
from tests.graph.plain.graph import PlainGraph

Ends = tuple[str, str]
KINDS = ("municipality", "department", "solution", "problem", "technology", "competence")
STATUSES = ("in_use", "pilot", "planned", "retired")


@dataclass(frozen=True)
class Table:
    """Rows with most uses first, then by id; of each how many uses name each purpose, how many
    none, and how many there are."""

    rows: list[str]
    counts: list[tuple[int, ...]]
    untold: list[int]
    totals: list[int]


@dataclass(frozen=True)
class PlainScope:
    """A municipality, or all of the graph."""

    graph: PlainGraph
    municipality: str | None

    @cached_property
    def departments(self) -> list[str]:
        return [
            d
            for d in self.graph.of_kind("department")
            if self.municipality in (None, municipality_of(d))
        ]

    @cached_property
    def uses(self) -> list[Ends]:
        return [(d, s) for d in self.departments for s in self.graph.out("USES", d)]

    @cached_property
    def cards(self) -> list[Ends]:
        return [(d, s) for d in self.departments for s in self.graph.out("PROPOSES", d)]

    @cached_property
    def nodes(self) -> dict[str, list[str]]:
        """What its departments tell of, by kind; all there is where no municipality is named."""
        if self.municipality is None:
            return {kind: self.graph.of_kind(kind) for kind in KINDS}
        own = self.departments
        solutions = self._from("USES", own) | self._from("PROPOSES", own)
        technologies = self._from("BUILT_ON", solutions) | self._from("FAMILIAR_WITH", own)
        demanders = solutions | technologies
        return {
            "municipality": [self.municipality],
            "department": own,
            "solution": sorted(solutions),
            "problem": sorted(self._from("SOLVES", solutions) | self._from("FACES", own)),
            "technology": sorted(technologies),
            "competence": sorted(self._from("REQUIRES", demanders) | self._from("HAS", own)),
        }

    def _from(self, relation: str, nodes: Iterable[str]) -> set[str]:
        return {target for node in nodes for target in self.graph.out(relation, node)}

    def counts(self) -> dict[str, int]:
        return {kind: len(nodes) for kind, nodes in self.nodes.items()} | {"card": len(self.cards)}

    def statuses(self) -> dict[str, int]:
        found = Counter(rows.status(self.graph, *use) for use in self.uses)
        return {word.key: found[word.key] for word in STATUS}

    def purposes(self, use: Ends) -> set[str]:
        """The primary purpose of a use and the others."""
        primary = self.graph.told("USES", *use, "primary_purpose")
        others = set(self.graph.words("USES", *use, "other_purposes"))
        return others if primary is None else others | {str(primary)}

    def departments_by_purpose(self) -> Table:
        found: dict[str, list[Ends]] = {d: [] for d in self.nodes["department"]}
        for use in self._held:
            found[use[0]].append(use)
        return self._table(found)

    def technologies_by_purpose(self) -> Table:
        found: dict[str, list[Ends]] = {t: [] for t in self.nodes["technology"]}
        for use in self._held:
            for technology in self.graph.out("BUILT_ON", use[1]):
                found[technology].append(use)
        return self._table(found)

    @cached_property
    def _held(self) -> list[Ends]:
        return [use for use in self.uses if rows.status(self.graph, *use) in rows.HELD]

    def _table(self, found: Mapping[str, Sequence[Ends]]) -> Table:
        order = sorted(found, key=lambda row: (-len(found[row]), row))
        named = {row: [self.purposes(use) for use in found[row]] for row in order}
        return Table(
            order,
            [tuple(sum(w.key in each for each in named[r]) for w in PURPOSE) for r in order],
            [sum(not each for each in named[row]) for row in order],
            [len(found[row]) for row in order],
        )

    def used_by_many(self) -> list[tuple[str, list[str]]]:
        """What more than one department here has in use or on trial, the most used first."""
        using: dict[str, list[str]] = {}
        for department, solution in self.uses:
            if rows.status(self.graph, department, solution) in rows.ACTIVE:
                using.setdefault(solution, []).append(department)
        many = [(s, sorted(each)) for s, each in using.items() if len(each) > 1]
        return sorted(many, key=lambda each: (-len(each[1]), each[0]))

    def lacks(self) -> dict[str, tuple[int, list[str]]]:
        """What is not told: of how many, and by which."""
        return dict(self._lacks())

    def _lacks(self) -> Iterator[tuple[str, tuple[int, list[str]]]]:
        graph, own, solutions = self.graph, self.nodes["department"], self.nodes["solution"]
        for key, relation in (("uses", "USES"), ("problems", "FACES"), ("competences", "HAS")):
            silent = [d for d in own if not graph.out(relation, d)]
            yield f"department-{key}", (len(own), silent)
        for key, field in (("serves", "serves"), ("maturity", "digital_maturity")):
            yield f"department-{key}", (len(own), [d for d in own if field not in graph.nodes[d]])
        for key, silent_uses in (
            ("purpose", [use for use in self.uses if not self.purposes(use)]),
            ("users", [use for use in self.uses if not graph.words("USES", *use, "users")]),
            ("problem", [use for use in self.uses if not graph.out("SOLVES", use[1])]),
        ):
            yield f"use-{key}", (len(self.uses), [relation_key("USES", *u) for u in silent_uses])
        faced = [(d, p) for d in own for p in graph.out("FACES", d)]
        untold = [each for each in faced if graph.told("FACES", *each, "priority") is None]
        yield "problem-priority", (len(faced), [relation_key("FACES", *each) for each in untold])
        for key, relation in (("problem", "SOLVES"), ("technology", "BUILT_ON")):
            silent = [s for s in solutions if not graph.out(relation, s)]
            yield f"solution-{key}", (len(solutions), silent)
        undemanding = [s for s in solutions if not rows.required(graph, s)]
        yield "solution-competences", (len(solutions), undemanding)
        for key, field in (("purpose", "purposes"), ("guidepost", "guideposts")):
            open_cards = [card for card in self.cards if not graph.words("PROPOSES", *card, field)]
            keys = [relation_key("PROPOSES", *card) for card in open_cards]
            yield f"card-{key}", (len(self.cards), keys)

    def unsolved(self) -> list[Unsolved]:
        """What departments here face and have not solved: those that most give high priority
        first, then those that most face, then by id."""
        facing: dict[str, list[Facing]] = {}
        for department in self.departments:
            for problem in rows.unsolved(self.graph, department):
                told = self.graph.told("FACES", department, problem, "priority")
                priority = None if told is None else str(told)
                facing.setdefault(problem, []).append((department, priority))
        found = [
            (problem, sorted(each, key=lambda one: (-_urgency(one[1]), one[0])))
            for problem, each in facing.items()
        ]
        return sorted(
            found,
            key=lambda each: (-sum(p == "high" for _, p in each[1]), -len(each[1]), each[0]),
        )

    def proposals(self, decision: str | None) -> list[tuple[str, str, str]]:
        """The cards, in the order of the decisions, then by department and solution."""
        cards = [(str(rows.decision(self.graph, *card)), *card) for card in self.cards]
        wanted = [card for card in cards if decision in (None, card[0])]
        return sorted(wanted, key=lambda card: (DECISION.codes[card[0]], card[1], card[2]))


Facing = tuple[str, str | None]
Unsolved = tuple[str, list[Facing]]


@dataclass(frozen=True)
class PlainSolver:
    """A solution of a problem: where it is in use, of these those who face it, where it is on the
    way, and who proposes it."""

    solution: str
    in_use: list[str]
    solved_in: list[str]
    on_the_way: list[str]
    proposed_by: list[str]


def solvers_of(graph: PlainGraph, problem: str) -> list[PlainSolver]:
    """All solutions of a problem, the most used first."""
    found = []
    for solution in graph.into("SOLVES", problem):
        in_use = rows.users(graph, solution, ["in_use"])
        proposing = graph.into("PROPOSES", solution)
        found.append(
            PlainSolver(
                solution,
                in_use,
                [d for d in in_use if graph.has("FACES", d, problem)],
                rows.users(graph, solution, ["pilot", "planned"]),
                [d for d in proposing if rows.decision(graph, d, solution) != "declined"],
            )
        )
    return sorted(
        found,
        key=lambda each: (
            -len(each.in_use),
            -len(each.on_the_way),
            -len(each.proposed_by),
            each.solution,
        ),
    )


@dataclass(frozen=True)
class Existing:
    """Another solution in use for the card's problems: which problems, and where."""

    solution: str
    problems: list[str]
    departments: list[str]


def existing(graph: PlainGraph, department: str, solution: str) -> list[Existing]:
    """What already solves a card's problems: in the own municipality first, then what solves most
    of them, then the most used."""
    home, own = municipality_of(department), graph.out("SOLVES", solution)
    found = []
    for other in {s for problem in own for s in graph.into("SOLVES", problem)} - {solution}:
        using = nearest_first(graph, other, home)
        if using:
            problems = [problem for problem in own if graph.has("SOLVES", other, problem)]
            found.append(Existing(other, problems, using))
    return sorted(
        found,
        key=lambda each: (
            municipality_of(each.departments[0]) != home,
            -len(each.problems),
            -len(each.departments),
            each.solution,
        ),
    )


def nearest_first(graph: PlainGraph, solution: str, home: str) -> list[str]:
    """Where a solution is in use, in this municipality first."""
    using = rows.users(graph, solution, ["in_use"])
    return sorted(using, key=lambda d: (municipality_of(d) != home, d))


Holder = tuple[str, str | None, frozenset[str]]


def who_else(graph: PlainGraph, node: str) -> list[Holder]:
    """Who has it: department, what it has of it, and what says so; the most first, then by id."""
    ask = {
        "solution": _users,
        "problem": _facing,
        "competence": _competent,
        "technology": _familiar,
    }
    found = sorted(ask[kind_of(node)](graph, node), key=lambda each: (each[0], each[1][0]))
    return [holder for _, holder in found]


def _users(graph: PlainGraph, solution: str) -> Iterator[tuple[int, Holder]]:
    for d in graph.into("USES", solution):
        status = str(rows.status(graph, d, solution))
        key = relation_key("USES", d, solution)
        yield STATUSES.index(status), (d, status, frozenset([key]))


def _facing(graph: PlainGraph, problem: str) -> Iterator[tuple[int, Holder]]:
    for d in graph.into("FACES", problem):
        told = graph.told("FACES", d, problem, "priority")
        priority = None if told is None else str(told)
        elements = {relation_key("FACES", d, problem)}
        for s in rows.solvers(graph, d, problem):
            elements |= {relation_key("USES", d, s), relation_key("SOLVES", s, problem)}
        yield -_urgency(priority), (d, priority, frozenset(elements))


def _competent(graph: PlainGraph, competence: str) -> Iterator[tuple[int, Holder]]:
    for d in graph.into("HAS", competence):
        level = graph.told("HAS", d, competence, "level")
        key = relation_key("HAS", d, competence)
        yield -int(str(level or 0)), (d, None if level is None else str(level), frozenset([key]))


def _familiar(graph: PlainGraph, technology: str) -> Iterator[tuple[int, Holder]]:
    near = set(graph.into("FAMILIAR_WITH", technology))
    near |= {d for s in graph.into("BUILT_ON", technology) for d in graph.into("USES", s)}
    for d in near:
        level = rows.familiarity(graph, d, technology)
        if level is not None:
            elements = rows.familiarity_elements(graph, d, technology)
            yield -level, (d, str(level), frozenset(elements))


def _urgency(priority: str | None) -> int:
    return -1 if priority is None else PRIORITY.codes[priority]
