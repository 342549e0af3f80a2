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
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from graph.answer import Cut, Evidence
from graph.fit import FIT_SETTINGS, Fit, FitArrays, FitSettings, fit_arrays
from graph.gaps import Gap, active_users, gaps
from graph.likelihood import Predictor, by_department
from graph.likelihood_parts import Likelihood, Ranking
from graph.outcome import (
    ADAPT,
    ALREADY_THERE,
    CODE,
    LEARN_FROM,
    NOT_FOR_THEM,
    OTHER_TECHNOLOGY,
    TAKE_OVER,
    TOO_LITTLE_KNOWN,
    Outcome,
    OutcomeArrays,
    outcome_arrays,
)
from graph.snapshot import Snapshot
from graph.solved import line_of
from graph.transfer_evidence import transfer_evidence
from graph.transfer_facts import TransferFacts
from graph.untold import Unknown, unknowns

Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Group = Literal["fits", "too_little_known", "not_for_them", "already_there"]

ORDER = (
    TAKE_OVER,
    ADAPT,
    OTHER_TECHNOLOGY,
    LEARN_FROM,
    TOO_LITTLE_KNOWN,
    NOT_FOR_THEM,
    ALREADY_THERE,
)
"""The best first. Adapting keeps the solution, so it stands before another technology."""

RANK = np.array([ORDER.index(outcome) for outcome in CODE], dtype=np.int64)
"""The place in ORDER of each outcome's code."""

WORTH = {TAKE_OVER: 1.0, ADAPT: 0.75, OTHER_TECHNOLOGY: 0.5, LEARN_FROM: 0.25}
"""What a transfer counts, beside its fit, when solutions are compared by how much they matter."""

LOOKED_AT = 20
"""For how many of a department's candidates the likelihood is reckoned, beyond those returned."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a transfer of a solution to a department would be. ``other_solution`` is named by the
    outcome *other technology* alone."""

    solution: str
    department: str
    outcome: Outcome
    other_solution: str | None
    fit: Fit
    likelihood: Likelihood
    gaps: tuple[Gap, ...]
    unknown: tuple[Unknown, ...]
    evidence: tuple[Evidence, ...]

    @property
    def group(self) -> Group:
        """Those of whom too little is known, and those it is not for, stand apart."""
        return GROUPS.get(self.outcome, "fits")


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
    predictor = snapshot.derived(by_department)
    ranking = predictor.ranking(int(chosen.solutions[0]))
    return _transfer(snapshot, chosen, (0, 0), ranking, settings)


def best_targets(
    snapshot: Snapshot,
    solution: str,
    first: int = 10,
    among: Collection[str] | None = None,
    settings: FitSettings = FIT_SETTINGS,
) -> Cut[Transfer]:
    """The departments (``among`` these, or all) that a solution could go to, the best first.

    Raises KeyError for an id that is not in the snapshot.
    """
    column = places_of(snapshot, [solution])
    nodes = snapshot.nodes("department") if among is None else sorted(set(among))
    having = _organisations_with(snapshot, solution)
    open_to = [node for node in nodes if node not in having]
    chosen = assess(snapshot, places_of(snapshot, open_to), column, settings)
    predictor = snapshot.derived(by_department)
    ranking = predictor.ranking(int(column[0]))
    likely = ranking.over_users(len(predictor.adoption.users))[chosen.departments]
    order = best_first(chosen.outcomes.codes[:, 0], chosen.fits.scores[:, 0], likely)
    items = (_transfer(snapshot, chosen, (int(row), 0), ranking, settings) for row in order[:first])
    return Cut(tuple(items), len(order))


def best_candidates(
    snapshot: Snapshot,
    department: str,
    first: int = 10,
    settings: FitSettings = FIT_SETTINGS,
) -> Cut[Transfer]:
    """The solutions in use elsewhere that a department could take over, the best first.

    The likelihood of a solution ranks all departments, so it is reckoned only for those that
    stand best without it: by outcome, fit, and what their users have in common with this one.
    """
    row = places_of(snapshot, [department])
    chosen = assess(snapshot, row, _open_to(snapshot, department), settings)
    predictor = snapshot.derived(by_department)
    codes, scores = chosen.outcomes.codes[0], chosen.fits.scores[0]
    foremost = best_first(codes, scores, _company(predictor, int(row[0]), chosen.solutions))
    shortlist = foremost[: first + LOOKED_AT]
    rankings = {place: predictor.ranking(int(chosen.solutions[place])) for place in shortlist}
    likely = np.array([rankings[place].score_of(int(row[0])) for place in shortlist])
    order = shortlist[best_first(codes[shortlist], scores[shortlist], likely)]
    items = (
        _transfer(snapshot, chosen, (0, int(column)), rankings[column], settings)
        for column in order[:first]
    )
    return Cut(tuple(items), len(foremost))


def best_first(codes: npt.NDArray[np.int8], scores: Floats, likely: Floats) -> Places:
    """Places in the order of outcome, fit, likelihood; those of whom too little is known by
    likelihood, then fit. What is not known stands behind what is; equals keep their order."""
    by_fit, by_likelihood = _downwards(scores), _downwards(likely)
    apart = codes == CODE[TOO_LITTLE_KNOWN]
    second = np.where(apart, by_likelihood, by_fit)
    third = np.where(apart, by_fit, by_likelihood)
    return np.lexsort((third, second, RANK[codes])).astype(np.intp)


def _downwards(values: Floats) -> Floats:
    """A key that sorts high values first and unknown ones last; ties of rounding are ties."""
    return np.asarray(np.where(np.isnan(values), np.inf, -np.round(values, 9)), dtype=np.float64)


def places_of(snapshot: Snapshot, nodes: Sequence[str]) -> Places:
    """The places of nodes of one kind within their kind."""
    starts = {kind: places.start for kind, places in snapshot.kind_range.items()}
    places = [snapshot.place[node] - starts[node.partition(":")[0]] for node in nodes]
    return np.array(places, dtype=np.intp)


def _organisations_with(snapshot: Snapshot, solution: str) -> set[str]:
    """The departments that use or try a solution, with all above and below them."""
    users = active_users(snapshot, solution)
    return {node for user in users for node in line_of(snapshot, user)}


def _open_to(snapshot: Snapshot, department: str) -> Places:
    """The solutions that someone uses or tries, and nobody in this department's line."""
    facts = snapshot.derived(TransferFacts)
    line = places_of(snapshot, sorted(line_of(snapshot, department)))
    here = np.asarray(facts.active[line].sum(axis=0)) > 0
    return np.flatnonzero((facts.users_count > 0) & ~here)


def _company(predictor: Predictor, user: int, solutions: Places) -> Floats:
    """How much what a user has is found with each solution: a quick stand-in for likelihood."""
    told = predictor.adoption
    alike = np.asarray(told.uses @ (told.uses[[user]].multiply(told.weights)).toarray()[0])
    return np.asarray((told.uses.T @ alike)[solutions], dtype=np.float64)


def _transfer(
    snapshot: Snapshot,
    chosen: Assessed,
    pair: tuple[int, int],
    ranking: Ranking,
    settings: FitSettings,
) -> Transfer:
    user, place = int(chosen.departments[pair[0]]), int(chosen.solutions[pair[1]])
    department = snapshot.nodes("department")[user]
    solution = snapshot.nodes("solution")[place]
    fit = chosen.fits.fit(*pair)
    outcome = chosen.outcomes.outcome(*pair)
    other = int(chosen.outcomes.others[pair])
    likely = snapshot.derived(by_department).likelihood(place, user, ranking)
    return Transfer(
        solution,
        department,
        outcome,
        snapshot.nodes("solution")[other] if outcome is OTHER_TECHNOLOGY else None,
        fit,
        likely,
        gaps(snapshot, solution, department, fit, settings.limits),
        unknowns(snapshot, solution, department),
        transfer_evidence(snapshot, solution, department, fit, settings.limits, likely.users),
    )
