"""Which departments are compared: those of a municipality, or the most telling of all."""

from dataclasses import dataclass

import numpy as np

from api.pages.visit import Visit
from graph.snapshot import Snapshot
from graph.synergy_matrix import departments_of

MOST = 40
"""Departments of several municipalities at once: a larger picture is read by nobody."""


@dataclass(frozen=True, slots=True)
class Departments:
    """The departments compared, and how many there are besides."""

    chosen: tuple[str, ...]
    left_out: int = 0


def departments_in(visit: Visit) -> Departments:
    """All departments of the chosen municipality; of all municipalities those with most uses."""
    if visit.municipality is not None:
        return Departments(tuple(departments_of(visit.snapshot, visit.municipality)))
    ranked = most_telling(visit.snapshot)
    return Departments(tuple(ranked[:MOST]), max(0, len(ranked) - MOST))


def most_telling(snapshot: Snapshot) -> list[str]:
    """All departments, those with most uses first, then by id."""
    uses = np.bincount(snapshot.relations["USES"].sources, minlength=len(snapshot.ids))
    departments = snapshot.nodes("department")
    return sorted(departments, key=lambda each: (-int(uses[snapshot.place[each]]), each))
