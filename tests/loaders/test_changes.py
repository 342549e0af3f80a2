"""What a load changes of the graph is told with a row, whatever made it change."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.ledger import graph_of
from graph.sqlite_store import SqliteStore
from loaders.loading import LoadOptions, load_sheets
from loaders.report import Report, Verdict
from schema.field import Value
from schema.records import EXISTS, is_relation
from tests.loaders.sheets import (
    STATUS,
    Desk,
    Rows,
    changes,
    codes,
    csv_file,
    the,
    verdicts,
    workbook,
)

DESCRIBED = (*STATUS, "beskrivelse")
FULL = (*DESCRIBED, "problemer", "nødvendige kompetencer", "nyttige kompetencer")
X, Y = ("Eksempel", "Social", "X"), ("Eksempel", "Skole", "X")


def described(*rows: tuple[str | None, ...]) -> dict[str, Rows]:
    return {"Status": [DESCRIBED, *rows]}


def test_a_level_that_is_lowered_is_a_change(desk: Desk) -> None:
    header = (*STATUS, "nødvendige kompetencer", "nyttige kompetencer")
    desk.load({"Status": [header, (*X, "GIS (4); SQL (3)", None)]}, file="a.xlsx")
    report = desk.load({"Status": [header, (*X, "GIS (2)", "SQL (3)")]}, file="a.xlsx")
    assert verdicts(report) == [Verdict.CHANGED]
    assert changes(report.rows[0]) == [
        "X kræver GIS · niveau: 4 avanceret → 2 rutineret",
        "X kræver SQL · nødvendighed: nødvendig → nyttig",
    ]


def test_a_level_that_another_source_holds_up_is_no_change(desk: Desk) -> None:
    header = (*STATUS, "nødvendige kompetencer")
    desk.load({"Status": [header, (*X, "GIS (4)")]}, file="a.xlsx")
    desk.load({"Status": [header, (*Y, "GIS (4)")]}, file="b.xlsx")
    report = desk.load({"Status": [header, (*X, "GIS (2)")]}, file="a.xlsx")
    assert verdicts(report) == [Verdict.UNCHANGED]
    assert desk.fields("solution:x REQUIRES competence:gis")["level"] == 4


def test_a_name_taken_off_a_list_is_a_change(desk: Desk) -> None:
    names = ("art", "navn", "andre navne")
    desk.load({"Navne": [names, ("løsning", "X", "A; B")]}, file="a.xlsx")
    report = desk.load({"Navne": [names, ("løsning", "X", "A")]}, file="a.xlsx")
    assert changes(report.rows[0]) == ["andre navne: A; B → A"]


def test_a_text_that_another_sheet_fills_in_again_is_a_change(desk: Desk) -> None:
    desk.load(described((*X, "en")), file="a.xlsx")
    desk.load(described((*Y, "to")), file="b.xlsx")
    look = desk.load(described((*Y, None)), file="b.xlsx", dry_run=True)
    assert changes(look.rows[0]) == ["X · beskrivelse: to → en"]
    assert desk.fields("solution:x")["description"] == "to"


def test_one_row_less_for_the_same_use_is_a_change(desk: Desk) -> None:
    header = (*STATUS, "problemer")
    desk.load({"Status": [header, (*X, "P1"), (*X, "P2")]}, file="a.xlsx")
    report = desk.load({"Status": [header, (*X, "P1")]}, file="a.xlsx")
    assert verdicts(report) == [Verdict.CHANGED]
    assert set(changes(report.rows[0])) == {"− løser P2", "− står med P2"}
    assert not desk.exists("problem:p2")


def test_a_row_that_has_the_last_word_again_tells_what_it_overrules(desk: Desk) -> None:
    desk.load(described((*X, "en")), file="a.xlsx")
    desk.load(described((*Y, "to")), file="b.xlsx")
    new = ("Eksempel", "Social", "Z", None)
    assert desk.load(described((*X, "en")), file="a.xlsx").nothing_new
    report = desk.load(described((*X, "en"), new), file="a.xlsx")
    assert verdicts(report) == [Verdict.CHANGED, Verdict.NEW]
    assert changes(report.rows[0]) == ["X · beskrivelse: to → en"]


def test_a_new_row_tells_what_it_changes_of_what_was_there(desk: Desk) -> None:
    desk.load(described((*X, "en")), file="a.xlsx")
    report = desk.load(described((*Y, "to")), file="b.xlsx")
    assert verdicts(report) == [Verdict.NEW]
    assert changes(report.rows[0]) == ["X · beskrivelse: en → to"]


def test_a_missing_row_tells_what_changes_when_it_falls(desk: Desk) -> None:
    z = ("Eksempel", "Social", "Z", None)
    desk.load(described((*X, "en")), file="a.xlsx")
    desk.load(described((*Y, "to"), z), file="b.xlsx")
    report = desk.load(described(z), file="b.xlsx", remove_missing=True)
    assert verdicts(report) == [Verdict.UNCHANGED]
    (fall,) = report.falling
    assert [change.text("da") for change in fall.changes] == ["X · beskrivelse: to → en"]


def test_a_dry_run_knows_what_the_files_before_let_fall(desk: Desk) -> None:
    header = (*STATUS, "nødvendige kompetencer")
    desk.load({"Status": [header, (*X, "GIS (4)")]}, file="a.xlsx")
    lower = workbook(desk.folder / "a.xlsx", {"Status": [header, (*X, "GIS (2)")]})
    higher = workbook(desk.folder / "b.xlsx", {"Status": [header, (*Y, "GIS (3)")]})
    _, look = load_sheets([lower, higher], desk.store, dry_run=True)
    assert changes(look.rows[0]) == ["X kræver GIS · niveau: 2 rutineret → 3 selvstændig"]
    _, done = load_sheets([lower, higher], desk.store)
    assert look.rows == done.rows


def test_what_was_said_of_a_refused_row_stays_beside_a_row_that_is_loaded(desk: Desk) -> None:
    header = (*STATUS, "status", "problemer")
    good, other = (*X, "pilot", "P1"), (*X, "pilot", "P2")
    desk.load({"Status": [header, good, other]}, file="a.xlsx")
    broken = {"Status": [header, good, (*X, "piloten er slut", "P2")]}
    assert desk.load(broken, file="a.xlsx", skip_refused=True).nothing_new
    broken["Status"][1] = (*X, "udfaset", "P1")
    report = desk.load(broken, file="a.xlsx", skip_refused=True)
    assert changes(report.rows[0]) == ["status: pilot → udfaset"]
    assert desk.exists("problem:p2")
    assert desk.load(broken, file="a.xlsx", skip_refused=True).nothing_new
    desk.load({"Status": [header, (*X, "udfaset", "P1")]}, file="a.xlsx")
    assert not desk.exists("problem:p2")


def test_what_is_kept_of_a_refused_row_leaves_the_last_word_to_others(desk: Desk) -> None:
    z = ("Eksempel", "Social", "Z", None)
    desk.load(described((*X, "en")), file="a.xlsx")
    desk.load(described((*Y, "to")), file="b.xlsx")
    torn = described((*X, "en"), ("Eksempel", "Kultur", "X", "tre"), z)
    report = desk.load(torn, file="a.xlsx", skip_refused=True, remove_missing=True)
    assert verdicts(report) == [Verdict.REFUSED, Verdict.REFUSED, Verdict.NEW]
    assert [row.changes for row in report.rows] == [(), (), ()]
    assert desk.fields("solution:x")["description"] == "to"


PROBLEMS = ("kommune", "forvaltning", "problem", "beskrivelse")


def unread(*rows: tuple[str | None, ...]) -> dict[str, Rows]:
    """Readable rows, beside a sheet that lacks a column which it needs."""
    return {**described(*rows), "Problemer": [("kommune", "problem"), ("Eksempel", "P")]}


def test_what_is_kept_of_an_unread_sheet_leaves_the_last_word_to_others(desk: Desk) -> None:
    gone, stays = ("Eksempel", "Social", "Z", None), (*X, "en")
    problem = ("Eksempel", "Skole", "P")
    desk.load({**described(stays, gone), "Problemer": [PROBLEMS, (*problem, "en")]}, file="a.xlsx")
    desk.load({"Problemer": [PROBLEMS, ("Eksempel", "Kultur", "P", "to")]}, file="b.xlsx")
    look = desk.load(unread(stays), True, file="a.xlsx", skip_refused=True, remove_missing=True)
    report = desk.load(unread(stays), file="a.xlsx", skip_refused=True, remove_missing=True)
    assert report.rows == look.rows
    assert "antal: 1" in the(report, "kept-unread")
    assert [fall.about.da for fall in report.falling] == ["Social bruger Z"]
    assert not desk.exists("solution:z")
    assert desk.exists("department:eksempel/skole FACES problem:p")
    assert desk.fields("problem:p")["description"] == "to"
    assert list(desk.store.check()) == []


def test_what_fell_beside_a_kept_sheet_can_come_back_and_fall_again(desk: Desk) -> None:
    gone, stays = ("Eksempel", "Social", "Z", None), (*X, "en")
    whole = {**described(stays, gone), "Problemer": [PROBLEMS, ("Eksempel", "Skole", "P", "en")]}

    def newest(sheets: dict[str, Rows]) -> Report:
        return desk.load(sheets, file="a.xlsx", skip_refused=True, remove_missing=True)

    newest(whole)
    fell = newest(unread(stays))
    assert fell.applied is not None
    assert newest(unread(stays)).nothing_new
    assert verdicts(newest(whole))[1] is Verdict.NEW
    assert desk.exists("solution:z")
    assert newest(whole).nothing_new
    newest(unread(stays))
    desk.store.undo(fell.applied.number)
    assert not desk.exists("solution:z")
    last = desk.load(described(stays), file="a.xlsx", remove_missing=True)
    assert [fall.about.da for fall in last.falling] == ["Skole står med P"]
    assert not desk.exists("problem:p")
    assert list(desk.store.check()) == []


def test_a_row_tells_what_is_kept_under_its_key_and_has_the_last_word_again(desk: Desk) -> None:
    columns = ("kommune", "løsning", "beskrivelse", "forvaltning")
    whole = [columns, (X[0], X[2], "en", X[1])]
    desk.load({**described((*X, None)), "Løsninger": whole}, file="a.xlsx")
    desk.load(described((*Y, "to")), file="b.xlsx")
    new = ("Eksempel", "Social", "Z", None)
    torn = {**described((*X, None), new), "Løsninger": [row[:3] for row in whole]}
    report = desk.load(torn, file="a.xlsx", skip_refused=True, remove_missing=True)
    assert changes(report.rows[0]) == ["X · beskrivelse: to → en"]
    assert desk.fields("solution:x")["description"] == "en"


def test_what_falls_in_another_municipality_is_told_with_its_name(desk: Desk) -> None:
    rows: dict[str, Rows] = {"Status": [("forvaltning", "løsning"), ("Social", "X")]}
    desk.load(rows, file="a.xlsx", municipality="Nabo")
    look = desk.load(rows, True, file="a.xlsx", municipality="Eksempel", remove_missing=True)
    assert [fall.about.da for fall in look.falling] == ["Social (Nabo) bruger X"]
    assert {gone.da for gone in look.gone} == {"Nabo", "Social (Nabo)", "Social (Nabo) bruger X"}
    assert "forvaltninger i Nabo" in the(look, "municipality-falls")
    desk.load(rows, file="b.xlsx", municipality="Eksempel")
    other: dict[str, Rows] = {"Status": [("forvaltning", "løsning"), ("Skole", "X")]}
    one = desk.load(other, True, file="b.xlsx", municipality="Eksempel", remove_missing=True)
    assert [fall.about.da for fall in one.falling] == ["Social bruger X"]
    assert "municipality-falls" not in codes(one)


Graph = dict[str, dict[str, Value]]
_MAYBE = st.sampled_from([None, None, "a", "b"])
_ROW = st.tuples(
    st.just("Eksempel"),
    st.sampled_from(["Social", "Skole", "SKOLE"]),
    st.sampled_from(["X", "x", "Y"]),
    _MAYBE,
    st.sampled_from([None, "P", "P; Q"]),
    st.sampled_from([None, "GIS", "GIS (2)", "GIS (4)"]),
    st.sampled_from([None, "GIS (3)"]),
)
_EDITION = st.tuples(
    st.sampled_from(["a.csv", "b.csv"]),
    st.lists(_ROW, min_size=1, max_size=3),
    st.booleans(),
)


@settings(max_examples=25, deadline=None)
@given(editions=st.lists(_EDITION, min_size=2, max_size=4))
def test_what_is_told_is_what_changes(editions: list[tuple[str, Rows, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "graph.db")
        for name, rows, remove_missing in editions:
            path = csv_file(Path(folder) / name, [FULL, *rows])
            options = LoadOptions(remove_missing=remove_missing, skip_refused=True)
            before = _graph(store)
            (look,) = load_sheets([path], store, options, dry_run=True)
            (done,) = load_sheets([path], store, options)
            assert (look.rows, look.falling, look.gone) == (done.rows, done.falling, done.gone)
            _compare(before, _graph(store), done)
        store.close()


def _graph(store: SqliteStore) -> Graph:
    said = graph_of(kept.record for kept in store.standing())
    return {element: fields for element, fields in said.items() if " PART_OF " not in element}


def _compare(before: Graph, after: Graph, report: Report) -> None:
    rows = (change for row in report.rows for change in row.changes)
    falling = (change for row in report.falling for change in row.changes)
    told = {(each.element, each.field): (each.old, each.new) for each in (*rows, *falling)}
    made = _made(before, after)
    if report.applied is None:
        assert before == after
        return
    assert told.items() <= made.items()
    untold = made.keys() - told.keys()
    given = {row.verdict for row in report.rows}
    for element, field in untold:
        assert field == EXISTS, (element, field)
        assert Verdict.NEW in given if element in after else bool(report.gone)


def _made(before: Graph, after: Graph) -> dict[tuple[str, str], tuple[object, object]]:
    """All that differs: fields of what stays, and relationships that come or go."""
    made: dict[tuple[str, str], tuple[object, object]] = {}
    for element in before.keys() | after.keys():
        old, new = before.get(element), after.get(element)
        if old is not None and new is not None:
            for name in old.keys() | new.keys():
                if old.get(name) != new.get(name):
                    made[element, name] = (old.get(name), new.get(name))
        elif is_relation(element):
            made[element, EXISTS] = (None, "") if old is None else ("", None)
    return made
