"""What belongs to a municipality: its departments, their uses, and the nodes that they tell of."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.columns import UNKNOWN, word_code
from graph.snapshot import Snapshot
from schema.ontology import ONTOLOGY
from schema.records import relation_key
from schema.vocabulary import PURPOSE

Places = npt.NDArray[np.integer]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Uses:
    """Uses as arrays that run parallel: the places of department and solution in the snapshot, the
    code of the status (in use where none is told), a bit for each purpose named, and whether any
    users are named; ``places`` are those of the relationships, by department and solution."""

    places: Places
    departments: Places
    solutions: Places
    statuses: Places
    purposes: Places
    users: Flags

    def some(self, chosen: Places | slice) -> "Uses":
        """These of the uses only."""
        return Uses(*(each[chosen] for each in vars(self).values()))

    def with_status(self, *statuses: str) -> "Uses":
        """The uses with one of these statuses."""
        field = ONTOLOGY.relations["USES"].by_name["status"]
        codes = [word_code(field, status) for status in statuses]
        return self.some(np.flatnonzero(np.isin(self.statuses, codes)))


@dataclass(frozen=True)
class Scope:
    """A municipality, or the whole graph. ``nodes`` by kind and by id are those that its
    departments tell of; ``cards`` are the proposals, by department and solution."""

    snapshot: Snapshot
    nodes: Mapping[str, Sequence[str]]
    uses: Uses
    cards: tuple[tuple[str, str], ...]

    def elements(self, uses: Uses) -> list[str]:
        """The keys of some of the uses."""
        ids = self.snapshot.ids
        ends = zip(uses.departments.tolist(), uses.solutions.tolist(), strict=True)
        return [
            relation_key("USES", ids[department], ids[solution]) for department, solution in ends
        ]

    def places(self, kind: str) -> Places:
        """The places of the nodes of a kind."""
        if len(self.nodes[kind]) == len(self.snapshot.nodes(kind)):
            places = self.snapshot.kind_range[kind]
            return np.arange(places.start, places.stop)
        return np.array([self.snapshot.place[node] for node in self.nodes[kind]], dtype=np.intp)


def departments_in(snapshot: Snapshot, municipality: str | None) -> Sequence[str]:
    """The departments of a municipality at any depth, or all, by id."""
    departments = snapshot.nodes("department")
    if municipality is None:
        return departments
    before = "department:" + municipality.partition(":")[2]
    # They lie together: their ids begin with that of the municipality and a stroke.
    start, end = bisect_left(departments, f"{before}/"), bisect_left(departments, f"{before}0")
    return departments[start:end]


def scope_of(snapshot: Snapshot, municipality: str | None) -> Scope:
    """Everything of a municipality, or of the whole graph.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    if municipality is not None and municipality not in snapshot:
        raise KeyError(municipality)
    departments = departments_in(snapshot, municipality)
    nodes: Mapping[str, Sequence[str]] = (
        {kind: snapshot.nodes(kind) for kind in ONTOLOGY.nodes}
        if municipality is None
        else _told_of(snapshot, municipality, departments)
    )
    proposing = snapshot.relations["PROPOSES"].sources if municipality is None else None
    cards = tuple(
        (department, solution)
        for department in (departments if proposing is None else _named(snapshot, proposing))
        for solution in snapshot.outgoing("PROPOSES", department)
    )
    return Scope(snapshot, nodes, _uses_of(snapshot, departments), cards)


def _named(snapshot: Snapshot, places: Places) -> list[str]:
    """The ids at these places, each once."""
    return [snapshot.ids[place] for place in np.unique(places).tolist()]


def _uses_of(snapshot: Snapshot, departments: Sequence[str]) -> Uses:
    """The uses of departments that lie together in the snapshot."""
    uses = snapshot.derived(all_uses)
    if len(departments) == 0:
        return uses.some(slice(0, 0))
    ends = [snapshot.place[departments[0]], snapshot.place[departments[-1]] + 1]
    return uses.some(slice(*np.searchsorted(uses.departments, ends).tolist()))


def all_uses(snapshot: Snapshot) -> Uses:
    """All uses; ask for them by ``snapshot.derived``."""
    relations = snapshot.relations["USES"]
    status, primary, others, users = (
        relations.fields[name] for name in ("status", "primary_purpose", "other_purposes", "users")
    )
    default = word_code(status.field, str(status.field.default))
    named = primary.codes != UNKNOWN
    purpose = np.where(named, 1 << np.where(named, primary.codes, 0).astype(np.int32), 0)
    return Uses(
        np.arange(len(relations.sources)),
        relations.sources,
        relations.targets,
        np.where(status.codes == UNKNOWN, default, status.codes),
        (others.codes | purpose).astype(np.int32),
        users.codes > 0,
    )


def naming(uses: Uses, purpose: str) -> Flags:
    """Which of the uses name this purpose."""
    return (uses.purposes >> PURPOSE.codes[purpose] & 1) > 0


def _told_of(
    snapshot: Snapshot, municipality: str, departments: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    def reached(relation: str, *nodes: Places) -> Places:
        return snapshot.relations[relation].reached_from(np.concatenate(nodes))

    own = np.array([snapshot.place[each] for each in departments], dtype=np.intp)
    solutions = np.union1d(reached("USES", own), reached("PROPOSES", own))
    technologies = np.union1d(reached("BUILT_ON", solutions), reached("FAMILIAR_WITH", own))
    competences = np.union1d(reached("REQUIRES", solutions, technologies), reached("HAS", own))
    found = {
        "municipality": np.array([snapshot.place[municipality]]),
        "department": own,
        "solution": solutions,
        "problem": np.union1d(reached("SOLVES", solutions), reached("FACES", own)),
        "technology": technologies,
        "competence": competences,
    }
    return {
        kind: tuple(sorted(snapshot.ids[place] for place in found[kind].tolist()))
        for kind in ONTOLOGY.nodes
    }
