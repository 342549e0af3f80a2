"""What belongs to a municipality: its departments, their uses, and the nodes that they tell of."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.snapshot import Snapshot
from schema.field import Value
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key


@dataclass(frozen=True, slots=True)
class Use:
    """How a department lives with a solution, as far as the structure tells."""

    department: str
    solution: str
    status: str
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
    if municipality is not None and municipality not in snapshot:
        raise KeyError(municipality)
    departments = tuple(
        each
        for each in snapshot.nodes("department")
        if municipality is None or municipality_of(each) == municipality
    )
    nodes = (
        {kind: snapshot.nodes(kind) for kind in ONTOLOGY.nodes}
        if municipality is None
        else _told_of(snapshot, municipality, departments)
    )
    uses = snapshot.derived(uses_by_department)
    cards = tuple(
        (department, solution)
        for department in departments
        for solution in snapshot.outgoing("PROPOSES", department)
    )
    own = tuple(use for department in departments for use in uses.get(department, ()))
    return Scope(snapshot, nodes, own, cards)


def uses_by_department(snapshot: Snapshot) -> dict[str, list[Use]]:
    """All uses, by department and solution; ask by ``snapshot.derived``."""
    relations = snapshot.relations["USES"]
    default = str(ONTOLOGY.relations["USES"].by_name["status"].default)
    status, primary, others, users = (
        relations.fields[name] for name in ("status", "primary_purpose", "other_purposes", "users")
    )
    found: dict[str, list[Use]] = {}
    ends = zip(relations.sources.tolist(), relations.targets.tolist(), strict=True)
    for i, (source, target) in enumerate(ends):
        use = Use(
            snapshot.ids[source],
            snapshot.ids[target],
            str(status.value(i) or default),
            _purposes(primary.value(i), others.value(i)),
            users.value(i) is not None,
        )
        found.setdefault(use.department, []).append(use)
    return found


def _purposes(primary: Value | None, others: Value | None) -> frozenset[str]:
    named = set(others) if isinstance(others, tuple) else set()
    return frozenset(named if primary is None else named | {str(primary)})


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
