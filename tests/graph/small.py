"""Small graphs for tests, written as who does what with what.

    snapshot(
        uses=[("a/x", "sms"), ("b/y", "sms", "pilot")],
        solves=[("sms", "no-shows")],
        nodes={"department:a/x": {"digital_maturity": 3}},
    )

Names are short: ``a/x`` is a department of municipality ``a``, ``sms`` a solution where a solution
is meant; a whole id is taken as it is, so that ``technology:sms`` can require a competence. A
relationship's third item is its main value (status, priority, level, decision) or all its fields.
"""

from collections.abc import Iterable, Mapping, Sequence

from graph.snapshot import Snapshot, snapshot_of
from graph.structure import Structure
from schema.field import Field, Value
from schema.names import municipality_of
from schema.ontology import ONTOLOGY
from schema.records import relation_key

Related = tuple[str, str] | tuple[str, str, Value | Mapping[str, Value]]
Fields = dict[str, Value]

MAIN_FIELD = {
    "USES": "status",
    "PROPOSES": "decision",
    "FACES": "priority",
    "HAS": "level",
    "FAMILIAR_WITH": "level",
    "REQUIRES": "level",
}


def identify(kind: str, name: str) -> str:
    """The id that a short name stands for."""
    return name if ":" in name else f"{kind}:{name}"


def edge(relation: str, source: str, target: str) -> str:
    """The key of a relationship between two short names, as evidence holds it."""
    kind = ONTOLOGY.relations[relation]
    return relation_key(
        relation, identify(kind.sources[0], source), identify(kind.targets[0], target)
    )


def snapshot(
    *,
    uses: Iterable[Related] = (),
    proposes: Iterable[Related] = (),
    faces: Iterable[Related] = (),
    has: Iterable[Related] = (),
    familiar: Iterable[Related] = (),
    solves: Iterable[Related] = (),
    built_on: Iterable[Related] = (),
    requires: Iterable[Related] = (),
    parents: Iterable[tuple[str, str]] = (),
    nodes: Mapping[str, Mapping[str, Value]] | None = None,
    revision: int = 1,
) -> Snapshot:
    """The snapshot of this small graph; departments are part of their municipality unless
    ``parents`` names a department above them. ``nodes`` are fields of nodes by id, and nodes that
    no relationship mentions."""
    return snapshot_of(
        structure(
            {
                "USES": uses,
                "PROPOSES": proposes,
                "FACES": faces,
                "HAS": has,
                "FAMILIAR_WITH": familiar,
                "SOLVES": solves,
                "BUILT_ON": built_on,
                "REQUIRES": requires,
            },
            dict(parents),
            nodes or {},
            revision,
        )
    )


def structure(
    related: Mapping[str, Iterable[Related]],
    parents: Mapping[str, str],
    fields: Mapping[str, Mapping[str, Value]],
    revision: int = 1,
) -> Structure:
    """The structure that a store would hand over for this graph."""
    edges = {kind: dict(_edge(kind, each) for each in related[kind]) for kind in related}
    told: dict[str, Fields] = {node: dict(given) for node, given in fields.items()}
    for ends in (end for pairs in edges.values() for pair in pairs for end in pair):
        told.setdefault(ends, {})
    above = {identify("department", a): identify("department", b) for a, b in parents.items()}
    for department in (*above, *above.values()):
        told.setdefault(department, {})
    edges["PART_OF"] = {
        (node, above.get(node, municipality_of(node))): {}
        for node in told
        if node.startswith("department:")
    }
    for department, _ in edges["PART_OF"]:
        told.setdefault(municipality_of(department), {})
    return _structure(edges, told, revision)


def _edge(kind: str, related: Related) -> tuple[tuple[str, str], Fields]:
    source, target, *rest = related
    declared = ONTOLOGY.relations[kind]
    pair = identify(declared.sources[0], source), identify(declared.targets[0], target)
    if not rest:
        return pair, {}
    given = rest[0]
    return pair, dict(given) if isinstance(given, Mapping) else {MAIN_FIELD[kind]: given}


def _structure(
    edges: Mapping[str, Mapping[tuple[str, str], Fields]],
    told: Mapping[str, Fields],
    revision: int,
) -> Structure:
    nodes = {
        kind: [node for node in told if node.startswith(f"{kind}:")] for kind in ONTOLOGY.nodes
    }
    named = {node: {"name": _name(node), **told[node]} for node in told}
    return Structure(
        revision,
        nodes,
        {
            kind: _columns(ONTOLOGY.nodes[kind].fields, [named[node] for node in nodes[kind]])
            for kind in nodes
        },
        {kind: list(edges.get(kind, {})) for kind in ONTOLOGY.relations},
        {
            kind: _columns(declared.fields, list(edges.get(kind, {}).values()))
            for kind, declared in ONTOLOGY.relations.items()
        },
    )


def _columns(fields: Sequence[Field], told: Sequence[Fields]) -> dict[str, list[Value | None]]:
    return {
        field.name: [each.get(field.name) for each in told] for field in fields if field.structural
    }


def _name(node: str) -> str:
    return node.partition(":")[2].rpartition("/")[2].replace("-", " ").capitalize()
