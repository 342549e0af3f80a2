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
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.facts import Flags, Floats, entries
from graph.snapshot import Snapshot
from graph.synergy_facts import LEVELS, SynergyFacts
from graph.synergy_kinds import SynergyKind, SynergyWeights

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Scores:
    """Scores of one kind: a row for each giver, a column for each receiver (for share and join
    it makes no difference which is which). NaN is unknown."""

    score: Floats
    coverage: Floats
    parts: dict[str, Floats]


def scores(
    snapshot: Snapshot, kind: SynergyKind, givers: Rows, receivers: Rows, weights: SynergyWeights
) -> Scores:
    """The scores of these departments, given by their rows, with those."""
    facts = snapshot.derived(SynergyFacts)
    match kind:
        case "share":
            parts = {
                "solutions": _same_solutions(facts, givers, receivers),
                "technologies": _same_technologies(facts, givers, receivers),
            }
        case "reuse":
            parts = {"solved": _solved(facts, givers, receivers, weights.damping)}
        case "join":
            parts = {"unsolved": _unsolved(facts, givers, receivers)}
        case "learn":
            parts = {"competences": _competences(facts, givers, receivers, weights)}
    return _mean(parts, weights.parts(kind))


def _mean(parts: dict[str, Floats], weights: dict[str, float]) -> Scores:
    known = sum(weights[name] * ~np.isnan(values) for name, values in parts.items())
    total = sum(weights[name] * np.nan_to_num(values) for name, values in parts.items())
    coverage = np.asarray(known, dtype=np.float64)
    return Scores(
        _ratio(np.asarray(total), coverage, np.nan), coverage / sum(weights.values()), parts
    )


def _ratio(part: Floats, whole: Floats, nothing: float) -> Floats:
    """Part of whole within 0 and 1, ``nothing`` where the whole is nothing."""
    filled = np.full(whole.shape, nothing)
    np.divide(part, whole, out=filled, where=whole > 0)
    return np.asarray(np.clip(filled, 0.0, 1.0))


def _weighted(matrix: sparse.csr_array, weight: Floats) -> sparse.csr_array:
    return sparse.csr_array(matrix.multiply(weight[np.newaxis, :]))


def weighted_jaccard(a: sparse.csr_array, b: sparse.csr_array, weight: Floats) -> Floats:
    """Σ_{A∩B} w / Σ_{A∪B} w of every row of ``a`` with every row of ``b``; 0 of two empty sets."""
    common = (_weighted(a, weight) @ b.T).toarray()
    union = (a @ weight)[:, np.newaxis] + (b @ weight)[np.newaxis, :] - common
    return _ratio(common, union, 0.0)


def _unknown(values: Floats, given: Flags, received: Flags) -> Floats:
    values[~(given[:, np.newaxis] & received[np.newaxis, :])] = np.nan
    return values


def _same_solutions(facts: SynergyFacts, a: Rows, b: Rows) -> Floats:
    held, told = facts.facts.held, facts.told_solutions
    return _unknown(
        weighted_jaccard(held[a, :], held[b, :], facts.facts.rarity_of_solutions), told[a], told[b]
    )


def _same_technologies(facts: SynergyFacts, a: Rows, b: Rows) -> Floats:
    others = facts.pairs[b, :]
    sizes = others @ facts.rarity_of_pairs
    counts = np.diff(others.indptr)
    held = facts.facts.held[b, :]
    rows = [_technologies_of_one(facts, row, others, held, sizes, counts) for row in a]
    values = np.vstack(rows) if rows else np.empty((0, len(b)))
    return _unknown(values, facts.told_pairs[a], facts.told_pairs[b])


def _technologies_of_one(
    facts: SynergyFacts,
    row: int,
    others: sparse.csr_array,
    held: sparse.csr_array,
    sizes: Floats,
    counts: npt.NDArray[np.integer],
) -> Floats:
    """One department's part with all others; NaN where no pair is left to compare."""
    pairs = entries(facts.pairs, row)
    weight = facts.rarity_of_pairs[pairs]
    solutions = entries(facts.facts.held, row)
    common = others[:, pairs].toarray()
    through_same = held[:, solutions] @ facts.pairs_of_solutions[solutions, :][:, pairs]
    same = np.minimum(through_same.toarray(), 1.0)
    left = weight.sum() + sizes - common @ weight - same @ weight
    left[len(pairs) + counts - common.sum(axis=1) - same.sum(axis=1) == 0] = 0.0
    return _ratio((common - same) @ weight, left, np.nan)


def _solved(facts: SynergyFacts, givers: Rows, receivers: Rows, damping: float) -> Floats:
    weight = facts.facts.rarity_of_problems
    needed = facts.facts.unsolved[receivers, :]
    met = (facts.facts.solved[givers, :] @ _weighted(needed, weight).T).toarray()
    return _unknown(
        _damped(met, needed @ weight, damping),
        facts.told_solving[givers],
        facts.told_problems[receivers],
    )


def _unsolved(facts: SynergyFacts, a: Rows, b: Rows) -> Floats:
    unsolved, told = facts.facts.unsolved, facts.told_problems
    return _unknown(
        weighted_jaccard(unsolved[a, :], unsolved[b, :], facts.facts.rarity_of_problems),
        told[a],
        told[b],
    )


def _damped(met: Floats, needed: Floats, damping: float) -> Floats:
    """What of each receiver's need is met, less where little is needed; 0 where nothing is."""
    return _ratio(met, np.broadcast_to(needed + damping, met.shape), 0.0)


def _competences(
    facts: SynergyFacts, givers: Rows, receivers: Rows, weights: SynergyWeights
) -> Floats:
    rare = facts.facts.rarity_of_competences
    essential = facts.essential[receivers, :]

    def weighed(required: sparse.csr_array) -> sparse.csr_array:
        by_rarity = _weighted(required, rare)
        essential_ones = by_rarity.multiply(essential) * (1 - weights.useful)
        return sparse.csr_array(by_rarity * weights.useful + essential_ones)

    met = np.zeros((len(givers), len(receivers)))
    for level in LEVELS:
        needed = weighed(facts.lacking[level][receivers, :])
        met += (facts.having[level][givers, :] @ needed.T).toarray()
    whole = np.asarray(weighed(facts.required[0][receivers, :]).sum(axis=1), dtype=np.float64)
    received = facts.told_competences[receivers] & facts.told_required[receivers]
    return _unknown(
        _damped(met, whole, weights.damping),
        facts.told_competences[givers],
        received,
    )
