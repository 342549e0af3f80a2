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
from graph.recent import Recent
from graph.sharing import Sharing, shrunk
from graph.snapshot import Snapshot
from graph.spans import spans, summed
from schema.text import Text

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

BLOCK = 256
"""How many users are compared with all others at a time."""
KEPT = 4
"""Of so many solutions what all candidates are held against is kept: the ten best of one are
explained by what ranked them."""
ROUNDING = 1e-9
"""Sums that are equal may differ by less than this."""


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
                self._together(solution)[candidates],
                self._kindred(solution, candidate)[candidates],
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

    def lift(self, solution: int) -> Floats:
        """How much more often than chance this solution's users have each other one."""
        return self._lifts.get(solution, lambda: self._lift(solution))

    def _lift(self, solution: int) -> Floats:
        told = self.adoption
        users = told.users_of(solution)
        lift = beyond_chance(summed(told.uses, users), told.counts * (len(users) / told.among))
        lift[solution] = 0.0
        return lift

    def _together(self, solution: int) -> Floats:
        return np.asarray(self.adoption.uses @ self.lift(solution), dtype=np.float64)

    def _kindred(self, solution: int, candidate: Flags) -> Floats:
        """All affinities are summed once; what this solution adds to its users is taken out."""
        told = self.adoption
        users = told.users_of(solution)
        pairs = Sharing.of(self, users, candidate)
        with_it = pairs.affinity((told.totals[users], told.sizes[users]))
        left = (told.totals[users] - told.weights[solution], told.sizes[users] - 1)
        without = pairs.affinity(left)
        observed = pairs.summed(without) + self._apart(users)
        everyone = self._affinities + pairs.summed(without - with_it)
        return beyond_chance(observed, len(users) / told.among * everyone)

    def affinity_to(self, user: int, users: Places, leaving_out: int | None = None) -> Floats:
        """How like and how near a user is to each of some others that have told of something.
        ``leaving_out`` is a solution that they have and it has not, and that is not to count."""
        told = self.adoption
        own = told.used_by(user)
        shared = summed(told.across, own, told.weights[own])
        totals, sizes = told.totals[users], told.sizes[users]
        if leaving_out is not None:
            totals, sizes = totals - told.weights[leaving_out], sizes - 1
        union = told.totals[user] + totals - shared[users]
        likeness = np.zeros(len(users))
        np.divide(shared[users], union, out=likeness, where=union > ROUNDING)
        smaller = np.minimum(told.sizes[user], sizes)
        likeness *= smaller / (smaller + self.settings.shrink)
        if self.closeness is None:
            return likeness
        near = self.closeness[told.home[user], told.home[users]]
        floor = self.settings.floor
        return np.asarray((likeness + floor) * (near + floor), dtype=np.float64)

    @cached_property
    def shrunk(self) -> Floats:
        """What each user's profile counts by its size."""
        return shrunk(self.adoption.sizes, self.settings.shrink)

    @cached_property
    def _affinities(self) -> Floats:
        """Each user's affinity to all others together, a block of users at a time."""
        told = self.adoption
        telling = np.flatnonzero(told.telling)
        summed = self._apart(telling)
        for start in range(0, len(telling), BLOCK):
            users = telling[start : start + BLOCK]
            pairs = Sharing.of(self, users, told.telling)
            summed += pairs.summed(pairs.affinity((told.totals[users], told.sizes[users])))
        # All is shared with oneself, and lies nowhere else.
        near = 1.0 if self.closeness is None else 1.0 + self.settings.floor
        summed[telling] -= self.shrunk[telling] * near
        return summed

    def _apart(self, users: Places) -> Floats:
        """What all users have of affinity to these, though they share nothing with them, each to
        itself left out: the floor under likeness, times how near they are."""
        told, floor = self.adoption, self.settings.floor
        if self.closeness is None:
            return np.zeros(len(told.users))
        homes = np.bincount(told.home[users], minlength=len(self.closeness))
        at_home = floor * (homes @ self.closeness + floor * len(users))
        apart = at_home[told.home]
        apart[users] -= floor * (1.0 + floor)
        return np.asarray(apart, dtype=np.float64)

    @cached_property
    def closeness(self) -> Floats | None:
        """e^(-km / 20) between homes, the mean where a place is not known; None with no places."""
        kilometres = self.adoption.homes.kilometres.copy()
        np.fill_diagonal(kilometres, np.nan)
        if np.isnan(kilometres).all():
            return None
        near = np.exp(-kilometres / self.settings.near_km)
        near[np.isnan(near)] = float(np.nanmean(near))
        np.fill_diagonal(near, 1.0)
        return near

    @cached_property
    def _lifts(self) -> Recent[int, Floats]:
        return Recent(KEPT)

    def substitutes(self, solution: int) -> Places:
        """The other solutions of the same problem, or nearly the same by name, by place."""
        return self._substitutes.get(solution, lambda: self._substitutes_of(solution))

    @cached_property
    def _substitutes(self) -> Recent[int, Places]:
        return Recent(KEPT)

    def _substitutes_of(self, solution: int) -> Places:
        told = self.adoption
        problems, _ = spans(told.solved_by, entries(told.solves, solution))
        same_problem = told.solved_by.indices[problems]
        same_name = told.names.alike(solution, self.settings.alike)
        found = np.unique(np.concatenate([same_problem, same_name])).astype(np.intp)
        return np.asarray(found[found != solution], dtype=np.intp)

    def _covering(self, solution: int, others: Places) -> Floats:
        """Ones for those of these others that are substitutes of the solution."""
        flags = np.zeros(len(self.adoption.solutions))
        flags[self.substitutes(solution)] = 1.0
        return np.asarray(flags[others], dtype=np.float64)

    def _covered(self, solution: int) -> Floats:
        told = self.adoption
        observed = summed(told.across, self.substitutes(solution))
        return beyond_chance(observed, told.sizes * (observed.sum() / told.sizes.sum()))

    def _likeness_of_size(self, user: int, users: Places) -> Floats:
        """The smaller population over the larger, NaN where one is not known."""
        people = self.adoption.homes.population[self.adoption.home]
        smaller = np.minimum(people[user], people[users])
        return np.asarray(smaller / np.maximum(people[user], people[users]), dtype=np.float64)

    def _size(self, users: Places) -> Floats:
        told = self.adoption
        people = told.homes.population
        known = told.telling & ~np.isnan(people)[told.home]
        ours = users[known[users]]
        if not len(ours):
            return np.full(len(told.users), np.nan)
        homes, how_many = np.unique(told.home[ours], return_counts=True)
        theirs = people[homes][:, np.newaxis]
        observed = (how_many @ (np.minimum(theirs, people) / np.maximum(theirs, people)))[told.home]
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
        yield self._best(told.solutions, has, self.lift(solution)[has])
        ordinary = self._affinities[user] / max(1, told.among - 1)
        yield self._best(told.users, users, self.affinity_to(user, users, solution), ordinary)
        yield self._best(told.solutions, has, self._covering(solution, has))
        alike = self._likeness_of_size(user, users)
        yield self._best(told.users, users, np.nan_to_num(alike), 0.5)

    def _best(
        self, ids: tuple[str, ...], places: Places, values: Floats, above: float = 0.0
    ) -> tuple[str, ...]:
        order = np.lexsort((places, -values))[: self.settings.named]
        return tuple(ids[places[i]] for i in order if values[i] > above + ROUNDING)

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
