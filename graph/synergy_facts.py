"""What synergy compares departments by, as sparse matrices made once for a snapshot."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.columns import word_code
from graph.facts import Facts, Flags, Floats, rarity_of
from graph.recent import Recent
from graph.snapshot import Snapshot
from graph.spans import among, codes_of, turned
from graph.transfer_facts import highest

LEVELS = 6
"""How many levels can be required; 0 stands for a level that is not told: any will do."""

NEEDS_KEPT = 2
"""For how many weights of useful competences the needs are kept."""

Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Sets:
    """What each department has of one kind: ones, a row for each department and a column for each
    thing. ``weighted`` holds the things' weights instead, ``totals`` their sums, and ``by`` the
    same as ``things`` the other way round."""

    things: sparse.csr_array
    weights: Floats

    @cached_property
    def weighted(self) -> sparse.csr_array:
        return valued(self.things, self.weights[self.things.indices])

    @cached_property
    def totals(self) -> Floats:
        return np.asarray(self.things @ self.weights, dtype=np.float64)

    @cached_property
    def by(self) -> sparse.csr_array:
        return turned(self.things)


@dataclass(frozen=True)
class Needs:
    """Department × (competence, level): the weight of what is lacking; the same the other way
    round; and each department's weight of all that its solutions require."""

    lacking: sparse.csr_array
    lacking_by: sparse.csr_array
    totals: Floats


def valued(matrix: sparse.csr_array, values: npt.NDArray[np.number]) -> sparse.csr_array:
    """The same entries with other values."""
    return sparse.csr_array((values, matrix.indices, matrix.indptr), shape=matrix.shape)


@dataclass(frozen=True)
class SynergyFacts:
    """Ask for them by ``snapshot.derived(SynergyFacts)``. Rows and columns as in ``Facts``."""

    snapshot: Snapshot

    @cached_property
    def facts(self) -> Facts:
        return self.snapshot.derived(Facts)

    @cached_property
    def held(self) -> Sets:
        """Solutions in use, on trial or planned."""
        return Sets(self.facts.held, self.facts.rarity_of_solutions)

    @cached_property
    def unsolved(self) -> Sets:
        """Problems faced, and solved by nothing in use there."""
        return Sets(self.facts.unsolved, self.facts.rarity_of_problems)

    @cached_property
    def solved(self) -> Sets:
        """Problems that a solution in use there solves."""
        return Sets(self.facts.solved, self.facts.rarity_of_problems)

    @cached_property
    def _pairs_of_solutions(self) -> tuple[sparse.csr_array, Floats]:
        """Solution × (problem, technology): solves the one and is built on the other; and the
        number of each pair, problem · technologies + technology."""
        solves, built = self.facts.solves.tocoo(), self.facts.built_on
        times = np.diff(built.indptr)[solves.row]
        solution = np.repeat(solves.row, times)
        place = np.arange(len(solution)) - np.repeat(np.cumsum(times) - times, times)
        technology = built.indices[built.indptr[solution] + place]
        codes = np.repeat(solves.col, times).astype(np.int64) * built.shape[1] + technology
        numbers, column = np.unique(codes, return_inverse=True)
        shape = (built.shape[0], len(numbers))
        ones = np.ones(len(solution))
        return sparse.csr_array((ones, (solution, column)), shape=shape), numbers

    @property
    def pairs_of_solutions(self) -> sparse.csr_array:
        return self._pairs_of_solutions[0]

    @cached_property
    def solutions_of_pairs(self) -> sparse.csr_array:
        """(Problem, technology) × solution: the same the other way round."""
        return turned(self.pairs_of_solutions)

    def pair(self, column: int) -> tuple[str, str]:
        """The problem and the technology of a column of pairs."""
        number = int(self._pairs_of_solutions[1][column])
        problem, technology = divmod(number, self.facts.built_on.shape[1])
        return self.snapshot.nodes("problem")[problem], self.snapshot.nodes("technology")[
            technology
        ]

    @cached_property
    def ways(self) -> sparse.csr_array:
        """Department × (problem, technology): how many held solutions solve the one by the
        other."""
        ways = sparse.csr_array(self.facts.held @ self.pairs_of_solutions)
        ways.sort_indices()
        return ways

    @cached_property
    def pairs(self) -> Sets:
        """Pairs of problem and technology: a held solution solves the one by the other."""
        ones = valued(self.ways, np.ones(self.ways.nnz))
        return Sets(ones, rarity_of(ones))

    @cached_property
    def carried(self) -> sparse.csr_array:
        """Department × solution held: the weight of the pairs that the department has through
        this solution alone. Of two that hold it, these are no more than the same solution."""
        held, of_solutions = self.facts.held, self.pairs_of_solutions
        row = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))
        times = np.diff(of_solutions.indptr)[held.indices]
        entry = np.repeat(np.arange(held.nnz), times)
        place = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
        pair = of_solutions.indices[of_solutions.indptr[held.indices[entry]] + place]
        codes = row[entry].astype(np.int64) * of_solutions.shape[1] + pair
        _, which, count = np.unique(codes, return_inverse=True, return_counts=True)
        weight = np.where(count[which] == 1, self.pairs.weights[pair], 0.0)
        return valued(held, np.bincount(entry, weight, held.nnz))

    @cached_property
    def told_solutions(self) -> Flags:
        return self.facts.told("USES")

    @cached_property
    def told_pairs(self) -> Flags:
        """Which departments use anything of which both problem and technology are told."""
        return self._any_use_of(self.pairs_of_solutions)

    @cached_property
    def told_solving(self) -> Flags:
        """Which departments use anything of which a problem is told."""
        return self._any_use_of(self.facts.solves)

    def _any_use_of(self, of_solutions: sparse.csr_array) -> Flags:
        having = np.diff(of_solutions.indptr) > 0
        return np.asarray(self.facts.block_of("USES") @ having.astype(np.float64)) > 0

    @cached_property
    def told_problems(self) -> Flags:
        return self.facts.told("FACES")

    @cached_property
    def told_competences(self) -> Flags:
        return self.facts.told("HAS")

    @cached_property
    def _needs(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Department × competence: the highest level that held solutions require, themselves or
        by a technology, plus one; and 2 where it is essential to any, else 1."""
        snapshot, facts = self.snapshot, self.facts
        relations = snapshot.relations["REQUIRES"]
        necessity = relations.fields["necessity"]
        essential = necessity.codes != word_code(necessity.field, "useful")
        level = np.maximum(0, relations.fields["level"].codes)
        solutions, technologies = (snapshot.kind_range[kind] for kind in ("solution", "technology"))
        competence = relations.targets - snapshot.kind_range["competence"].start
        own = (relations.sources >= solutions.start) & (relations.sources < solutions.stop)
        built = sparse.csr_array(facts.held @ facts.built_on)
        by = sparse.csr_array(facts.held[:, relations.sources[own] - solutions.start])
        through = sparse.csr_array(built[:, relations.sources[~own] - technologies.start])
        (row, which), (row_2, which_2) = by.nonzero(), through.nonzero()
        demand = np.concatenate([np.flatnonzero(own)[which], np.flatnonzero(~own)[which_2]])
        places = (np.concatenate([row, row_2]), competence[demand])
        shape = (facts.held.shape[0], len(snapshot.kind_range["competence"]))
        return (
            highest(level[demand] + 1.0, places, shape),
            highest(essential[demand] + 1.0, places, shape),
        )

    @cached_property
    def required(self) -> Sets:
        """Competences that held solutions require."""
        levels = self._needs[0]
        return Sets(valued(levels, np.ones(levels.nnz)), self.facts.rarity_of_competences)

    @cached_property
    def told_required(self) -> Flags:
        """Of which departments' held solutions any required competence is told."""
        return np.diff(self.required.things.indptr) > 0

    def needs(self, useful: float) -> Needs:
        """What departments need, with its weights, where a useful competence counts ``useful``."""
        return self._weighed_needs.get(useful, lambda: self._weighed(useful))

    @cached_property
    def _weighed_needs(self) -> Recent[float, Needs]:
        return Recent(NEEDS_KEPT)

    def _weighed(self, useful: float) -> Needs:
        rare, required = self.required.weights, self.required.things
        essential = self._needs[1].data - 1.0
        weights = rare[required.indices] * (useful + (1 - useful) * essential)
        lacking = self.lacking
        lacked = rare[lacking.indices // LEVELS] * (useful + (1 - useful) * lacking.data)
        found = valued(lacking, lacked)
        totals = np.asarray(valued(required, weights).sum(axis=1), dtype=np.float64)
        return Needs(found, turned(found), totals)

    @cached_property
    def lacking(self) -> sparse.csr_array:
        """Department × (competence, level): required, at the highest level that is, and not held
        at it; 1 where it is essential, 0 where useful. The column is competence · 6 + level."""
        levels, essential = self._needs
        row = np.repeat(np.arange(levels.shape[0]), np.diff(levels.indptr))
        level = levels.data.astype(np.intp) - 1
        column = levels.indices * LEVELS + level
        having = self.having
        lacked = ~among(row * having.shape[1] + column, codes_of(having))
        places = (row[lacked], column[lacked])
        return sparse.csr_array((essential.data[lacked] - 1.0, places), shape=having.shape)

    @cached_property
    def having(self) -> sparse.csr_array:
        """Department × (competence, level): it has at least this level, at any level for 0 and 1.
        The column is competence · 6 + level."""
        held = self.facts.levels_held
        times = np.maximum(1, held.data).astype(np.intp) + 1
        entry = np.repeat(np.arange(held.nnz), times)
        level = np.arange(len(entry)) - np.repeat(np.cumsum(times) - times, times)
        row = np.repeat(np.arange(held.shape[0]), np.diff(held.indptr))[entry]
        places = (row, held.indices[entry] * LEVELS + level)
        shape = (held.shape[0], held.shape[1] * LEVELS)
        return sparse.csr_array((np.ones(len(entry)), places), shape=shape)

    @cached_property
    def having_by(self) -> sparse.csr_array:
        """(Competence, level) × department: the same the other way round."""
        return turned(self.having)
