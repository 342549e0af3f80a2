"""What is loaded first does not matter to what the graph holds."""

import tempfile
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.sqlite_store import SqliteStore
from loaders.loading import LoadOptions, load_sheets
from schema.field import Field, Rule
from schema.ontology import ONTOLOGY
from schema.records import is_relation, parse_relation
from tests.loaders.sheets import Rows, csv_file

MUNICIPALITIES = st.sampled_from(["Eksempel", "EKSEMPEL", "Århus", "Aarhus", "A\u030arhus"])
DEPARTMENTS = st.sampled_from(
    [
        "Sundhed & Omsorg",
        "Sundhed og Omsorg",
        "sundhed  og\u00a0omsorg",
        "Børn > Skole",
        "BØRN>skole",
        "Børn",
    ]
)
THINGS = st.sampled_from(
    [
        "SMS-service",
        "sms service",
        "SMS\u2011Service",
        "Sms\u00adservice",
        "C#",
        "C sharp",
        "C",
        "Måling",
        "Maaling",
    ]
)
LEVELS = st.sampled_from(["", " (1)", " (5)"])
LISTS = st.lists(THINGS, max_size=3).map(";".join)
COMPETENCES = st.lists(st.tuples(THINGS, LEVELS).map("".join), max_size=3).map(";".join)
STEPS = st.integers(1, 4)


def sheet(header: tuple[str, ...], *columns: st.SearchStrategy[object]) -> st.SearchStrategy[Rows]:
    rows = st.lists(st.tuples(*columns), min_size=1, max_size=4)
    return rows.map(lambda rows: [header, *rows])


SHEETS = st.one_of(
    sheet(
        ("kommune", "forvaltning", "løsning", "problemer", "teknologier", "nødvendige kompetencer"),
        MUNICIPALITIES,
        DEPARTMENTS,
        THINGS,
        LISTS,
        LISTS,
        COMPETENCES,
    ),
    sheet(("kommune", "forvaltning", "problem"), MUNICIPALITIES, DEPARTMENTS, THINGS),
    sheet(
        ("kommune", "forvaltning", "kompetence", "niveau"),
        MUNICIPALITIES,
        DEPARTMENTS,
        THINGS,
        STEPS,
    ),
    sheet(
        ("kommune", "teknologi", "forvaltning", "kendskab"),
        MUNICIPALITIES,
        THINGS,
        DEPARTMENTS,
        STEPS,
    ),
    sheet(("kommune", "forvaltning", "betjener"), MUNICIPALITIES, DEPARTMENTS, st.just("borgere")),
)
ANY_ORDER = (Rule.UNION, Rule.HIGHEST)


def loaded(folder: Path, sheets: list[Rows], name: str) -> dict[str, dict[str, object]]:
    """The graph after these sheets, each a file of its own: what no order may change of it."""
    store = SqliteStore(folder / f"{name}.db")
    files = [csv_file(folder / f"{name}{i}.csv", rows) for i, rows in enumerate(sheets)]
    options = LoadOptions(new_departments=True, skip_refused=True)
    load_sheets(files, store, options)
    structure = store.structure()
    elements = [node for nodes in structure.nodes.values() for node in nodes]
    for relation, pairs in structure.relations.items():
        elements += [f"{source} {relation} {target}" for source, target in pairs]
    details = store.details(elements)
    store.close()
    return {
        element: {
            field.name: details[element].get(field.name)
            for field in _fields(element)
            if field.rule in ANY_ORDER
        }
        for element in elements
    }


def _fields(element: str) -> tuple[Field, ...]:
    if is_relation(element):
        return ONTOLOGY.relations[parse_relation(element)[0]].fields
    return ONTOLOGY.nodes[element.partition(":")[0]].fields


@settings(max_examples=25, deadline=None)
@given(st.lists(SHEETS, min_size=2, max_size=3), st.randoms())
def test_sheets_make_the_same_graph_in_any_order(sheets: list[Rows], random: Random) -> None:
    shuffled = list(sheets)
    random.shuffle(shuffled)
    with tempfile.TemporaryDirectory() as folder:
        one = loaded(Path(folder), sheets, "one")
        other = loaded(Path(folder), shuffled, "other")
    assert one
    assert one == other
