"""Departments × solutions by outcome: the picture from which a council picks a pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.answer import Cut
from graph.fit import FIT_SETTINGS, FitSettings
from graph.fit_parts import related_solutions
from graph.outcome import CODE, OTHER_TECHNOLOGY, Outcome
from graph.recent import Recent
from graph.snapshot import Snapshot
from graph.spans import spans
from graph.transfer import WORTH, Assessed, assess, places_of
from graph.transfer_facts import TransferFacts

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Order = npt.NDArray[np.int32]

ORDERS_KEPT = 16
"""For how many groups of departments the order of all solutions is kept with a snapshot."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One pair in the matrix; ``score`` is None where nothing is known."""

    outcome: Outcome
    score: float | None
    coverage: float
    other_solution: str | None


@dataclass(frozen=True, slots=True)
class TransferMatrix:
    """``cells[i][j]`` is what it would be for department i to take over solution j."""

    departments: tuple[str, ...]
    solutions: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]


def transfer_matrix(
    snapshot: Snapshot,
    departments: Sequence[str],
    solutions: Sequence[str],
    settings: FitSettings = FIT_SETTINGS,
) -> TransferMatrix:
    """The outcomes of all pairs, in the order given.

    Raises KeyError for an id that is not in the snapshot.
    """
    chosen = assess(
        snapshot, places_of(snapshot, departments), places_of(snapshot, solutions), settings
    )
    cells = tuple(
        tuple(_cell(snapshot, chosen, row, column) for column in range(len(solutions)))
        for row in range(len(departments))
    )
    return TransferMatrix(tuple(departments), tuple(solutions), cells)


def _cell(snapshot: Snapshot, chosen: Assessed, row: int, column: int) -> Cell:
    outcome = chosen.outcomes.outcome(row, column)
    score = chosen.fits.scores[row, column]
    other = int(chosen.outcomes.others[row, column])
    return Cell(
        outcome,
        None if np.isnan(score) else float(score),
        float(chosen.fits.coverage[row, column]),
        snapshot.nodes("solution")[other] if outcome is OTHER_TECHNOLOGY else None,
    )


def solutions_that_matter(
    snapshot: Snapshot,
    departments: Sequence[str],
    first: int = 20,
    settings: FitSettings = FIT_SETTINGS,
) -> Cut[str]:
    """The solutions in use somewhere that these departments could gain most from: the sum over
    the departments of what the transfer is worth times its fit; among equals the most used,
    then by id. Solutions that all of the departments have are none."""
    asked = tuple(departments), settings
    order = snapshot.derived(_orders).get(asked, lambda: _order(snapshot, departments, settings))
    names = snapshot.nodes("solution")
    return Cut(tuple(names[place] for place in order[:first]), len(order))


def _orders(_snapshot: Snapshot) -> Recent[tuple[tuple[str, ...], FitSettings], Order]:
    return Recent(ORDERS_KEPT)


def _order(snapshot: Snapshot, departments: Sequence[str], settings: FitSettings) -> Order:
    facts = snapshot.derived(TransferFacts)
    rows = places_of(snapshot, departments)
    having = np.bincount(
        facts.active.indices[spans(facts.active, rows)[0]], minlength=len(facts.users_count)
    )
    columns = np.flatnonzero((facts.users_count > 0) & (having < len(rows)))
    worth = _worth_to(snapshot, rows, columns, settings)[columns]
    order = np.lexsort((columns, -facts.users_count[columns], -np.round(worth, 9)))
    return columns[order].astype(np.int32)


def _worth_to(snapshot: Snapshot, rows: Places, columns: Places, settings: FitSettings) -> Floats:
    """What each solution is worth to these departments together, by its place. Nothing but what
    solves a problem that a department faces, or one akin to it, is worth anything to it."""
    facts = snapshot.derived(TransferFacts)
    wanted = np.zeros(len(snapshot.nodes("solution")), dtype=np.bool_)
    wanted[columns] = True
    worth = np.zeros(len(wanted))
    for row in rows:
        related = related_solutions(facts, int(row), settings.limits.alike)
        near = np.flatnonzero(related & wanted)
        worth[near] += _worth(assess(snapshot, np.array([row]), near, settings))[0]
    return worth


def _worth(chosen: Assessed) -> Floats:
    worth = np.zeros(len(CODE))
    for outcome, value in WORTH.items():
        worth[CODE[outcome]] = value
    return np.asarray(worth[chosen.outcomes.codes] * np.nan_to_num(chosen.fits.scores), np.float64)
