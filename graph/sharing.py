"""Users with something in common: how like they are, and how near they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.adoption import Adoption
from graph.spans import added, spans

if TYPE_CHECKING:
    from graph.likelihood import Predictor

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

DENSE = 60_000
"""Up to how many pairs of users all are looked at, and not only those with something in common."""


@dataclass(frozen=True)
class Sharing:
    """Pairs of one of some users (``owner``, counted from 0) and any user (``other``) that have
    something in common: what that weighs, ``shared``, and how near they lie, ``near``, with the
    floor added; 1 where no places are known."""

    predictor: Predictor
    owner: Places
    other: Places
    shared: Floats
    near: Floats

    @classmethod
    def of(cls, predictor: Predictor, users: Places, others: Flags) -> Sharing:
        """The pairs of these users with those others, a user with itself among them."""
        told = predictor.adoption
        owner, other, shared = _in_common(told, users)
        kept = np.flatnonzero(others[other])
        owner, other = owner[kept], other[kept]
        near = np.ones(1)
        if predictor.closeness is not None:
            homes = len(predictor.closeness)
            lie = (told.home[users] * homes)[owner] + told.home[other]
            near = predictor.closeness.ravel()[lie] + predictor.settings.floor
        return cls(predictor, owner, other, shared[kept], near)

    def affinity(self, own: tuple[Floats, Floats]) -> Floats:
        """How like and how near the two of each pair are, beyond what all are at least; ``own``
        are the totals and the sizes that the users are taken to have."""
        told, shrink = self.predictor.adoption, self.predictor.settings.shrink
        union = own[0][self.owner]
        union += told.totals[self.other]
        union -= self.shared
        smaller = np.minimum(shrunk(own[1], shrink)[self.owner], self.predictor.shrunk[self.other])
        smaller *= self.shared
        smaller /= union
        smaller *= self.near
        return smaller

    def summed(self, values: Floats) -> Floats:
        """For each user the sum over the pairs in which it is the other."""
        return added(self.other, values, len(self.predictor.adoption.users))


def _in_common(told: Adoption, users: Places) -> tuple[Places, Places, Floats]:
    """Which of these users (counted from 0) have anything in common with which of all, and what
    it weighs."""
    if len(users) * len(told.users) > DENSE:
        found = told.weighted[users] @ told.across
        owner = np.repeat(np.arange(len(users)), np.diff(found.indptr))
        return owner, found.indices, found.data
    # Of few users a table of all is quicker than a sparse matrix.
    having, user = spans(told.weighted, users)
    solutions = told.weighted.indices[having]
    places, which = spans(told.across, solutions)
    table = user[which] * len(told.users) + told.across.indices[places]
    weights = told.weighted.data[having][which]
    shared = added(table, weights, len(users) * len(told.users))
    common = np.flatnonzero(shared)
    return *np.divmod(common, len(told.users)), shared[common]


def shrunk(sizes: Floats, shrink: float) -> Floats:
    """What a profile of a size counts: little where it is small."""
    return np.asarray(sizes / (sizes + shrink), dtype=np.float64)
