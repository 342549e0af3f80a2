"""Two departments, as the evidence of their synergy speaks of them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from graph.facts import entries
from graph.naming import bracketed, home_of, in_several, title, told_apart
from graph.snapshot import Snapshot
from graph.synergy_facts import SynergyFacts
from schema.text import Text


@dataclass(frozen=True)
class Pair:
    """Two departments as evidence speaks of them; where there is a giver, it is ``a``."""

    snapshot: Snapshot
    a: str
    b: str

    @cached_property
    def facts(self) -> SynergyFacts:
        return self.snapshot.derived(SynergyFacts)

    @cached_property
    def names(self) -> tuple[Text, Text]:
        a, b = told_apart(self.snapshot, [self.a, self.b])
        return a, b

    def noted(self, department: str, note: Text | None) -> Text:
        """The name of one of the two with a note behind it, in brackets."""
        home = home_of(self.snapshot, department) if in_several([self.a, self.b]) else None
        return bracketed(title(self.snapshot, department), home, note)

    @cached_property
    def rows(self) -> tuple[int, int]:
        start = self.snapshot.kind_range["department"].start
        return self.snapshot.place[self.a] - start, self.snapshot.place[self.b] - start


def both(a: sparse.csr_array, b: sparse.csr_array, rows: tuple[int, int]) -> list[int]:
    """The columns that the first row has in ``a`` and the second in ``b``."""
    return [int(column) for column in np.intersect1d(entries(a, rows[0]), entries(b, rows[1]))]
