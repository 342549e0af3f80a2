"""What synergy compares departments by, as sparse matrices made once for a snapshot."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from graph.columns import UNKNOWN, word_code
from graph.facts import Facts, Flags, Floats, marks, rarity_of
from graph.snapshot import Snapshot

LEVELS = range(6)
"""The levels that can be required; 0 stands for a level that is not told: any will do."""


@dataclass(frozen=True)
class SynergyFacts:
    """Ask for them by ``snapshot.derived(SynergyFacts)``. Rows and columns as in ``Facts``."""

    snapshot: Snapshot

    @cached_property
    def facts(self) -> Facts:
        return self.snapshot.derived(Facts)

    @cached_property
    def _pairs(self) -> tuple[sparse.csr_array, Floats]:
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
        return self._pairs[0]

    def pair(self, column: int) -> tuple[str, str]:
        """The problem and the technology of a column of pairs."""
        problem, technology = divmod(int(self._pairs[1][column]), self.facts.built_on.shape[1])
        return self.snapshot.nodes("problem")[problem], self.snapshot.nodes("technology")[
            technology
        ]

    @cached_property
    def pairs(self) -> sparse.csr_array:
        """Department × (problem, technology): held solutions that solve the one by the other."""
        return marks(sparse.csr_array(self.facts.held @ self.pairs_of_solutions))

    @cached_property
    def rarity_of_pairs(self) -> Floats:
        return rarity_of(self.pairs)

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
        having = np.asarray(of_solutions.sum(axis=1)) > 0
        return np.asarray(self.facts.block_of("USES") @ having.astype(np.float64)) > 0

    @cached_property
    def told_problems(self) -> Flags:
        return self.facts.told("FACES")

    @cached_property
    def told_competences(self) -> Flags:
        return self.facts.told("HAS")

    @cached_property
    def required(self) -> list[sparse.csr_array]:
        """Department × competence, by level: held solutions require at least it; at 0 the
        competence at all."""
        return [self._required_by_held(self._demands(level)) for level in LEVELS]

    @cached_property
    def essential(self) -> sparse.csr_array:
        """Department × competence: essential to a held solution, not only useful."""
        return self._required_by_held(self._demands(0, essential=True))

    def _required_by_held(self, demands: sparse.csr_array) -> sparse.csr_array:
        facts = self.facts
        solutions = facts.built_on.shape[0]
        own, through = demands[:solutions, :], demands[solutions:, :]
        of_solutions = own + facts.built_on @ through
        return marks(sparse.csr_array(facts.held @ of_solutions))

    def _demands(self, level: int, essential: bool = False) -> sparse.csr_array:
        """Solutions, then technologies × competence: the demands of at least a level."""
        relations = self.snapshot.relations["REQUIRES"]
        chosen = relations.fields["level"].codes >= (level if level else UNKNOWN)
        if essential:
            necessity = relations.fields["necessity"]
            chosen = chosen & (necessity.codes != word_code(necessity.field, "useful"))
        some = relations.where(chosen)
        return sparse.csr_array(
            sparse.vstack(
                [self.facts.block(some, kind, "competence") for kind in ("solution", "technology")]
            )
        )

    @cached_property
    def told_required(self) -> Flags:
        """Of which departments' held solutions any required competence is told."""
        return np.asarray(self.required[0].sum(axis=1)) > 0

    @cached_property
    def having(self) -> list[sparse.csr_array]:
        """Department × competence, by level: it has at least it, at any level for 0 and 1."""
        levels = self.facts.levels_held
        return [self._at_least(levels, level) for level in LEVELS]

    def _at_least(self, levels: sparse.csr_array, level: int) -> sparse.csr_array:
        at_least = sparse.csr_array(levels, copy=True)
        at_least.data = (
            np.where(levels.data >= level, 1.0, 0.0) if level > 1 else np.ones(len(levels.data))
        )
        return marks(at_least)

    @cached_property
    def lacking(self) -> list[sparse.csr_array]:
        """Department × competence, by the level required: required, and not held at it."""
        return [self._lacking(level) for level in LEVELS]

    def _lacking(self, level: int) -> sparse.csr_array:
        required = self.required[level]
        if level + 1 < len(LEVELS):
            required = required - required.multiply(self.required[level + 1])
        return marks(sparse.csr_array(required - required.multiply(self.having[level])))
