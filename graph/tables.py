"""What is used for which purpose: departments and technologies under the five purposes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.facts import HELD
from graph.scope import Scope, Use
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
    uses: dict[str, list[Use]] = {department: [] for department in scope.nodes["department"]}
    for use in _held(scope):
        uses[use.department].append(use)
    return _table(uses)


def technologies_by_purpose(scope: Scope) -> CrossTable:
    """The technologies, also those without a use, and the purposes of what is built on them."""
    uses: dict[str, list[Use]] = {technology: [] for technology in scope.nodes["technology"]}
    for use in _held(scope):
        for technology in scope.snapshot.outgoing("BUILT_ON", use.solution):
            uses[technology].append(use)
    return _table(uses)


def _held(scope: Scope) -> Iterable[Use]:
    return (use for use in scope.uses if use.status in HELD)


def _table(uses: Mapping[str, Sequence[Use]]) -> CrossTable:
    rows = tuple(sorted(uses, key=lambda row: (-len(uses[row]), row)))
    purposes = tuple(word.key for word in PURPOSE)
    return CrossTable(
        rows,
        purposes,
        tuple(
            tuple(sum(purpose in use.purposes for use in uses[row]) for purpose in purposes)
            for row in rows
        ),
        tuple(sum(not use.purposes for use in uses[row]) for row in rows),
        tuple(len(uses[row]) for row in rows),
    )
