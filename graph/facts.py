"""What follows from the graph, as sparse matrices over its departments: quick to compare by.

Rows and columns are counted within a kind: row 0 of a department matrix is the first department
of the snapshot. The rules are those of ``graph.solved``, which says them node by node.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.columns import UNKNOWN, word_code
from graph.rarity import rarity
from graph.snapshot import Relations, Snapshot

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

HELD = ("in_use", "pilot", "planned")
"""The statuses of a solution that a department has or is about to have: all but retired."""


def with_status(snapshot: Snapshot, *statuses: str) -> Relations:
    """The uses with one of these statuses; a use without a status is in use."""
    uses = snapshot.relations["USES"]
    column = uses.fields["status"]
    codes = column.codes
    default = word_code(column.field, str(column.field.default))
    told = np.where(codes == UNKNOWN, default, codes)
    return uses.where(np.isin(told, [word_code(column.field, word) for word in statuses]))


def marks(matrix: sparse.csr_array) -> sparse.csr_array:
    """Ones where the matrix is not zero."""
    clean = sparse.csr_array(matrix, copy=True)
    clean.eliminate_zeros()
    clean.sort_indices()
    clean.data = np.ones_like(clean.data, dtype=np.float64)
    return clean


def entries(matrix: sparse.csr_array, row: int) -> npt.NDArray[np.int32]:
    """The columns of a row's entries."""
    return np.asarray(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]])


@dataclass(frozen=True)
class Facts:
    """The matrices of one snapshot; ask for them by ``snapshot.derived(Facts)``."""

    snapshot: Snapshot

    def block(self, relations: Relations, source: str, target: str) -> sparse.csr_array:
        """Ones where relationships join nodes of these two kinds."""
        rows, columns = self.snapshot.kind_range[source], self.snapshot.kind_range[target]
        inside = (relations.sources >= rows.start) & (relations.sources < rows.stop)
        inside &= (relations.targets >= columns.start) & (relations.targets < columns.stop)
        row, column = relations.sources[inside] - rows.start, relations.targets[inside]
        starts = np.zeros(len(rows) + 1, dtype=np.int32)
        np.cumsum(np.bincount(row, minlength=len(rows)), out=starts[1:])
        ones = np.ones(len(row), dtype=np.float64)
        shape = (len(rows), len(columns))
        return sparse.csr_array((ones, column - columns.start, starts), shape=shape)

    def levels(self, relation: str, source: str, target: str) -> sparse.csr_array:
        """The levels of relationships between nodes of two kinds; one that is not told is 0 and
        still stands as an entry."""
        relations = self.snapshot.relations[relation]
        rows, columns = self.snapshot.kind_range[source], self.snapshot.kind_range[target]
        here = (relations.sources >= rows.start) & (relations.sources < rows.stop)
        codes = relations.fields["level"].codes[here]
        places = (relations.sources[here] - rows.start, relations.targets[here] - columns.start)
        told = np.where(codes == UNKNOWN, 0, codes).astype(np.float64)
        return sparse.csr_array((told, places), shape=(len(rows), len(columns)))

    def told(self, relation: str) -> Flags:
        """Which departments say anything by this relationship."""
        return self.block_of(relation).sum(axis=1) > 0

    def block_of(self, relation: str) -> sparse.csr_array:
        targets = {"USES": "solution", "FACES": "problem", "HAS": "competence"}
        return self.block(self.snapshot.relations[relation], "department", targets[relation])

    @cached_property
    def held(self) -> sparse.csr_array:
        """Department × solution: in use, pilot or planned."""
        return self.block(with_status(self.snapshot, *HELD), "department", "solution")

    @cached_property
    def in_use(self) -> sparse.csr_array:
        """Department × solution: in use."""
        return self.block(with_status(self.snapshot, "in_use"), "department", "solution")

    @cached_property
    def in_use_by(self) -> sparse.csr_array:
        """Solution × department: in use."""
        return sparse.csr_array(self.in_use.T.tocsr())

    def departments_using(self, solution: str) -> list[str]:
        """The departments where a solution is in use, by id."""
        row = self.snapshot.place[solution] - self.snapshot.kind_range["solution"].start
        start, end = self.in_use_by.indptr[row], self.in_use_by.indptr[row + 1]
        departments = self.snapshot.nodes("department")
        return [departments[i] for i in sorted(self.in_use_by.indices[start:end].tolist())]

    @cached_property
    def solves(self) -> sparse.csr_array:
        """Solution × problem."""
        return self.block(self.snapshot.relations["SOLVES"], "solution", "problem")

    @cached_property
    def built_on(self) -> sparse.csr_array:
        """Solution × technology."""
        return self.block(self.snapshot.relations["BUILT_ON"], "solution", "technology")

    @cached_property
    def faces(self) -> sparse.csr_array:
        """Department × problem."""
        return self.block_of("FACES")

    @cached_property
    def solved(self) -> sparse.csr_array:
        """Department × problem: a solution in use there solves it."""
        return marks(sparse.csr_array(self.in_use @ self.solves))

    @cached_property
    def unsolved(self) -> sparse.csr_array:
        """Department × problem: faced, and nothing in use there solves it."""
        return marks(sparse.csr_array(self.faces - self.faces.multiply(self.solved)))

    @cached_property
    def unsolved_faces(self) -> npt.NDArray[np.intp]:
        """Which relationships FACES are of a problem that is unsolved there, by their places."""
        faces, unsolved = self.snapshot.relations["FACES"], self.unsolved
        row = np.repeat(np.arange(unsolved.shape[0]), np.diff(unsolved.indptr))
        start = self.snapshot.kind_range["department"].start
        problem = unsolved.indices + self.snapshot.kind_range["problem"].start
        codes = (row + start).astype(np.int64) * faces.size + problem
        return np.searchsorted(faces.codes(), codes)

    @cached_property
    def levels_held(self) -> sparse.csr_array:
        """Department × competence: the level that it has."""
        return self.levels("HAS", "department", "competence")

    @cached_property
    def rarity_of_solutions(self) -> Floats:
        return rarity_of(self.held)

    @cached_property
    def rarity_of_problems(self) -> Floats:
        return rarity_of(self.faces)

    @cached_property
    def rarity_of_competences(self) -> Floats:
        return rarity_of(self.block_of("HAS"))


def rarity_of(matrix: sparse.csr_array) -> Floats:
    """How much each column counts, among the rows that have any entry."""
    having = np.asarray(matrix.sum(axis=0), dtype=np.float64)
    among = int(np.count_nonzero(matrix.sum(axis=1)))
    return rarity(having, among)
