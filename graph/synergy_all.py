"""The best synergies of every department with every other: all pairs, a block of rows at a time.

Of each department the same as ``graph.synergy.ranked_synergies`` tells first, without evidence.
The answer as a whole is quadratic, but only pairs that have something in common are reckoned, and
no more than a block's are held: it can be stopped after any block, and continued from it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.facts import Floats
from graph.lines import lines_of
from graph.snapshot import Snapshot
from graph.spans import spans
from graph.synergy import DEFAULT_WEIGHTS, Direction, directions, found_scores
from graph.synergy_kinds import SynergyKind, SynergyWeights

Rows = npt.NDArray[np.intp]

BLOCK = 128
"""How many departments are compared with all others at a time."""


@dataclass(frozen=True, slots=True)
class PairScore:
    """One of a department's best: the kind, the other department, giver and receiver where the
    kind has them, and the score from 0 to 1."""

    kind: SynergyKind
    department: str
    partner: str
    giver: str | None
    receiver: str | None
    score: float


@dataclass(frozen=True)
class Block:
    """The best of the departments from ``start`` up to ``end``, of ``total`` in the order of
    their ids. The arrays run parallel, by department and then best first: the places of the
    department and its partner, the direction (a place in ``directions``), and the score."""

    start: int
    end: int
    total: int
    directions: tuple[Direction, ...]
    department: Rows
    partner: Rows
    direction: Rows
    score: Floats

    def pairs(self, snapshot: Snapshot) -> Iterator[PairScore]:
        """The same, told by ids."""
        names = snapshot.nodes("department")
        told = (self.department, self.partner, self.direction, self.score)
        for row, other, which, score in zip(*(each.tolist() for each in told), strict=True):
            way = self.directions[which]
            giver, receiver = way.ends(names[row], names[other])
            directed = way.gives is not None
            yield PairScore(
                way.kind,
                names[row],
                names[other],
                giver if directed else None,
                receiver if directed else None,
                score,
            )


def all_synergies(
    snapshot: Snapshot,
    kinds: Collection[SynergyKind] | None = None,
    first: int = 10,
    weights: SynergyWeights = DEFAULT_WEIGHTS,
    of_each_kind: bool = False,
    block: int = BLOCK,
    start: int = 0,
) -> Iterator[Block]:
    """The ``first`` best synergies of every department from the place ``start`` on, of these kinds
    or all together; ``of_each_kind``: as many of each kind, one kind after the other."""
    total = len(snapshot.nodes("department"))
    wanted = directions(kinds)
    groups = _groups(wanted, of_each_kind)
    for begin in range(start, total, block):
        rows = np.arange(begin, min(total, begin + block))
        found = [
            _rounded(each, snapshot, rows) for each in found_scores(snapshot, rows, wanted, weights)
        ]
        best = [
            (row, *_best([found[place] for place in group], group, row - begin, first))
            for row in rows.tolist()
            for group in groups
        ]
        yield Block(
            begin,
            int(rows[-1]) + 1,
            total,
            tuple(wanted),
            np.repeat([row for row, *_ in best], [len(score) for *_, score in best]),
            np.concatenate([partner for _, partner, _, _ in best]),
            np.concatenate([which for _, _, which, _ in best]),
            np.concatenate([score for *_, score in best]),
        )


def _groups(wanted: list[Direction], of_each_kind: bool) -> list[list[int]]:
    """The directions that are ranked together."""
    if not of_each_kind:
        return [[*range(len(wanted))]]
    kinds = dict.fromkeys(way.kind for way in wanted)
    return [[place for place, way in enumerate(wanted) if way.kind == kind] for kind in kinds]


@dataclass(frozen=True)
class _Scored:
    """The scores of some departments, and the same rounded and 0 within one line."""

    scores: sparse.csr_array
    rounded: Floats


def _rounded(scores: sparse.csr_array, snapshot: Snapshot, rows: Rows) -> _Scored:
    rounded = np.round(scores.data, 12)
    closed = np.zeros(scores.shape, dtype=np.bool_)
    lines = snapshot.derived(lines_of)
    places, owner = spans(lines, rows)
    closed[owner, lines.indices[places]] = True
    row = np.repeat(np.arange(len(rows)), np.diff(scores.indptr))
    rounded[closed[row, scores.indices]] = 0.0
    return _Scored(scores, rounded)


def _best(
    found: list[_Scored], group: list[int], row: int, first: int
) -> tuple[Rows, Rows, Floats]:
    """A department's best partners, their directions and scores."""
    spans_of = [slice(*each.scores.indptr[row : row + 2]) for each in found]
    rounded = np.concatenate([each.rounded[own] for each, own in zip(found, spans_of, strict=True)])
    most = len(rounded) - first
    # All that equal the last of the first ones come into question: ids decide among them.
    least = np.partition(rounded, most)[most] if most > 0 else 0.0
    kept = np.flatnonzero((rounded >= least) & (rounded > 0))
    partner = np.concatenate(
        [each.scores.indices[own] for each, own in zip(found, spans_of, strict=True)]
    )[kept]
    which = np.repeat(group, [own.stop - own.start for own in spans_of])[kept]
    score = np.concatenate(
        [each.scores.data[own] for each, own in zip(found, spans_of, strict=True)]
    )[kept]
    order = np.lexsort((partner, which, -rounded[kept]))[:first]
    return partner[order].astype(np.intp), which[order].astype(np.intp), score[order]
