"""Editions, verdicts, dry runs: what becomes of a load as a whole."""

from pathlib import Path

import pytest

from graph.snapshot import Snapshot, snapshot_of
from graph.sqlite_store import SqliteStore
from loaders.files import SheetFile
from loaders.loading import LoadOptions, load_sheets, prepare
from loaders.report import Verdict
from schema.messages import Refusal
from tests.loaders.sheets import (
    HEALTH,
    SMS,
    STATUS,
    USE,
    Desk,
    Rows,
    changes,
    codes,
    place_of,
    the,
    verdicts,
    workbook,
)

HEADER = (*STATUS, "status", "baggrund", "problemer")
ROW = ("Eksempel", "Sundhed og Omsorg", "SMS-service", "pilot", "Opkald", "Mange opkald")
OTHER = ("Eksempel", "Skole", "Chatbot", None, None, None)


def status(*rows: tuple[str | None, ...]) -> dict[str, Rows]:
    return {"Status": [HEADER, *rows]}


def test_a_file_loaded_again_says_nothing_new_and_records_nothing(desk: Desk) -> None:
    assert verdicts(desk.load(status(ROW, OTHER), file="a.xlsx")) == [Verdict.NEW] * 2
    again = desk.load(status(ROW, OTHER), file="a.xlsx")
    assert verdicts(again) == [Verdict.UNCHANGED] * 2
    assert again.nothing_new
    assert again.load is None
    assert not again.failed
    assert codes(again) == ["nothing-new"]
    assert desk.store.revision() == 1


def test_the_order_of_rows_and_columns_is_nothing_new(desk: Desk) -> None:
    desk.load(status(ROW, OTHER), file="a.xlsx")
    turned = [tuple(reversed(row)) for row in (HEADER, OTHER, ROW)]
    assert desk.load({"Løsninger": turned}, file="a.xlsx").nothing_new


def test_a_newer_edition_says_what_it_changes(desk: Desk) -> None:
    desk.load(status(ROW, OTHER), file="a.xlsx")
    newer = ("Eksempel", "Sundhed og Omsorg", "SMS-service", "i brug", None, "Forgæves besøg")
    report = desk.load(
        status(newer, OTHER, ("Eksempel", "Social", "Chatbot", None, None, None)), file="a.xlsx"
    )
    assert verdicts(report) == [Verdict.CHANGED, Verdict.UNCHANGED, Verdict.NEW]
    assert set(changes(report.rows[0])) == {
        "status: pilot → i brug",
        "baggrund: Opkald → –",
        "+ løser Forgæves besøg",
        "+ står med Forgæves besøg",
        "− løser Mange opkald",
        "− står med Mange opkald",
    }
    assert report.rows[0].about.da == "Sundhed og Omsorg bruger SMS-service"
    assert desk.fields(USE) == {"status": "in_use"}
    assert not desk.exists("problem:mange-opkald")


def test_what_another_source_says_too_is_not_told_as_lost(desk: Desk) -> None:
    desk.load(status(ROW), file="a.xlsx")
    desk.load(
        {
            "Problemer": [
                ("kommune", "forvaltning", "problem"),
                ("Eksempel", "Sundhed og Omsorg", "Mange opkald"),
            ]
        },
        file="b.xlsx",
    )
    report = desk.load(status((*ROW[:5], None)), file="a.xlsx")
    assert changes(report.rows[0]) == ["− løser Mange opkald"]
    assert desk.exists(f"{HEALTH} FACES problem:mange-opkald")


def test_the_same_said_by_another_file_changes_nothing_but_is_kept(desk: Desk) -> None:
    first = desk.load(status(ROW), file="a.xlsx")
    second = desk.load(status(ROW), file="b.xlsx")
    assert verdicts(second) == [Verdict.UNCHANGED]
    assert second.applied is not None
    assert first.applied is not None
    desk.store.undo(first.applied.number)
    assert desk.fields(USE)["background"] == "Opkald"


def test_a_lower_level_changes_nothing_a_higher_one_does(desk: Desk) -> None:
    header = (*STATUS, "nødvendige kompetencer")
    desk.load({"Status": [header, ("Eksempel", "Social", "Chatbot", "Jura (3)")]}, file="a.xlsx")
    low = desk.load(
        {"Status": [header, ("Eksempel", "Skole", "Chatbot", "Jura (2)")]}, file="b.xlsx"
    )
    assert verdicts(low) == [Verdict.NEW]
    higher = desk.load(
        {"Status": [header, ("Eksempel", "Skole", "Chatbot", "Jura (5)")]}, file="b.xlsx"
    )
    assert changes(higher.rows[0]) == ["Chatbot kræver Jura · niveau: 3 selvstændig → 5 ekspert"]


def test_rows_that_are_missing_stand_unless_they_are_to_fall(desk: Desk) -> None:
    desk.load(status(ROW, OTHER), file="a.xlsx")
    kept = desk.load(status(ROW), file="a.xlsx")
    assert kept.nothing_new
    assert desk.exists("solution:chatbot")
    look = desk.load(status(ROW), dry_run=True, file="a.xlsx", remove_missing=True)
    assert [fall.about.da for fall in look.falling] == ["Skole bruger Chatbot"]
    assert [fall.place.row for fall in look.falling] == [3]
    assert {gone.da for gone in look.gone} == {"Skole", "Chatbot", "Skole bruger Chatbot"}
    assert "antal: 1" in the(look, "records-fall")
    assert desk.exists("solution:chatbot")
    desk.load(status(ROW), file="a.xlsx", remove_missing=True)
    assert not desk.exists("solution:chatbot")
    assert desk.exists(USE)
    assert desk.load(status(ROW), file="a.xlsx", remove_missing=True).nothing_new


def test_what_other_sources_say_does_not_go_with_the_missing(desk: Desk) -> None:
    desk.load(status(ROW, OTHER), file="a.xlsx")
    desk.load(status(OTHER), file="b.xlsx")
    report = desk.load(status(ROW), file="a.xlsx", remove_missing=True)
    assert len(report.falling) == 1
    assert report.gone == ()
    assert desk.exists("solution:chatbot")


def test_an_empty_file_never_lets_everything_fall(desk: Desk) -> None:
    desk.load(status(ROW), file="a.xlsx")
    report = desk.load(status(), file="a.xlsx", remove_missing=True)
    assert codes(report) == ["nothing-to-load"]
    assert report.load is None
    assert desk.exists(USE)


BAD = ("Eksempel", "Skole", "Chatbot", "kører", None, None)


def test_a_load_with_a_refused_row_is_not_applied(desk: Desk) -> None:
    report = desk.load(status(ROW, BAD))
    assert verdicts(report) == [Verdict.NEW, Verdict.REFUSED]
    assert report.counts[Verdict.REFUSED] == 1
    assert report.failed
    assert "afviste rækker: 1" in the(report, "load-not-applied")
    assert desk.store.revision() == 0


def test_the_rest_is_applied_where_the_refused_are_to_be_skipped(desk: Desk) -> None:
    report = desk.load(
        {**status(ROW, BAD), "Problemer": [("kommune", "problem"), ("A", "B")]}, skip_refused=True
    )
    assert report.applied is not None
    assert report.has_errors
    assert not report.failed
    assert "rækker: 1, ark: 1" in the(report, "left-out")
    assert desk.exists(USE)
    assert not desk.exists("solution:chatbot")


def test_a_load_of_nothing_but_refused_rows_is_not_applied(desk: Desk) -> None:
    assert desk.load(status(BAD), skip_refused=True).failed


def test_what_the_source_said_of_a_refused_row_or_sheet_does_not_fall(desk: Desk) -> None:
    problems = [("kommune", "forvaltning", "problem"), ("Eksempel", "Skole", "Fravær")]
    desk.load({**status(ROW, OTHER), "Problemer": problems}, file="a.xlsx")
    broken = {**status(ROW, BAD), "Problemer": [("kommune", "problem"), ("Eksempel", "Fravær")]}
    report = desk.load(broken, file="a.xlsx", skip_refused=True, remove_missing=True)
    assert report.falling == ()
    assert desk.exists("department:eksempel/skole USES solution:chatbot")
    assert desk.exists("department:eksempel/skole FACES problem:fravaer")


def test_a_dry_run_shows_everything_and_writes_nothing(desk: Desk) -> None:
    report = desk.load(status(ROW, OTHER), dry_run=True)
    assert verdicts(report) == [Verdict.NEW] * 2
    assert report.load is not None
    assert report.applied is None
    assert desk.store.revision() == 0


def test_each_file_is_a_source_of_its_own_and_loaded_in_order(desk: Desk) -> None:
    one = workbook(desk.folder / "a.xlsx", status(ROW))
    two = workbook(desk.folder / "b.xlsx", status((*ROW[:3], "udfaset", None, None)))
    reports = load_sheets([one, two], desk.store)
    assert [report.source for report in reports] == ["a.xlsx", "b.xlsx"]
    assert [report.applied.revision for report in reports if report.applied] == [1, 2]
    assert changes(reports[1].rows[0]) == ["status: pilot → udfaset"]
    assert desk.fields(USE)["status"] == "retired"


def test_files_of_one_source_are_one_load(desk: Desk) -> None:
    one = workbook(desk.folder / "a.xlsx", status(ROW))
    two = workbook(desk.folder / "b.xlsx", status(OTHER))
    (report,) = load_sheets([one, two], desk.store, LoadOptions(source="Eksempel"))
    assert desk.store.revision() == 1
    assert [row.place.file for row in report.rows] == ["a.xlsx", "b.xlsx"]
    (summary,) = desk.store.loads()
    assert (summary.source, summary.files) == ("Eksempel", ("a.xlsx", "b.xlsx"))
    assert load_sheets([one, two], desk.store, LoadOptions(source="Eksempel"))[0].nothing_new


def test_a_renamed_file_of_a_named_source_is_a_newer_edition(desk: Desk) -> None:
    desk.load(status(ROW), file="2023.xlsx", source="Eksempel")
    report = desk.load(
        status((*ROW[:3], "i brug", None, None)), file="2024.xlsx", source="Eksempel"
    )
    assert verdicts(report) == [Verdict.CHANGED]
    assert desk.fields(USE) == {"status": "in_use"}


def test_a_dry_run_of_several_files_sees_what_those_before_would_do(desk: Desk) -> None:
    organisation = workbook(
        desk.folder / "a.xlsx",
        {
            "Forvaltninger": [("kommune", "forvaltning"), ("Eksempel", "Sundhed og Omsorg")],
            "Navne": [("art", "navn", "andre navne"), ("løsning", "SMS-service", "SMS-besked")],
        },
    )
    two = workbook(desk.folder / "b.xlsx", status((*ROW[:2], "SMS-besked", *ROW[3:]), OTHER))
    three = workbook(desk.folder / "c.xlsx", status((*ROW[:3], "udfaset", *ROW[4:])))
    options = LoadOptions(skip_refused=True)
    looked = load_sheets([organisation, two, three], desk.store, options, dry_run=True)
    assert desk.store.revision() == 0
    loaded = load_sheets([organisation, two, three], desk.store, options)
    for look, load in zip(looked, loaded, strict=True):
        assert look.rows == load.rows
        assert look.messages == load.messages
    assert "department-unknown" in codes(looked[1])
    assert changes(looked[2].rows[0]) == ["status: pilot → udfaset"]


@pytest.mark.parametrize("dry_run", [True, False])
def test_two_files_of_one_name_are_refused_and_nothing_is_loaded(desk: Desk, dry_run: bool) -> None:
    for folder in ("nord", "syd"):
        (desk.folder / folder).mkdir()
        workbook(desk.folder / folder / "status.xlsx", status(ROW))
    paths = [desk.folder / folder / "status.xlsx" for folder in ("nord", "syd")]
    with pytest.raises(Refusal, match="hedder det samme") as refused:
        load_sheets(paths, desk.store, LoadOptions(remove_missing=True), dry_run)
    assert "(mapperne „nord“, „syd“)" in refused.value.text("da")
    assert str(desk.folder) not in refused.value.text("da")
    assert desk.store.revision() == 0
    (report,) = load_sheets(paths, desk.store, LoadOptions(source="Begge"))
    assert report.applied is not None
    assert load_sheets([paths[0], paths[0]], desk.store)[1].nothing_new


def test_uploads_of_one_name_are_refused_without_a_word_of_where_they_lie(desk: Desk) -> None:
    paths = [workbook(desk.folder / f"{i}.xlsx", status(ROW)) for i in range(2)]
    files = [SheetFile(path, "status.xlsx") for path in paths]
    with pytest.raises(Refusal, match="Flere filer hedder det samme og") as refused:
        load_sheets(files, desk.store)
    assert desk.folder.name not in refused.value.text("da")


def test_a_file_goes_by_the_name_that_people_know_it_by(desk: Desk) -> None:
    path = workbook(desk.folder / "tmp123.xlsx", status(BAD))
    (report,) = load_sheets([SheetFile(path, "Status 2024.xlsx")], desk.store)
    assert report.source == "Status 2024.xlsx"
    assert report.rows[0].place.file == "Status 2024.xlsx"


def test_a_file_that_is_no_spreadsheet_is_refused_and_the_others_are_loaded(desk: Desk) -> None:
    bad = desk.folder / "brev.pdf"
    bad.write_bytes(b"%PDF-1.7 \x00\x01")
    good = workbook(desk.folder / "a.xlsx", status(ROW))
    reports = load_sheets([bad, good], desk.store)
    assert codes(reports[0]) == ["not-a-spreadsheet", "nothing-could-be-read"]
    assert [report.failed for report in reports] == [True, False]


def test_names_are_resolved_again_where_the_graph_has_moved(desk: Desk) -> None:
    desk.load(status(OTHER), file="a.xlsx")
    stale = desk.snapshot()
    desk.load({"Navne": [("art", "navn", "andre navne"), ("løsning", "SMS-service", "SMS")]})
    given: list[Snapshot] = []

    def newest() -> Snapshot:
        given.append(stale if not given else snapshot_of(desk.store.structure()))
        return given[-1]

    path = workbook(desk.folder / "b.xlsx", status((*ROW[:2], "SMS", *ROW[3:])))
    (report,) = load_sheets([path], desk.store, snapshot=newest)
    assert len(given) == 2
    assert report.applied is not None
    assert desk.exists(USE)


def test_a_graph_that_never_rests_is_told_of(desk: Desk) -> None:
    stale = desk.snapshot()
    desk.load(status(OTHER))
    path = workbook(desk.folder / "b.xlsx", status(ROW))
    with pytest.raises(Refusal, match="Prøv igen"):
        load_sheets([path], desk.store, snapshot=lambda: stale)
    assert not desk.exists(SMS)


def test_what_was_prepared_can_be_applied_later(desk: Desk) -> None:
    path = workbook(desk.folder / "a.xlsx", status(ROW))
    report = prepare([path], desk.store, desk.snapshot(), LoadOptions(actor="rådet"))
    assert report.load is not None
    desk.store.apply(report.load)
    assert desk.store.loads()[0].actor == "rådet"


def test_the_report_tells_how_each_sheet_was_read(desk: Desk) -> None:
    report = desk.load({"Løsninger": [HEADER, ROW]}, file="a.xlsx")
    (sheet,) = report.sheets
    assert (sheet.file, sheet.name, sheet.sheet, sheet.rows) == ("a.xlsx", "Løsninger", "status", 1)
    assert sheet.columns["C"] == "solution"


def test_the_store_is_asked_no_more_often_for_more_rows(desk: Desk) -> None:
    def calls(rows: int, name: str) -> int:
        store = Counting(desk.folder / f"{name}.db")
        sheets = status(
            *(("Eksempel", f"Afdeling {i}", f"System {i}", None, None, None) for i in range(rows))
        )
        path = workbook(desk.folder / f"{name}.xlsx", sheets)
        load_sheets([path], store)
        sheets["Status"] = [
            HEADER,
            *((*row[:3], "pilot", "x", None) for row in sheets["Status"][1:]),
        ]
        workbook(path, sheets)
        load_sheets([path], store, LoadOptions(remove_missing=True))
        store.close()
        return store.asked

    assert calls(2, "few") == calls(60, "many")


class Counting(SqliteStore):
    """A store that counts how often it is asked."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked = 0

    def details(self, elements):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().details(elements)

    def sources(self, elements, first=None):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().sources(elements, first)

    def voices(self, elements, without=()):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().voices(elements, without)

    def standing(self, source=None, key_prefix=None):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().standing(source, key_prefix)


def test_a_change_reads_as_a_line_in_both_languages(desk: Desk) -> None:
    desk.load(status(ROW), file="a.xlsx")
    report = desk.load(status((*ROW[:3], None, *ROW[4:])), file="a.xlsx")
    (change,) = report.rows[0].changes
    assert change.text("da") == "status: pilot → i brug"
    assert change.text("en") == "status: pilot → in use"


def test_a_sheet_with_only_headings_says_that_there_is_nothing(desk: Desk) -> None:
    report = desk.load({"Status": [HEADER]}, file="a.xlsx")
    assert place_of(report, "nothing-to-load") == (None, None, None)
    assert not report.failed


def test_the_whole_ledger_is_never_read_through(desk: Desk) -> None:
    class Sparing(SqliteStore):
        def standing(self, source=None, key_prefix=None):  # type: ignore[no-untyped-def]
            assert source is not None or key_prefix is not None
            return super().standing(source, key_prefix)

    store = Sparing(desk.folder / "sparing.db")
    parts = [("kommune", "forvaltning", "hører under"), ("Eksempel", "Ældre", "Omsorg")]
    for name, sheets in (("a", {"Forvaltninger": parts}), ("b", status(ROW))):
        path = workbook(desk.folder / f"{name}.xlsx", sheets)
        (report,) = load_sheets([path], store)
    store.close()
    assert codes(report) == ["load-not-applied", "department-unknown"]
