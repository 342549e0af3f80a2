"""Fit, outcome and gaps of one solution in one department, from docs/method.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from statistics import median

from graph.fit import FitSettings
from schema.vocabulary import PEOPLE
from tests.graph.plain import rows
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.kinship import ROUNDING, Kinship

PARTS = ("problem", "users", "technology", "competence", "maturity")
IN_USE = 3  # the familiarity at which a technology is no obstacle


@dataclass(frozen=True)
class Assessed:
    """The parts of a fit, its score and coverage, and what comes of it."""

    parts: dict[str, float | None]
    score: float | None
    coverage: float
    outcome: str
    other: str | None


Gap = tuple[str, str | None, float, float | None]


@dataclass(frozen=True)
class PlainFit:
    """All that is asked of fit in one graph."""

    graph: PlainGraph
    settings: FitSettings

    @cached_property
    def kinship(self) -> Kinship:
        return Kinship(self.graph, self.settings.limits.alike)

    @cached_property
    def active(self) -> dict[str, list[str]]:
        """The departments that have each solution in use or on trial."""
        return {s: rows.users(self.graph, s) for s in self.graph.of_kind("solution")}

    @cached_property
    def unsolved(self) -> dict[str, set[str]]:
        return {d: rows.unsolved(self.graph, d) for d in self.graph.of_kind("department")}

    @cached_property
    def has(self) -> dict[str, dict[str, int]]:
        return {d: rows.competences(self.graph, d) for d in self.graph.of_kind("department")}

    @cached_property
    def required(self) -> dict[str, dict[str, rows.Requirement]]:
        return {s: rows.required(self.graph, s) for s in self.graph.of_kind("solution")}

    def assess(self, solution: str, department: str) -> Assessed:
        find = {
            "problem": self._problem,
            "users": self._users,
            "technology": self._technology,
            "competence": self._competence,
            "maturity": self._maturity,
        }
        parts = {part: find[part](solution, department) for part in PARTS}
        weights = vars(self.settings.weights)
        known = {part: value for part, value in parts.items() if value is not None}
        weight = sum(weights[part] for part in known)
        score = sum(weights[p] * v for p, v in known.items()) / weight if weight else None
        coverage = weight / sum(weights.values())
        outcome, other = self._outcome(solution, department, parts, coverage)
        return Assessed(parts, score, coverage, outcome, other)

    def _problem(self, solution: str, department: str) -> float | None:
        faced = set(self.graph.out("FACES", department))
        solved = set(self.graph.out("SOLVES", solution))
        if not faced or not solved:
            return None
        if solved & self.unsolved[department]:
            return 1.0
        akin = any(
            one == other or self.kinship.akin(one, other) for one in solved for other in faced
        )
        return 0.5 if akin else 0.0

    def _users(self, solution: str, department: str) -> float | None:
        meant, serves = rows.meant_for(self.graph, solution), self._serves(department)
        return len(meant & serves) / len(meant) if meant and serves else None

    def _serves(self, department: str) -> set[str]:
        told = self.graph.nodes[department].get("serves")
        return set(told) if isinstance(told, tuple) else set()

    def _technology(self, solution: str, department: str) -> float | None:
        known = [
            min(1.0, level / IN_USE)
            for technology in self.graph.out("BUILT_ON", solution)
            if (level := rows.familiarity(self.graph, department, technology)) is not None
        ]
        return sum(known) / len(known) if known else None

    def _competence(self, solution: str, department: str) -> float | None:
        needed = self.required[solution]
        has = self.has[department]
        if not needed or not has:
            return None
        weights = {c: 1.0 if each.essential else 0.5 for c, each in needed.items()}
        reached = sum(
            weights[c] * min(1.0, has.get(c, 0) / max(1, each.level)) for c, each in needed.items()
        )
        return reached / sum(weights.values())

    def _maturity(self, solution: str, department: str) -> float | None:
        own, usual = self.graph.nodes[department].get("digital_maturity"), self.usual(solution)
        return None if own is None or usual is None else min(1.0, float(str(own)) / usual)

    def usual(self, solution: str) -> float | None:
        """The median maturity of those who use or try it and tell theirs."""
        told = [
            float(str(level))
            for d in self.active[solution]
            if (level := self.graph.nodes[d].get("digital_maturity")) is not None
        ]
        return median(told) if told else None

    def _outcome(
        self, solution: str, department: str, parts: dict[str, float | None], coverage: float
    ) -> tuple[str, str | None]:
        limits = self.settings.limits
        wanted = {
            "problem": 1.0,
            "users": limits.users,
            "technology": limits.technology,
            "competence": limits.competence,
            "maturity": limits.maturity,
        }
        below = sum(
            value is not None and value < wanted[part] - ROUNDING for part, value in parts.items()
        )
        problem, technology = parts["problem"], parts["technology"]
        if department in self.active[solution]:
            return "already_there", None
        if problem is None or coverage < limits.coverage - ROUNDING:
            return "too_little_known", None
        if problem == 1 and below == 0:
            return "take_over", None
        strange = technology is not None and technology < limits.strange_technology - ROUNDING
        if problem == 1 and below and strange:
            other = self._other(solution, department)
            if other is not None:
                return "other_technology", other
        if problem >= 0.5:
            return ("adapt" if below <= limits.below else "learn_from"), None
        return "not_for_them", None

    def _other(self, solution: str, department: str) -> str | None:
        """Another solution of an unsolved problem that this one solves too, used or tried
        somewhere, all of whose technologies are familiar here: the most used, then by id."""
        shared = self.unsolved[department] & set(self.graph.out("SOLVES", solution))
        others = {s for problem in shared for s in self.graph.into("SOLVES", problem)} - {solution}
        ready = [s for s in others if self.active[s] and self._all_familiar(s, department)]
        return min(ready, key=lambda s: (-len(self.active[s]), s), default=None)

    def _all_familiar(self, solution: str, department: str) -> bool:
        levels = [
            rows.familiarity(self.graph, department, t)
            for t in self.graph.out("BUILT_ON", solution)
        ]
        familiar = self.settings.limits.familiar
        return bool(levels) and all(each is not None and each >= familiar for each in levels)

    def gaps(self, solution: str, department: str) -> list[Gap]:
        """What keeps each known part from 1: part, node, what is there and what it takes."""
        parts = self.assess(solution, department).parts
        find = {
            "problem": self._problem_gaps,
            "users": self._user_gaps,
            "technology": self._technology_gaps,
            "competence": self._competence_gaps,
            "maturity": self._maturity_gaps,
        }
        return [
            gap
            for part, value in parts.items()
            if value is not None and value < 1 - ROUNDING
            for gap in find[part](solution, department)
        ]

    def _problem_gaps(self, solution: str, department: str) -> Iterator[Gap]:
        """The problems that are faced but solved otherwise, then those akin to one that is faced
        unsolved; those akin to one that is solved only where there is nothing else."""
        solved, faced = self.graph.out("SOLVES", solution), self.graph.out("FACES", department)
        same = [problem for problem in solved if problem in faced]
        near = [(p, f) for p in solved if p not in faced for f in faced if self.kinship.akin(p, f)]
        open_ones = [p for p, f in near if not rows.solvers(self.graph, department, f)]
        related = [*same, *open_ones] or [p for p, _ in near]
        for problem in related:
            yield "problem", problem, 0.5, 1.0
        if not related:
            yield "problem", solved[0] if len(solved) == 1 else None, 0.0, 1.0

    def _user_gaps(self, solution: str, department: str) -> Iterator[Gap]:
        missing = rows.meant_for(self.graph, solution) - self._serves(department)
        yield from (("users", None, 0.0, 1.0) for word in PEOPLE if word.key in missing)

    def _technology_gaps(self, solution: str, department: str) -> Iterator[Gap]:
        for technology in self.graph.out("BUILT_ON", solution):
            level = rows.familiarity(self.graph, department, technology)
            if level is not None and level < IN_USE:
                yield "technology", technology, float(level), float(IN_USE)

    def _competence_gaps(self, solution: str, department: str) -> Iterator[Gap]:
        has = self.has[department]
        for competence, each in sorted(self.required[solution].items()):
            if has.get(competence, 0) < max(1, each.level):
                needs = float(each.level) if each.level else None
                yield "competence", competence, float(has.get(competence, 0)), needs

    def _maturity_gaps(self, solution: str, department: str) -> Iterator[Gap]:
        own = float(str(self.graph.nodes[department]["digital_maturity"]))
        yield "maturity", None, own, self.usual(solution)
