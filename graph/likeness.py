"""Which names say nearly the same: they share many pieces of their words, and rare ones.

Words are stemmed and cut into pieces of four letters, so that *Telefonventetid* meets *Ventetid
på telefonen* and *Fakturafejl* meets *Fejl i fakturaer*, which share no whole word. Likeness is
the weighted Jaccard of the pieces with the weights of ``graph.rarity``, from 0 to 1. It suggests
kinship between names; it never makes two nodes one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import snowballstemmer
from scipy import sparse

from graph.change import Change
from graph.facts import entries
from graph.rarity import rarity
from graph.snapshot import Snapshot
from graph.spans import turned
from schema.names import fold

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

PIECE = 4
"""Letters in a piece: shorter ones meet by chance, longer ones miss inflections in compounds."""

TOLERANCE = 1e-9
"""Likeness is compared with a limit up to this: sums of weights round."""

_LETTER = np.uint64(16)
"""Bits of a letter: four make a number, which is the same in whatever names the piece stands."""
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = (
    "af alle alt at de den der det dem en er et for fra har hos hvor i ikke kan med man og om "
    "på som skal til ved vi a an and are at by for from in is of on or the to with"
)
EMPTY_WORDS = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True)
class Wording:
    """The pieces of many names: a row of ``pieces`` for each name, a column for each piece, which
    the number in ``codes`` stands for."""

    pieces: sparse.csr_array
    codes: npt.NDArray[np.uint64]

    def with_more(self, names: Sequence[str], rows: Places) -> "Wording":
        """The wording of other names, of which most are here: each is told by its row here, or
        by its place among ``names`` behind all of these. The same as if it were made anew."""
        more = wording(names)
        codes = np.union1d(self.codes, more.codes)
        every = sparse.vstack([_spread(each, codes) for each in (self, more)], format="csr")
        pieces = sparse.csr_array(every[rows])
        used = np.bincount(pieces.indices, minlength=len(codes)) > 0
        places = (np.cumsum(used) - 1).astype(pieces.indices.dtype)[pieces.indices]
        shape = (len(rows), int(used.sum()))
        pieces = sparse.csr_array((pieces.data, places, pieces.indptr), shape=shape)
        return Wording(pieces, codes[used])

    @cached_property
    def _weights(self) -> Floats:
        having = np.bincount(self.pieces.indices, minlength=self.pieces.shape[1])
        return rarity(having.astype(np.float64), self.pieces.shape[0])

    @cached_property
    def _across(self) -> sparse.csr_array:
        return turned(self.pieces)

    @cached_property
    def _totals(self) -> Floats:
        return np.asarray(self.pieces @ self._weights, dtype=np.float64)

    def likeness(self, row: int) -> Floats:
        """How alike a name is to each name; 0 where no piece meets."""
        shared = self._shared(row)
        union = self._totals[row] + self._totals - shared
        found = np.zeros(len(shared))
        np.divide(shared, union, out=found, where=shared > 0)
        return found

    def alike(self, row: int, threshold: float) -> Places:
        """The names that are at least so like a name, itself among them, in their order."""
        shared, least = self._shared(row), threshold - TOLERANCE
        # shared / (both - shared) >= least, without dividing.
        like = shared * (1 + least) >= least * (self._totals[row] + self._totals)
        return np.flatnonzero(like & (shared > 0))

    def _shared(self, row: int) -> Floats:
        """The weight of the pieces that a name shares with each name. Few pieces, which many names
        have: one after another, as each is quicker added than all are sorted by name."""
        shared = np.zeros(self.pieces.shape[0])
        starts, names = self._across.indptr, self._across.indices
        for piece in entries(self.pieces, row).tolist():
            shared[names[starts[piece] : starts[piece + 1]]] += self._weights[piece]
        return shared


def wording(names: Sequence[str]) -> Wording:
    """The wording of these names, in their order."""
    stemmer = snowballstemmer.stemmer("danish")
    known: dict[str, int] = {}
    stems: list[str] = []
    rows, words = [], []
    for row, name in enumerate(names):
        for word in _WORD.findall(name.casefold()):
            if word in EMPTY_WORDS:
                continue
            if word not in known:
                known[word] = len(stems)
                stems.append(_folded(stemmer.stemWord(word)))
            rows.append(row)
            words.append(known[word])
    ones = np.ones(len(rows), dtype=np.float64)
    of_names = sparse.csr_array((ones, (rows, words)), shape=(len(names), len(stems)))
    of_stems, codes = _pieces(stems)
    pieces = sparse.csr_array(of_names @ of_stems)
    pieces.sort_indices()
    pieces.data = np.ones_like(pieces.data)
    return Wording(pieces, codes)


@dataclass(frozen=True)
class NamesOf:
    """A maker of the wording of all names of a kind; ask for it by ``snapshot.derived``."""

    kind: str

    def __call__(self, snapshot: Snapshot) -> Wording:
        return wording(snapshot.node_columns[self.kind]["name"].codes.tolist())

    def refreshed(self, kept: Wording, change: Change) -> Wording:
        """Only the names that were touched are cut into pieces."""
        touched = change.nodes.get(self.kind, frozenset())
        if not touched:
            return kept
        before, after = change.before.kind_range[self.kind], change.after.kind_range[self.kind]
        was = np.arange(len(before), dtype=np.intp)
        now = was if change.places is None else change.places[before.start : before.stop]
        rows = np.zeros(len(after), dtype=np.intp)
        stays = now >= 0
        start = 0 if change.places is None else after.start
        rows[now[stays] - start] = was[stays]
        told = sorted(each for each in touched if each in change.after)
        rows[[change.after.place[each] - after.start for each in told]] = len(before) + np.arange(
            len(told)
        )
        return kept.with_more([change.after.name(each) for each in told], rows)


def _spread(told: Wording, codes: npt.NDArray[np.uint64]) -> sparse.csr_array:
    """The pieces with a column for each of these codes, of which it has some."""
    pieces = told.pieces
    places = np.searchsorted(codes, told.codes).astype(pieces.indices.dtype)
    shape = (pieces.shape[0], len(codes))
    return sparse.csr_array((pieces.data, places[pieces.indices], pieces.indptr), shape=shape)


def _folded(stem: str) -> str:
    return stem if stem.isascii() else fold(stem)


def _pieces(stems: Sequence[str]) -> tuple[sparse.csr_array, npt.NDArray[np.uint64]]:
    """Stem × piece, and the code of each piece: the four letters from each place in a stem
    between its marks; the whole of one that is shorter."""
    marked = [f"^{stem}$".ljust(PIECE, "\0").encode("utf-16-le", "surrogatepass") for stem in stems]
    letters = np.frombuffer(b"".join(marked), dtype="<u2").astype(np.uint64)
    counts = np.array([len(each) // 2 - PIECE + 1 for each in marked], dtype=np.intp)
    starts = np.cumsum(counts + PIECE - 1) - (counts + PIECE - 1)
    stem = np.repeat(np.arange(len(stems)), counts)
    place = np.arange(len(stem)) + np.repeat(starts - (np.cumsum(counts) - counts), counts)
    code = np.zeros(len(stem), dtype=np.uint64)
    for letter in range(PIECE):
        code = (code << _LETTER) | letters[place + letter]
    codes, column = np.unique(code, return_inverse=True)
    shape = (len(stems), len(codes))
    return sparse.csr_array((np.ones(len(stem)), (stem, column)), shape=shape), codes
