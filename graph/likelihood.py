"""Where a solution is likely to go: from who uses what, not from what anyone says of itself.

Four parts, each how much more often something is so than chance would have it, in the same form,
(observed - expected) / sqrt(expected + 1), taken in units of its spread among the candidates and
summed. Candidates are the users that have told of something and do not have the solution.

1. *together*: of what the candidate has, that which this solution's users have more often than
   chance (this solution itself never counts);
2. *kindred*: its users are like the candidate: profiles by a Jaccard weighted by rarity and
   shrunk for small ones, times how close they lie, e^(-km / 20). Where no places are known,
   profile alone. A small floor under both lets either count without the other;
3. *covered*: the candidate already has another solution of the same problem, or one nearly the
   same by name; this part counts against it;
4. *size*: its users live in municipalities of like population (smaller / larger).

Resource-allocation style scores reward the busy; the expected value takes that out. A part that
cannot be known for a candidate counts as chance, 0, and is None in the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.adoption import (
    Adoption,
    adoption_by_department,
    adoption_by_municipality,
    entries,
)
from graph.likelihood_parts import (
    LABELS,
    LIKELIHOOD_SETTINGS,
    NO_USERS,
    NOT_A_CANDIDATE,
    TOLD_NOTHING,
    Likelihood,
    LikelihoodPart,
    LikelihoodSettings,
    Ranking,
    beyond_chance,
    in_spreads,
)
from graph.snapshot import Snapshot
from schema.text import Text

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Predictor:
    """The likelihoods of one adoption; ask for them by ``snapshot.derived(by_department)``."""

    adoption: Adoption
    settings: LikelihoodSettings = LIKELIHOOD_SETTINGS

    def ranking(self, solution: int) -> Ranking:
        """Every candidate of a solution (its place among the solutions) with its parts."""
        told = self.adoption
        users = told.users_of(solution)
        candidate = told.telling.copy()
        candidate[users] = False
        candidates = np.flatnonzero(candidate)
        if not len(users) or not len(candidates):
            nobody = np.empty(0, dtype=np.intp)
            return Ranking(solution, nobody, np.empty((len(LABELS), 0)))
        values = np.vstack(
            [
                self._together(solution, users)[candidates],
                self._kindred(solution, users)[candidates],
                -self._covered(solution)[candidates],
                self._size(users)[candidates],
            ]
        )
        return Ranking(solution, candidates, in_spreads(values))

    def likelihood(self, solution: int, user: int, ranking: Ranking | None = None) -> Likelihood:
        """The likelihood that a solution goes to a user, with the nodes behind each part."""
        ranked = self.ranking(solution) if ranking is None else ranking
        place = int(np.searchsorted(ranked.candidates, user))
        if place == len(ranked.candidates) or ranked.candidates[place] != user:
            return Likelihood(None, reason=self._reason(solution, user))
        values = ranked.values[:, place]
        nodes = self._behind(solution, user)
        score = float(ranked.scores[place])
        parts = tuple(
            LikelihoodPart(name, LABELS[name], None if np.isnan(value) else float(value), behind)
            for name, value, behind in zip(LABELS, values, nodes, strict=True)
        )
        above = int(np.count_nonzero(ranked.scores > score))
        return Likelihood(score, parts, above + 1, len(ranked.candidates))

    def lift(self, solution: int, users: Places) -> Floats:
        """How much more often than chance this solution's users have each other one."""
        told = self.adoption
        shared = np.asarray(told.uses[users].sum(axis=0), dtype=np.float64)
        lift = beyond_chance(shared, len(users) * told.counts / told.among)
        lift[solution] = 0.0
        return lift

    def _together(self, solution: int, users: Places) -> Floats:
        return np.asarray(self.adoption.uses @ self.lift(solution, users), dtype=np.float64)

    def _kindred(self, solution: int, users: Places) -> Floats:
        """All affinities are summed once; what this solution adds to its users is taken out."""
        told = self.adoption
        with_it = self.affinity(users).sum(axis=0)
        observed = self.affinity(users, solution).sum(axis=0)
        everyone = self._affinities - with_it + observed
        return beyond_chance(observed, len(users) / told.among * everyone)

    def affinity(self, users: Places, leaving_out: int | None = None) -> Floats:
        """How like and how near each of these users is to all users: a row for each of them.
        ``leaving_out`` is a solution that all of them have and that is not to count; the columns
        then hold for users that do not have it."""
        told = self.adoption
        totals, sizes = told.totals[users], told.sizes[users]
        if leaving_out is not None:
            totals, sizes = totals - told.weights[leaving_out], sizes - 1
        return self._affinity(users, (totals, sizes), (told.totals, told.sizes))

    def affinity_to(self, user: int, users: Places, leaving_out: int) -> Floats:
        """One user's affinity to those that have a solution, which is not to count."""
        told, one = self.adoption, np.array([user])
        totals, sizes = told.totals.copy(), told.sizes.copy()
        totals[users] -= told.weights[leaving_out]
        sizes[users] -= 1
        own = (told.totals[one], told.sizes[one])
        row: Floats = self._affinity(one, own, (totals, sizes))[0]
        return row[users]

    def _affinity(
        self, rows: Places, own: tuple[Floats, Floats], others: tuple[Floats, Floats]
    ) -> Floats:
        told, settings = self.adoption, self.settings
        weighted = told.uses[rows].multiply(told.weights[np.newaxis, :])
        shared = (sparse.csr_array(weighted) @ told.across).toarray()
        union = own[0][:, np.newaxis] + others[0] - shared
        likeness = np.divide(shared, union, out=np.zeros_like(shared), where=union > 1e-9)
        smaller = np.minimum(own[1][:, np.newaxis], others[1])
        likeness *= smaller / (smaller + settings.shrink)
        if self._closeness is not None:
            near = self._closeness[np.ix_(told.home[rows], told.home)]
            likeness = (likeness + settings.floor) * (near + settings.floor)
        likeness[:, ~told.telling] = 0.0
        likeness[np.arange(len(rows)), rows] = 0.0
        return np.asarray(likeness, dtype=np.float64)

    @cached_property
    def _affinities(self) -> Floats:
        """Each user's affinity to all others together, a block of users at a time."""
        telling = np.flatnonzero(self.adoption.telling)
        summed = np.zeros(len(self.adoption.users))
        for start in range(0, len(telling), 256):
            summed += self.affinity(telling[start : start + 256]).sum(axis=0)
        return summed

    @cached_property
    def _closeness(self) -> Floats | None:
        """e^(-km / 20) between homes, the mean where a place is not known; None with no places."""
        kilometres = self.adoption.homes.kilometres.copy()
        np.fill_diagonal(kilometres, np.nan)
        if np.isnan(kilometres).all():
            return None
        near = np.exp(-kilometres / self.settings.near_km)
        near[np.isnan(near)] = float(np.nanmean(near))
        np.fill_diagonal(near, 1.0)
        return near

    def substitutes(self, solution: int) -> Floats:
        """Ones for the other solutions of the same problem, or nearly the same by name."""
        told = self.adoption
        chosen = np.array([solution])
        problems = np.zeros(told.solves.shape[1])
        problems[entries(told.solves, solution)] = 1.0
        same_problem = np.asarray(told.solves @ problems) > 0
        same_name = told.names.alike(chosen, self.settings.alike).toarray()[0] > 0
        found: Floats = np.asarray(same_problem | same_name, dtype=np.float64)
        found[solution] = 0.0
        return found

    def _covered(self, solution: int) -> Floats:
        told = self.adoption
        substitutes = self.substitutes(solution)
        observed = np.asarray(told.uses @ substitutes, dtype=np.float64)
        return beyond_chance(observed, told.sizes * (observed.sum() / told.sizes.sum()))

    def _likeness_of_size(self, users: Places) -> Floats:
        """The smaller population over the larger: users × all, NaN where one is not known."""
        people = self.adoption.homes.population[self.adoption.home]
        own = people[users][:, np.newaxis]
        return np.asarray(np.minimum(own, people) / np.maximum(own, people), dtype=np.float64)

    def _size(self, users: Places) -> Floats:
        told = self.adoption
        people = told.homes.population[told.home]
        known = told.telling & ~np.isnan(people)
        ours = users[known[users]]
        if not len(ours):
            return np.full(len(people), np.nan)
        observed = self._likeness_of_size(ours).sum(axis=0)
        everyone = self._sizes_of_all[told.home] - 1.0  # without the candidate itself
        value = beyond_chance(observed, len(ours) / int(known.sum()) * everyone)
        return np.where(known, value, np.nan)

    @cached_property
    def _sizes_of_all(self) -> Floats:
        """For each home, its likeness in size to all users that have told and are known."""
        told = self.adoption
        people = told.homes.population
        likeness = np.minimum(people[:, np.newaxis], people) / np.maximum(
            people[:, np.newaxis], people
        )
        users_at = np.bincount(told.home[told.telling], minlength=len(people))
        return np.asarray(np.nan_to_num(likeness) @ users_at, dtype=np.float64)

    def _behind(self, solution: int, user: int) -> Iterator[tuple[str, ...]]:
        told = self.adoption
        users, has = told.users_of(solution), told.used_by(user)
        yield self._best(told.solutions, has, self.lift(solution, users)[has])
        ordinary = self._affinities[user] / max(1, told.among - 1)
        yield self._best(told.users, users, self.affinity_to(user, users, solution), ordinary)
        yield self._best(told.solutions, has, self.substitutes(solution)[has])
        alike = self._likeness_of_size(np.array([user]))[0, users]
        yield self._best(told.users, users, np.nan_to_num(alike), 0.5)

    def _best(
        self, ids: tuple[str, ...], places: Places, values: Floats, above: float = 0.0
    ) -> tuple[str, ...]:
        order = np.lexsort((places, -values))[: self.settings.named]
        return tuple(ids[places[i]] for i in order if values[i] > above)

    def _reason(self, solution: int, user: int) -> Text:
        users = self.adoption.users_of(solution)
        if user in users:
            return NOT_A_CANDIDATE
        return TOLD_NOTHING if len(users) else NO_USERS


def by_department(snapshot: Snapshot) -> Predictor:
    """Likelihood among departments; ask for it by ``snapshot.derived``."""
    return Predictor(snapshot.derived(adoption_by_department))


def by_municipality(snapshot: Snapshot) -> Predictor:
    """Likelihood among municipalities; ask for it by ``snapshot.derived``."""
    return Predictor(snapshot.derived(adoption_by_municipality))


def likelihood(
    snapshot: Snapshot, solution: str, user: str, settings: LikelihoodSettings | None = None
) -> Likelihood:
    """How likely a solution is to go to a department, or to a municipality."""
    make = by_department if user.startswith("department:") else by_municipality
    predictor = snapshot.derived(make)
    if settings is not None:
        predictor = Predictor(predictor.adoption, settings)
    told = predictor.adoption
    return predictor.likelihood(told.solution_place[solution], told.user_place[user])
