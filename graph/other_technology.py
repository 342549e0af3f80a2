"""Another solution of the same problem, on technology that is known in the department."""

import numpy as np
import numpy.typing as npt

from graph.facts import entries
from graph.spans import spans
from graph.transfer_facts import TransferFacts

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]

NOBODY = -1


def others_in(facts: TransferFacts, departments: Places, solution: int, familiar: int) -> Places:
    """For each of these departments the most used solution of a problem that it faces unsolved and
    this one solves, built on nothing but what is familiar there; -1 where there is none."""
    best = np.full(len(departments), NOBODY, dtype=np.intp)
    for problem in entries(facts.facts.solves, solution).tolist():
        facing = np.zeros(facts.unsolved_by.shape[1], dtype=np.bool_)
        facing[entries(facts.unsolved_by, problem)] = True
        rows = np.flatnonzero(facing[departments])
        candidates = _candidates(facts, problem)
        candidates = candidates[candidates != solution]
        if len(rows) and len(candidates):
            ready = _ready(facts, departments[rows], candidates, familiar)
            first = np.argmax(ready, axis=0)
            found = np.where(ready.any(axis=0), candidates[first], NOBODY)
            best[rows] = _better(facts, best[rows], found)
    return best


def others_for(facts: TransferFacts, department: int, solutions: Places, familiar: int) -> Places:
    """The same for each of these solutions, in one department."""
    best = np.full(len(solutions), NOBODY, dtype=np.intp)
    here = np.array([department], dtype=np.intp)
    foremost = np.full((2, facts.facts.solves.shape[1]), NOBODY, dtype=np.intp)
    places, owner = spans(facts.facts.solves, solutions)
    shared = facts.facts.solves.indices[places]
    unsolved = np.intersect1d(entries(facts.facts.unsolved, department), shared)
    for problem in unsolved.tolist():
        candidates = _candidates(facts, problem)
        ready = candidates[_ready(facts, here, candidates, familiar)[:, 0]][:2]
        foremost[: len(ready), problem] = ready
    # What is foremost may be the solution itself: then the next one is the other.
    other = np.where(
        foremost[0, shared] == solutions[owner], foremost[1, shared], foremost[0, shared]
    )
    for which, each in zip(owner.tolist(), other.tolist(), strict=True):
        if each != NOBODY:
            best[which] = _better(facts, best[[which]], np.array([each], dtype=np.intp))[0]
    return best


def _candidates(facts: TransferFacts, problem: int) -> Places:
    """The solutions of a problem that someone uses and that are built on something: most used
    first, then by id."""
    solvers = entries(facts.solved_by, problem).astype(np.intp)
    built_on = facts.facts.built_on.indptr
    fit = (facts.users_count[solvers] > 0) & (built_on[solvers + 1] > built_on[solvers])
    some = solvers[fit]
    return some[np.lexsort((some, -facts.users_count[some]))]


def _ready(facts: TransferFacts, departments: Places, candidates: Places, familiar: int) -> Flags:
    """Candidate × department: all that the solution is built on is familiar there."""
    if not len(candidates):
        return np.zeros((0, len(departments)), dtype=np.bool_)
    places, owner = spans(facts.facts.built_on, candidates)
    technologies, which = np.unique(facts.facts.built_on.indices[places], return_inverse=True)
    known = np.zeros((len(technologies), len(departments)), dtype=np.bool_)
    for column, department in enumerate(departments.tolist()):
        own = slice(*facts.familiarity.indptr[department : department + 2])
        # It holds the familiarity plus one.
        well = facts.familiarity.indices[own][facts.familiarity.data[own] > familiar]
        known[:, column] = np.isin(technologies, well)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return np.logical_and.reduceat(known[which], starts, axis=0)


def _better(facts: TransferFacts, one: Places, other: Places) -> Places:
    """Of two solutions the more used, the first by id among equals."""
    uses, uses_other = facts.users_count[one], facts.users_count[other]
    later = (uses_other == uses) & (other >= one)
    worse = (other == NOBODY) | ((one != NOBODY) & ((uses_other < uses) | later))
    return np.where(worse, one, other)
