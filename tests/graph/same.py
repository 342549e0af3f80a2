"""Whether two snapshots say the same, whichever stores they come from."""

from typing import Any

import numpy as np
import numpy.typing as npt

from graph.snapshot import Snapshot


def differences(one: Snapshot, other: Snapshot) -> list[str]:
    """What two snapshots do not say alike, their revisions left aside; empty where all is."""
    found = [] if one.ids == other.ids else ["ids"]
    for kind, columns in one.node_columns.items():
        for name, column in columns.items():
            if not _alike(column.codes, other.node_columns[kind][name].codes):
                found.append(f"{kind}.{name}")
    for kind, relations in one.relations.items():
        theirs = other.relations[kind]
        sources, targets = (relations.sources, theirs.sources), (relations.targets, theirs.targets)
        if not (_alike(*sources) and _alike(*targets)):
            found.append(kind)
            continue
        for name, column in relations.fields.items():
            if not _alike(column.codes, theirs.fields[name].codes):
                found.append(f"{kind}.{name}")
    return found


def _alike(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype == np.float64)
