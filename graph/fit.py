"""Would a solution work in a department? A weighted mean of the parts that are known.

Reckoned for many departments and solutions at once; the answer for one pair is the same numbers.
An unknown part is NaN in the arrays and None in an answer, never zero, and weighs nothing;
coverage is the weight of the parts that are known.
"""

from dataclasses import astuple, dataclass, fields
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.answer import Part
from graph.kinship import Kinship
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
        return np.array(astuple(self.weights))[:, np.newaxis, np.newaxis]

    @cached_property
    def coverage(self) -> Floats:
        """Department × solution: the weight of the known parts, from 0 to 1."""
        known = (~np.isnan(self.values) * self._weights).sum(axis=0)
        return np.asarray(known / self._weights.sum(), dtype=np.float64)

    @cached_property
    def scores(self) -> Floats:
        """Department × solution: the mean of the known parts, NaN where none is known."""
        known = (~np.isnan(self.values) * self._weights).sum(axis=0)
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
            for name, weight, value in zip(LABELS, astuple(self.weights), values, strict=True)
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
    facts = snapshot.derived(TransferFacts)
    values = [
        _problem(snapshot, facts, departments, solutions, settings.limits.alike),
        _users(facts, departments, solutions),
        _technology(facts, departments, solutions),
        _competence(facts, departments, solutions),
        _maturity(facts, departments, solutions),
    ]
    assert len(values) == len(fields(FitWeights))
    return FitArrays(np.stack(values), settings.weights)


def _problem(
    snapshot: Snapshot,
    facts: TransferFacts,
    departments: Places,
    solutions: Places,
    alike: float,
) -> Floats:
    """1 it faces one that the solution solves, unsolved; 0.5 akin to one, or solved otherwise."""
    faced = facts.facts.faces[departments]
    solved = facts.facts.solves[solutions]
    same = _dense(facts.facts.unsolved[departments] @ solved.T) > 0
    related = _related(snapshot.derived(Kinship), faced, solved, alike) > 0
    value = np.where(same, 1.0, np.where(related, 0.5, 0.0))
    silent = (_counts(faced) == 0)[:, np.newaxis] | (_counts(solved) == 0)
    return np.where(silent, np.nan, value)


def _related(
    kinship: Kinship, faced: sparse.csr_array, solved: sparse.csr_array, alike: float
) -> Floats:
    """How many akin pairs there are: kinship is looked up for the side with fewer problems."""
    to_face, to_solve = _columns(faced), _columns(solved)
    if len(to_solve) <= len(to_face):
        near = kinship.akin(to_solve, alike)
        return _dense(faced @ near.T @ solved[:, to_solve].T)
    near = kinship.akin(to_face, alike)
    return _dense(faced[:, to_face] @ near @ solved.T)


def _users(facts: TransferFacts, departments: Places, solutions: Places) -> Floats:
    """The share of the solution's users whom the department serves."""
    serves, served = facts.serves[departments], facts.served[solutions]
    count = served.sum(axis=1)
    known = (serves.sum(axis=1) > 0)[:, np.newaxis] & (count > 0)
    return _divide(serves @ served.T, np.broadcast_to(count, known.shape), known)


def _technology(facts: TransferFacts, departments: Places, solutions: Places) -> Floats:
    """The mean of min(1, familiarity / 3) over the technologies of which it is known."""
    built_on = facts.facts.built_on[solutions]
    known = facts.well_known[departments]
    ones = known.copy()
    ones.data = np.ones_like(ones.data)
    count = _dense(ones @ built_on.T)
    return _divide(_dense(known @ built_on.T), count, count > 0)


def _competence(facts: TransferFacts, departments: Places, solutions: Places) -> Floats:
    """The weighted mean of min(1, has / needs) over what the solution requires."""
    held = facts.levels_held[departments]
    reached = np.zeros((len(departments), len(solutions)))
    for level, demands in facts.demands_at.items():
        enough = held.copy()
        enough.data = np.minimum(1.0, enough.data / level)
        reached += _dense(enough @ demands[solutions].T)
    weight = np.asarray(facts.demand_weights[solutions].sum(axis=1), dtype=np.float64)
    known = (_counts(held) > 0)[:, np.newaxis] & (weight > 0)
    return _divide(reached, np.broadcast_to(weight, known.shape), known)


def _maturity(facts: TransferFacts, departments: Places, solutions: Places) -> Floats:
    """min(1, its maturity / the median maturity of those who use the solution)."""
    usual = facts.maturity_of_users[solutions]
    return np.minimum(1.0, facts.maturity[departments][:, np.newaxis] / usual)


def _divide(values: Floats, by: Floats, known: Flags) -> Floats:
    found = np.divide(values, by, out=np.full(values.shape, np.nan), where=known)
    return np.asarray(found, dtype=np.float64)


def _columns(matrix: sparse.csr_array) -> Places:
    return np.unique(matrix.indices).astype(np.intp)


def _counts(matrix: sparse.csr_array) -> npt.NDArray[np.int64]:
    return np.diff(matrix.indptr).astype(np.int64)


def _dense(matrix: sparse.csr_array) -> Floats:
    return np.asarray(sparse.csr_array(matrix).toarray(), dtype=np.float64)


def _told(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
