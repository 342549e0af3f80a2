"""What belongs to a municipality: its departments, their uses, and the nodes that they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.snapshot import Snapshot
from graph.solved import status_of
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key


@dataclass(frozen=True, slots=True)
class Use:
    """How a department lives with a solution, as far as the structure tells."""

    department: str
    solution: str
    status: str
    primary_purpose: str | None
    purposes: frozenset[str]
    users: bool

    @property
    def element(self) -> str:
        return relation_key("USES", self.department, self.solution)


@dataclass(frozen=True)
class Scope:
    """A municipality, or the whole graph. ``nodes`` by kind and by id are those that its
    departments tell of; ``cards`` are the proposals, by department and solution."""

    snapshot: Snapshot
    nodes: Mapping[str, tuple[str, ...]]
    uses: tuple[Use, ...]
    cards: tuple[tuple[str, str], ...]


def scope_of(snapshot: Snapshot, municipality: str | None) -> Scope:
    """Everything of a municipality, or of the whole graph.

    Raises KeyError for a municipality that is not in the snapshot.
    """
    if municipality is None:
        departments = snapshot.nodes("department")
        nodes = {kind: snapshot.nodes(kind) for kind in ONTOLOGY.nodes}
    else:
        if municipality not in snapshot:
            raise KeyError(municipality)
        departments = tuple(
            each for each in snapshot.nodes("department") if municipality_of(each) == municipality
        )
        nodes = _told_of(snapshot, municipality, departments)
    uses = tuple(
        _use(snapshot, department, solution)
        for department in departments
        for solution in snapshot.outgoing("USES", department)
    )
    cards = tuple(
        (department, solution)
        for department in departments
        for solution in snapshot.outgoing("PROPOSES", department)
    )
    return Scope(snapshot, nodes, uses, cards)


def _use(snapshot: Snapshot, department: str, solution: str) -> Use:
    def told(field: str) -> object:
        return snapshot.told("USES", department, solution, field)

    primary, others = told("primary_purpose"), told("other_purposes")
    primary_purpose = None if primary is None else str(primary)
    purposes = {str(each) for each in others} if isinstance(others, tuple) else set()
    return Use(
        department,
        solution,
        str(status_of(snapshot, department, solution)),
        primary_purpose,
        frozenset(purposes if primary_purpose is None else purposes | {primary_purpose}),
        told("users") is not None,
    )


def _told_of(
    snapshot: Snapshot, municipality: str, departments: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    def reached(relation: str, nodes: set[str]) -> set[str]:
        return {target for node in nodes for target in snapshot.outgoing(relation, node)}

    own = set(departments)
    solutions = reached("USES", own) | reached("PROPOSES", own)
    technologies = reached("BUILT_ON", solutions) | reached("FAMILIAR_WITH", own)
    found = {
        "municipality": {municipality},
        "department": own,
        "solution": solutions,
        "problem": reached("SOLVES", solutions) | reached("FACES", own),
        "technology": technologies,
        "competence": reached("REQUIRES", solutions | technologies) | reached("HAS", own),
    }
    return {kind: tuple(sorted(found[kind])) for kind in ONTOLOGY.nodes}
