"""Which rows and sheets a mapping makes of the tables of a file."""

import datetime

import pytest

from loaders.reading.table import Cell
from loaders.report import Verdict
from loaders.template_rows import ExampleCell, example, labels
from schema.sheets import SHEETS, Sheet
from tests.loaders.mapped import HEAD, STATUS, load, mapping, use
from tests.loaders.sheets import Desk, Rows, codes, place_of, the, verdicts, workbook


def leaving_out(condition: str) -> str:
    """A mapping that leaves out ideas, by this condition on the column Fase."""
    reason = 'reason = { da = "Kun en idé.", en = "An idea only." }'
    rule = f'[[table.leave_out]]\ncolumn = "Fase"\n{condition}\n{reason}\n'
    return STATUS.replace("[[table.target]]", f"{rule}[[table.target]]")


PHASES = [
    (*HEAD, "Fase"),
    ("Nordby", "A", "Idé"),
    ("Nordby", "B", "Drift"),
    ("Nordby", "C", None),
]


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ('is = ["idé", "skitse"]', "bc"),
        ('is_not = "drift"', "b"),
        ("blank = true", "ab"),
        ("blank = false", "c"),
        ("matches = '^D'", "ac"),
    ],
)
def test_rows_are_left_out_and_the_others_are_loaded(desk: Desk, condition: str, left: str) -> None:
    load(desk, leaving_out(condition), PHASES)
    assert list(desk.snapshot().nodes("solution")) == [f"solution:{each}" for each in left]


def test_a_row_that_is_left_out_is_skipped_with_its_reason_and_name(desk: Desk) -> None:
    report = load(desk, leaving_out('is = "idé"'), PHASES)
    assert verdicts(report) == [Verdict.SKIPPED, Verdict.NEW, Verdict.NEW]
    assert "Kun en idé." in the(report, "mapping-row-left-out")
    assert place_of(report, "mapping-row-left-out") == ("udtraek", 2, None)
    assert report.rows[0].about.da == "Nordby, Hele organisationen, A"
    assert report.counts[Verdict.SKIPPED] == 1


def test_a_row_that_is_left_out_may_hold_what_could_not_be_loaded(desk: Desk) -> None:
    text = leaving_out('is = "idé"') + 'since = "Start"\n'
    report = load(desk, text, [(*HEAD, "Fase", "Start"), ("Nordby", None, "Idé", "engang")])
    assert verdicts(report) == [Verdict.SKIPPED]


REPEATED = [
    (*HEAD, "Rettet", "Mål"),
    ("Nordby", "SMS", "1. marts 2024", "nyest"),
    ("NORDBY", "sms", "31-12-2023", "ældst"),
    ("Nordby", "Andet", "", "alene"),
]


@pytest.mark.parametrize(
    ("keep", "kept", "gone"),
    [
        ('keep = "last"\nby = "Rettet"', "nyest", 3),
        ('by = "Rettet"', "nyest", 3),
        ('keep = "first"\nby = "Rettet"', "ældst", 2),
        ('keep = "last"', "ældst", 2),
        ('keep = "first"', "nyest", 3),
    ],
)
def test_of_rows_about_the_same_the_mapping_says_which_is_kept(
    desk: Desk, keep: str, kept: str, gone: int
) -> None:
    text = STATUS.replace('sheet = "status"', f'sheet = "status"\n{keep}') + 'background = "Mål"\n'
    report = load(desk, text, REPEATED)
    assert desk.fields(use("nordby", "sms"))["background"] == kept
    assert report.counts[Verdict.SKIPPED] == 1
    assert place_of(report, "mapping-row-superseded") == ("udtraek", gone, None)
    assert f"række {5 - gone}" in the(report, "mapping-row-superseded")


def test_without_such_a_rule_rows_that_contradict_are_refused(desk: Desk) -> None:
    report = load(desk, STATUS + 'background = "Mål"\n', REPEATED)
    assert codes(report).count("rows-contradict") == 2


def test_numbers_are_compared_as_numbers_and_texts_as_texts(desk: Desk) -> None:
    text = STATUS.replace('sheet = "status"', 'sheet = "status"\nby = "Udgave"')
    text += 'background = "Mål"\n'
    head = (*HEAD, "Udgave", "Mål")
    load(desk, text, [head, ("N", "A", "10000", "ny"), ("N", "A", "9000", "gammel")])
    assert desk.fields(use("n", "a"))["background"] == "ny"
    load(
        desk, text, [head, ("N", "B", "v2", "ny"), ("N", "B", "v1", "gammel"), ("N", "B", "", "x")]
    )
    assert desk.fields(use("n", "b"))["background"] == "ny"


TWO = (
    STATUS
    + """
[[table.target]]
sheet = "technologies"
distinct = true
[[table.target.leave_out]]
column = "Teknologi"
blank = true
reason = "Ingen teknologi"
[table.target.columns]
technology = "Teknologi"
kind = { column = "Art", words = { Besked = "communicates" } }
"""
)


def test_one_table_becomes_several_sheets_and_the_same_is_read_once(desk: Desk) -> None:
    rows = [
        (*HEAD, "Teknologi", "Art"),
        ("Nordby", "A", "SMS", "Besked"),
        ("Sydby", "A", "SMS", "besked"),
        ("Sydby", "B", "", ""),
    ]
    report = load(desk, TWO, rows)
    assert [(sheet.sheet, sheet.rows) for sheet in report.sheets] == [
        ("status", 3),
        ("technologies", 2),
    ]
    assert desk.fields("technology:sms")["kind"] == "communicates"
    assert report.counts[Verdict.NEW] == 4
    assert report.counts[Verdict.SKIPPED] == 1
    assert report.sheets[0].columns == {"A": "municipality", "B": "solution"}
    assert report.sheets[1].columns == {"C": "technology", "D": "kind"}


def test_a_row_left_out_of_a_table_is_told_of_once(desk: Desk) -> None:
    text = TWO.replace(
        "[[table]]", '[[table]]\n[[table.leave_out]]\ncolumn = "Titel"\nis = "A"\nreason = "Nej"'
    )
    report = load(
        desk, text, [(*HEAD, "Teknologi", "Art"), ("N", "A", "SMS", ""), ("N", "B", "IoT", "")]
    )
    assert verdicts(report) == [Verdict.SKIPPED, Verdict.NEW, Verdict.NEW]
    assert not desk.exists("technology:sms")


def test_the_headings_are_found_below_a_title_and_can_be_named(desk: Desk) -> None:
    rows = [("Udtræk 2024", None), (None, None), HEAD, ("Nordby", "A")]
    assert load(desk, STATUS, rows).rows[0].place.row == 4
    text = STATUS.replace("[[table.target]]", "header = 3\n[[table.target]]")
    assert load(desk, text, [("Titel", "x"), *rows[1:]]).rows[0].place.row == 4


def test_each_sheet_of_a_workbook_has_its_own_rule(desk: Desk) -> None:
    text = STATUS.replace("[[table]]", '[[table]]\nsheet = "Systemer 20*"')
    text += STATUS.replace("[[table]]", '[[table]]\nsheet = "Forslag"').replace("status", "cards")
    sheets: dict[str, Rows] = {
        " systemer 2024": [HEAD, ("Nordby", "A")],
        "Forslag": [HEAD, ("Nordby", "B")],
        "Noter": [("Husk", "at ringe")],
    }
    path = workbook(desk.folder / "u.xlsx", sheets)
    report = desk.hand_in(path, recogniser=mapping(desk.folder, text).recogniser())
    assert [sheet.sheet for sheet in report.sheets] == ["status", "cards"]
    assert desk.exists("department:nordby/hele-organisationen PROPOSES solution:b")
    assert place_of(report, "mapping-sheet-unused")[0] == "Noter"


def test_a_rule_without_a_sheet_reads_every_sheet_that_has_its_columns(desk: Desk) -> None:
    years: dict[str, Rows] = {"2023": [HEAD, ("N", "A")], "2024": [HEAD, ("N", "B")]}
    sheets = years | {"Noter": [("x",)]}
    path = workbook(desk.folder / "u.xlsx", sheets)
    report = desk.hand_in(path, recogniser=mapping(desk.folder, STATUS).recogniser())
    assert [sheet.name for sheet in report.sheets] == ["2023", "2024"]


def test_an_error_in_a_cell_that_the_mapping_reads_refuses_the_row(desk: Desk) -> None:
    text = STATUS + 'other_purposes = { flags = { Bedre = "service", Billig = "resources" } }\n'
    rows: Rows = [
        (*HEAD, "Bedre", "Billig", "Note"),
        ("N", "A", "x", "=1/0", 1),
        ("N", "B", "x", "x", "=1/0"),
    ]
    path = workbook(desk.folder / "u.xlsx", {"Ark1": rows})
    report = desk.hand_in(path, recogniser=mapping(desk.folder, text).recogniser())
    assert verdicts(report) == [Verdict.REFUSED, Verdict.NEW]
    assert place_of(report, "formula-without-value") == ("Ark1", 2, "D")


def test_an_error_in_a_cell_that_decides_is_no_reason_to_leave_the_row_out(desk: Desk) -> None:
    text = leaving_out("blank = true")
    path = workbook(desk.folder / "u.xlsx", {"Ark1": [(*HEAD, "Fase"), ("N", "A", "=1/0")]})
    report = desk.hand_in(path, recogniser=mapping(desk.folder, text).recogniser())
    assert verdicts(report) == [Verdict.REFUSED]


def test_a_newer_edition_that_leaves_a_row_out_lets_it_fall_where_missing_rows_fall(
    desk: Desk,
) -> None:
    load(desk, STATUS, PHASES)
    report = load(desk, leaving_out('is = "idé"'), PHASES, remove_missing=True)
    assert len(report.falling) == 1
    assert not desk.exists("solution:a")


def test_the_municipality_of_the_whole_file_may_be_told_with_the_load(desk: Desk) -> None:
    text = STATUS.replace('municipality = "Organisation"\n', "")
    assert "municipality-missing" in codes(load(desk, text, [("Titel",), ("A",)]))
    load(desk, text, [("Titel", "x"), ("A", "")], municipality="Eksempel")
    assert desk.exists(use("eksempel", "a"))


def test_dates_of_a_workbook_settle_which_row_is_kept(desk: Desk) -> None:
    text = STATUS.replace('sheet = "status"', 'sheet = "status"\nby = "Rettet"')
    days = [datetime.datetime(2024, 5, 1), datetime.datetime(2023, 5, 1)]
    rows: Rows = [(*HEAD, "Rettet"), ("N", "A", days[0]), ("N", "A", days[1])]
    path = workbook(desk.folder / "u.xlsx", {"Ark1": rows})
    report = desk.hand_in(path, recogniser=mapping(desk.folder, text).recogniser())
    assert place_of(report, "mapping-row-superseded") == ("Ark1", 3, None)


def test_brackets_in_the_name_of_a_sheet_are_what_they_are(desk: Desk) -> None:
    named = STATUS.replace("[[table]]", '[[table]]\nsheet = "Ark (1) + 2"')
    path = workbook(desk.folder / "u.xlsx", {"Ark (1) + 2": [HEAD, ("N", "A")]})
    report = desk.hand_in(path, recogniser=mapping(desk.folder, named).recogniser())
    assert verdicts(report) == [Verdict.NEW]


def test_a_row_of_names_that_is_left_out_names_nothing(desk: Desk) -> None:
    text = """
    [[table]]
    [[table.leave_out]]
    column = "Nej"
    blank = false
    reason = "Nej"
    [[table.target]]
    sheet = "names"
    columns = { kind = { constant = "solution" }, name = "Navn", other_names = "Også" }
    """
    load(desk, STATUS, [HEAD, ("N", "Sms")])
    load(desk, text, [("Navn", "Også", "Nej"), ("SMS-service", "Sms", "x"), ("Kort", "GIS", "")])
    load(desk, STATUS, [HEAD, ("M", "Sms"), ("M", "GIS")])
    assert set(desk.snapshot().nodes("solution")) == {"solution:sms", "solution:kort"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_our_own_columns_by_other_names_say_what_the_sheet_itself_says(
    desk: Desk, sheet: Sheet
) -> None:
    """Every column of every sheet, through a mapping and without one: the same statements from
    the same cells."""
    cells = example(sheet, "da")
    own = workbook(desk.folder / "ark.xlsx", {sheet.label.da: [labels(sheet, "da"), _other(cells)]})
    strange = [f"K{number}" for number in range(len(cells))]
    renamed = workbook(desk.folder / "fremmed.xlsx", {"Ark1": [strange, _other(cells)]})
    pairs = zip(sheet.columns, strange, strict=True)
    lines = "\n".join(f'{column.key} = "{name}"' for column, name in pairs)
    text = f'[[table]]\n[[table.target]]\nsheet = "{sheet.key}"\n[table.target.columns]\n{lines}\n'
    desk.hand_in(own)
    desk.hand_in(renamed, recogniser=mapping(desk.folder, text).recogniser())
    said = {
        source: [kept.record.statements for kept in desk.store.standing(source)]
        for source in ("ark.xlsx", "fremmed.xlsx")
    }
    assert said["ark.xlsx"]
    assert said["fremmed.xlsx"] == said["ark.xlsx"]


def _other(cells: tuple[ExampleCell, ...]) -> list[Cell]:
    """An example row that somebody has changed, so that it is read."""
    changed: list[Cell] = list(cells)
    place = next(i for i, cell in enumerate(cells) if isinstance(cell, str) and "ksempel" in cell)
    changed[place] = "Sydby"
    return changed


def test_a_row_that_is_left_out_is_told_of_also_where_the_same_is_read_once(desk: Desk) -> None:
    text = TWO.replace('column = "Teknologi"\nblank = true', 'column = "Titel"\nis = "B"')
    rows = [(*HEAD, "Teknologi", "Art"), ("N", "A", "SMS", ""), ("N", "B", "SMS", "")]
    report = load(desk, text, rows)
    found = [row.verdict for row in report.rows if row.sheet == "technologies"]
    assert found == [Verdict.NEW, Verdict.SKIPPED]
