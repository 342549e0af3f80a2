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
from graph.spans import turned
from schema.vocabulary import FAMILIARITY, PEOPLE

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.integer]

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
        return turned(self.active)

    @cached_property
    def solved_by(self) -> sparse.csr_array:
        """Problem × solution."""
        return turned(self.facts.solves)

    @cached_property
    def faced_by(self) -> sparse.csr_array:
        """Problem × department."""
        return turned(self.facts.faces)

    @cached_property
    def unsolved_by(self) -> sparse.csr_array:
        """Problem × department: faced, and nothing in use there solves it."""
        return turned(self.facts.unsolved)

    @cached_property
    def told_problems(self) -> Flags:
        """Which departments say what they face."""
        return np.diff(self.facts.faces.indptr) > 0

    @cached_property
    def tells_problems(self) -> Flags:
        """Of which solutions it is told what they solve."""
        return np.diff(self.facts.solves.indptr) > 0

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
    def familiar_to(self) -> sparse.csr_array:
        """Technology × department: the familiarity plus one, where it is known."""
        return turned(self.familiarity)

    @cached_property
    def well_known(self) -> sparse.csr_array:
        """Department × technology: min(1, familiarity / 3) where it is known (zeros stay)."""
        known = self.familiarity.copy()
        known.data = np.minimum(1.0, (known.data - 1) / in_use_level())
        return known

    @cached_property
    def known_by(self) -> sparse.csr_array:
        """Technology × department: the same the other way."""
        return turned(self.well_known)

    @cached_property
    def built_with(self) -> sparse.csr_array:
        """Technology × solution."""
        return turned(self.facts.built_on)

    @cached_property
    def _demands(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Solution × competence, by the solution itself or a technology: the weight of the
        demand, 1 where it is essential, 0.5 where useful, and its level, 1 where none is told."""
        snapshot, built_on = self.snapshot, self.facts.built_on
        relations = snapshot.relations["REQUIRES"]
        necessity = relations.fields["necessity"]
        useful = necessity.codes == word_code(necessity.field, "useful")
        weight = np.where(useful, USEFUL_WEIGHT, 1.0)
        level = np.maximum(1, relations.fields["level"].codes).astype(np.float64)
        competence = relations.targets - snapshot.kind_range["competence"].start
        solutions, technologies = (snapshot.kind_range[kind] for kind in ("solution", "technology"))
        own = (relations.sources >= solutions.start) & (relations.sources < solutions.stop)
        through = sparse.csr_array(
            built_on[:, relations.sources[~own] - technologies.start].tocsr()
        )
        by, which = through.nonzero()
        demander = np.concatenate([relations.sources[own] - solutions.start, by])
        demand = np.concatenate([np.flatnonzero(own), np.flatnonzero(~own)[which]])
        shape = (len(solutions), len(snapshot.kind_range["competence"]))
        places = (demander, competence[demand])
        return highest(weight[demand], places, shape), highest(level[demand], places, shape)

    @property
    def demand_weights(self) -> sparse.csr_array:
        """Solution × competence: 1 where it is essential, 0.5 where useful."""
        return self._demands[0]

    @property
    def demand_levels(self) -> sparse.csr_array:
        """Solution × competence: the highest level asked for, 1 where none is told."""
        return self._demands[1]

    @cached_property
    def demand_totals(self) -> Floats:
        """The weight of all that each solution requires."""
        return np.asarray(self.demand_weights.sum(axis=1), dtype=np.float64)

    @cached_property
    def demanded_by(self) -> sparse.csr_array:
        """Competence × solution: the weights of the demands."""
        return turned(self.demand_weights)

    @cached_property
    def demanded_levels_by(self) -> sparse.csr_array:
        """Competence × solution: the levels, where the weights stand."""
        return turned(self.demand_levels)

    @cached_property
    def levels_held(self) -> sparse.csr_array:
        """Department × competence: its level, at least 1 where it has it at all."""
        held = self.facts.levels_held.copy()
        held.data = np.maximum(1.0, held.data)
        return held

    @cached_property
    def levels_by(self) -> sparse.csr_array:
        """Competence × department: the same the other way."""
        return turned(self.levels_held)

    @cached_property
    def told_competences(self) -> Flags:
        """Which departments say what competences they have."""
        return np.diff(self.levels_held.indptr) > 0

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
        served = np.zeros((len(self.snapshot.kind_range["solution"]), named.shape[1]))
        use, people = named.nonzero()
        served[uses.targets[use] - self.snapshot.kind_range["solution"].start, people] = 1.0
        return served

    @cached_property
    def people_served(self) -> Floats:
        """How many kinds of people are named as users of each solution."""
        return np.asarray(self.served.sum(axis=1), dtype=np.float64)

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


def highest(
    values: Floats, places: tuple[Places, Places], shape: tuple[int, int]
) -> sparse.csr_array:
    """The highest of the values that stand at each place (row, column)."""
    codes = places[0].astype(np.int64) * shape[1] + places[1]
    order = np.argsort(codes, kind="stable")
    numbers, starts = np.unique(codes[order], return_index=True)
    found = np.maximum.reduceat(values[order], starts) if len(starts) else np.empty(0)
    return sparse.csr_array((found, np.divmod(numbers, shape[1])), shape=shape)


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
