"""``teknologikort template`` writes the sheets to fill in."""

from pathlib import Path

import openpyxl

from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.teknologikort.command_line import in_english, program, run


def offered(file: Path) -> set[object]:
    book = openpyxl.load_workbook(file)
    lists = next(sheet for sheet in book.worksheets if sheet.sheet_state == "veryHidden")
    return {cell.value for row in lists for cell in row}


def test_it_needs_no_graph(without_graph: Settings, tmp_path: Path) -> None:
    file = tmp_path / "ark.xlsx"
    result = run(without_graph, "template", file)
    assert result.exit_code == 0
    assert f"teknologikort load {file}" in result.stdout
    assert "Status" in openpyxl.load_workbook(file).sheetnames
    assert not Path(without_graph.store).exists()


def test_it_offers_the_names_in_the_graph(settings: Settings, tmp_path: Path) -> None:
    run(settings, "template", tmp_path / "ark.xlsx")
    assert {"SMS-service", "Hjemmeplejen", "Ældre"} <= offered(tmp_path / "ark.xlsx")


def test_it_offers_one_municipalitys_departments(settings: Settings, tmp_path: Path) -> None:
    run(settings, "template", tmp_path / "ark.xlsx", "--municipality", "nabo")
    assert {"SMS-service", "Ældre"} <= offered(tmp_path / "ark.xlsx")
    assert "Hjemmeplejen" not in offered(tmp_path / "ark.xlsx")


def test_it_offers_no_names_where_none_are_wanted(settings: Settings, tmp_path: Path) -> None:
    run(settings, "template", tmp_path / "ark.xlsx", "--no-names")
    assert "SMS-service" not in offered(tmp_path / "ark.xlsx")


def test_its_language_is_chosen_apart_from_the_command_lines(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, "template", tmp_path / "a.xlsx", "--language", "en")
    run(in_english(settings), "template", tmp_path / "b.xlsx")
    for name in ("a.xlsx", "b.xlsx"):
        assert openpyxl.load_workbook(tmp_path / name).sheetnames[0] == "Guide"


def test_a_municipality_that_is_not_there_gets_a_suggestion(
    settings: Settings, tmp_path: Path
) -> None:
    result = run(settings, "template", tmp_path / "ark.xlsx", "--municipality", "Eksempl")
    assert result.exit_code == 2
    assert "Mente du „Eksempel“?" in result.stderr
    assert not (tmp_path / "ark.xlsx").exists()


def test_a_file_that_is_there_is_not_touched_unasked(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "ark.xlsx"
    file.write_text("mit arbejde")
    result = run(settings, "template", file)
    assert isinstance(result.exception, Refusal)
    assert file.read_text() == "mit arbejde"
    assert run(settings, "template", file, "--overwrite").exit_code == 0
    assert file.read_bytes()[:2] == b"PK"


def test_a_template_is_an_xlsx_file(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "template", tmp_path / "ark.csv")
    assert result.exit_code == 2
    assert ".xlsx" in result.stderr


def test_a_store_that_is_asked_for_must_be_there(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "template", tmp_path / "a.xlsx", "--store", tmp_path / "nej.sqlite")
    assert isinstance(result.exception, Refusal)
    assert not (tmp_path / "nej.sqlite").exists()


def test_as_a_program_it_tells_where_it_cannot_write_and_leaves_nothing(tmp_path: Path) -> None:
    done = program(tmp_path, "template", "ingen/mappe/ark.xlsx")
    assert done.returncode == 1
    assert "kan ikke skrives" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_as_a_program_it_refuses_a_password_on_the_command_line(tmp_path: Path) -> None:
    done = program(tmp_path, "template", "ark.xlsx", "--store", "neo4j://me:hemmelig@localhost")
    assert done.returncode == 1
    assert "NEO4J_PASSWORD" in done.stderr
    assert "hemmelig" not in done.stderr
