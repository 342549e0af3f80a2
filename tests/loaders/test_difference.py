"""What a load changes, told from little, is what differs when everything is settled anew."""

import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ledger import said
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from loaders.difference import At, Difference, Step, difference
from loaders.known import Known
from schema.field import Value
from schema.messages import Place
from schema.records import EXISTS, Record, Statement, is_relation, relation_key
from tests.graph.loads import apply

Graph = dict[str, dict[str, Value]]


@st.composite
def rows(draw: st.DrawFn) -> Record:
    """A row about a use, with a field of each rule or without; names are spelt as one likes."""
    solution, competence = "solution:x", "competence:gis"
    department = f"department:eksempel/{draw(st.sampled_from('abc'))}"
    use = relation_key("USES", department, solution)
    needs = relation_key("REQUIRES", solution, competence)
    statements = [
        Statement("municipality:eksempel", "name", "Eksempel"),
        Statement(department, "name", draw(st.sampled_from(["Social", "SOCIAL"]))),
        Statement(solution, "name", draw(st.sampled_from(["System", "system"]))),
        Statement(use, EXISTS, ""),
    ]
    if status := draw(st.sampled_from([None, "pilot", "in_use"])):
        statements.append(Statement(use, "status", status))
    if text := draw(st.sampled_from([None, "en", "to"])):
        statements.append(Statement(solution, "description", text))
    if names := draw(st.sampled_from([None, ("p",), ("q",)])):
        statements.append(Statement(solution, "other_names", names))
    if level := draw(st.sampled_from([None, 2, 4])):
        statements.append(Statement(competence, "name", "GIS"))
        statements.append(Statement(needs, EXISTS, ""))
        statements.append(Statement(needs, "level", level))
    return Record(f"status {use}", Place("ark.csv", row=2), tuple(statements))


editions = st.tuples(st.sampled_from("mn"), st.lists(rows(), min_size=1, max_size=3), st.booleans())


@settings(max_examples=100, deadline=None)
@given(earlier=st.lists(editions, max_size=3), newest=editions)
def test_what_a_load_changes_is_what_differs_once_all_is_settled_anew(
    earlier: list[tuple[str, list[Record], bool]], newest: tuple[str, list[Record], bool]
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(SqliteStore(Path(folder) / "graph.db")) as store,
    ):
        for source, records, remove_missing in earlier:
            apply(store, source, records, remove_missing)
        before = said(kept.record for kept in store.standing())
        told = _told(store, *newest)
        apply(store, *newest)
        after = said(kept.record for kept in store.standing())
    steps, gone = _differs(before, after)
    assert dict(told.steps) == steps
    assert set(told.gone) == gone


def _told(store: Store, source: str, records: Sequence[Record], remove_missing: bool) -> Difference:
    known, keys = Known(snapshot_of(store.structure()), store), {each.key for each in records}
    fallen = [kept for kept in store.standing(source) if remove_missing or kept.record.key in keys]
    touched = _elements(records) | _elements(kept.record for kept in fallen)
    return difference(known, known.now(touched), fallen, records, records)


def _elements(records: Iterable[Record]) -> set[str]:
    return {element for record in records for element in record.elements()}


def _differs(before: Graph, after: Graph) -> tuple[dict[At, Step], set[str]]:
    """The fields of what stays, the relationships that come or go, and all that goes."""
    steps: dict[At, Step] = {}
    for element in before.keys() | after.keys():
        old, new = before.get(element), after.get(element)
        if old is not None and new is not None:
            for name in old.keys() | new.keys():
                if old.get(name) != new.get(name):
                    steps[element, name] = (old.get(name), new.get(name))
        elif is_relation(element):
            steps[element, EXISTS] = (None, "") if old is None else ("", None)
    return steps, before.keys() - after.keys()
