"""Small loads for tests, written as what the rows say."""

from collections.abc import Iterable

from graph.store import Applied, Store
from schema.field import Value
from schema.messages import Place
from schema.names import municipality_of
from schema.records import EXISTS, Load, Record, Statement, relation_key


def says(*statements: tuple[str, str, Value], key: str | None = None, row: int = 1) -> Record:
    """A record that makes these (element, field, value) statements, one column each."""
    made = tuple(
        Statement(element, name, value, "ABCDEFGHIJ"[place % 10])
        for place, (element, name, value) in enumerate(statements)
    )
    return Record(key or statements[0][0], Place("ark.xlsx", "Status", row), made)


def uses(department: str, solution: str, row: int = 1, **fields: Value) -> Record:
    """A row of a Status sheet: a department (``eksempel/x``) uses a solution."""
    source, target = f"department:{department}", f"solution:{solution}"
    element = relation_key("USES", source, target)
    return says(
        (municipality_of(source), "name", department.partition("/")[0].capitalize()),
        (source, "name", department.partition("/")[2].capitalize()),
        (target, "name", solution.upper()),
        (element, EXISTS, ""),
        *((element, name, value) for name, value in fields.items()),
        key=f"status {element}",
        row=row,
    )


def apply(
    store: Store, source: str, records: Iterable[Record], remove_missing: bool = False
) -> Applied:
    """Apply a load of these records, resolved at the newest revision."""
    load = Load(source, tuple(records), store.revision(), ("ark.xlsx",), remove_missing)
    return store.apply(load)
