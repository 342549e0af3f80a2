"""What the graph says already, as far as loading asks: names, other names, organisations."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from graph.aliases import NAMES, id_of_name
from graph.rings import parents as parents_in
from graph.settling import Voice, settled
from graph.snapshot import Snapshot
from graph.store import Store
from loaders.lookalikes import Comparable
from schema.field import Value
from schema.names import kind_of, municipality_of
from schema.records import KeptRecord, Record, is_relation, parse_relation
from schema.sheets import Sheet

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
        names = self.snapshot.derived(names_in)
        told = self._said_earlier("name")
        if told:
            names = dict(names)
            for node, name in told:
                names.setdefault(node, str(name))
        return names

    @cached_property
    def other_names(self) -> Mapping[str, frozenset[str]]:
        """For every other name, as an id, the nodes that go by it."""
        in_graph = self.snapshot.derived(other_names_in)
        told = [each for name in NAMES for each in self._said_earlier(name)]
        if not told:
            return in_graph
        meant = {written: set(nodes) for written, nodes in in_graph.items()}
        for node, value in told:
            _add_names(meant, node, value)
        return {written: frozenset(nodes) for written, nodes in meant.items()}

    def comparable(self, group: str) -> Comparable:
        """The names of a kind, or of a municipality's departments, ready to be compared."""
        if len(self.names) == len(self.snapshot.derived(names_in)):
            return self.snapshot.derived(ComparableNames).of(group)
        return Comparable(
            {node: name for node, name in self.names.items() if group_of(node) == group}
        )

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

    def now(
        self, elements: Collection[str], named: Collection[str] = ()
    ) -> dict[str, Mapping[str, Value]]:
        """All fields of each of these elements that exists; and of those ``named`` at least their
        name, which the snapshot tells without the store."""
        if self.earlier or self.fallen:
            return self.then(sorted({*elements, *named}))
        now: dict[str, Mapping[str, Value]] = {}
        for element in filter(self._is_there, named):
            name = None if is_relation(element) else self.snapshot.value(element, "name")
            now[element] = {} if name is None else {"name": name}
        now.update(self.store.details(sorted(filter(self._is_there, elements))))
        return now

    def _is_there(self, element: str) -> bool:
        if not is_relation(element):
            return element in self.snapshot
        relation, source, target = parse_relation(element)
        start, end = self.snapshot.place.get(source), self.snapshot.place.get(target)
        if start is None or end is None:
            return False
        return self.snapshot.relations[relation].find(start, end) is not None

    def then(
        self, elements: Sequence[str], falling: Collection[int] = (), coming: Sequence[Record] = ()
    ) -> dict[str, Mapping[str, Value]]:
        """The same, once the records with these numbers have fallen and these have come."""
        voices = self.store.voices(elements, {*self._fallen_numbers, *falling})
        wanted = set(elements)
        for number, record in enumerate((*self.earlier, *coming), start=_LATER):
            says: dict[str, list[tuple[str, Value]]] = {}
            for element, name, value, _ in record.statements:
                if element in wanted:
                    says.setdefault(element, []).append((name, value))
            for element, said in says.items():
                voices.setdefault(element, []).append(Voice(tuple(said), 1, number, number))
        return {element: settled(element, heard) for element, heard in voices.items()}


def names_in(snapshot: Snapshot) -> dict[str, str]:
    """The name of every node; ask for it by ``snapshot.derived``."""
    names: dict[str, str] = {}
    for kind, columns in snapshot.node_columns.items():
        for node, name in zip(snapshot.nodes(kind), columns["name"].codes, strict=True):
            names[node] = node.partition(":")[2] if name is None else str(name)
    return names


def other_names_in(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """For every other name, as an id, the nodes that go by it; ask by ``snapshot.derived``."""
    meant: dict[str, set[str]] = {}
    for kind, columns in snapshot.node_columns.items():
        nodes = snapshot.nodes(kind)
        for name in NAMES:
            for node, value in zip(nodes, columns[name].codes, strict=True):
                if value is not None:
                    _add_names(meant, node, value)
    return {written: frozenset(nodes) for written, nodes in meant.items()}


def group_of(node: str) -> str:
    """Only names of one kind are compared, and departments within their municipality."""
    return municipality_of(node) if kind_of(node) == "department" else kind_of(node)


class ComparableNames:
    """The names of one snapshot, made ready to be compared kind by kind as they are asked for; ask
    for them by ``snapshot.derived(ComparableNames)``."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._made: dict[str, Comparable] = {}

    def of(self, group: str) -> Comparable:
        """The names of a kind, or of the departments of the municipality with this id."""
        made = self._made.get(group)
        if made is None:
            made = self._made[group] = Comparable(dict(self._names(group)))
        return made

    def _names(self, group: str) -> Iterator[tuple[str, str]]:
        names = self._snapshot.derived(names_in)
        kind = "department" if ":" in group else group
        for node in self._snapshot.nodes(kind):
            if kind != "department" or group_of(node) == group:
                yield node, names[node]


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
