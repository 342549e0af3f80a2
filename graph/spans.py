"""Some rows of a sparse matrix at once, without the cost of making a matrix of them."""

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Rows = npt.NDArray[np.integer]


def spans(matrix: sparse.csr_array, rows: Rows) -> tuple[Places, Places]:
    """Where the entries of these rows stand in ``indices`` and ``data``, row after row, and to
    which of the rows, counted from 0, each belongs."""
    starts = matrix.indptr[rows].astype(np.intp)
    counts = matrix.indptr[rows + 1] - starts
    owner = np.repeat(np.arange(len(rows)), counts)
    before = np.cumsum(counts) - counts
    return np.arange(len(owner)) + np.repeat(starts - before, counts), owner


def summed(matrix: sparse.csr_array, rows: Rows, weights: Floats | None = None) -> Floats:
    """The sum of these rows, each times its weight: a number for each column."""
    if len(rows) == 0:
        return np.zeros(matrix.shape[1])
    places, owner = spans(matrix, rows)
    values = matrix.data[places] if weights is None else matrix.data[places] * weights[owner]
    return added(matrix.indices[places], values, matrix.shape[1])


def added(places: Rows, values: Floats, count: int) -> Floats:
    """The sum of the values that stand at each of so many places."""
    return np.asarray(np.bincount(places, values, count), dtype=np.float64)


def codes_of(matrix: sparse.csr_array) -> Places:
    """Where each entry stands, as one number: its row times the width, plus its column. In order
    where the columns of each row are."""
    row = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.asarray(row * matrix.shape[1] + matrix.indices, dtype=np.intp)


def among(codes: Places, ordered: Places) -> npt.NDArray[np.bool_]:
    """Which of these numbers are among others, which stand in order."""
    if len(ordered) == 0:
        return np.zeros(len(codes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ordered, codes), len(ordered) - 1)
    return np.asarray(ordered[places] == codes, dtype=np.bool_)


def any_of(matrix: sparse.csr_array, rows: Rows) -> npt.NDArray[np.bool_]:
    """Which columns have an entry in any of these rows."""
    found = np.zeros(matrix.shape[1], dtype=np.bool_)
    found[matrix.indices[spans(matrix, rows)[0]]] = True
    return found


def turned(matrix: sparse.csr_array) -> sparse.csr_array:
    """The same matrix the other way round, by rows, in order."""
    return sparse.csr_array(matrix.T.tocsr())
