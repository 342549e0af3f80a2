"""Transferability: where a solution could go, what a department could take over, and why.

Every answer holds two things apart: *fit*, from what the department says of itself, and
*likelihood*, from who uses what. Answers stand by outcome, then fit, then likelihood. Those of
whom too little is known stand apart behind those that fit, by likelihood; last come those that
the solution is not for. A solution can be transferred when someone uses or tries it: what is
only planned, proposed or given up is offered to nobody, but can be asked about. Where a
department above or below already has it, it is the same organisation told at two levels, and it
is left out of the lists.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from graph.answer import Cut, Evidence, Ranked
from graph.facts import entries
from graph.fit import FIT_SETTINGS, Fit, FitArrays, FitLimits, FitSettings, fit_arrays
from graph.gaps import Gap, gaps
from graph.likelihood import by_department
from graph.likelihood_parts import Likelihood
from graph.lines import lines_of
from graph.outcome import (
    ADAPT,
    ALREADY_THERE,
    LEARN_FROM,
    NOT_FOR_THEM,
    OTHER_TECHNOLOGY,
    TAKE_OVER,
    TOO_LITTLE_KNOWN,
    Outcome,
    OutcomeArrays,
    outcome_arrays,
)
from graph.recent import Recent
from graph.snapshot import Snapshot
from graph.spans import any_of
from graph.transfer_evidence import transfer_evidence
from graph.transfer_facts import TransferFacts
from graph.transfer_order import REACH, CandidateOrder, best_first, ranking_of
from graph.untold import Unknown, unknowns

Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Group = Literal["fits", "too_little_known", "not_for_them", "already_there"]

WORTH = {TAKE_OVER: 1.0, ADAPT: 0.75, OTHER_TECHNOLOGY: 0.5, LEARN_FROM: 0.25}
"""What a transfer counts, beside its fit, when solutions are compared by how much they matter."""

ORDERS_KEPT = 64
"""For how many departments the order of all candidates is kept with a snapshot."""


@dataclass(frozen=True)
class Transfer:
    """What a transfer of a solution to a department would be. ``other_solution`` is named by the
    outcome *other technology* alone. What explains it is made when it is asked for."""

    solution: str
    department: str
    outcome: Outcome
    other_solution: str | None
    fit: Fit
    behind: "Behind" = field(repr=False, compare=False)

    @property
    def group(self) -> Group:
        """Those of whom too little is known, and those it is not for, stand apart."""
        return GROUPS.get(self.outcome, "fits")

    @cached_property
    def likelihood(self) -> Likelihood:
        """How likely it is to go there, from who uses what."""
        snapshot, place, user = self.behind.snapshot, self.behind.solution, self.behind.department
        predictor = snapshot.derived(by_department)
        return predictor.likelihood(place, user, ranking_of(snapshot, place))

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, in the order of the parts."""
        return gaps(
            self.behind.snapshot, self.solution, self.department, self.fit, self.behind.limits
        )

    @cached_property
    def unknown(self) -> tuple[Unknown, ...]:
        """What is not told of either."""
        return unknowns(self.behind.snapshot, self.solution, self.department)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the fit rests on, and those who use or try the solution."""
        return transfer_evidence(
            self.behind.snapshot,
            self.solution,
            self.department,
            self.fit,
            self.behind.limits,
            self.likelihood.users,
        )


@dataclass(frozen=True)
class Behind:
    """What a transfer is explained from: both by their places within their kinds."""

    snapshot: Snapshot
    solution: int
    department: int
    limits: FitLimits


GROUPS: dict[Outcome, Group] = {
    TOO_LITTLE_KNOWN: "too_little_known",
    NOT_FOR_THEM: "not_for_them",
    ALREADY_THERE: "already_there",
}


@dataclass(frozen=True)
class Assessed:
    """Departments × solutions, fit and outcome in arrays."""

    departments: Places
    solutions: Places
    fits: FitArrays
    outcomes: OutcomeArrays


def assess(
    snapshot: Snapshot, departments: Places, solutions: Places, settings: FitSettings
) -> Assessed:
    """Fit and outcome of all pairs of these (places within their kinds)."""
    fits = fit_arrays(snapshot, departments, solutions, settings)
    outcomes = outcome_arrays(snapshot, departments, solutions, fits, settings.limits)
    return Assessed(departments, solutions, fits, outcomes)


def transfer(
    snapshot: Snapshot, solution: str, department: str, settings: FitSettings = FIT_SETTINGS
) -> Transfer:
    """What it would be to take over this solution in this department.

    Raises KeyError for an id that is not in the snapshot.
    """
    chosen = assess(
        snapshot, places_of(snapshot, [department]), places_of(snapshot, [solution]), settings
    )
    return _transfer(snapshot, chosen, (0, 0), settings)


def best_targets(
    snapshot: Snapshot,
    solution: str,
    first: int = 10,
    among: Collection[str] | None = None,
    settings: FitSettings = FIT_SETTINGS,
    start: int = 0,
) -> Cut[Transfer]:
    """The best targets of a solution, from the place ``start`` on; see the whole list."""
    return ranked_targets(snapshot, solution, among, settings).cut(first, start)


def ranked_targets(
    snapshot: Snapshot,
    solution: str,
    among: Collection[str] | None = None,
    settings: FitSettings = FIT_SETTINGS,
) -> Ranked[Transfer]:
    """The departments (``among`` these, or all) that a solution could go to, the best first.

    Raises KeyError for an id that is not in the snapshot.
    """
    column = places_of(snapshot, [solution])
    having = _organisations_with(snapshot, int(column[0]))
    rows = _rows_among(snapshot, among)
    chosen = assess(snapshot, rows[~having[rows]], column, settings)
    predictor = snapshot.derived(by_department)
    ranking = ranking_of(snapshot, int(column[0]))
    likely = ranking.over_users(len(predictor.adoption.users))[chosen.departments]
    order = best_first(chosen.outcomes.codes[:, 0], chosen.fits.scores[:, 0], likely)

    def answer(place: int) -> Transfer:
        return _transfer(snapshot, chosen, (int(order[place]), 0), settings)

    return Ranked(len(order), answer)


def best_candidates(
    snapshot: Snapshot,
    department: str,
    first: int = 10,
    settings: FitSettings = FIT_SETTINGS,
    start: int = 0,
) -> Cut[Transfer]:
    """A department's best candidates, from the place ``start`` on; see the whole list."""
    return ranked_candidates(snapshot, department, settings).cut(first, start)


def ranked_candidates(
    snapshot: Snapshot,
    department: str,
    settings: FitSettings = FIT_SETTINGS,
    reach: int = REACH,
) -> Ranked[Transfer]:
    """The solutions in use elsewhere that a department could take over, the best first.

    The likelihood of a solution ranks all departments. Where there are more than ``reach`` allows
    it is reckoned only for those of each group that stand first without it: by outcome, fit, and
    what their users have in common with this one. The others keep that order behind them.

    Raises KeyError for an id that is not in the snapshot.
    """
    row = places_of(snapshot, [department])
    user = int(row[0])
    order = snapshot.derived(_orders).get(
        (user, settings, reach), lambda: _order_for(snapshot, user, settings, reach)
    )

    def answer(place: int) -> Transfer:
        solution = order.at(snapshot, place)
        chosen = assess(snapshot, row, np.array([solution], dtype=np.intp), settings)
        return _transfer(snapshot, chosen, (0, 0), settings)

    return Ranked(order.total, answer)


def _orders(_snapshot: Snapshot) -> Recent[tuple[int, FitSettings, int], CandidateOrder]:
    return Recent(ORDERS_KEPT)


def _order_for(
    snapshot: Snapshot, department: int, settings: FitSettings, reach: int
) -> CandidateOrder:
    open_to = _open_to(snapshot, department)
    chosen = assess(snapshot, np.array([department], dtype=np.intp), open_to, settings)
    assessed = chosen.outcomes.codes[0], chosen.fits.scores[0]
    return CandidateOrder(snapshot, department, open_to, assessed, reach)


def places_of(snapshot: Snapshot, nodes: Sequence[str]) -> Places:
    """The places of nodes of one kind within their kind."""
    starts = {kind: places.start for kind, places in snapshot.kind_range.items()}
    places = [snapshot.place[node] - starts[node.partition(":")[0]] for node in nodes]
    return np.array(places, dtype=np.intp)


def _rows_among(snapshot: Snapshot, among: Collection[str] | None) -> Places:
    """The places of all departments, or of these, in the order of their ids."""
    if among is None:
        return np.arange(len(snapshot.nodes("department")))
    return np.unique(places_of(snapshot, list(among)))


def _organisations_with(snapshot: Snapshot, solution: int) -> Flags:
    """Which departments use or try a solution, with all above and below them."""
    users = entries(snapshot.derived(TransferFacts).users, solution)
    return any_of(snapshot.derived(lines_of), users)


def _open_to(snapshot: Snapshot, department: int) -> Places:
    """The solutions that someone uses or tries, and nobody in this department's line."""
    facts = snapshot.derived(TransferFacts)
    here = any_of(facts.active, entries(snapshot.derived(lines_of), department))
    return np.flatnonzero((facts.users_count > 0) & ~here)


def _transfer(
    snapshot: Snapshot, chosen: Assessed, pair: tuple[int, int], settings: FitSettings
) -> Transfer:
    user, place = int(chosen.departments[pair[0]]), int(chosen.solutions[pair[1]])
    outcome, solutions = chosen.outcomes.outcome(*pair), snapshot.nodes("solution")
    other = solutions[chosen.outcomes.others[pair]] if outcome is OTHER_TECHNOLOGY else None
    return Transfer(
        solutions[place],
        snapshot.nodes("department")[user],
        outcome,
        other,
        chosen.fits.fit(*pair),
        Behind(snapshot, place, user, settings.limits),
    )
