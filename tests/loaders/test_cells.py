import datetime

import pytest

from loaders.cells import Fault, Listed, read_name, read_names, read_yes_no, reader_of
from loaders.reading.table import Cell
from schema.ontology import ONTOLOGY

USES, HAS = ONTOLOGY.relations["USES"].by_name, ONTOLOGY.relations["HAS"].by_name
FAMILIAR = ONTOLOGY.relations["FAMILIAR_WITH"].by_name
PROBLEM = ONTOLOGY.nodes["problem"].by_name
MUNICIPALITY = ONTOLOGY.nodes["municipality"].by_name


def code(reading: object) -> str:
    assert isinstance(reading, Fault)
    return reading.code


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("2024-12-31", "2024-12-31"),
        ("31-12-2024", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("31/12/2024", "2024-12-31"),
        (" 3. marts 2023 ", "2023-03-03"),
        ("den 3. marts 2023", "2023-03-03"),
        ("March 3, 2023", "2023-03-03"),
        ("1-2-24", "2024-02-01"),
        ("januar 2024", "2024-01"),
        ("Okt. 2019", "2019-10"),
        ("May 2020", "2020-05"),
        ("januar 24", "2024-01"),
        ("jan. '98", "1998-01"),
        ("3. marts 23", "2023-03-03"),
        ("2022.0", "2022"),
        ("2022,00", "2022"),
        ("45292.0", "2024-01-01"),
        ("2024-05", "2024-05"),
        ("05-2024", "2024-05"),
        ("2019", "2019"),
        (2019, "2019"),
        (2019.0, "2019"),
        (45292, "2024-01-01"),
        (45292.75, "2024-01-01"),
        ("45292", "2024-01-01"),
        (datetime.datetime(2024, 2, 29, 12, 30), "2024-02-29"),
        (datetime.date(2024, 2, 29), "2024-02-29"),
        ("2024-02-29 12:30:00", "2024-02-29"),
        ("2024-02-29T12:30:00", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_written(cell: Cell, iso: str) -> None:
    assert reader_of(USES["since"])(cell) == iso


@pytest.mark.parametrize(
    "cell", ["31-02-2024", "2023-02-29", "12/31/2024", "31. april 2024", "9999"]
)
def test_a_date_that_does_not_exist_is_impossible(cell: Cell) -> None:
    assert code(reader_of(USES["since"])(cell)) == "date-impossible"


@pytest.mark.parametrize(
    "cell", ["for nylig", "ca. 2019", "1. kvartal 2024", True, 12.5, "3. mars 2024", "24. januar"]
)
def test_what_is_no_date_is_unreadable(cell: Cell) -> None:
    assert code(reader_of(USES["since"])(cell)) == "date-unreadable"


@pytest.mark.parametrize("cell", ["i brug", "In use", "I DRIFT", " in_use ", "i  brug"])
def test_a_word_is_read_in_both_languages_and_other_forms(cell: str) -> None:
    assert reader_of(USES["status"])(cell) == "in_use"


def test_an_unknown_word_lists_the_words_and_asks_what_was_meant() -> None:
    fault = reader_of(USES["status"])("planlgt")
    assert isinstance(fault, Fault)
    assert fault.code == "word-unknown"
    assert "planlagt; pilot; i brug; udfaset" in str(fault.values["words"])
    assert "Mente du „planlagt“?" in str(fault.values["hint"])


def test_two_words_where_one_may_stand_are_refused() -> None:
    assert code(reader_of(USES["status"])("pilot; i brug")) == "one-word-only"


@pytest.mark.parametrize(
    "cell",
    ["medarbejdere; borgere", "Citizens\nstaff", "borgere;;medarbejdere;borgere", "borgere, staff"],
)
def test_words_are_split_at_semicolons_and_line_breaks_and_kept_in_one_order(cell: str) -> None:
    assert reader_of(USES["users"])(cell) == ("citizens", "staff")


@pytest.mark.parametrize(
    "cell",
    [
        3,
        3.0,
        "3",
        "3 selvstændig",
        "3 - selvstændig",
        "3: independent",
        "selvstændig",
        "(3) Selvstændig",
        "selvstændig (3)",
        "Niveau 3",
        "trin 3",
    ],
)
def test_a_step_of_a_scale_is_a_number_a_word_or_both(cell: Cell) -> None:
    assert reader_of(HAS["level"])(cell) == 3


def test_familiarity_goes_by_its_own_words() -> None:
    read = reader_of(FAMILIAR["level"])
    assert [read(cell) for cell in ("i brug", "ukendt", 0, "har prøvet")] == [3, 0, 0, 2]


@pytest.mark.parametrize("cell", [0, 6, "7", -1])
def test_a_level_out_of_range_is_refused(cell: Cell) -> None:
    fault = reader_of(HAS["level"])(cell)
    assert code(fault) == "number-out-of-range"
    assert isinstance(fault, Fault)
    assert (fault.values["minimum"], fault.values["maximum"]) == ("1", "5")


@pytest.mark.parametrize("cell", ["3 ekspert", "ekspert (3)", "meget høj", 2.5, "niveau"])
def test_a_step_that_is_none_is_refused(cell: Cell) -> None:
    assert code(reader_of(HAS["level"])(cell)) == "scale-unreadable"


@pytest.mark.parametrize(
    "cell", [48200, 48200.0, "48200", "48.200", "48 200", "48,200", "48\u00a0200", "48200,0"]
)
def test_a_whole_number_may_have_its_thousands_apart(cell: Cell) -> None:
    assert reader_of(MUNICIPALITY["population"])(cell) == 48200


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ("mange", "number-unreadable"),
        ("12,5", "number-not-whole"),
        (-1, "number-out-of-range"),
        (True, "number-unreadable"),
    ],
)
def test_what_is_no_whole_number_is_refused(cell: Cell, wrong: str) -> None:
    assert code(reader_of(MUNICIPALITY["population"])(cell)) == wrong


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("27", "27"),
        (27, "27"),
        (27.0, "27"),
        (5, "05"),
        ("5", "05"),
        ("27.36", "27.36"),
        (27.36, "27.36"),
        (5.36, "05.36"),
        ("27,36", "27.36"),
        ("27-36", "27.36"),
        ("27–36", "27.36"),
        (27.3, "27.30"),
        ("27,3", "27.30"),
        (0.2, "00.20"),
        ("27.36.04", "27.36.04"),
        ("27.36.04G01", "27.36.04G01"),
        ("27.36.04-g01", "27.36.04G01"),
        ("KLE 27.36", "27.36"),
        ("27.36 Hjælp til ældre", "27.36"),
        ("27 – Social", "27"),
        ("27. Social", "27"),
    ],
)
def test_a_kle_number_is_one_number_however_it_is_typed(cell: Cell, number: str) -> None:
    assert reader_of(PROBLEM["kle"])(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-01",
        datetime.datetime(2024, 3, 1),
        datetime.time(3, 36),
        "01-03-24",
        "1.3.24",
        "1-3",
        "27:36:00",
        "2736",
        "100",
        27.355,
        "27.36; 27.42",
        "Social",
        True,
    ],
)
def test_a_date_or_anything_else_is_no_kle_number(cell: Cell) -> None:
    assert code(reader_of(PROBLEM["kle"])(cell)) == "kle-unreadable"


@pytest.mark.parametrize("cell", [101, 101.0, "101", "0101", "0101 ", "101,0"])
def test_a_municipality_number_has_four_digits(cell: Cell) -> None:
    assert reader_of(MUNICIPALITY["code"])(cell) == "0101"


def test_a_municipality_number_from_abroad_is_kept_as_it_is() -> None:
    assert reader_of(MUNICIPALITY["code"])("GM0363") == "GM0363"


@pytest.mark.parametrize("cell", [55.125, "55,125", "55.125", " 55,125 "])
def test_a_number_may_have_a_danish_decimal(cell: Cell) -> None:
    assert reader_of(MUNICIPALITY["latitude"])(cell) == 55.125


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "1_0", "90,1"])
def test_a_number_that_is_none_or_outside_its_range_is_refused(cell: str) -> None:
    assert isinstance(reader_of(MUNICIPALITY["latitude"])(cell), Fault)


def test_only_one_to_five_in_brackets_is_a_level() -> None:
    cell = "GIS (3); Projektledelse (PRINCE2); Python (7)\nJura (kontrakter) (2); GIS (4); gis"
    assert read_names(cell, levels=True) == (
        Listed("GIS", 4),
        Listed("Projektledelse (PRINCE2)"),
        Listed("Python (7)"),
        Listed("Jura (kontrakter)", 2),
    )
    assert read_names("Fase (2)") == (Listed("Fase (2)"),)


def test_the_marks_of_a_list_are_no_part_of_its_names() -> None:
    cell = "GIS (2)\n- SQL\n• BI (3)\n•Jura\n* Drift; – Salg\n-ismer\n• - Etik"
    assert read_names(cell, levels=True) == (
        Listed("GIS", 2),
        Listed("SQL"),
        Listed("BI", 3),
        Listed("Jura"),
        Listed("Drift"),
        Listed("Salg"),
        Listed("-ismer"),
        Listed("Etik"),
    )
    assert reader_of(USES["users"])("- borgere\n- medarbejdere") == ("citizens", "staff")


@pytest.mark.parametrize("cell", ["-", "•", "- \n-"])
def test_a_mark_alone_is_no_name(cell: str) -> None:
    assert code(read_names(cell)) == "name-without-letters"


@pytest.mark.parametrize("cell", [True, False])
def test_true_and_false_are_no_names(cell: bool) -> None:
    assert code(read_name(cell)) == "name-is-yes-no"
    assert code(read_names(cell)) == "name-is-yes-no"
    assert read_name("SAND") == "SAND"


def test_texts_keep_their_line_breaks_and_lose_what_nobody_sees() -> None:
    read = reader_of(USES["background"])
    assert read("Første linje\r\nanden­ linje​ ") == "Første linje\nanden linje"
    assert read(27.0) == "27"
    assert read(datetime.datetime(2024, 1, 2)) == "2024-01-02"


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Ja", True),
        ("yes", True),
        ("x", True),
        (True, True),
        (1, True),
        ("nej", False),
        ("No", False),
        (False, False),
        (0, False),
        ("måske", None),
        (None, None),
    ],
)
def test_yes_and_no_are_read_in_both_languages(cell: Cell, meant: bool | None) -> None:
    assert read_yes_no(cell) is meant
