"""Which departments stand in one line of organisation: one told at several levels."""

import numpy as np
from scipy import sparse

from graph.derived import carried
from graph.snapshot import Snapshot
from graph.solved import line_of


def _lines(snapshot: Snapshot) -> sparse.csr_array:
    departments = snapshot.kind_range["department"]
    relations = snapshot.relations["PART_OF"]
    start, size = departments.start, len(departments)
    inner = (relations.targets >= start) & (relations.targets < departments.stop)
    several = np.union1d(relations.sources[inner], relations.targets[inner]) - start
    alone = np.setdiff1d(np.arange(size), several)
    rows, columns = [alone], [alone]
    for row in several.tolist():
        line = [
            snapshot.place[each] - start for each in line_of(snapshot, snapshot.ids[row + start])
        ]
        rows.append(np.full(len(line), row))
        columns.append(np.array(line, dtype=np.intp))
    places = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.ones(len(places[0])), places), shape=(size, size))


lines_of = carried(_lines, "department", "PART_OF")
"""Department × department: itself, and all above and below it; ask by ``snapshot.derived``."""
