"""What is used for which purpose: departments and technologies under the five purposes."""

from dataclasses import dataclass

import numpy as np

from graph.facts import HELD, Facts
from graph.scope import Places, Scope, Uses, naming
from graph.spans import spans
from schema.vocabulary import PURPOSE


@dataclass(frozen=True, slots=True)
class CrossTable:
    """``counts[i][j]`` is the number of uses of row i that name purpose j, primary or other, so
    one use can stand under several; ``untold[i]`` those that name none; ``totals[i]`` all. Uses in
    use, on trial or planned count. Rows with most uses stand first, then by id."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    untold: tuple[int, ...]
    totals: tuple[int, ...]


def departments_by_purpose(scope: Scope) -> CrossTable:
    """The departments, also those without a use, and the purposes of what they use."""
    uses = scope.uses.with_status(*HELD)
    return _table(scope, "department", uses.departments, uses)


def technologies_by_purpose(scope: Scope) -> CrossTable:
    """The technologies, also those without a use, and the purposes of what is built on them."""
    uses, snapshot = scope.uses.with_status(*HELD), scope.snapshot
    built_on = snapshot.derived(Facts).built_on
    places, which = spans(built_on, uses.solutions - snapshot.kind_range["solution"].start)
    technologies = built_on.indices[places] + snapshot.kind_range["technology"].start
    return _table(scope, "technology", technologies, uses.some(which))


def _table(scope: Scope, kind: str, rows: Places, uses: Uses) -> CrossTable:
    """Uses counted by their row's place in the snapshot."""
    start, count = scope.snapshot.kind_range[kind].start, len(scope.snapshot.kind_range[kind])
    purposes = tuple(word.key for word in PURPOSE)
    chosen = [naming(uses, purpose) for purpose in purposes] + [uses.purposes == 0]
    counts = [np.bincount(rows[some] - start, minlength=count) for some in chosen]
    totals = np.bincount(rows - start, minlength=count)
    own = scope.places(kind) - start
    order = own[np.lexsort((own, -totals[own]))]
    names = scope.snapshot.nodes(kind)
    *named, untold = (each[order].tolist() for each in counts)
    return CrossTable(
        tuple(names[row] for row in order.tolist()),
        purposes,
        tuple(zip(*named, strict=True)),
        tuple(untold),
        tuple(totals[order].tolist()),
    )
