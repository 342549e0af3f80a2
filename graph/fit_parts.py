"""The parts of fit, of one solution in all departments, or of one department for some solutions.

The same numbers either way; a row for each part in the order of ``graph.fit.LABELS``, NaN where a
part is not known. Only the rows that speak of the one are looked at, so the cost is that of what
is told of it, not of the graph.
"""

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.facts import entries
from graph.kinship import Kinship
from graph.spans import added, any_of, spans, summed
from graph.transfer_facts import TransferFacts

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.integer]

PARTS = 5


def parts_of_solution(facts: TransferFacts, solution: int, alike: float) -> Floats:
    """Part × department, for one solution."""
    told = facts.facts
    values = np.full((PARTS, told.faces.shape[0]), np.nan)
    solved = entries(told.solves, solution)
    if len(solved):
        problem = np.zeros(values.shape[1])
        problem[any_of(facts.faced_by, _akin(facts, solved, alike))] = 0.5
        problem[any_of(facts.unsolved_by, solved)] = 1.0
        values[0] = np.where(facts.told_problems, problem, np.nan)
    served = facts.served[solution]
    if served.any():
        share = facts.serves @ served / served.sum()
        values[1] = np.where(facts.serves.any(axis=1), share, np.nan)
    technologies = entries(told.built_on, solution)
    values[2] = _mean(summed(facts.known_by, technologies), _counted(facts.known_by, technologies))
    values[3] = _competences_of_solution(facts, solution)
    values[4] = np.minimum(1.0, facts.maturity / facts.maturity_of_users[solution])
    return values


def parts_of_department(
    facts: TransferFacts, department: int, solutions: Places, alike: float
) -> Floats:
    """Part × these solutions, for one department."""
    told = facts.facts
    values = np.full((PARTS, len(solutions)), np.nan)
    faced = entries(told.faces, department)
    if len(faced):
        problem = np.zeros(len(solutions))
        problem[related_solutions(facts, department, alike)[solutions]] = 0.5
        problem[any_of(facts.solved_by, entries(told.unsolved, department))[solutions]] = 1.0
        values[0] = np.where(facts.tells_problems[solutions], problem, np.nan)
    serves = facts.serves[department]
    if serves.any():
        values[1] = _mean(facts.served[solutions] @ serves, facts.people_served[solutions])
    known, familiarity = _row(facts.well_known, department)
    values[2] = _mean(
        summed(facts.built_with, known, familiarity)[solutions],
        _counted(facts.built_with, known)[solutions],
    )
    values[3] = _competences_of_department(facts, department, solutions)
    values[4] = np.minimum(1.0, facts.maturity[department] / facts.maturity_of_users[solutions])
    return values


def related_solutions(facts: TransferFacts, department: int, alike: float) -> Flags:
    """Which solutions solve a problem that a department faces, or one akin to it."""
    faced = entries(facts.facts.faces, department)
    if not len(faced):
        return np.zeros(facts.solved_by.shape[1], dtype=np.bool_)
    return any_of(facts.solved_by, _akin(facts, faced, alike))


def _akin(facts: TransferFacts, problems: Places, alike: float) -> Places:
    """The problems akin to any of these, themselves among them."""
    kinship = facts.snapshot.derived(Kinship)
    near = [kinship.akin(int(problem), alike) for problem in problems]
    return np.unique(np.concatenate(near))


def _competences_of_solution(facts: TransferFacts, solution: int) -> Floats:
    """The weighted mean of min(1, has / needs) over what the solution requires."""
    competences, weights = _row(facts.demand_weights, solution)
    levels = _row(facts.demand_levels, solution)[1]
    places, owner = spans(facts.levels_by, competences)
    reached = weights[owner] * np.minimum(1.0, facts.levels_by.data[places] / levels[owner])
    found = added(facts.levels_by.indices[places], reached, facts.levels_by.shape[1])
    if not len(competences):
        return np.full(len(found), np.nan)
    return np.where(facts.told_competences, found / weights.sum(), np.nan)


def _competences_of_department(facts: TransferFacts, department: int, solutions: Places) -> Floats:
    """The same for these solutions."""
    competences, levels = _row(facts.levels_held, department)
    if not len(competences):
        return np.full(len(solutions), np.nan)
    places, owner = spans(facts.demanded_by, competences)
    needed = facts.demanded_levels_by.data[places]
    reached = facts.demanded_by.data[places] * np.minimum(1.0, levels[owner] / needed)
    found = added(facts.demanded_by.indices[places], reached, facts.demanded_by.shape[1])
    return _mean(found[solutions], facts.demand_totals[solutions])


def _row(matrix: sparse.csr_array, row: int) -> tuple[Places, Floats]:
    """The columns of a row's entries and what stands there."""
    own = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[own], matrix.data[own]


def _counted(matrix: sparse.csr_array, rows: Places) -> Floats:
    """How many of these rows have an entry in each column."""
    places, _ = spans(matrix, rows)
    return np.bincount(matrix.indices[places], minlength=matrix.shape[1]).astype(np.float64)


def _mean(total: Floats, count: Floats) -> Floats:
    """Total over count, NaN where nothing was counted."""
    mean = np.full(len(count), np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean
