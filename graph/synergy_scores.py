"""The scores of many pairs of departments at once: the formulas of synergy.

Things are weighted by rarity, w(x) = ln((1+N)/(1+df(x))) + 1 (``graph.rarity``).

- *share* and *join* compare two sets A and B by the weighted Jaccard index,
  Σ_{A∩B} w / Σ_{A∪B} w (Jaccard 1901; with weights Ioffe 2010; the JACCARD metric of Neo4j GDS
  Node Similarity). Share has two parts: the solutions held, that is in use, pilot or planned; and
  the pairs (problem, technology) of held solutions, without those pairs that both have through a
  solution which is already the same. Join compares the problems faced unsolved.
- *reuse* and *learn* have a direction: what share of what the receiver needs does the giver have,
  Σ_{need∩has} w / Σ_{need} w. This is Tversky's index (1977) with α = 1 for the receiver and β = 0
  for the giver, of the same family: to have solved much else does not make a giver worse. Needed
  are the receiver's unsolved problems, which the giver's solutions in use solve; and the
  competences that the receiver's held solutions require, of which those count that it lacks and
  the giver has at the level required, useful ones less than essential ones. So one competence
  lacking among many weighs little, however well the giver has it.
  All of next to nothing is little: the share is damped where little is needed, by m / (m + k)
  with m = Σ_{need} w and k the setting ``damping``, as if k more were needed that nobody has.
  Together Σ_{need∩has} w / (Σ_{need} w + k): half of the share where m = k, never quite 1.

A part is unknown (NaN) where either side has told nothing that it is made of. A score is the
weighted mean of the known parts, its coverage the share of the weights that is known.

What two have nothing in common is 0 and is not reckoned: of each department only the pairs that
have something come out, as the entries of a sparse matrix over all departments.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.facts import Flags, Floats
from graph.snapshot import Snapshot
from graph.spans import among, codes_of, spans
from graph.synergy_facts import Sets, SynergyFacts, valued
from graph.synergy_kinds import SynergyKind, SynergyWeights

Rows = npt.NDArray[np.intp]

HALF_A_THING = 0.5
"""No weight is below 1: sums of them that differ by less than this differ by rounding alone."""


@dataclass(frozen=True)
class Scores:
    """Scores of one kind: a row for each giver, a column for each receiver (for share and join
    it makes no difference which is which). NaN is unknown."""

    score: Floats
    coverage: Floats
    parts: dict[str, Floats]


@dataclass(frozen=True)
class Found:
    """One part of the scores of some departments (rows) with all (columns): ``values`` where it
    is above 0. It is known between the rows in ``rows_told`` and the columns in ``told``, but for
    the entries of ``nothing_left``, and for the rows in ``rows_bare`` with the columns in
    ``bare``: where neither has anything, there is nothing to compare."""

    values: sparse.csr_array
    rows_told: Flags
    told: Flags
    nothing_left: sparse.csr_array | None = None
    rows_bare: Flags | None = None
    bare: Flags | None = None

    def dense(self, columns: Rows) -> Floats:
        """The part with these departments, NaN where it is not known."""
        values = np.asarray(self.values.toarray()[:, columns], dtype=np.float64)
        rows = np.arange(len(self.rows_told))[:, np.newaxis]
        values[~self.known(rows, columns[np.newaxis, :])] = np.nan
        if self.nothing_left is not None:
            values[self.nothing_left.toarray()[:, columns] > 0] = np.nan
        return values

    def known(self, rows: Rows, columns: Rows) -> Flags:
        """Whether the part is known between these, ``nothing_left`` aside."""
        both = self.rows_told[rows] & self.told[columns]
        if self.rows_bare is not None and self.bare is not None:
            both &= ~(self.rows_bare[rows] & self.bare[columns])
        return np.asarray(both)


def scores(
    snapshot: Snapshot, kind: SynergyKind, givers: Rows, receivers: Rows, weights: SynergyWeights
) -> Scores:
    """The scores of these departments, given by their rows, with those."""
    found = parts_found(snapshot.derived(SynergyFacts), kind, givers, weights)
    return mean_of(found, receivers, weights.parts(kind))


def mean_of(found: dict[str, Found], columns: Rows, weights: dict[str, float]) -> Scores:
    """The scores that parts make with these departments."""
    parts = {name: part.dense(columns) for name, part in found.items()}
    known = sum(weights[name] * ~np.isnan(values) for name, values in parts.items())
    total = sum(weights[name] * np.nan_to_num(values) for name, values in parts.items())
    coverage = np.asarray(known, dtype=np.float64)
    mean = np.full(coverage.shape, np.nan)
    np.divide(total, coverage, out=mean, where=coverage > 0)
    return Scores(np.clip(mean, 0.0, 1.0), coverage / sum(weights.values()), parts)


def parts_found(
    facts: SynergyFacts,
    kind: SynergyKind,
    rows: Rows,
    weights: SynergyWeights,
    gives: bool = True,
) -> dict[str, Found]:
    """The parts of a kind between these departments, as givers or as receivers, and all."""
    match kind:
        case "share":
            return {
                "solutions": _alike(facts.held, facts.told_solutions, rows),
                "technologies": _same_technologies(facts, rows),
            }
        case "reuse":
            return {"solved": (_solved if gives else _solved_for)(facts, rows, weights.damping)}
        case "join":
            return {"unsolved": _alike(facts.unsolved, facts.told_problems, rows)}
        case "learn":
            return {"competences": (_taught if gives else _learnt)(facts, rows, weights)}


def mean_found(found: dict[str, Found], weights: dict[str, float]) -> sparse.csr_array:
    """The mean of the known parts, where it is above 0; entries of 0 mean nothing."""
    if len(found) == 1:
        (part,) = found.values()
        return _known(part)
    scored = reduce(
        _together, (_scaled(_known(part), weights[name]) for name, part in found.items())
    )
    row = _row_of_entries(scored)
    known = np.zeros(scored.nnz)
    for name, part in found.items():
        both = part.known(row, _columns(scored))
        if part.nothing_left is not None:
            both &= ~_in(scored, part.nothing_left)
        known += weights[name] * both
    values = np.divide(scored.data, known, out=np.zeros(scored.nnz), where=known > 0)
    return valued(scored, np.minimum(values, 1.0))


def _known(part: Found) -> sparse.csr_array:
    values = part.values
    row = _row_of_entries(values)
    both = part.known(row, _columns(values))
    return values if both.all() else valued(values, np.where(both, values.data, 0.0))


def _in(matrix: sparse.csr_array, other: sparse.csr_array) -> Flags:
    """Which entries of a matrix are entries of another, too."""
    return among(codes_of(matrix), codes_of(other))


def _row_of_entries(matrix: sparse.csr_array) -> Rows:
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))


def _together(one: sparse.csr_array, other: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(one + other)


def _columns(matrix: sparse.csr_array) -> Rows:
    return matrix.indices.astype(np.intp)


def _scaled(matrix: sparse.csr_array, by: float) -> sparse.csr_array:
    return valued(matrix, matrix.data * by)


def _alike(sets: Sets, told: Flags, rows: Rows) -> Found:
    return Found(weighted_jaccard(sets, rows), told[rows], told)


def weighted_jaccard(sets: Sets, rows: Rows) -> sparse.csr_array:
    """Σ_{A∩B} w / Σ_{A∪B} w of the sets of these departments with those of all, where they have
    anything in common."""
    common = sparse.csr_array(sets.weighted[rows] @ sets.by)
    union = sets.totals[rows][_row_of_entries(common)] + sets.totals[common.indices]
    return valued(common, common.data / (union - common.data))


def _same_technologies(facts: SynergyFacts, rows: Rows) -> Found:
    """The same of pairs, without those that both have through the same solution."""
    pairs, told = facts.pairs, facts.told_pairs
    through_same = facts.carried[rows] @ facts.held.by + _through_several(facts, rows)
    # The one number holds both sums: the same structure need not be found twice.
    both = sparse.csr_array(pairs.weighted[rows] @ pairs.by + through_same * 1j)
    common, same = both.data.real, both.data.imag
    left = pairs.totals[rows][_row_of_entries(both)] + pairs.totals[both.indices] - common - same
    other = np.where(common - same > HALF_A_THING, common - same, 0.0)
    value = np.divide(other, left, out=np.zeros(both.nnz), where=left > HALF_A_THING)
    nothing_left = _entries_where(both, left <= HALF_A_THING)
    bare = np.diff(pairs.things.indptr) == 0
    return Found(valued(both, value), told[rows], told, nothing_left, bare[rows], bare)


def _entries_where(matrix: sparse.csr_array, chosen: Flags) -> sparse.csr_array | None:
    """Ones at the chosen entries of a matrix; None where there are none."""
    if not chosen.any():
        return None
    places = (_row_of_entries(matrix)[chosen], matrix.indices[chosen])
    return sparse.csr_array((np.ones(len(places[0])), places), shape=matrix.shape)


def _through_several(facts: SynergyFacts, rows: Rows) -> sparse.csr_array:
    """The weight of the pairs that a department has through several solutions, of which the other
    holds one or more: each pair counts once."""
    shape = (len(rows), facts.held.by.shape[1])
    ways = facts.ways[rows]
    several = np.flatnonzero(ways.data > 1)
    if not len(several):
        return sparse.csr_array(shape)
    row, pair = _row_of_entries(ways)[several], ways.indices[several]
    held, owner = spans(facts.facts.held, rows[row])
    solution = facts.facts.held.indices[held]
    of_pair, which = spans(facts.solutions_of_pairs, pair)
    width = facts.solutions_of_pairs.shape[1]
    wanted = which.astype(np.int64) * width + facts.solutions_of_pairs.indices[of_pair]
    both = np.isin(owner.astype(np.int64) * width + solution, wanted)
    ones = np.ones(int(both.sum()))
    ways_here = sparse.csr_array((ones, (owner[both], solution[both])), (len(several), width))
    partners = sparse.csr_array(ways_here @ facts.held.by)
    partners.data = np.ones(partners.nnz)
    weights = (facts.pairs.weights[pair], (row, np.arange(len(several))))
    return sparse.csr_array(sparse.csr_array(weights, (len(rows), len(several))) @ partners)


def _solved(facts: SynergyFacts, givers: Rows, damping: float) -> Found:
    """What of each receiver's unsolved problems these givers solve."""
    met = sparse.csr_array(facts.solved.weighted[givers] @ facts.unsolved.by)
    needed = facts.unsolved.totals[met.indices]
    told = facts.told_solving[givers], facts.told_problems
    return Found(_damped(met, needed, damping), *told)


def _solved_for(facts: SynergyFacts, receivers: Rows, damping: float) -> Found:
    """The same, as these receivers see it."""
    met = sparse.csr_array(facts.unsolved.weighted[receivers] @ facts.solved.by)
    needed = facts.unsolved.totals[receivers][_row_of_entries(met)]
    told = facts.told_problems[receivers], facts.told_solving
    return Found(_damped(met, needed, damping), *told)


def _damped(met: sparse.csr_array, needed: Floats, damping: float) -> sparse.csr_array:
    """What of each receiver's need is met, less where little is needed."""
    whole = needed + damping
    return valued(met, np.divide(met.data, whole, out=np.zeros(met.nnz), where=whole > 0))


def _taught(facts: SynergyFacts, givers: Rows, weights: SynergyWeights) -> Found:
    """What of all that each receiver's solutions require it lacks and these givers have."""
    needs = facts.needs(weights.useful)
    met = sparse.csr_array(facts.having[givers] @ needs.lacking_by)
    needed = needs.totals[met.indices]
    received = facts.told_competences & facts.told_required
    return Found(_damped(met, needed, weights.damping), facts.told_competences[givers], received)


def _learnt(facts: SynergyFacts, receivers: Rows, weights: SynergyWeights) -> Found:
    """The same, as these receivers see it."""
    needs = facts.needs(weights.useful)
    met = sparse.csr_array(needs.lacking[receivers] @ facts.having_by)
    needed = needs.totals[receivers][_row_of_entries(met)]
    received = (facts.told_competences & facts.told_required)[receivers]
    return Found(_damped(met, needed, weights.damping), received, facts.told_competences)
