"""What fit is reckoned from, as matrices over departments, solutions and what lies between.

The rules are those of ``graph.solved``, which says them node by node; a test holds them together.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.adoption import ACTIVE
from graph.columns import UNKNOWN, word_code
from graph.facts import Facts, marks, with_status
from graph.snapshot import Snapshot
from graph.solved import FAMILIARITY_OF_STATUS
from schema.vocabulary import FAMILIARITY, LEVEL, PEOPLE

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

USEFUL_WEIGHT = 0.5
"""What a useful competence counts beside an essential one's 1."""


@dataclass(frozen=True)
class TransferFacts:
    """The matrices of one snapshot; ask for them by ``snapshot.derived(TransferFacts)``."""

    snapshot: Snapshot

    @cached_property
    def facts(self) -> Facts:
        return self.snapshot.derived(Facts)

    @cached_property
    def active(self) -> sparse.csr_array:
        """Department × solution: in use or pilot."""
        return self._uses(*ACTIVE)

    @cached_property
    def users(self) -> sparse.csr_array:
        """Solution × department: the same the other way."""
        return sparse.csr_array(self.active.T)

    @cached_property
    def solved_by(self) -> sparse.csr_array:
        """Problem × solution."""
        return sparse.csr_array(self.facts.solves.T)

    @cached_property
    def users_count(self) -> Floats:
        """How many departments use or try each solution."""
        return np.asarray(self.active.sum(axis=0), dtype=np.float64)

    def _uses(self, *statuses: str) -> sparse.csr_array:
        uses = with_status(self.snapshot, *statuses)
        return self.facts.block(uses, "department", "solution")

    @cached_property
    def familiarity(self) -> sparse.csr_array:
        """Department × technology: the familiarity plus one; nothing where it is not known."""
        built_on = self.facts.built_on
        derived = sparse.csr_array((self.active.shape[0], built_on.shape[1]), dtype=np.float64)
        for level in sorted(set(FAMILIARITY_OF_STATUS.values())):
            statuses = [word for word, each in FAMILIARITY_OF_STATUS.items() if each == level]
            shown = marks(sparse.csr_array(self._uses(*statuses) @ built_on)) * (level + 1)
            derived = sparse.csr_array(derived.maximum(shown))
        stated = self._stated
        known = sparse.csr_array(derived - derived.multiply(marks(stated)) + stated)
        known.eliminate_zeros()
        return known

    @cached_property
    def _stated(self) -> sparse.csr_array:
        relations = self.snapshot.relations["FAMILIAR_WITH"]
        told = relations.where(relations.fields["level"].codes != UNKNOWN)
        block = self.facts.block(told, "department", "technology")
        rows = self.snapshot.kind_range["department"].start
        columns = self.snapshot.kind_range["technology"].start
        levels = told.fields["level"].codes.astype(np.float64) + 1
        places = (told.sources - rows, told.targets - columns)
        return sparse.csr_array((levels, places), shape=block.shape)

    @cached_property
    def well_known(self) -> sparse.csr_array:
        """Department × technology: min(1, familiarity / 3) where it is known (zeros stay)."""
        known = self.familiarity.copy()
        known.data = np.minimum(1.0, (known.data - 1) / in_use_level())
        return known

    def _demands(self, at_least: int, essential: bool) -> sparse.csr_array:
        """Solution × competence, by the solution itself or a technology: at this level or higher
        (1 where none is told)."""
        relations = self.snapshot.relations["REQUIRES"]
        necessity = relations.fields["necessity"]
        levels = np.maximum(1, relations.fields["level"].codes)
        chosen = levels >= at_least
        if essential:
            chosen = chosen & (necessity.codes != word_code(necessity.field, "useful"))
        wanted = relations.where(np.asarray(chosen, dtype=np.bool_))
        own = self.facts.block(wanted, "solution", "competence")
        through = self.facts.built_on @ self.facts.block(wanted, "technology", "competence")
        return marks(sparse.csr_array(own + through))

    @cached_property
    def demand_weights(self) -> sparse.csr_array:
        """Solution × competence: 1 where it is essential, 0.5 where useful."""
        any_demand = self._demands(1, essential=False)
        essential = self._demands(1, essential=True)
        return sparse.csr_array(any_demand * USEFUL_WEIGHT + essential * (1 - USEFUL_WEIGHT))

    @cached_property
    def demands_at(self) -> dict[int, sparse.csr_array]:
        """For each level the weights of the demands whose highest level is just that."""
        highest = max(int(word.key) for word in LEVEL)
        at_least = {level: self._demands(level, essential=False) for level in range(1, highest + 2)}
        return {
            level: sparse.csr_array(
                self.demand_weights.multiply(at_least[level] - at_least[level + 1])
            )
            for level in range(1, highest + 1)
        }

    @cached_property
    def levels_held(self) -> sparse.csr_array:
        """Department × competence: its level, at least 1 where it has it at all."""
        held = self.facts.levels_held.copy()
        held.data = np.maximum(1.0, held.data)
        return held

    @cached_property
    def serves(self) -> Floats:
        """Department × kind of people: ones where it serves them; nothing where it is silent."""
        masks = self.snapshot.node_columns["department"]["serves"].codes
        return _bits(masks, len(PEOPLE.words))

    @cached_property
    def served(self) -> Floats:
        """Solution × kind of people: ones where any of its uses names them as users."""
        uses = self.snapshot.relations["USES"]
        named = _bits(uses.fields["users"].codes, len(PEOPLE.words))
        summed = np.zeros((len(self.snapshot.kind_range["solution"]), named.shape[1]))
        np.add.at(summed, uses.targets - self.snapshot.kind_range["solution"].start, named)
        return np.minimum(1.0, summed)

    @cached_property
    def maturity(self) -> Floats:
        """Each department's digital maturity, NaN where it is not told."""
        codes = self.snapshot.node_columns["department"]["digital_maturity"].codes
        return np.where(codes == UNKNOWN, np.nan, codes.astype(np.float64))

    @cached_property
    def maturity_of_users(self) -> Floats:
        """The median maturity of those who use or try each solution, NaN where none is told."""
        departments, solutions = self.active.nonzero()
        known = ~np.isnan(self.maturity[departments])
        return medians(
            np.asarray(solutions[known], dtype=np.intp),
            self.maturity[departments[known]],
            self.active.shape[1],
        )


def in_use_level() -> int:
    """The familiarity at which a technology is no obstacle: in use."""
    return FAMILIARITY.codes["3"]


def medians(groups: npt.NDArray[np.intp], values: Floats, count: int) -> Floats:
    """The median of each group's values, NaN for groups without any."""
    ordered = values[np.lexsort((values, groups))]
    sizes = np.bincount(groups, minlength=count)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    found = np.full(count, np.nan)
    some = sizes > 0
    lower = ordered[starts[some] + (sizes[some] - 1) // 2]
    found[some] = (lower + ordered[starts[some] + sizes[some] // 2]) / 2
    return found


def _bits(masks: npt.NDArray[np.int32], count: int) -> Floats:
    return (masks[:, np.newaxis] >> np.arange(count) & 1).astype(np.float64)
