"""Synergy: what two departments could share, reuse, join forces on or learn from each other.

The formulas stand in ``graph.synergy_scores``. A department and those above or below it are one
organisation told at two levels, often by the same people: they are no partners in a list or a
matrix. Asked about directly, such a pair is answered like any other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.answer import Cut, Evidence, Part, Ranked
from graph.facts import entries
from graph.lines import lines_of
from graph.snapshot import Snapshot
from graph.synergy_evidence import evidence
from graph.synergy_facts import SynergyFacts
from graph.synergy_kinds import DIRECTED, KINDS, PART_LABELS, SynergyKind, SynergyWeights
from graph.synergy_pair import Pair
from graph.synergy_scores import Found, Scores, mean_found, mean_of, parts_found, scores
from graph.synergy_unknown import unknown_of
from schema.text import Text

DEFAULT_WEIGHTS = SynergyWeights()


@dataclass(frozen=True)
class Synergy:
    """One kind of synergy between two departments, with giver and receiver for reuse and learn.

    ``score`` is the weighted mean of the known parts, 0 to 1, and None where none is known;
    ``coverage`` is the known share of the weights. What explains it is made when it is asked for.
    """

    kind: SynergyKind
    department: str
    partner: str
    giver: str | None
    receiver: str | None
    score: float | None
    coverage: float
    parts: tuple[Part, ...]
    pair: Pair = field(repr=False, compare=False)
    useful: float = field(repr=False, compare=False)

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that the score rests on, most important first: its weights sum to it."""
        return evidence(self.pair, self.parts, self.useful)

    @cached_property
    def unknown(self) -> tuple[Text, ...]:
        """What stands in the way of the parts that are not known."""
        return unknown_of(self.pair, self.parts)


@dataclass(frozen=True, slots=True)
class Direction:
    """A kind as seen from a department: whether it gives, receives (None: neither)."""

    kind: SynergyKind
    gives: bool | None

    def ends(self, department: str, partner: str) -> tuple[str, str]:
        """Giver and receiver; the department and its partner where there is none."""
        return (partner, department) if self.gives is False else (department, partner)


def directions(kinds: Collection[SynergyKind] | None = None) -> list[Direction]:
    """The kinds in their order; those with a giver once for each side, giving first."""
    return [
        Direction(kind, gives)
        for kind in KINDS
        if kinds is None or kind in kinds
        for gives in ((True, False) if kind in DIRECTED else (None,))
    ]


def synergies_between(
    snapshot: Snapshot,
    a: str,
    b: str,
    kinds: Collection[SynergyKind] | None = None,
    weights: SynergyWeights = DEFAULT_WEIGHTS,
) -> tuple[Synergy, ...]:
    """Every kind and direction between two departments, also where nothing was found (score 0)
    or nothing is known (score None): six answers.

    Raises KeyError for an id that is not in the snapshot, ValueError where a is b.
    """
    if a == b:
        raise ValueError(f"a department has no synergy with itself: {a}")
    return tuple(_answer(snapshot, direction, a, b, weights) for direction in directions(kinds))


def best_synergies(
    snapshot: Snapshot,
    department: str,
    kinds: Collection[SynergyKind] | None = None,
    first: int = 10,
    among: Collection[str] | None = None,
    weights: SynergyWeights = DEFAULT_WEIGHTS,
    start: int = 0,
) -> Cut[Synergy]:
    """The largest synergies of a department, from the place ``start`` on; see the whole list."""
    return ranked_synergies(snapshot, department, kinds, among, weights).cut(first, start)


def ranked_synergies(
    snapshot: Snapshot,
    department: str,
    kinds: Collection[SynergyKind] | None = None,
    among: Collection[str] | None = None,
    weights: SynergyWeights = DEFAULT_WEIGHTS,
) -> Ranked[Synergy]:
    """The synergies of a department with all others, or those ``among``, the largest first; each
    with all its evidence. Equal scores stand in the order of kinds, then of the partners' ids.

    Raises KeyError for an id that is not in the snapshot.
    """
    own = rows_of(snapshot, [department])
    wanted = directions(kinds)
    found = [_found_parts(snapshot, own, way, weights) for way in wanted]
    means = [
        mean_found(parts, weights.parts(way.kind)) for way, parts in zip(wanted, found, strict=True)
    ]
    order = _largest_first(means, _partners(snapshot, int(own[0]), among))
    names = snapshot.nodes("department")

    def answer(place: int) -> Synergy:
        which, partner = order[place]
        result = mean_of(found[which], order[place, 1:], weights.parts(wanted[which].kind))
        return _synergy(snapshot, wanted[which], department, names[partner], weights, result)

    return Ranked(len(order), answer)


def rows_of(snapshot: Snapshot, departments: Sequence[str]) -> npt.NDArray[np.intp]:
    """The rows of departments in matrices over departments."""
    start = snapshot.kind_range["department"].start
    return np.array([snapshot.place[each] - start for each in departments], dtype=np.intp)


def _partners(
    snapshot: Snapshot, department: int, among: Collection[str] | None
) -> npt.NDArray[np.bool_]:
    """Which departments can be partners of this one."""
    count = len(snapshot.nodes("department"))
    chosen = np.full(count, among is None)
    if among is not None:
        chosen[rows_of(snapshot, list(among))] = True
    chosen[entries(snapshot.derived(lines_of), department)] = False
    return chosen


def found_scores(
    snapshot: Snapshot,
    departments: npt.NDArray[np.intp],
    wanted: Sequence[Direction],
    weights: SynergyWeights,
) -> list[sparse.csr_array]:
    """The scores above 0 of these departments (rows) with all (columns), for each direction."""
    return [
        mean_found(_found_parts(snapshot, departments, way, weights), weights.parts(way.kind))
        for way in wanted
    ]


def _found_parts(
    snapshot: Snapshot,
    departments: npt.NDArray[np.intp],
    way: Direction,
    weights: SynergyWeights,
) -> dict[str, Found]:
    facts = snapshot.derived(SynergyFacts)
    return parts_found(facts, way.kind, departments, weights, way.gives is not False)


def _largest_first(
    found: Sequence[sparse.csr_array], partners: npt.NDArray[np.bool_]
) -> npt.NDArray[np.intp]:
    """The places (direction, partner) of one department's scores, largest first."""
    which = np.repeat(np.arange(len(found)), [each.nnz for each in found])
    partner = np.concatenate([each.indices for each in found])
    # Rounded, so that equal scores reckoned along two ways are equal.
    score = np.round(np.concatenate([each.data for each in found]), 12)
    kept = np.flatnonzero(partners[partner] & (score > 0))
    order = kept[np.lexsort((partner[kept], which[kept], -score[kept]))]
    return np.stack([which[order], partner[order]], axis=1).astype(np.intp)


def _answer(
    snapshot: Snapshot, direction: Direction, department: str, partner: str, weights: SynergyWeights
) -> Synergy:
    giver, receiver = (rows_of(snapshot, [each]) for each in direction.ends(department, partner))
    result = scores(snapshot, direction.kind, giver, receiver, weights)
    return _synergy(snapshot, direction, department, partner, weights, result)


def _synergy(
    snapshot: Snapshot,
    direction: Direction,
    department: str,
    partner: str,
    weights: SynergyWeights,
    result: Scores,
) -> Synergy:
    giver, receiver = direction.ends(department, partner)
    score = float(result.score[0, 0])
    return Synergy(
        direction.kind,
        department,
        partner,
        None if direction.gives is None else giver,
        None if direction.gives is None else receiver,
        None if np.isnan(score) else score,
        float(result.coverage[0, 0]),
        _parts(result, weights.parts(direction.kind)),
        Pair(snapshot, giver, receiver),
        weights.useful,
    )


def _parts(result: Scores, weights: dict[str, float]) -> tuple[Part, ...]:
    values = {name: float(values[0, 0]) for name, values in result.parts.items()}
    return tuple(
        Part(name, PART_LABELS[name], weights[name], None if np.isnan(value) else value)
        for name, value in values.items()
    )
