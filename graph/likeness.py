"""Which names say nearly the same: they share many pieces of their words, and rare ones.

Words are stemmed and cut into pieces of four letters, so that *Telefonventetid* meets *Ventetid
på telefonen* and *Fakturafejl* meets *Fejl i fakturaer*, which share no whole word. Likeness is
the weighted Jaccard of the pieces with the weights of ``graph.rarity``, from 0 to 1. It suggests
kinship between names; it never makes two nodes one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import snowballstemmer
from scipy import sparse

from graph.rarity import rarity
from schema.names import fold

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

PIECE = 4
"""Letters in a piece: shorter ones meet by chance, longer ones miss inflections in compounds."""

_SMALL_WORDS = (
    "af alle alt at de den der det dem en er et for fra har hos hvor i ikke kan med man og om "
    "på som skal til ved vi a an and are at by for from in is of on or the to with"
)
EMPTY_WORDS = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Wording:
    """The pieces of many names: a row of ``pieces`` for each name, a column for each piece."""

    pieces: sparse.csr_array

    @cached_property
    def _weights(self) -> Floats:
        having = np.asarray(self.pieces.sum(axis=0), dtype=np.float64)
        return rarity(having, self.pieces.shape[0])

    @cached_property
    def _across(self) -> sparse.csr_array:
        return sparse.csr_array(self.pieces.T)

    @cached_property
    def _totals(self) -> Floats:
        return np.asarray(self.pieces @ self._weights, dtype=np.float64)

    def likeness(self, rows: Places) -> sparse.csr_array:
        """How alike the chosen names are to all names: chosen × all, only where pieces meet."""
        weighted = self.pieces[rows].multiply(self._weights[np.newaxis, :])
        shared = sparse.coo_array(sparse.csr_array(weighted) @ self._across)
        union = self._totals[rows][shared.row] + self._totals[shared.col] - shared.data
        places = (shared.row, shared.col)
        return sparse.csr_array((shared.data / union, places), shape=shared.shape)

    def alike(self, rows: Places, threshold: float) -> sparse.csr_array:
        """Ones where a chosen name (row) is at least so like another or itself (column)."""
        found = self.likeness(rows)
        found.data = (found.data >= threshold).astype(np.float64)
        found.eliminate_zeros()
        return found


def wording(names: Sequence[str]) -> Wording:
    """The wording of these names, in their order."""
    stemmer = snowballstemmer.stemmer("danish")
    known: dict[str, frozenset[str]] = {}
    columns: dict[str, int] = {}
    rows, places = [], []
    for row, name in enumerate(names):
        for piece in sorted(_pieces_of(name, stemmer, known)):
            rows.append(row)
            places.append(columns.setdefault(piece, len(columns)))
    ones = np.ones(len(rows), dtype=np.float64)
    return Wording(sparse.csr_array((ones, (rows, places)), shape=(len(names), len(columns))))


def _pieces_of(
    name: str, stemmer: snowballstemmer.stemmer, known: dict[str, frozenset[str]]
) -> set[str]:
    found: set[str] = set()
    for word in _words(name):
        if word not in known:
            known[word] = frozenset(_cut(f"^{fold(stemmer.stemWord(word))}$"))
        found |= known[word]
    return found


def _words(name: str) -> list[str]:
    spaced = "".join(c if c.isalnum() else " " for c in name.casefold())
    return [word for word in spaced.split() if word not in EMPTY_WORDS]


def _cut(word: str) -> Iterable[str]:
    return (word[i : i + PIECE] for i in range(max(1, len(word) - PIECE + 1)))
