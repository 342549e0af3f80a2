"""Synergy between all departments of a municipality, or between those of two, as a matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.recent import Recent
from graph.scope import departments_in
from graph.snapshot import Snapshot
from graph.solved import line_of
from graph.synergy import DEFAULT_WEIGHTS, Direction, directions, rows_of
from graph.synergy_kinds import KINDS, SynergyKind, SynergyWeights
from graph.synergy_scores import scores

Floats = npt.NDArray[np.float64]
Ids = tuple[str, ...]
_Asked = tuple[Ids, Ids | None, SynergyWeights]

MATRICES_KEPT = 4
"""How many matrices are kept with a snapshot: the kinds and pages of one are looked at in turn."""


@dataclass(frozen=True, slots=True)
class KindScore:
    """A kind and direction in a cell: its score, None where nothing is known, and coverage."""

    kind: SynergyKind
    giver: str | None
    receiver: str | None
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Cell:
    """A pair of departments. ``scores`` are the six kinds and directions.

    ``total`` is what is known to be there: Σ weight · score over the four kinds (default 0.25
    each), of a kind with two directions the larger. An unknown kind adds nothing and is counted
    in ``coverage``, Σ weight · coverage, which says how much of the total could be known.
    """

    department: str
    partner: str
    total: float
    coverage: float
    scores: tuple[KindScore, ...]

    def score(self, kind: SynergyKind) -> float | None:
        """The larger of the kind's directions, None where none is known."""
        known = [each.score for each in self.scores if each.kind == kind and each.score is not None]
        return max(known, default=None)


@dataclass(frozen=True)
class SynergyMatrix:
    """``rows`` × ``columns``, those with the largest sum of totals first (ties by id). Within one
    municipality they are the same departments, and a pair stands once in ``cells``; departments
    in one line of organisation have no cell. ``cells`` stand by total, largest first."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    weights: SynergyWeights

    @cached_property
    def _by_pair(self) -> dict[tuple[str, str], Cell]:
        pairs = {(cell.department, cell.partner): cell for cell in self.cells}
        return pairs | {(cell.partner, cell.department): cell for cell in self.cells}

    def cell(self, a: str, b: str) -> Cell | None:
        """The cell of two departments, whichever comes first; None where they are no pair."""
        return self._by_pair.get((a, b))


def departments_of(snapshot: Snapshot, municipality: str) -> list[str]:
    """The departments of a municipality, at any depth, by id."""
    return list(departments_in(snapshot, municipality))


def synergy_matrix(
    snapshot: Snapshot,
    departments: Sequence[str],
    others: Sequence[str] | None = None,
    weights: SynergyWeights = DEFAULT_WEIGHTS,
) -> SynergyMatrix:
    """The matrix of these departments with one another, or with ``others``.

    Raises KeyError for an id that is not in the snapshot.
    """
    rows = tuple(sorted(set(departments)))
    columns = None if others is None else tuple(sorted(set(others)))
    return snapshot.derived(_matrices).get(
        (rows, columns, weights), lambda: _matrix(snapshot, rows, columns, weights)
    )


def _matrices(_snapshot: Snapshot) -> Recent[_Asked, SynergyMatrix]:
    return Recent(MATRICES_KEPT)


def _matrix(
    snapshot: Snapshot, rows: Ids, others: Ids | None, weights: SynergyWeights
) -> SynergyMatrix:
    columns = rows if others is None else others
    layers = [
        (direction, *_layer(snapshot, direction, rows, columns, weights))
        for direction in directions()
    ]
    lines = {row: line_of(snapshot, row) for row in rows}
    cells = [
        _cell(row, column, [(way, s[i, j], c[i, j]) for way, s, c in layers], weights)
        for i, row in enumerate(rows)
        for j, column in enumerate(columns)
        if column not in lines[row] and (others is not None or row < column)
    ]
    cells.sort(key=lambda cell: (-round(cell.total, 12), cell.department, cell.partner))
    return SynergyMatrix(_ordered(rows, cells), _ordered(columns, cells), tuple(cells), weights)


def _layer(
    snapshot: Snapshot,
    direction: Direction,
    rows: Sequence[str],
    columns: Sequence[str],
    weights: SynergyWeights,
) -> tuple[Floats, Floats]:
    across, down = rows_of(snapshot, rows), rows_of(snapshot, columns)
    if direction.gives is False:
        turned = scores(snapshot, direction.kind, down, across, weights)
        return turned.score.T, turned.coverage.T
    straight = scores(snapshot, direction.kind, across, down, weights)
    return straight.score, straight.coverage


def _cell(
    row: str,
    column: str,
    found: Sequence[tuple[Direction, float, float]],
    weights: SynergyWeights,
) -> Cell:
    told = tuple(_kind_score(row, column, *each) for each in found)
    total = coverage = 0.0
    for kind in KINDS:
        of_kind = [each for each in told if each.kind == kind]
        total += weights.of_kind(kind) * max(each.score or 0.0 for each in of_kind)
        coverage += weights.of_kind(kind) * max(each.coverage for each in of_kind)
    return Cell(row, column, total, coverage, told)


def _kind_score(
    row: str, column: str, direction: Direction, score: float, coverage: float
) -> KindScore:
    giver, receiver = direction.ends(row, column)
    directed = direction.gives is not None
    return KindScore(
        direction.kind,
        giver if directed else None,
        receiver if directed else None,
        None if np.isnan(score) else float(score),
        float(coverage),
    )


def _ordered(departments: Sequence[str], cells: Sequence[Cell]) -> tuple[str, ...]:
    sums = dict.fromkeys(departments, 0.0)
    for cell in cells:
        for end in {cell.department, cell.partner} & sums.keys():
            sums[end] += cell.total
    return tuple(sorted(departments, key=lambda each: (-round(sums[each], 12), each)))
