"""Synergy, from docs/method.md: two departments at a time, with sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.synergy_kinds import DIRECTED, KINDS, SynergyKind, SynergyWeights
from schema.records import relation_key
from tests.graph.plain import rows
from tests.graph.plain.graph import PlainGraph

Pair = tuple[str, str]  # a problem and a technology


@dataclass(frozen=True)
class Account:
    """What one department tells, as far as synergy goes."""

    graph: PlainGraph
    department: str

    @cached_property
    def held(self) -> set[str]:
        return rows.uses(self.graph, self.department, rows.HELD)

    @cached_property
    def solved(self) -> set[str]:
        return rows.solved(self.graph, self.department)

    @cached_property
    def unsolved(self) -> set[str]:
        return rows.unsolved(self.graph, self.department)

    @cached_property
    def by_pair(self) -> dict[Pair, set[str]]:
        """The held solutions that solve a problem by a technology."""
        found: dict[Pair, set[str]] = {}
        for solution in self.held:
            for problem in self.graph.out("SOLVES", solution):
                for technology in self.graph.out("BUILT_ON", solution):
                    found.setdefault((problem, technology), set()).add(solution)
        return found

    @cached_property
    def required(self) -> dict[str, rows.Requirement]:
        """What its held solutions require: the highest level, essential where it is to any."""
        found: dict[str, rows.Requirement] = {}
        for solution in self.held:
            for competence, each in rows.required(self.graph, solution).items():
                wanted = found.setdefault(competence, rows.Requirement())
                wanted.add(each.level, each.essential, ())
        return found

    @cached_property
    def has(self) -> dict[str, int]:
        return rows.competences(self.graph, self.department)

    @cached_property
    def lacking(self) -> set[str]:
        return {c for c, each in self.required.items() if not self.has_at(c, each.level)}

    def has_at(self, competence: str, level: int) -> bool:
        """Whether it has a competence at a level; 0 stands for any."""
        return competence in self.has and self.has[competence] >= level

    @cached_property
    def tells_solutions(self) -> bool:
        return bool(self.graph.out("USES", self.department))

    @cached_property
    def tells_pairs(self) -> bool:
        """Any use, whatever its status, of something whose problem and technology are told."""
        graph = self.graph
        return any(
            graph.out("SOLVES", s) and graph.out("BUILT_ON", s)
            for s in graph.out("USES", self.department)
        )

    @cached_property
    def tells_solving(self) -> bool:
        return any(self.graph.out("SOLVES", s) for s in self.graph.out("USES", self.department))

    @cached_property
    def tells_problems(self) -> bool:
        return bool(self.graph.out("FACES", self.department))


@dataclass(frozen=True)
class Found:
    """A kind of synergy between two: its parts, its score and its coverage."""

    parts: dict[str, float | None]
    score: float | None
    coverage: float


@dataclass(frozen=True)
class PlainSynergy:
    """All that is asked of synergy in one graph."""

    graph: PlainGraph
    weights: SynergyWeights

    @cached_property
    def accounts(self) -> dict[str, Account]:
        return {d: Account(self.graph, d) for d in self.graph.of_kind("department")}

    @cached_property
    def rare_solutions(self) -> Mapping[str, float]:
        return rows.rarity(each.held for each in self.accounts.values())

    @cached_property
    def rare_pairs(self) -> Mapping[Pair, float]:
        return rows.rarity(each.by_pair for each in self.accounts.values())

    @cached_property
    def rare_problems(self) -> Mapping[str, float]:
        return rows.rarity(self.graph.out("FACES", d) for d in self.accounts)

    @cached_property
    def rare_competences(self) -> Mapping[str, float]:
        return rows.rarity(self.graph.out("HAS", d) for d in self.accounts)

    def found(self, kind: SynergyKind, giver: str, receiver: str) -> Found:
        """One kind between two: giver and receiver where there are such."""
        a, b = self.accounts[giver], self.accounts[receiver]
        weights = self.weights.parts(kind)
        parts = {part: self._part(part, a, b) for part in weights}
        known = {part: value for part, value in parts.items() if value is not None}
        weight = sum(weights[part] for part in known)
        score = sum(weights[p] * v for p, v in known.items()) / weight if weight else None
        return Found(parts, score, weight / sum(weights.values()))

    def _part(self, part: str, a: Account, b: Account) -> float | None:
        match part:
            case "solutions":
                told = a.tells_solutions and b.tells_solutions
                return rows.jaccard(a.held, b.held, self.rare_solutions) if told else None
            case "technologies":
                return self._technologies(a, b)
            case "solved":
                told = a.tells_solving and b.tells_problems
                return self._met(b.unsolved, a.solved & b.unsolved) if told else None
            case "unsolved":
                told = a.tells_problems and b.tells_problems
                return rows.jaccard(a.unsolved, b.unsolved, self.rare_problems) if told else None
            case _:
                return self._competences(a, b)

    def _technologies(self, a: Account, b: Account) -> float | None:
        """The pairs of both, but for those that both have through one and the same solution."""
        if not (a.tells_pairs and b.tells_pairs):
            return None
        same = {p for p in a.by_pair.keys() & b.by_pair.keys() if a.by_pair[p] & b.by_pair[p]}
        one, other = a.by_pair.keys() - same, b.by_pair.keys() - same
        return rows.jaccard(one, other, self.rare_pairs) if one or other else None

    def _met(self, needed: set[str], met: set[str]) -> float:
        rare = self.rare_problems
        return _damped(
            sum(rare[x] for x in met), sum(rare[x] for x in needed), self.weights.damping
        )

    def _competences(self, a: Account, b: Account) -> float | None:
        if not (a.has and b.has and b.required):
            return None
        met = [c for c in b.lacking if a.has_at(c, b.required[c].level)]
        needed = sum(self._need(b, c) for c in b.required)
        return _damped(sum(self._need(b, c) for c in met), needed, self.weights.damping)

    def _need(self, receiver: Account, competence: str) -> float:
        counts = 1.0 if receiver.required[competence].essential else self.weights.useful
        return self.rare_competences[competence] * counts

    def ranked(self, department: str) -> list[PlainRanked]:
        """Kind, giver (the department itself where there is none), receiver and score of all
        that is above 0, the largest first; of equal ones by kind, what it gives before what it
        receives, then by the partner's id."""
        alone = rows.line(self.graph, department)
        found = []
        for place, (kind, gives) in enumerate(_directions()):
            for partner in self.accounts:
                if partner not in alone:
                    ends = (department, partner) if gives else (partner, department)
                    score = self.found(kind, *ends).score
                    if score is not None and round(score, 12) > 0:
                        found.append((-round(score, 12), place, partner, (kind, *ends, score)))
        return [answer for *_, answer in sorted(found)]

    def total(self, a: str, b: str) -> tuple[float, float]:
        """A pair's total over the kinds, and its coverage: of two directions the larger."""
        total = coverage = 0.0
        for kind in KINDS:
            ways = [(a, b), (b, a)] if kind in DIRECTED else [(a, b)]
            found = [self.found(kind, *way) for way in ways]
            total += self.weights.of_kind(kind) * max(each.score or 0.0 for each in found)
            coverage += self.weights.of_kind(kind) * max(each.coverage for each in found)
        return total, coverage

    def evidence(self, kind: SynergyKind, giver: str, receiver: str) -> list[Evidence]:
        """What the score rests on: each node with its elements and its share of the score."""
        a, b = self.accounts[giver], self.accounts[receiver]
        answer, weights = self.found(kind, giver, receiver), self.weights.parts(kind)
        known = sum(weights[p] for p, value in answer.parts.items() if value is not None)
        found = []
        for part, value in answer.parts.items():
            if value:
                behind = list(self._behind(part, a, b))
                whole = sum(weight for *_, weight in behind)
                for node, elements, weight in behind:
                    share = value * weights[part] / known * weight / whole
                    found.append((node, frozenset(elements), share))
        return found

    def _behind(self, part: str, a: Account, b: Account) -> Iterator[tuple[str, set[str], float]]:
        match part:
            case "solutions":
                for s in a.held & b.held:
                    yield s, _keys("USES", [(a, s), (b, s)]), self.rare_solutions[s]
            case "technologies":
                for pair in a.by_pair.keys() & b.by_pair.keys():
                    if not a.by_pair[pair] & b.by_pair[pair]:
                        elements = _built(a, pair) | _built(b, pair)
                        yield pair[1], elements, self.rare_pairs[pair]
            case "solved":
                for p in a.solved & b.unsolved:
                    yield p, self._solving(a, b, p), self.rare_problems[p]
            case "unsolved":
                for p in a.unsolved & b.unsolved:
                    yield p, _keys("FACES", [(a, p), (b, p)]), self.rare_problems[p]
            case _:
                for c in b.lacking:
                    if a.has_at(c, b.required[c].level):
                        yield c, self._lacking(a, b, c), self._need(b, c)

    def _solving(self, a: Account, b: Account, problem: str) -> set[str]:
        """Who faces it, the giver's solutions of it in use, and what the receiver has begun."""
        graph = self.graph
        elements = _keys("FACES", [(b, problem)])
        if graph.has("FACES", a.department, problem):
            elements |= _keys("FACES", [(a, problem)])
        for s in rows.solvers(graph, a.department, problem):
            elements |= {*_keys("USES", [(a, s)]), relation_key("SOLVES", s, problem)}
        for s in graph.into("SOLVES", problem):
            status = rows.status(graph, b.department, s)
            if status in ("pilot", "planned"):
                elements |= {*_keys("USES", [(b, s)]), relation_key("SOLVES", s, problem)}
            proposed = rows.decision(graph, b.department, s) not in (None, "declined")
            if status is None and proposed:
                elements |= {*_keys("PROPOSES", [(b, s)]), relation_key("SOLVES", s, problem)}
        return elements

    def _lacking(self, a: Account, b: Account, competence: str) -> set[str]:
        """Who has it, and the receiver's solutions that ask for it at just the highest level:
        those to which it is essential, where there are such."""
        elements = _keys("HAS", [(a, competence)])
        if competence in b.has:
            elements |= _keys("HAS", [(b, competence)])
        level = b.required[competence].level
        asking = {
            s: each
            for s in b.held
            if (each := rows.required(self.graph, s).get(competence)) and each.level == level
        }
        essential = {s: each for s, each in asking.items() if each.essential}
        for s, each in (essential or asking).items():
            elements |= _keys("USES", [(b, s)]) | each.elements
        return elements


PlainRanked = tuple[SynergyKind, str, str, float]
Evidence = tuple[str, frozenset[str], float]


def _damped(met: float, needed: float, damping: float) -> float:
    return met / (needed + damping) if needed + damping > 0 else 0.0


def _directions() -> Iterator[tuple[SynergyKind, bool]]:
    for kind in KINDS:
        yield kind, True
        if kind in DIRECTED:
            yield kind, False


def _keys(relation: str, ends: list[tuple[Account, str]]) -> set[str]:
    return {relation_key(relation, account.department, node) for account, node in ends}


def _built(account: Account, pair: Pair) -> set[str]:
    problem, technology = pair
    return {
        element
        for s in account.by_pair[pair]
        for element in (
            relation_key("USES", account.department, s),
            relation_key("SOLVES", s, problem),
            relation_key("BUILT_ON", s, technology),
        )
    }
