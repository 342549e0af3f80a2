"""What is wrong with a mapping is told all at once, each at its key in the TOML file."""

from pathlib import Path

import pytest

from loaders.mapping import read_mapping
from schema.messages import Refusal
from schema.text import LANGUAGES
from tests.loaders.mapped import HEAD, STATUS, load, mapping, refused
from tests.loaders.sheets import Desk, Rows, codes, the, workbook

AT = "table[1].target[1]"
COLUMNS = f"{AT}.columns"


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("", "mapping-key-missing", None),
        ("[[table]]\n", "mapping-key-missing", "table[1]"),
        ("table = 3\n", "mapping-key-type", "table"),
        ("[[tabel]]\n" + STATUS, "mapping-key-unknown", "tabel"),
        (STATUS.replace('"status"', '"statsu"'), "mapping-target-unknown", f"{AT}.sheet"),
        (STATUS.replace('"status"', "4.5"), "mapping-target-unknown", f"{AT}.sheet"),
        (STATUS.replace('"status"', "true"), "mapping-key-type", f"{AT}.sheet"),
        (STATUS + 'bagrund = "Mål"\n', "mapping-field-unknown", f"{COLUMNS}.bagrund"),
        (STATUS + 'Kommune = "X"\n', "mapping-field-twice", f"{COLUMNS}.Kommune"),
        (STATUS.replace("solution =", "function ="), "mapping-field-missing", COLUMNS),
        (STATUS + "status = {}\n", "mapping-one-of", f"{COLUMNS}.status"),
        (
            STATUS + 'status = { column = "A", constant = "pilot" }\n',
            "mapping-one-of",
            f"{COLUMNS}.status",
        ),
        (STATUS + "status = 3\n", "mapping-key-type", f"{COLUMNS}.status"),
        (
            STATUS + 'status = { constant = "i burg" }\n',
            "word-unknown",
            f"{COLUMNS}.status.constant",
        ),
        (
            STATUS + 'status = { column = "A", otherwise = "i burg" }\n',
            "word-unknown",
            f"{COLUMNS}.status.otherwise",
        ),
        (
            STATUS + 'status = { column = "A", words = { "i drift!" = "i burg" } }\n',
            "word-unknown",
            f'{COLUMNS}.status.words."i drift!"',
        ),
        (
            STATUS + 'other_purposes = { flags = { A = ["service", "sjov"] } }\n',
            "word-unknown",
            f"{COLUMNS}.other_purposes.flags.A",
        ),
        (
            STATUS + 'other_purposes = { flags = ["A"] }\n',
            "mapping-key-type",
            f"{COLUMNS}.other_purposes.flags",
        ),
        (
            STATUS + 'technologies = { column = "A", contains = { sms = "!" } }\n',
            "name-without-letters",
            f"{COLUMNS}.technologies.contains.sms",
        ),
        (
            STATUS + 'since = { constant = "engang" }\n',
            "date-unreadable",
            f"{COLUMNS}.since.constant",
        ),
        (
            STATUS + 'kle = { column = "A", pattern = "(" }\n',
            "mapping-pattern-unreadable",
            f"{COLUMNS}.kle.pattern",
        ),
        (
            STATUS + 'kle = { column = "A", prefix = "x" }\n',
            "mapping-key-unknown",
            f"{COLUMNS}.kle.prefix",
        ),
        (
            STATUS + 'kle = { column = "A", apart = { names = "B" } }\n',
            "mapping-key-missing",
            f"{COLUMNS}.kle.apart",
        ),
        ('[rename.system]\nA = "B"\n' + STATUS, "mapping-kind-unknown", "rename.system"),
        ('[rename]\nsolution = "B"\n' + STATUS, "mapping-key-type", "rename.solution"),
        ('[rename.solution]\nA = ["B"]\n' + STATUS, "mapping-key-type", "rename.solution.A"),
        ('[rename.solution]\nA = "!"\n' + STATUS, "name-without-letters", "rename.solution.A"),
        (
            STATUS.replace("[[table]]", "[[table]]\nheader = 0"),
            "mapping-key-type",
            "table[1].header",
        ),
        (
            STATUS.replace('"status"', '"status"\nkeep = "newest"'),
            "mapping-key-type",
            f"{AT}.keep",
        ),
        (
            STATUS.replace('"status"', '"status"\ndistinct = "yes"'),
            "mapping-key-type",
            f"{AT}.distinct",
        ),
        (
            STATUS.replace("[[table]]", '[[table]]\nleave_out = [{ column = "A", reason = "B" }]'),
            "mapping-one-of",
            "table[1].leave_out[1]",
        ),
        (
            STATUS.replace("[[table]]", '[[table]]\nleave_out = [{ column = "A", is = "B" }]'),
            "mapping-key-missing",
            "table[1].leave_out[1]",
        ),
        (
            STATUS.replace(
                "[[table]]",
                '[[table]]\nleave_out = [{ column = "A", is = "B", reason = { da = "C" } }]',
            ),
            "mapping-key-type",
            "table[1].leave_out[1].reason",
        ),
        (
            STATUS.replace(
                "[[table]]",
                '[[table]]\nleave_out = [{ column = "A", matches = "*", reason = "B" }]',
            ),
            "mapping-pattern-unreadable",
            "table[1].leave_out[1].matches",
        ),
    ],
)
def test_a_mistake_is_told_at_its_key(
    tmp_path: Path, text: str, code: str, key: str | None
) -> None:
    (message,) = refused(tmp_path, text)
    assert message.code == code
    assert (message.place.file, message.place.key) == ("kobling.toml", key)
    assert all(message.text(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (STATUS.replace("constant", "konstant"), "constant"),
        (STATUS.replace('"status"', '"statsu"'), "status"),
        (STATUS + 'bagrund = "Mål"\n', "baggrund"),
        (STATUS + 'status = { constant = "i burg" }\n', "i brug"),
        ('[rename.solutions]\nA = "B"\n'.replace("solutions", "solutoin") + STATUS, "solution"),
    ],
)
def test_what_was_probably_meant_is_named(tmp_path: Path, text: str, meant: str) -> None:
    said = refused(tmp_path, text)
    assert any(f"Mente du „{meant}“" in message.text("da") for message in said)


def test_all_mistakes_are_told_in_one_go(tmp_path: Path) -> None:
    text = (
        STATUS.replace('"status"', '"status"\nkeep = 1')
        + 'bagrund = "A"\nsince = { constant = "x" }\n'
    )
    said = refused(tmp_path, text)
    assert sorted(message.code for message in said) == [
        "date-unreadable",
        "mapping-field-unknown",
        "mapping-key-type",
    ]


def test_a_missing_required_column_asks_whether_a_misspelt_one_was_it(tmp_path: Path) -> None:
    said = refused(tmp_path, STATUS.replace("solution =", "soluton ="))
    missing = next(each for each in said if each.code == "mapping-field-missing")
    assert "„soluton“" in missing.text("da")


def test_what_is_no_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, "[[table]]\nsheet = \n")
    assert (message.code, message.place.row) == ("mapping-not-toml", 2)
    assert "kobling.toml, række 2" in Refusal(message).text("da")


def test_a_mapping_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="findes ikke"):
        read_mapping(tmp_path / "kobling.toml")
    with pytest.raises(Refusal, match="kan ikke åbnes"):
        read_mapping(tmp_path)
    (tmp_path / "latin.toml").write_bytes('about = "Næstved"'.encode("cp1252"))
    with pytest.raises(Refusal, match="UTF-8"):
        read_mapping(tmp_path / "latin.toml")


def test_a_mapping_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "kobling.toml").write_text(STATUS, encoding="utf-8-sig")
    assert read_mapping(tmp_path / "kobling.toml").name == "kobling.toml"


def test_a_column_that_the_file_has_not_is_told_at_its_key_and_nothing_is_loaded(
    desk: Desk,
) -> None:
    text = STATUS + 'background = "Baggrund"\nsince = { columns = ["Satrt", "Titel"] }\n'
    report = load(desk, text, [(*HEAD, "Mål", "Start"), ("Nordby", "A", "x", "2020")])
    missing = [each for each in report.messages if each.code == "mapping-column-missing"]
    assert [each.place.key for each in missing] == [
        f"{COLUMNS}.background",
        f"{COLUMNS}.since.columns",
    ]
    assert "Mente du „Start“" in missing[1].text("da")
    assert "udtraek.csv" in missing[1].text("en")
    assert report.load is None
    assert not desk.exists("solution:a")


def test_a_column_of_a_condition_must_be_there_too(desk: Desk) -> None:
    text = STATUS.replace('"status"', '"status"\nby = "Rettet"')
    report = load(desk, text, [HEAD, ("Nordby", "A")])
    (missing,) = [each for each in report.messages if each.code == "mapping-column-missing"]
    assert missing.place.key == f"{AT}.by"


def test_a_column_that_is_read_and_stands_twice_is_refused_and_names_both(desk: Desk) -> None:
    report = load(desk, STATUS, [(*HEAD, "titel "), ("Nordby", "A", "B")])
    assert "B og i C" in the(report, "column-twice")
    assert report.load is None


def test_a_column_that_stands_twice_and_is_not_read_does_not_matter(desk: Desk) -> None:
    report = load(desk, STATUS, [(*HEAD, "Note", "Note"), ("Nordby", "A", "", "")])
    assert report.load is not None
    assert "Note (C), Note (D)" in the(report, "mapping-columns-unused")


def test_a_file_without_any_of_the_columns_asks_whether_it_is_the_right_one(desk: Desk) -> None:
    report = load(desk, STATUS, [("Orgnisation", "Navn"), ("Nordby", "A")])
    assert "Mente du „Organisation“" in the(report, "mapping-no-column")
    assert "mapping-column-missing" not in codes(report)


def test_a_sheet_that_is_not_in_the_file_is_an_error_where_nothing_else_is_read(
    desk: Desk,
) -> None:
    path = workbook(desk.folder / "u.xlsx", {"System": [HEAD, ("Nordby", "A")]})
    named = STATUS.replace("[[table]]", '[[table]]\nsheet = "Systemer"')
    alone = desk.hand_in(path, recogniser=mapping(desk.folder, named).recogniser())
    assert "Mente du „System“" in the(alone, "mapping-sheet-missing")
    beside = desk.hand_in(path, recogniser=mapping(desk.folder, named + STATUS).recogniser())
    (absent,) = [each for each in beside.messages if each.code == "mapping-sheet-absent"]
    assert absent.place.key == "table[1].sheet"
    assert beside.load is not None


def test_a_workbook_without_any_of_the_columns_is_told_of_sheet_by_sheet(desk: Desk) -> None:
    sheets: dict[str, Rows] = {"A": [("Titlen", "x")], "B": [("y", "z")]}
    path = workbook(desk.folder / "u.xlsx", sheets)
    report = desk.hand_in(path, recogniser=mapping(desk.folder, STATUS).recogniser())
    assert codes(report)[:2] == ["mapping-no-column", "mapping-no-column"]
    assert "Mente du „Titel“" in report.messages[0].text("da")


def test_a_mapping_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    (message,) = refused(tmp_path, "about = " + "[" * 100_000)
    assert message.code == "mapping-not-toml"
