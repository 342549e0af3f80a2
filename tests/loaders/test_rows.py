"""What a row says, as it stands in the graph after a real load."""

import pytest

from schema.records import Record
from tests.loaders.sheets import HEALTH, SMS, STATUS, USE, Desk, Rows, codes, place_of, the

ROW = ("Eksempel", "Sundhed og Omsorg", "SMS-service")


def columns_of(record: Record, element: str) -> dict[str, str | None]:
    return {s.field: s.column for s in record.statements if s.element == element}


def test_a_status_row_says_all_that_its_columns_are_declared_to(desk: Desk) -> None:
    header = (
        *STATUS,
        "siden",
        "andre formål",
        "effekt",
        "anvendelse",
        "problemer",
        "teknologi",
        "nødvendige kompetencer",
        "nyttige kompetencer",
    )
    row = (
        *ROW,
        "marts 2020",
        "ressourcer; data",
        "Færre opkald",
        "besked",
        "Mange opkald; Forgæves besøg",
        "SMS",
        "Drift (3)",
        "Drift (4); Formidling",
    )
    report = desk.load({"Status": [header, row]})
    assert codes(report) == []
    assert desk.fields(HEALTH) == {"name": "Sundhed og Omsorg"}
    assert desk.fields(SMS) == {"name": "SMS-service", "function": "besked"}
    assert desk.fields(USE) == {
        "status": "in_use",
        "since": "2020-03",
        "other_purposes": ("resources", "data"),
        "effect_realised": "Færre opkald",
    }
    for problem in ("problem:mange-opkald", "problem:forgaeves-besoeg"):
        assert desk.exists(f"{SMS} SOLVES {problem}")
        assert desk.exists(f"{HEALTH} FACES {problem}")
    assert desk.exists(f"{SMS} BUILT_ON technology:sms")
    assert desk.fields(f"{SMS} REQUIRES competence:drift") == {"necessity": "essential", "level": 4}
    assert desk.fields(f"{SMS} REQUIRES competence:formidling") == {"necessity": "useful"}
    assert desk.exists(f"{HEALTH} PART_OF municipality:eksempel")
    assert desk.store.check() == []


def test_every_statement_knows_its_file_sheet_row_and_column(desk: Desk) -> None:
    header = (*STATUS, "status", "problemer")
    report = desk.load({"Status": [header, (*ROW, "pilot", "Mange opkald")]}, file="a.xlsx")
    assert report.load is not None
    (record,) = report.load.records
    assert record.key == f"status {USE}"
    assert (record.place.file, record.place.sheet, record.place.row) == ("a.xlsx", "Status", 2)
    assert columns_of(record, USE) == {"": "C", "status": "D"}
    assert columns_of(record, "problem:mange-opkald") == {"name": "E"}
    assert columns_of(record, HEALTH) == {"name": "B"}


def test_a_status_that_is_not_written_is_in_use_and_comes_from_no_column(desk: Desk) -> None:
    report = desk.load({"Status": [(*STATUS, "status"), (*ROW, None)]})
    assert report.load is not None
    assert desk.fields(USE)["status"] == "in_use"
    assert columns_of(report.load.records[0], USE)["status"] is None


def test_a_silent_row_does_not_undo_a_status_written_in_another(desk: Desk) -> None:
    header = (*STATUS, "status", "siden")
    desk.load({"Status": [header, (*ROW, "udfaset", None), (*ROW, None, 2019)]})
    assert desk.fields(USE) == {"status": "retired", "since": "2019"}
    desk.load({"Status": [(*STATUS, "baggrund"), (*ROW, "Mange opkald")]}, file="andet.xlsx")
    assert desk.fields(USE)["status"] == "retired"


@pytest.mark.parametrize("number", [0, 6, 9, 99])
def test_a_number_in_brackets_that_is_no_level_stays_in_the_name_and_is_told(
    desk: Desk, number: int
) -> None:
    header = (*STATUS, "nødvendige kompetencer")
    report = desk.load({"Status": [header, (*ROW, f"Jura (2); GIS ({number})")]})
    assert codes(report) == ["level-like-name"]
    assert f"„GIS ({number})“" in the(report, "level-like-name")
    assert place_of(report, "level-like-name") == ("Status", 2, "D")
    assert desk.exists(f"competence:gis-{number}")


def test_a_year_or_a_word_in_brackets_is_no_level(desk: Desk) -> None:
    header = (*STATUS, "nødvendige kompetencer", "problemer")
    report = desk.load({"Status": [header, (*ROW, "GIS (2024); GIS (kort)", "Kø (9)")]})
    assert codes(report) == []


def test_the_municipality_of_the_load_stands_in_where_a_row_names_none(desk: Desk) -> None:
    rows = [STATUS, (None, "Social", "Chatbot"), ("Nabo", "Social", "Chatbot")]
    report = desk.load(
        {
            "Status": rows,
            "Kompetencer": [("forvaltning", "kompetence", "niveau"), ("Social", "Jura", 2)],
        },
        municipality="Eksempel",
    )
    assert codes(report) == []
    assert desk.exists("department:eksempel/social USES solution:chatbot")
    assert desk.exists("department:nabo/social USES solution:chatbot")
    assert desk.fields("department:eksempel/social HAS competence:jura") == {"level": 2}


def test_a_sheet_without_a_municipality_anywhere_is_refused_once(desk: Desk) -> None:
    rows = [("forvaltning", "løsning"), ("Social", "Chatbot"), ("Skole", "Chatbot")]
    report = desk.load({"Status": rows})
    assert codes(report) == ["municipality-missing", "nothing-could-be-read"]
    assert "--municipality" in the(report, "municipality-missing")
    assert desk.store.revision() == 0


def test_a_row_without_a_municipality_is_refused_at_its_place(desk: Desk) -> None:
    report = desk.load({"Status": [STATUS, ROW, (None, "Social", "Chatbot")]})
    assert place_of(report, "municipality-missing") == ("Status", 3, "A")


def test_an_organisation_says_what_is_part_of_what(desk: Desk) -> None:
    header = ("kommune", "forvaltning", "hører under", "betjener", "digital modenhed")
    rows: Rows = [
        header,
        ("Eksempel", "Sundhed", None, "borgere; pårørende", "etableret"),
        ("Eksempel", "Hjemmeplejen", "Sundhed", None, 2),
        ("Eksempel", "Direktionen", "Eksempel", None, None),
    ]
    assert codes(desk.load({"Forvaltninger": rows})) == []
    assert desk.fields("department:eksempel/sundhed")["serves"] == ("citizens", "relatives")
    assert desk.exists("department:eksempel/hjemmeplejen PART_OF department:eksempel/sundhed")
    assert desk.exists("department:eksempel/direktionen PART_OF municipality:eksempel")


def test_departments_of_one_name_are_told_apart_by_their_paths(desk: Desk) -> None:
    rows = [
        STATUS,
        ("Eksempel", "Sundhed > Administration", "Chatbot"),
        ("Eksempel", "Teknik >Administration", "Chatbot"),
    ]
    desk.load({"Status": rows})
    for above in ("sundhed", "teknik"):
        below = f"department:eksempel/{above}/administration"
        assert desk.exists(f"{below} USES solution:chatbot")
        assert desk.exists(f"{below} PART_OF department:eksempel/{above}")
        assert desk.exists(f"department:eksempel/{above} PART_OF municipality:eksempel")
    assert (
        desk.fields("department:eksempel/teknik/administration")["name"]
        == "Teknik > Administration"
    )


def test_a_path_and_a_parent_that_differ_are_refused(desk: Desk) -> None:
    header = ("kommune", "forvaltning", "hører under")
    rows = [
        header,
        ("Eksempel", "Sundhed > Administration", "Sundhed"),
        ("Eksempel", "Teknik > Administration", "Sundhed"),
    ]
    report = desk.load({"Forvaltninger": rows})
    assert place_of(report, "parent-differs-from-path") == ("Forvaltninger", 3, "C")


def test_a_technology_may_stand_alone_or_with_a_departments_familiarity(desk: Desk) -> None:
    header = (
        "kommune",
        "teknologi",
        "forvaltning",
        "kendskab",
        "teknologitype",
        "nødvendige kompetencer",
    )
    rows: Rows = [
        header,
        (None, "IoT", None, None, "indsamler data", "Netværk (4)"),
        ("Eksempel", "RDA", "Borgerservice", "i brug", None, None),
    ]
    report = desk.load({"Teknologier": rows})
    assert codes(report) == []
    assert desk.fields("technology:iot") == {"name": "IoT", "kind": "collects"}
    assert desk.fields("technology:iot REQUIRES competence:netvaerk")["level"] == 4
    known = "department:eksempel/borgerservice FAMILIAR_WITH technology:rda"
    assert desk.fields(known) == {"level": 3}
    assert report.load is not None
    assert [r.key for r in report.load.records] == [
        "technologies technology:iot",
        f"technologies {known}",
    ]


def test_familiarity_without_a_department_and_the_reverse_are_refused(desk: Desk) -> None:
    header = ("kommune", "teknologi", "forvaltning", "kendskab")
    rows: Rows = [header, ("Eksempel", "IoT", None, 3), ("Eksempel", "RDA", "Borgerservice", None)]
    report = desk.load({"Teknologier": rows})
    assert place_of(report, "end-missing") == ("Teknologier", 2, "D")
    assert "„forvaltning“ er tom" in the(report, "end-missing")
    assert place_of(report, "cell-empty") == ("Teknologier", 3, "D")


def test_a_card_is_a_proposal(desk: Desk) -> None:
    header = ("kommune", "forvaltning", "løsning", "formål", "pejlemærker", "dato", "problemer")
    rows = [
        header,
        ("Eksempel", "Teknik", "Droner", "ressourcer", "forankring", "3/2/2025", "Opmåling"),
    ]
    desk.load({"Teknologikort": rows})
    assert desk.fields("department:eksempel/teknik PROPOSES solution:droner") == {
        "purposes": ("resources",),
        "guideposts": ("anchoring",),
        "date": "2025-02-03",
        "decision": "proposed",
    }
    assert desk.exists("solution:droner SOLVES problem:opmaaling")


def test_names_are_of_any_kind(desk: Desk) -> None:
    header = ("kommune", "art", "navn", "andre navne", "engelsk navn", "beskrivelse")
    rows = [
        header,
        (None, "løsning", "SMS-service", "SMS-besked; Sms-påmindelse", "SMS service", None),
        ("Eksempel", "Department", "Sundhed", "Sundhedsområdet", None, "Alt om sundhed"),
        (None, "kommuner", "Eksempel", "Eksempel Kommune", None, None),
    ]
    assert codes(desk.load({"Navne": rows})) == []
    assert desk.fields(SMS)["other_names"] == ("SMS-besked", "Sms-påmindelse")
    assert desk.fields("department:eksempel/sundhed")["description"] == "Alt om sundhed"
    assert desk.fields("municipality:eksempel")["other_names"] == ("Eksempel Kommune",)


def test_municipalities_have_facts(desk: Desk) -> None:
    header = ("kommune", "kommunekode", "indbyggertal", "breddegrad", "længdegrad")
    desk.load({"Kommuner": [header, ("Eksempel", "0999", "48.200", "55,4", 10.5)]})
    assert desk.fields("municipality:eksempel") == {
        "name": "Eksempel",
        "code": "0999",
        "population": 48200,
        "latitude": 55.4,
        "longitude": 10.5,
    }


@pytest.mark.parametrize(
    ("sheet", "header", "row", "code", "column"),
    [
        ("Status", STATUS, ("Eksempel", "Social", None), "cell-empty", "C"),
        ("Status", STATUS, ("Eksempel", "Social", "…"), "name-without-letters", "C"),
        ("Status", STATUS, ("Eksempel", "> !", "Chatbot"), "name-without-letters", "B"),
        ("Status", STATUS, ("Eksempel", "A > !", "Chatbot"), "name-without-letters", "B"),
        ("Status", STATUS, ("Eksempel", "Social", "x" * 301), "name-too-long", "C"),
        ("Status", (*STATUS, "status"), (*ROW, "kører"), "word-unknown", "D"),
        ("Status", (*STATUS, "siden"), (*ROW, "31-02-2024"), "date-impossible", "D"),
        ("Status", (*STATUS, "siden"), (*ROW, "snart"), "date-unreadable", "D"),
        (
            "Kompetencer",
            ("kommune", "forvaltning", "kompetence", "niveau"),
            ("Eksempel", "Social", "Jura", 6),
            "number-out-of-range",
            "D",
        ),
        (
            "Kompetencer",
            ("kommune", "forvaltning", "kompetence", "niveau"),
            ("Eksempel", "Social", "Jura", None),
            "cell-empty",
            "D",
        ),
        ("Navne", ("art", "navn"), ("system", "Chatbot"), "word-unknown", "A"),
        ("Status", (*STATUS, "baggrund"), (*ROW, "Ring til 010180-1234"), "cpr-number", "D"),
        ("Status", STATUS, ("Eksempel", "Social", "Sag 0101801234"), "cpr-number", "C"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_at_its_place_and_nothing_is_changed(
    desk: Desk,
    sheet: str,
    header: tuple[str, ...],
    row: tuple[str | int | None, ...],
    code: str,
    column: str,
) -> None:
    report = desk.load({sheet: [header, row]})
    assert codes(report) == ["load-not-applied", code]
    assert place_of(report, code) == (sheet, 2, column)
    assert [r.verdict.value for r in report.rows] == ["refused"]
    assert desk.store.revision() == 0


def test_all_that_is_wrong_is_told_in_one_pass(desk: Desk) -> None:
    header = (*STATUS, "status", "siden")
    rows: Rows = [
        header,
        ("Eksempel", None, "Chatbot", "kører", "snart"),
        ("Eksempel", "Social", None, None, 3024),
    ]
    report = desk.load({"Status": rows, "Problemer": [("kommune", "løsning")]})
    assert sorted(codes(report)) == sorted(
        [
            "column-missing",
            "column-missing",
            "columns-not-read",
            "cell-empty",
            "cell-empty",
            "word-unknown",
            "date-unreadable",
            "date-impossible",
            "load-not-applied",
        ]
    )


def test_a_cpr_number_is_never_repeated_in_a_message(desk: Desk) -> None:
    report = desk.load({"Status": [(*STATUS, "status"), (*ROW, "010180-1234")]})
    assert codes(report)[1:] == ["cpr-number"]
    assert not any("1234" in m.text("da") for m in report.messages)


@pytest.mark.parametrize(
    "text", ["990180-1234", "Sag 27-2024-000123456", "EAN 5790000123456", "31/12/2024"]
)
def test_other_numbers_are_no_cpr_numbers(desk: Desk, text: str) -> None:
    assert codes(desk.load({"Status": [(*STATUS, "baggrund"), (*ROW, text)]})) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Spørg anne@eksempel.dk", "email-address"),
        ("Ring på 12 34 56 78", "phone-number"),
        ("tlf. 12345678", "phone-number"),
        ("+45 12345678", "phone-number"),
    ],
)
def test_other_personal_data_are_warned_about_and_loaded(desk: Desk, text: str, code: str) -> None:
    report = desk.load({"Status": [(*STATUS, "baggrund"), (*ROW, text)]})
    assert codes(report) == [code]
    assert place_of(report, code) == ("Status", 2, "D")
    assert desk.fields(USE)["background"] == text


def test_a_header_that_is_repeated_is_no_row(desk: Desk) -> None:
    report = desk.load({"Status": [STATUS, ROW, STATUS, ("Eksempel", "Social", "Chatbot")]})
    assert codes(report) == ["header-again"]
    assert [row.verdict.value for row in report.rows] == ["new", "skipped", "new"]
    assert not desk.exists("municipality:kommune")


def test_a_kle_number_that_may_have_lost_its_zero_is_read_with_a_note(desk: Desk) -> None:
    rows: Rows = [(*STATUS, "KLE"), (*ROW, 27.3), ("Eksempel", "Social", "Chatbot", 27.36)]
    report = desk.load({"Status": rows})
    assert codes(report) == ["kle-read-as"]
    assert "27.3“ i „KLE“ er læst som KLE 27.30" in the(report, "kle-read-as")
    assert place_of(report, "kle-read-as") == ("Status", 2, "D")
    assert [desk.fields(f"solution:{s}")["kle"] for s in ("sms-service", "chatbot")] == [
        "27.30",
        "27.36",
    ]


def test_a_formula_without_a_result_refuses_its_row_only_where_it_is_read(desk: Desk) -> None:
    rows = [
        (*STATUS, "status", "vores egen"),
        (*ROW, '=IF(1,"pilot","")', None),
        ("Eksempel", "Social", "Chatbot", "pilot", "=1+1"),
    ]
    report = desk.load({"Status": rows, "Budget": [("beløb",), ("=1+1",)]})
    assert [row.verdict.value for row in report.rows] == ["refused", "new"]
    assert place_of(report, "formula-without-value") == ("Status", 2, "D")
