"""A municipality's digital status at a look, or that of the whole graph."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from graph.answer import Cut
from graph.columns import word_code
from graph.lacks import Lack, lacks
from graph.scope import Places, Scope, scope_of
from graph.snapshot import Snapshot
from graph.tables import CrossTable, departments_by_purpose, technologies_by_purpose
from graph.unsolved import UnsolvedProblem, unsolved_problems
from schema.ontology import ONTOLOGY
from schema.text import Text
from schema.vocabulary import STATUS

RUNNING = ("in_use", "pilot")
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of one thing."""

    key: str
    label: Text
    number: int


@dataclass(frozen=True, slots=True)
class Popular:
    """A solution that several departments have in use or on trial, with those departments."""

    solution: str
    departments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The digital status. ``kinds`` counts nodes, ``statuses`` uses, ``municipality`` is None for
    the whole graph; ``lacks`` says what the data do not tell."""

    municipality: str | None
    kinds: tuple[Count, ...]
    statuses: tuple[Count, ...]
    departments: CrossTable
    technologies: CrossTable
    unsolved: Cut[UnsolvedProblem]
    used_by_many: Cut[Popular]
    lacks: tuple[Lack, ...]


def overview(
    snapshot: Snapshot, municipality: str | None = None, first: int | None = SHOWN
) -> Overview:
    """The overview, with at most ``first`` unsolved problems and much-used solutions.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    scope = scope_of(snapshot, municipality)
    return Overview(
        municipality,
        tuple(_kinds(scope)),
        tuple(_statuses(scope)),
        departments_by_purpose(scope),
        technologies_by_purpose(scope),
        unsolved_problems(snapshot, municipality, first),
        _used_by_many(scope, first),
        lacks(scope),
    )


def _kinds(scope: Scope) -> Iterator[Count]:
    for kind, nodes in scope.nodes.items():
        yield Count(kind, ONTOLOGY.nodes[kind].plural, len(nodes))
    card = Text("teknologikort", "technology cards")
    yield Count("card", card, len(scope.cards))


def _statuses(scope: Scope) -> Iterator[Count]:
    field = ONTOLOGY.relations["USES"].by_name["status"]
    counts = np.bincount(scope.uses.statuses, minlength=len(STATUS.words))
    for word in STATUS:
        yield Count(word.key, word.label, int(counts[word_code(field, word.key)]))


def _used_by_many(scope: Scope, first: int | None) -> Cut[Popular]:
    uses = scope.uses.with_status(*RUNNING)
    together = uses.some(np.argsort(uses.solutions, kind="stable"))
    solutions, starts, counts = np.unique(together.solutions, return_index=True, return_counts=True)
    several = np.flatnonzero(counts > 1)
    order = several[np.lexsort((solutions[several], -counts[several]))]
    ids = scope.snapshot.ids
    items = tuple(
        Popular(ids[solutions[at]], _named(ids, together.departments[starts[at] :][: counts[at]]))
        for at in order[:first].tolist()
    )
    return Cut(items, len(order))


def _named(ids: Sequence[str], places: Places) -> tuple[str, ...]:
    return tuple(ids[place] for place in places.tolist())
