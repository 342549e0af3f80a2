"""What the graph says already, as far as loading asks: names, other names, organisations."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from graph.ledger import by_element
from graph.rings import parents as parents_in
from graph.settling import Voice, settled
from graph.snapshot import Snapshot
from graph.store import Store
from schema.field import Value
from schema.names import NamelessError, department_id, kind_of, municipality_of, node_id
from schema.records import KeptRecord, Record
from schema.sheets import Sheet

_OTHER_NAMES = ("other_names", "danish_name", "english_name")
ORGANISATION = "departments"
"""The sheet that tells a municipality's organisation."""
PARENT = "parent"
"""The field that tells which department another is part of."""


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


_LATER = 1 << 61
"""Where the numbers of records begin that are not in the ledger yet: after all that are."""


class Known:
    """The graph at one revision. What ``earlier`` records say counts as if it were applied, and
    ``fallen`` ones as if they stood no more: those of files looked at before in one dry run."""

    def __init__(
        self,
        snapshot: Snapshot,
        store: Store,
        earlier: Sequence[Record] = (),
        fallen: Sequence[KeptRecord] = (),
    ) -> None:
        self.snapshot = snapshot
        self.store = store
        self.earlier = tuple(earlier)
        self.fallen = tuple(fallen)
        self._fallen_numbers = {kept.number for kept in fallen}

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
    def organised(self) -> frozenset[str]:
        """The municipalities whose organisation is loaded."""
        told = self.store.standing(key_prefix=f"{ORGANISATION} ")
        stand = (kept.record for kept in told if kept.number not in self._fallen_numbers)
        return frozenset(organised_by((*stand, *self.earlier)))

    def parents(self, falling: Sequence[KeptRecord]) -> dict[str, str]:
        """The department that each is part of, once these records have fallen."""
        parents = parents_in(self.snapshot)
        moving = (kept.record for kept in (*falling, *self.fallen))
        moved = sorted(_with_parents((*moving, *self.earlier)))
        then = self.then(moved, {kept.number for kept in falling}) if moved else {}
        for department in moved:
            parent = then.get(department, {}).get(PARENT)
            if parent is None:
                parents.pop(department, None)
            else:
                parents[department] = str(parent)
        return parents

    @cached_property
    def parts(self) -> Mapping[str, frozenset[str]]:
        """The departments that are part of each department."""
        return parts_of(self.parents(()))

    def standing(self, source: str) -> list[KeptRecord]:
        """The records of a source that stand."""
        return list(self.store.standing(source))

    def now(self, elements: Sequence[str]) -> dict[str, Mapping[str, Value]]:
        """All fields of each of these elements that exists."""
        if self.earlier or self.fallen:
            return self.then(elements)
        return self.store.details(elements)

    def then(
        self, elements: Sequence[str], falling: Collection[int] = (), coming: Sequence[Record] = ()
    ) -> dict[str, Mapping[str, Value]]:
        """The same, once the records with these numbers have fallen and these have come."""
        voices = self.store.voices(elements, {*self._fallen_numbers, *falling})
        wanted = set(elements)
        for number, record in enumerate((*self.earlier, *coming), start=_LATER):
            for element, says in by_element(record).items():
                if element in wanted:
                    voices.setdefault(element, []).append(Voice(says, 1, number, number))
        return {element: settled(element, heard) for element, heard in voices.items()}


def _add_names(meant: dict[str, set[str]], node: str, value: object) -> None:
    for name in value if isinstance(value, tuple | list) else (value,):
        written = id_of_name(node, str(name))
        if written is not None and written != node:
            meant.setdefault(written, set()).add(node)


def parts_of(parents: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The departments within each, where it is told what each is part of."""
    parts: dict[str, set[str]] = {}
    for department, parent in parents.items():
        parts.setdefault(parent, set()).add(department)
    return {parent: frozenset(within) for parent, within in parts.items()}


def _with_parents(records: Iterable[Record]) -> set[str]:
    """The departments of which a record says what they are part of."""
    return {
        statement.element
        for record in records
        for statement in record.statements
        if statement.field == PARENT
    }
