"""The names of a load held against the graph and against each other."""

import pytest

from loaders.report import Verdict
from tests.loaders.sheets import SMS, STATUS, Desk, Rows, codes, place_of, the, verdicts

ORGANISATION = ("kommune", "forvaltning", "hører under")
NAMES = ("kommune", "art", "navn", "andre navne")


def status(*rows: tuple[str, str, str]) -> dict[str, list[tuple[str, ...]]]:
    return {"Status": [STATUS, *rows]}


def test_another_name_of_a_node_is_read_as_that_node(desk: Desk) -> None:
    desk.load({"Navne": [NAMES, (None, "løsning", "SMS-service", "SMS-tjeneste")]})
    report = desk.load(status(("Eksempel", "Social", "sms tjeneste")))
    assert codes(report) == ["read-as"]
    assert "„sms tjeneste“ er et andet navn for „SMS-service“" in the(report, "read-as")
    assert place_of(report, "read-as") == ("Status", 2, "C")
    assert desk.exists(f"department:eksempel/social USES {SMS}")
    assert desk.fields(SMS)["name"] == "SMS-service"
    assert not desk.exists("solution:sms-tjeneste")


def test_the_sheet_of_names_holds_for_the_whole_file_wherever_it_stands(desk: Desk) -> None:
    names = {"Navne": [NAMES, (None, "løsning", "SMS-service", "SMS-tjeneste")]}
    desk.load({**status(("Eksempel", "Social", "SMS-tjeneste")), **names})
    assert desk.exists(f"department:eksempel/social USES {SMS}")
    assert not desk.exists("solution:sms-tjeneste")


def test_sheets_loaded_again_follow_a_name_that_came_later(desk: Desk) -> None:
    rows = status(("Eksempel", "Social", "SMS-tjeneste"))
    desk.load(rows, file="status.xlsx")
    report = desk.load({"Navne": [NAMES, (None, "løsning", "SMS-service", "SMS-tjeneste")]})
    assert codes(report) == ["other-name-has-own-node"]
    assert desk.exists("solution:sms-tjeneste")
    desk.load(rows, file="status.xlsx")
    assert desk.exists(f"department:eksempel/social USES {SMS}")
    assert not desk.exists("solution:sms-tjeneste")
    assert desk.load(rows, file="status.xlsx").nothing_new


def test_another_name_of_a_municipality_holds_for_its_departments(desk: Desk) -> None:
    desk.load({"Navne": [NAMES, (None, "kommune", "Eksempel", "Eksempel Kommune")]})
    desk.load(status(("Eksempel Kommune", "Sundhed > Hjemmepleje", "Chatbot")))
    assert desk.exists("department:eksempel/sundhed/hjemmepleje USES solution:chatbot")
    assert desk.exists(
        "department:eksempel/sundhed/hjemmepleje PART_OF department:eksempel/sundhed"
    )
    assert not desk.exists("municipality:eksempel-kommune")


def test_another_name_of_a_department_holds_in_its_municipality_only(desk: Desk) -> None:
    desk.load({"Navne": [NAMES, ("Eksempel", "forvaltning", "Sundhed og Omsorg", "SOF")]})
    desk.load(status(("Eksempel", "SOF", "Chatbot"), ("Nabo", "SOF", "Chatbot")))
    assert desk.exists("department:eksempel/sundhed-og-omsorg USES solution:chatbot")
    assert desk.exists("department:nabo/sof USES solution:chatbot")


def test_a_name_that_stands_for_two_is_read_as_itself(desk: Desk) -> None:
    rows = [
        NAMES,
        (None, "løsning", "SMS-service", "Besked"),
        (None, "løsning", "Digital post", "Besked"),
    ]
    desk.load({"Navne": rows})
    report = desk.load(status(("Eksempel", "Social", "Besked")))
    assert "Digital post, SMS-service" in the(report, "other-name-shared")
    assert desk.exists("solution:besked")


def test_names_that_stand_for_each_other_are_one_node(desk: Desk) -> None:
    rows = [
        NAMES,
        (None, "løsning", "Bravo-system", "Alfa-system"),
        (None, "løsning", "Alfa-system", "Bravo-system"),
    ]
    desk.load({"Navne": rows, **status(("Eksempel", "Social", "Bravo-system"))})
    assert desk.exists("solution:alfa-system")
    assert not desk.exists("solution:bravo-system")


@pytest.mark.parametrize("together", [True, False])
def test_an_unknown_department_is_a_question_where_the_organisation_is_loaded(
    desk: Desk, together: bool
) -> None:
    organisation = {"Forvaltninger": [ORGANISATION, ("Eksempel", "Sundhed og Omsorg", None)]}
    rows = status(("Eksempel", "Sundhed og omsrog", "Chatbot"), ("Nabo", "Skole", "Chatbot"))
    if not together:
        desk.load(organisation)
    report = desk.load({**rows, **organisation} if together else rows, file="status.xlsx")
    assert "Mente du „Sundhed og Omsorg“?" in the(report, "department-unknown")
    assert place_of(report, "department-unknown") == ("Status", 2, "B")
    assert codes(report) == ["load-not-applied", "department-unknown"]
    assert report.failed
    answered = desk.load(rows, file="status.xlsx", new_departments=True)
    assert answered.applied is not None
    assert desk.exists("department:eksempel/sundhed-og-omsrog")
    assert desk.exists("department:nabo/skole")


@pytest.mark.parametrize("together", [True, False])
def test_a_path_that_agrees_with_the_organisation_means_that_department(
    desk: Desk, together: bool
) -> None:
    organisation = {
        "Forvaltninger": [
            ORGANISATION,
            ("Eksempel", "Teknik", None),
            ("Eksempel", "Administration", "Teknik"),
            ("Eksempel", "Sundhed", None),
        ]
    }
    rows = status(("Eksempel", "Teknik > Administration", "Chatbot"))
    if not together:
        desk.load(organisation)
    report = desk.load({**rows, **organisation} if together else rows)
    assert codes(report) == ["read-as"]
    assert desk.exists("department:eksempel/administration USES solution:chatbot")
    assert not desk.exists("department:eksempel/teknik/administration")
    wrong = desk.load(status(("Eksempel", "Sundhed > Administration", "Chatbot")))
    assert codes(wrong) == ["load-not-applied", "department-unknown"]


def test_the_last_step_of_a_path_is_enough_to_be_asked_about(desk: Desk) -> None:
    desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "Drift", "Teknik og Miljø > Vej")]})
    report = desk.load(status(("Eksempel", "Vej", "Chatbot")))
    assert "Mente du „Teknik og Miljø > Vej“?" in the(report, "department-unknown")


def test_an_organisation_that_was_undone_asks_no_more(desk: Desk) -> None:
    report = desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "Sundhed", None)]})
    assert report.applied is not None
    desk.store.undo(report.applied.number)
    assert codes(desk.load(status(("Eksempel", "Skole", "Chatbot")))) == []


def test_spellings_that_differ_by_more_than_blanks_and_case_are_told(desk: Desk) -> None:
    desk.load(status(("Eksempel", "Sundhed og Omsorg", "SMS-service")))
    assert codes(desk.load(status(("Eksempel", "SUNDHED OG OMSORG", "Sms service")))) == []
    report = desk.load(status(("Eksempel", "Sundhed & Omsorg", "SMS-service")))
    assert "Sundhed og Omsorg = Sundhed & Omsorg" in the(report, "spellings-taken-as-one")
    assert place_of(report, "spellings-taken-as-one") == ("Status", 2, "B")


def test_names_that_look_alike_are_suggestions_and_stay_two(desk: Desk) -> None:
    desk.load(status(("Eksempel", "Social", "Journaliseringsrobot")))
    report = desk.load(status(("Eksempel", "Social", "Journaliserings-roboten")))
    assert "„Journaliserings-roboten“ ligner „Journaliseringsrobot“ (løsning)" in the(
        report, "looks-like"
    )
    (message,) = report.messages
    assert message.values["other_node"] == "solution:journaliseringsrobot"
    assert desk.exists("solution:journaliserings-roboten")
    assert desk.exists("solution:journaliseringsrobot")


def test_two_new_names_that_look_alike_are_told_once(desk: Desk) -> None:
    report = desk.load(
        status(
            ("Eksempel", "Social", "Chatbot til borgere"),
            ("Eksempel", "Skole", "Chatbot til borger"),
        )
    )
    assert codes(report) == ["looks-like"]
    assert place_of(report, "looks-like") == ("Status", 3, "C")


def test_a_municipality_with_and_without_the_word_looks_like_one(desk: Desk) -> None:
    desk.load(status(("Eksempel", "Social", "Chatbot")))
    report = desk.load(status(("Eksempel Kommune", "Social", "Chatbot")))
    said = the(report, "municipality-looks-like")
    assert "Kommunen „Eksempel Kommune“ er ny i grafen og ligner „Eksempel“." in said
    assert "Mente du „Eksempel“?" in said
    assert desk.exists("municipality:eksempel-kommune")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bygning 21 adgang", "Bygning 22 adgang"), ("SMS", "SMV"), ("Kortlægning", "Tandpleje")],
)
def test_names_that_differ_in_a_number_or_are_short_or_far_are_no_suggestions(
    desk: Desk, one: str, other: str
) -> None:
    assert (
        codes(desk.load(status(("Eksempel", "Social", one), ("Eksempel", "Social", other)))) == []
    )


def test_only_names_of_one_kind_and_departments_of_one_municipality_are_compared(
    desk: Desk,
) -> None:
    rows = [
        (*STATUS, "teknologier"),
        ("Eksempel", "Borgerservice", "Talegenkendelse", "Talegenkendelser"),
        ("Nabo", "Borgerservicen", "Talegenkendelse", None),
    ]
    assert codes(desk.load({"Status": rows})) == []


def test_a_ring_of_departments_is_refused_and_named(desk: Desk) -> None:
    rows = [
        ORGANISATION,
        ("Eksempel", "A", "B"),
        ("Eksempel", "B", "C"),
        ("Eksempel", "C", "A"),
        ("Eksempel", "D", "A"),
    ]
    report = desk.load({"Forvaltninger": rows})
    assert codes(report).count("part-of-ring") == 3
    assert "A > B > C > A" in report.rows[0].messages[0].text("da")
    assert verdicts(report) == [Verdict.REFUSED] * 3 + [Verdict.NEW]


def test_a_ring_that_closes_with_what_is_loaded_before_is_refused(desk: Desk) -> None:
    desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "A", "B")]}, file="a.xlsx")
    report = desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "B", "A")]}, file="b.xlsx")
    assert place_of(report, "part-of-ring") == ("Forvaltninger", 2, "C")
    assert desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "A", "A")]}).failed


@pytest.mark.parametrize("remove_missing", [False, True])
def test_a_row_that_is_left_out_cannot_open_a_ring(desk: Desk, remove_missing: bool) -> None:
    header = (*ORGANISATION, "digital modenhed")
    desk.load(
        {"Forvaltninger": [header, ("Eksempel", "A", "B", 1), ("Eksempel", "B", None, 1)]},
        file="a.xlsx",
    )
    rows: Rows = [
        header,
        ("Eksempel", "A", None, 9),
        ("Eksempel", "B", "A", 1),
        ("Eksempel", "C", "B", 1),
    ]
    report = desk.load(
        {"Forvaltninger": rows}, file="a.xlsx", skip_refused=True, remove_missing=remove_missing
    )
    assert verdicts(report) == [Verdict.REFUSED, Verdict.REFUSED, Verdict.NEW]
    assert place_of(report, "part-of-ring") == ("Forvaltninger", 3, "C")
    assert desk.exists("department:eksempel/b PART_OF municipality:eksempel")


def test_a_ring_that_closes_once_another_is_left_out_is_found_too(desk: Desk) -> None:
    desk.load({"Forvaltninger": [ORGANISATION, ("Eksempel", "A", "B")]}, file="a.xlsx")
    rows = [
        ORGANISATION,
        ("Eksempel", "A", "C"),
        ("Eksempel", "C", "A"),
        ("Eksempel", "B", "A"),
        ("Eksempel", "D", "A"),
    ]
    report = desk.load({"Forvaltninger": rows}, file="a.xlsx", skip_refused=True)
    assert verdicts(report) == [Verdict.REFUSED] * 3 + [Verdict.NEW]
    assert desk.exists("department:eksempel/a PART_OF department:eksempel/b")
    assert desk.exists("department:eksempel/b PART_OF municipality:eksempel")


def test_a_newer_edition_may_turn_a_part_round(desk: Desk) -> None:
    desk.load(
        {"Forvaltninger": [ORGANISATION, ("Eksempel", "A", "B"), ("Eksempel", "B", None)]},
        file="a.xlsx",
    )
    report = desk.load(
        {"Forvaltninger": [ORGANISATION, ("Eksempel", "B", "A"), ("Eksempel", "A", None)]},
        file="a.xlsx",
    )
    assert codes(report) == []
    assert desk.exists("department:eksempel/b PART_OF department:eksempel/a")
    assert desk.exists("department:eksempel/a PART_OF municipality:eksempel")


def test_rows_that_contradict_each_other_are_refused_and_name_each_other(desk: Desk) -> None:
    header = (*STATUS, "beskrivelse")
    rows = [
        header,
        ("Eksempel", "Social", "Chatbot", "Svarer"),
        ("Eksempel", "Skole", "Chatbot", None),
        ("Nabo", "Social", "Chatbot", "Spørger"),
    ]
    report = desk.load({"Status": rows})
    assert verdicts(report) == [Verdict.REFUSED, Verdict.NEW, Verdict.REFUSED]
    first, second = (report.rows[0].messages[0], report.rows[2].messages[0])
    assert first.text("da").startswith(
        "Rækken siger „Svarer“ om „beskrivelse“ for Chatbot, men række 4 siger „Spørger“."
    )
    assert "række 2 siger „Svarer“" in second.text("da")
    assert second.place.column == "D"


def test_rows_on_two_sheets_contradict_each_other_too(desk: Desk) -> None:
    rows = [(*STATUS, "anvendelse"), ("Eksempel", "Social", "Chatbot", "svar")]
    cards = [(*STATUS, "anvendelse"), ("Eksempel", "Skole", "Chatbot", "spørgsmål")]
    report = desk.load({"Status": rows, "Teknologikort": cards})
    assert "arket „Teknologikort“, række 2" in report.rows[0].messages[0].text("da")


def test_one_name_under_two_parents_is_asked_to_be_a_path(desk: Desk) -> None:
    rows = [
        ORGANISATION,
        ("Eksempel", "Administration", "Sundhed"),
        ("Eksempel", "Administration", "Teknik"),
    ]
    report = desk.load({"Forvaltninger": rows})
    assert "skriv dem som stier" in report.rows[0].messages[0].text("da")


def test_differing_levels_and_lists_are_no_contradiction(desk: Desk) -> None:
    header = (*STATUS, "teknologier", "nødvendige kompetencer")
    rows = [
        header,
        ("Eksempel", "Social", "Chatbot", "AI", "Jura (2)"),
        ("Eksempel", "Skole", "Chatbot", "Web", "Jura (4)"),
    ]
    assert codes(desk.load({"Status": rows})) == []
    assert desk.fields("solution:chatbot REQUIRES competence:jura")["level"] == 4


def test_the_same_row_twice_is_skipped_and_names_its_twin(desk: Desk) -> None:
    header = (*STATUS, "baggrund")
    row = ("Eksempel", "Social", "Chatbot", "Mange spørgsmål")
    report = desk.load({"Status": [header, row, ("Eksempel", "Skole", "Chatbot", None), row]})
    assert verdicts(report) == [Verdict.NEW, Verdict.NEW, Verdict.SKIPPED]
    assert the(report, "row-twice") == "Rækken siger det samme som række 2 og er sprunget over."
    assert report.load is not None
    assert len(report.load.records) == 2
