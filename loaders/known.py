"""What the graph says already, as far as loading asks: names, other names, organisations."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.settling import Voice, settled
from graph.snapshot import Snapshot
from graph.store import Store
from schema.field import Value
from schema.names import NamelessError, department_id, kind_of, municipality_of, node_id
from schema.records import EXISTS, KeptRecord, Record, Statement
from schema.sheets import Sheet

_OTHER_NAMES = ("other_names", "danish_name", "english_name")
ORGANISATION = "departments"
"""The sheet that tells a municipality's organisation."""


def record_key(sheet: Sheet, element: str) -> str:
    """The key of a row's record: the sheet's kind and what the row is about, as it is written,
    so that a newer edition replaces it also where a name has come to mean another node."""
    return f"{sheet.key} {element}"


def is_of_sheet(record: Record, sheet: str) -> bool:
    """Whether the record is a row of this kind of sheet."""
    return record.key.startswith(f"{sheet} ")


def id_of_name(node: str, name: str) -> str | None:
    """The id that another name of a node would have, or None where it has none."""
    kind = kind_of(node)
    try:
        if kind == "department":
            return department_id(node.partition(":")[2].partition("/")[0], name)
        return node_id(kind, name)
    except NamelessError:
        return None


def organised_by(records: Iterable[Record]) -> set[str]:
    """The municipalities whose organisation these records tell."""
    return {
        municipality_of(statement.element)
        for record in records
        if is_of_sheet(record, ORGANISATION)
        for statement in record.statements
        if kind_of(statement.element) == "department"
    }


@dataclass(frozen=True, slots=True)
class ParentSaid:
    """A record that says which department another is part of."""

    record: int
    department: str
    parent: str


class Known:
    """The graph at one revision. What ``earlier`` records say counts as if it were applied: those
    of files that are looked at before in the same dry run."""

    def __init__(self, snapshot: Snapshot, store: Store, earlier: Sequence[Record] = ()) -> None:
        self.snapshot = snapshot
        self.store = store
        self.earlier = tuple(earlier)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of every node."""
        names: dict[str, str] = {}
        for kind, columns in self.snapshot.node_columns.items():
            for node, name in zip(self.snapshot.nodes(kind), columns["name"].codes, strict=True):
                names[node] = node.partition(":")[2] if name is None else str(name)
        for statement in self._said_earlier("name"):
            names.setdefault(statement[0], str(statement[1]))
        return names

    @cached_property
    def other_names(self) -> Mapping[str, frozenset[str]]:
        """For every other name, as an id, the nodes that go by it."""
        meant: dict[str, set[str]] = {}
        for kind, columns in self.snapshot.node_columns.items():
            nodes = self.snapshot.nodes(kind)
            for name in _OTHER_NAMES:
                for node, value in zip(nodes, columns[name].codes, strict=True):
                    if value is not None:
                        _add_names(meant, node, value)
        for name in _OTHER_NAMES:
            for node, value in self._said_earlier(name):
                _add_names(meant, node, value)
        return {written: frozenset(nodes) for written, nodes in meant.items()}

    def _said_earlier(self, name: str) -> list[tuple[str, Value]]:
        return [
            (statement.element, statement.value)
            for record in self.earlier
            for statement in record.statements
            if statement.field == name and " " not in statement.element
        ]

    @cached_property
    def _ledger(self) -> tuple[frozenset[str], tuple[ParentSaid, ...]]:
        """One pass over all standing records: organised municipalities, and who is whose part."""
        organised: set[str] = set()
        parents: list[ParentSaid] = []
        for kept in self.store.standing():
            organised |= organised_by((kept.record,))
            parents += _parents_in(kept.record, kept.number)
        return frozenset(organised), tuple(parents)

    @cached_property
    def organised(self) -> frozenset[str]:
        """The municipalities whose organisation is loaded."""
        return self._ledger[0] | organised_by(self.earlier)

    def parents(self, falling: frozenset[int]) -> dict[str, str]:
        """The department that each is part of, once these records have fallen."""
        stand = [said for said in self._ledger[1] if said.record not in falling]
        stand += [said for record in self.earlier for said in _parents_in(record, 0)]
        return {said.department: said.parent for said in stand}

    def standing(self, source: str) -> list[KeptRecord]:
        """The records of a source that stand."""
        return list(self.store.standing(source))

    def details(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """All fields of each of these elements that exists."""
        found = self.store.details(elements)
        wanted = set(elements) if self.earlier else set()
        for record in self.earlier:
            for statement in record.statements:
                if statement.element in wanted:
                    found[statement.element] = _with(found.get(statement.element, {}), statement)
        return found


def combined(element: str, name: str, old: Value | None, new: Value) -> Value:
    """What a field holds once a record says a value on top of what it holds now."""
    if old is None:
        return new
    voices = (Voice(((name, old),), 1, 0, 0), Voice(((name, new),), 1, 1, 1))
    return settled(element, voices)[name]


def _with(fields: Mapping[str, Value], said: Statement) -> Mapping[str, Value]:
    if said.field == EXISTS:
        return fields
    value = combined(said.element, said.field, fields.get(said.field), said.value)
    return {**fields, said.field: value}


def _add_names(meant: dict[str, set[str]], node: str, value: object) -> None:
    for name in value if isinstance(value, tuple | list) else (value,):
        written = id_of_name(node, str(name))
        if written is not None and written != node:
            meant.setdefault(written, set()).add(node)


def _parents_in(record: Record, number: int) -> list[ParentSaid]:
    return [
        ParentSaid(number, statement.element, str(statement.value))
        for statement in record.statements
        if statement.field == "parent"
    ]
