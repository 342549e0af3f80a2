"""In which order transfers stand, from docs/method.md."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.fit import FitSettings
from graph.likelihood_parts import LikelihoodSettings
from tests.graph.plain import rows
from tests.graph.plain.fit import Assessed, PlainFit
from tests.graph.plain.graph import PlainGraph
from tests.graph.plain.likelihood import Candidate, PlainLikelihood

ORDER = (
    "take_over",
    "adapt",
    "other_technology",
    "learn_from",
    "too_little_known",
    "not_for_them",
    "already_there",
)


@dataclass(frozen=True)
class PlainTransfer:
    """All that is asked of transferability in one graph."""

    graph: PlainGraph
    fits: PlainFit
    likelihoods: PlainLikelihood
    _kept: dict[str, dict[str, Candidate]] = field(default_factory=dict)

    def ranking(self, solution: str) -> dict[str, Candidate]:
        if solution not in self._kept:
            self._kept[solution] = self.likelihoods.ranking(solution)
        return self._kept[solution]

    def likely(self, solution: str, department: str) -> float | None:
        found = self.ranking(solution).get(department)
        return None if found is None else found.score

    def targets(self, solution: str, among: Collection[str] | None = None) -> list[str]:
        """All departments that could take it over, the best first: not those that have it, nor
        those above or below them."""
        having = {d for user in self.fits.active[solution] for d in rows.line(self.graph, user)}
        asked = self.graph.of_kind("department") if among is None else among
        keyed = [
            (self._key(self.fits.assess(solution, d), self.likely(solution, d)), d)
            for d in asked
            if d not in having
        ]
        return [d for _, d in sorted(keyed)]

    def open_to(self, department: str) -> list[str]:
        """The solutions that someone uses or tries, and nobody in this department's line."""
        own = rows.line(self.graph, department)
        return [s for s, users in self.fits.active.items() if users and not own.intersection(users)]

    def candidates(self, department: str, reach: int) -> list[str]:
        """What a department could take over, the best first. Likelihood counts for the foremost
        of each group, as many as ``reach`` pairs of solution and department allow; the others
        stand behind them, and what they have in common with the department's own stands in."""
        assessed = {s: self.fits.assess(s, department) for s in self.open_to(department)}
        company = self._company(department)
        looked_at = max(1, reach // max(1, len(self.graph.of_kind("department"))))
        ordered: list[str] = []
        for group in (ORDER[:4], ORDER[4:5], ORDER[5:6]):
            here = [s for s in assessed if assessed[s].outcome in group]
            here.sort(key=lambda s: (self._key(assessed[s], company.get(s, 0.0)), s))
            near, far = here[:looked_at], here[looked_at:]
            place = {s: i for i, s in enumerate(near)}
            near.sort(key=lambda s: (self._key(assessed[s], self.likely(s, department)), place[s]))
            ordered += [*near, *far]
        return ordered

    def _company(self, department: str) -> dict[str, float]:
        """How much of what the department has the users of each solution have too, by rarity."""
        profiles, weight = self.likelihoods.profiles, self.likelihoods.weight
        own = profiles.get(department, set())
        found: dict[str, float] = {}
        for profile in profiles.values():
            shared = sum(weight[s] for s in profile & own)
            for s in profile:
                found[s] = found.get(s, 0.0) + shared
        return found

    def _key(self, assessed: Assessed, likely: float | None) -> tuple[float, float, float]:
        """By outcome, then fit, then likelihood; of whom too little is known by likelihood
        first. What is not known stands last."""
        fit, likelihood = _downwards(assessed.score), _downwards(likely)
        if assessed.outcome == "too_little_known":
            fit, likelihood = likelihood, fit
        return ORDER.index(assessed.outcome), fit, likelihood


def plain_transfer(
    graph: PlainGraph, settings: FitSettings, likelihood: LikelihoodSettings
) -> PlainTransfer:
    return PlainTransfer(graph, PlainFit(graph, settings), PlainLikelihood(graph, likelihood))


def _downwards(value: float | None) -> float:
    return float("inf") if value is None else -round(value, 9)
