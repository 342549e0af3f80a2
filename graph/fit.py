"""Would a solution work in a department? A weighted mean of the parts that are known.

Reckoned for many departments and solutions at once; the answer for one pair is the same numbers.
An unknown part is NaN in the arrays and None in an answer, never zero, and weighs nothing;
coverage is the weight of the parts that are known.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from graph.answer import Part
from graph.fit_parts import PARTS, parts_of_department, parts_of_solution
from graph.snapshot import Snapshot
from graph.transfer_facts import TransferFacts
from schema.text import Text

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

TOLERANCE = 1e-9
"""Means of thirds and halves are compared with limits up to this."""

LABELS = {
    "problem": Text("problem", "problem"),
    "users": Text("brugere", "users"),
    "technology": Text("teknologi", "technology"),
    "competence": Text("kompetencer", "competences"),
    "maturity": Text("digital modenhed", "digital maturity"),
}
"""The parts in their order, as people read them."""


@dataclass(frozen=True)
class FitWeights:
    """How much each part counts, in the order of the parts."""

    problem: float = 0.30
    users: float = 0.15
    technology: float = 0.20
    competence: float = 0.20
    maturity: float = 0.15


@dataclass(frozen=True)
class FitLimits:
    """Where an outcome begins. ``alike`` is how like the names of two problems must be to be
    nearly the same; ``familiar`` the familiarity that makes another technology the nearer one;
    ``below`` how many parts may miss their limit where a solution can be adapted."""

    users: float = 0.5
    technology: float = 2 / 3
    competence: float = 0.8
    maturity: float = 0.8
    coverage: float = 0.5
    strange_technology: float = 1 / 3
    familiar: int = 2
    below: int = 2
    alike: float = 0.5


@dataclass(frozen=True)
class FitSettings:
    """The settings of fit and outcome, shown with an answer."""

    weights: FitWeights = FitWeights()
    limits: FitLimits = FitLimits()


FIT_SETTINGS = FitSettings()


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit from 0 to 1, None where nothing is known; coverage from 0 to 1; and its parts."""

    score: float | None
    coverage: float
    parts: tuple[Part, ...]

    def value(self, name: str) -> float | None:
        """The value of a part, None where it is not known."""
        return next(part.value for part in self.parts if part.name == name)


@dataclass(frozen=True)
class FitArrays:
    """The fits of many pairs: ``values`` is part × department × solution, NaN where unknown."""

    values: Floats
    weights: FitWeights

    @cached_property
    def _weights(self) -> Floats:
        return np.array(list(vars(self.weights).values()))[:, np.newaxis, np.newaxis]

    @cached_property
    def _known(self) -> Floats:
        """Department × solution: the weights of the known parts together."""
        return np.asarray((~np.isnan(self.values) * self._weights).sum(axis=0), np.float64)

    @cached_property
    def coverage(self) -> Floats:
        """Department × solution: the weight of the known parts, from 0 to 1."""
        return np.asarray(self._known / self._weights.sum(), dtype=np.float64)

    @cached_property
    def scores(self) -> Floats:
        """Department × solution: the mean of the known parts, NaN where none is known."""
        known = self._known
        summed = np.nansum(self.values * self._weights, axis=0)
        nothing = np.full_like(summed, np.nan)
        return np.asarray(np.divide(summed, known, out=nothing, where=known > 0), np.float64)

    def part(self, name: str) -> Floats:
        """Department × solution: one part."""
        return cast(Floats, self.values[list(LABELS).index(name)])

    def fit(self, department: int, solution: int) -> Fit:
        """The fit of one pair, by its row and column."""
        values = self.values[:, department, solution]
        parts = tuple(
            Part(name, LABELS[name], weight, _told(value))
            for name, weight, value in zip(LABELS, vars(self.weights).values(), values, strict=True)
        )
        score = _told(self.scores[department, solution])
        return Fit(score, float(self.coverage[department, solution]), parts)


def fit_arrays(
    snapshot: Snapshot,
    departments: Places,
    solutions: Places,
    settings: FitSettings = FIT_SETTINGS,
) -> FitArrays:
    """The fits of these departments and solutions (places within their kinds)."""
    facts, alike = snapshot.derived(TransferFacts), settings.limits.alike
    values = np.empty((PARTS, len(departments), len(solutions)))
    if len(solutions) <= len(departments):
        for column, solution in enumerate(solutions):
            values[:, :, column] = parts_of_solution(facts, int(solution), alike)[:, departments]
    else:
        for row, department in enumerate(departments):
            values[:, row] = parts_of_department(facts, int(department), solutions, alike)
    return FitArrays(values, settings.weights)


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
