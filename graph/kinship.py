"""Which problems are akin: of the same subject in KLE, or nearly the same by name."""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.likeness import NamesOf, Wording
from graph.recent import Recent
from graph.snapshot import Snapshot

Places = npt.NDArray[np.intp]

KEPT = 5_000
"""Of how many problems the akin ones are kept with a snapshot."""

names_of_problems = NamesOf("problem")

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
        return self.snapshot.derived(names_of_problems)

    @cached_property
    def _subjects(self) -> npt.NDArray[np.int64]:
        told = self.snapshot.node_columns["problem"]["kle"].codes
        found = [kle_subject(text) or (-1, -1) for text in told]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    def akin(self, problem: int, alike: float) -> Places:
        """The problems that are akin to one, itself among them, in their order. ``alike`` is how
        like two names must be, from 0 to 1."""
        return self._kept_of(problem, alike)[0]

    def by_name(self, problem: int, other: int, alike: float) -> bool:
        """Whether two problems have nearly the same name."""
        return bool(np.any(self._kept_of(problem, alike)[1] == other))

    def _kept_of(self, problem: int, alike: float) -> tuple[Places, Places]:
        return self._kept.get((problem, alike), lambda: self._akin(problem, alike))

    @cached_property
    def _kept(self) -> Recent[tuple[int, float], tuple[Places, Places]]:
        return Recent(KEPT)

    def _akin(self, problem: int, alike: float) -> tuple[Places, Places]:
        """The problems that are akin to one, and those of them that are so by name."""
        same, named = self.same_subject(problem), self.wording.alike(problem, alike)
        same[named] = True
        same[problem] = True
        return np.flatnonzero(same), named

    def same_subject(self, problem: int) -> npt.NDArray[np.bool_]:
        """Which problems have the subject of one, as far as it is told."""
        main, group = self._subjects.T
        if main[problem] < 0:
            return np.zeros(len(main), dtype=np.bool_)
        one_is_broad = (group[problem] < 0) | (group < 0)
        same = (main == main[problem]) & ((group == group[problem]) | one_is_broad)
        return np.asarray(same, dtype=np.bool_)
