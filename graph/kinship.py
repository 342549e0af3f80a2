"""Which problems are akin: of the same subject in KLE, or nearly the same by name."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.likeness import Wording, wording
from graph.snapshot import Snapshot

Places = npt.NDArray[np.intp]

_KLE = re.compile(r"(?:KLE )?(\d{2})(?:\.(\d{2})(?:\.\d{2})?)?(?![\d.,:-])")


def kle_subject(text: str | None) -> tuple[int, int] | None:
    """The main group and the group in a KLE number, -1 where it names no group; None for what is
    not written as one, such as a date.

    >>> kle_subject("27.03.05"), kle_subject("27")
    ((27, 3), (27, -1))
    """
    found = _KLE.match(text or "")
    return None if found is None else (int(found[1]), int(found[2] or -1))


@dataclass(frozen=True)
class Kinship:
    """The problems of one snapshot; ask for it by ``snapshot.derived(Kinship)``.

    Two problems have the same subject when they are in the same KLE group (27.03); where one of
    them is told by its main group only (27), the same main group is enough.
    """

    snapshot: Snapshot

    @cached_property
    def wording(self) -> Wording:
        return wording([self.snapshot.name(node) for node in self.snapshot.nodes("problem")])

    @cached_property
    def _subjects(self) -> npt.NDArray[np.int64]:
        told = self.snapshot.node_columns["problem"]["kle"].codes
        found = [kle_subject(text) or (-1, -1) for text in told]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def akin(self, problems: Places, alike: float) -> sparse.csr_array:
        """Ones where a chosen problem (row) is akin to any problem (column), itself among them.
        ``alike`` is how like two names must be, from 0 to 1."""
        same = self.same_subject(problems) | (self.wording.alike(problems, alike).toarray() > 0)
        same[np.arange(len(problems)), problems] = True
        return sparse.csr_array(same.astype(np.float64))

    def same_subject(self, problems: Places) -> npt.NDArray[np.bool_]:
        """Which problems (columns) have the subject of a chosen one (row)."""
        main, group = self._subjects.T
        own, narrower = main[problems][:, np.newaxis], group[problems][:, np.newaxis]
        one_is_broad = (narrower < 0) | (group < 0)
        same = (own == main) & (own >= 0) & ((narrower == group) | one_is_broad)
        return np.asarray(same, dtype=np.bool_)
