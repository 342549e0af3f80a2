"""In which order transfers stand: by outcome, fit and likelihood."""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.likelihood import by_department
from graph.likelihood_parts import Ranking
from graph.outcome import (
    ADAPT,
    ALREADY_THERE,
    CODE,
    LEARN_FROM,
    NOT_FOR_THEM,
    OTHER_TECHNOLOGY,
    TAKE_OVER,
    TOO_LITTLE_KNOWN,
)
from graph.recent import Recent
from graph.snapshot import Snapshot

Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

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

REACH = 150_000
"""How far likelihood is reckoned in a department's list: for so many pairs of department and
solution in each of its groups. A likelihood takes the pairs of a solution with all departments, so
that is all there is in a municipality and its neighbours, and the foremost 50 in a country."""

RANKED_KEPT = 1_000_000
"""For how many pairs of department and solution the likelihood is kept: some 40 MB at most."""


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


class CandidateOrder:
    """The order of solutions, with their outcomes and fits, as candidates for one department.

    Likelihood is reckoned where it decides, for those of each group that stand first without it,
    as many as ``reach`` allows, and not before one of them is asked for; the others follow in that
    order, which takes what their users have in common with the department in its stead. Safe to
    ask from several threads; two that ask for the same at once may both reckon it.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        department: int,
        solutions: Places,
        assessed: tuple[Codes, Floats],
        reach: int,
    ) -> None:
        codes, scores = assessed
        foremost = best_first(codes, scores, _company(snapshot, department, solutions))
        self._department = department
        self._starts: list[int] = []
        self._runs: list[_Run] = []
        self.total = 0
        looked_at = max(1, reach // max(1, len(snapshot.nodes("department"))))
        for group in _groups(codes, foremost):
            for run in _runs(codes, scores, group[:looked_at]):
                self._add(_Run(solutions[run].astype(np.int32), codes[run], scores[run]))
            if len(group) > looked_at:
                self._add(_Run(solutions[group[looked_at:]].astype(np.int32)))

    def _add(self, run: "_Run") -> None:
        self._starts.append(self.total)
        self._runs.append(run)
        self.total += len(run.solutions)

    def at(self, snapshot: Snapshot, place: int) -> int:
        """The solution at a place; of the snapshot that this is the order of."""
        which = bisect_right(self._starts, place) - 1
        run = self._runs[which]
        if run.codes is not None and run.scores is not None and len(run.codes) > 1:
            likely = _likely(snapshot, self._department, run.solutions)
            run = _Run(run.solutions[best_first(run.codes, run.scores, likely)])
            self._runs[which] = run
        return int(run.solutions[place - self._starts[which]])


@dataclass(frozen=True)
class _Run:
    """Solutions that stand together; with outcome and fit where likelihood is still to order
    them."""

    solutions: npt.NDArray[np.int32]
    codes: Codes | None = None
    scores: Floats | None = None


def _groups(codes: npt.NDArray[np.int8], order: Places) -> list[Places]:
    """An order by outcome, cut where those that fit end and where another outcome begins."""
    ranks = np.maximum(RANK[codes[order]], ORDER.index(LEARN_FROM))
    return np.split(order, np.flatnonzero(np.diff(ranks)) + 1)


def _runs(codes: Codes, scores: Floats, order: Places) -> list[Places]:
    """A group's order, cut wherever outcome or fit change; that of those of whom too little is
    known, who stand by likelihood first, is not cut."""
    fits = _downwards(scores[order])
    differ = (np.diff(RANK[codes[order]]) != 0) | (fits[1:] != fits[:-1])
    differ &= codes[order[1:]] != CODE[TOO_LITTLE_KNOWN]
    return np.split(order, np.flatnonzero(differ) + 1)


def _likely(snapshot: Snapshot, user: int, solutions: npt.NDArray[np.integer]) -> Floats:
    """The likelihood of each solution to go to a user; not known of one that has told nothing."""
    if not snapshot.derived(by_department).adoption.telling[user]:
        return np.full(len(solutions), np.nan)
    return np.array([ranking_of(snapshot, int(each)).score_of(user) for each in solutions])


def _rankings(snapshot: Snapshot) -> Recent[int, Ranking]:
    return Recent(max(1, RANKED_KEPT // max(1, len(snapshot.nodes("department")))))


def ranking_of(snapshot: Snapshot, solution: int) -> Ranking:
    """All departments by how likely a solution (a place) is to go there; kept for a while, for
    the lists of all departments are made of the same rankings."""
    predictor = snapshot.derived(by_department)
    return snapshot.derived(_rankings).get(solution, lambda: predictor.ranking(solution))


def _company(snapshot: Snapshot, user: int, solutions: Places) -> Floats:
    """How much what a user has is found with each solution: a quick stand-in for likelihood."""
    told = snapshot.derived(by_department).adoption
    alike = np.asarray(told.uses @ (told.uses[[user]].multiply(told.weights)).toarray()[0])
    return np.asarray((told.uses.T @ alike)[solutions], dtype=np.float64)
