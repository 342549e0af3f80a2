"""``load``: every row gets a verdict, nothing is half loaded, and a person is told what to do."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from graph.sqlite_store import SqliteStore
from loaders.loading import LoadOptions, load_sheets
from loaders.report import Verdict
from schema.messages import Refusal
from schema.records import LoadSummary
from teknologikort.settings import Settings
from tests.loaders.sheets import STATUS, Rows, csv_file, workbook
from tests.teknologikort.command_line import in_english, program, run

SMS = ("Eksempel", "Sundhed og Omsorg", "SMS-service")
CHATBOT = ("Eksempel", "Borgerservice", "Chatbot")


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """Settings that name a store that a load will make."""
    return Settings(store=str(tmp_path / "ny" / "graf.sqlite"), actor="konsulenten")


def sheet(folder: Path, *rows: tuple[str, ...], name: str = "status.xlsx") -> Path:
    return workbook(folder / name, {"Status": [STATUS, *rows]})


def wrong(folder: Path, name: str = "fejl.xlsx") -> Path:
    """A sheet with one good row, one without a department and one with an unknown status."""
    rows: Rows = [
        (*STATUS, "status"),
        (*SMS, "i brug"),
        ("Eksempel", None, "Drone", "i brug"),
        (*CHATBOT, "gusten"),
    ]
    return workbook(folder / name, {"Status": rows})


def loads_of(settings: Settings) -> list[LoadSummary]:
    store = SqliteStore(Path(settings.store), create=False, read_only=True)
    try:
        return store.loads()
    finally:
        store.close()


def test_a_sheet_is_loaded_and_its_rows_are_counted(tmp_path: Path, empty: Settings) -> None:
    result = run(empty, "load", sheet(tmp_path, SMS, CHATBOT))
    assert result.exit_code == 0
    head, line = result.stdout.splitlines()[-2:]
    assert head.split()[:4] == ["fil", "ny", "ændret", "uændret"]
    assert line.split()[:6] == ["status.xlsx", "2", "0", "0", "0", "0"]
    assert line.endswith("indlæst som nr. 1 (revision 1)")
    (load,) = loads_of(empty)
    assert (load.source, load.records, load.actor) == ("status.xlsx", 2, "konsulenten")


def test_a_sheet_that_says_nothing_new_is_told_so_and_leaves_no_load(
    tmp_path: Path, empty: Settings
) -> None:
    file = sheet(tmp_path, SMS)
    run(empty, "load", file)
    result = run(empty, "load", file)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("intet nyt")
    assert len(loads_of(empty)) == 1


def test_a_changed_row_shows_what_changes(tmp_path: Path, empty: Settings) -> None:
    columns = (*STATUS, "status")
    for status in ("pilot", "i brug"):
        file = workbook(tmp_path / "status.xlsx", {"Status": [columns, (*SMS, status)]})
        result = run(empty, "load", file)
    assert "status.xlsx: ændret" in result.stdout
    assert "arket „Status“, række 2: " in result.stdout
    assert "status: pilot → i brug" in result.stdout


def test_a_refused_row_names_its_place_and_code_and_nothing_is_loaded(
    tmp_path: Path, empty: Settings
) -> None:
    result = run(empty, "load", wrong(tmp_path))
    assert result.exit_code == 1
    assert "fejl.xlsx, arket „Status“, række 3, kolonne B: " in result.stderr
    assert "[cell-empty]" in result.stderr
    assert "„gusten“ er ikke et af ordene for „status“" in result.stderr
    assert "[load-not-applied]" in result.stderr.splitlines()[-1]
    assert result.stdout.splitlines()[-1].endswith("ikke indlæst")
    assert loads_of(empty) == []


def test_the_rest_is_loaded_where_that_is_asked_for_and_it_still_counts_as_a_failure(
    tmp_path: Path, empty: Settings
) -> None:
    result = run(empty, "load", wrong(tmp_path), "--skip-refused")
    assert result.exit_code == 1
    assert "[left-out]" in result.stderr
    (load,) = loads_of(empty)
    assert load.records == 1


def test_of_several_files_those_without_errors_are_loaded(tmp_path: Path, empty: Settings) -> None:
    good = sheet(tmp_path, SMS)
    result = run(empty, "load", good, wrong(tmp_path))
    assert result.exit_code == 1
    assert [load.source for load in loads_of(empty)] == ["status.xlsx"]


def test_files_of_one_source_are_one_load(tmp_path: Path, empty: Settings) -> None:
    files = [sheet(tmp_path, SMS), sheet(tmp_path, CHATBOT, name="mere.xlsx")]
    result = run(empty, "load", *files, "--source", "kortlægning")
    assert result.exit_code == 0
    (load,) = loads_of(empty)
    assert (load.source, load.records) == ("kortlægning", 2)


def test_a_dry_run_shows_the_verdicts_and_makes_no_graph(tmp_path: Path, empty: Settings) -> None:
    result = run(empty, "load", sheet(tmp_path, SMS), "--dry-run")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1].endswith("kan indlæses")
    assert "Intet er skrevet" in result.stderr
    assert not Path(empty.store).parent.exists()


def test_a_dry_run_holds_each_file_against_those_before_it_and_the_graph(
    tmp_path: Path, empty: Settings
) -> None:
    run(empty, "load", sheet(tmp_path, SMS))
    files = [
        sheet(tmp_path, CHATBOT, name="a.xlsx"),
        sheet(tmp_path, SMS, CHATBOT, name="b.xlsx"),
    ]
    lines = run(empty, "load", *files, "--dry-run").stdout.splitlines()
    assert lines[-2].split()[:4] == ["a.xlsx", "1", "0", "0"]
    assert lines[-1].split()[:4] == ["b.xlsx", "0", "0", "2"]
    assert len(loads_of(empty)) == 1


def test_what_is_missing_falls_where_that_is_asked_for_and_is_shown(
    tmp_path: Path, empty: Settings
) -> None:
    run(empty, "load", sheet(tmp_path, SMS, CHATBOT))
    result = run(empty, "load", sheet(tmp_path, SMS), "--remove-missing", "--yes")
    assert result.exit_code == 0
    shown = result.stdout.splitlines()
    fallen = shown.index("status.xlsx: gælder ikke længere")
    assert "række 3: Borgerservice bruger Chatbot" in shown[fallen + 1]
    assert "  Chatbot" in shown[shown.index("Forsvinder fra grafen") :]


def test_where_nobody_can_be_asked_rows_do_not_fall_without_a_yes(
    tmp_path: Path, empty: Settings
) -> None:
    run(empty, "load", sheet(tmp_path, SMS, CHATBOT))
    result = run(empty, "load", sheet(tmp_path, SMS), "--remove-missing")
    assert result.exit_code == 2
    assert "antal: 1" in result.stderr
    assert "--yes" in result.stderr
    assert "[falling-not-agreed]" in result.stderr
    assert len(loads_of(empty)) == 1


def test_where_no_row_would_fall_nobody_need_be_asked(tmp_path: Path, empty: Settings) -> None:
    run(empty, "load", sheet(tmp_path, SMS))
    result = run(empty, "load", sheet(tmp_path, SMS, CHATBOT), "--remove-missing")
    assert result.exit_code == 0
    assert len(loads_of(empty)) == 2


def test_the_examples_of_a_template_are_told_in_one_line(tmp_path: Path, empty: Settings) -> None:
    template = tmp_path / "ark.xlsx"
    run(empty, "template", template)
    short = run(empty, "load", template).stderr
    assert short.count("[example-row") == 1
    assert "[example-rows]" in short
    assert run(empty, "load", template, "--verbose").stderr.count("[example-row]") > 1


def test_a_file_that_is_missing_brings_no_advice_to_load_the_rest(
    tmp_path: Path, empty: Settings
) -> None:
    result = run(empty, "load", tmp_path / "findes-ikke.xlsx")
    assert result.exit_code == 1
    assert "[file-not-found]" in result.stderr
    assert "[nothing-could-be-read]" in result.stderr.splitlines()[-1]
    assert "--skip-refused" not in result.stderr


@pytest.mark.parametrize(("answer", "loads", "code"), [("nej\n", 1, 1), ("j\n", 2, 0)])
def test_on_a_terminal_rows_fall_only_after_a_yes(
    tmp_path: Path, answer: str, loads: int, code: int
) -> None:
    settings = Settings(store=str(tmp_path / "graf.sqlite"))
    run(settings, "load", sheet(tmp_path, SMS, CHATBOT))
    file = sheet(tmp_path, SMS)
    said, exit_code = on_a_terminal(
        answer, "load", str(file), "--remove-missing", "--store", settings.store
    )
    assert "Borgerservice bruger Chatbot" in said
    assert "Skal de falde bort?" in said
    assert exit_code == code
    assert len(loads_of(settings)) == loads


def test_yes_is_for_those_who_do_not_want_to_be_asked(tmp_path: Path) -> None:
    settings = Settings(store=str(tmp_path / "graf.sqlite"))
    run(settings, "load", sheet(tmp_path, SMS, CHATBOT))
    file = sheet(tmp_path, SMS)
    said, exit_code = on_a_terminal(
        "", "load", str(file), "--remove-missing", "--yes", "--store", settings.store
    )
    assert "Skal de falde bort?" not in said
    assert exit_code == 0
    assert len(loads_of(settings)) == 2


def on_a_terminal(typed: str, *arguments: str) -> tuple[str, int]:
    """The command with a terminal before it, on which this is typed."""
    ours, theirs = pty.openpty()
    os.write(ours, typed.encode())
    with subprocess.Popen(
        [sys.executable, "-m", "teknologikort", *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONUTF8": "1", "COLUMNS": "200", "TERM": "dumb"},
    ) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
        code = process.wait(30)
    os.close(ours)
    return said.decode(), code


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # what Linux says when the other side is closed
        return b""


def test_the_municipality_may_be_named_for_all_rows(tmp_path: Path, empty: Settings) -> None:
    rows: Rows = [("forvaltning", "løsning"), ("Borgerservice", "Chatbot")]
    file = csv_file(tmp_path / "status.csv", rows)
    refused = run(empty, "load", file)
    assert "[municipality-missing]" in refused.stderr
    assert run(empty, "load", file, "--municipality", "Eksempel").exit_code == 0


def test_a_department_that_the_organisation_lacks_is_created_only_if_asked(
    tmp_path: Path, empty: Settings
) -> None:
    organisation = {"Forvaltninger": [("kommune", "forvaltning"), ("Eksempel", "Borgerservice")]}
    run(empty, "load", workbook(tmp_path / "organisation.xlsx", organisation))
    file = sheet(tmp_path, ("Eksempel", "Borgerservis", "Chatbot"))
    refused = run(empty, "load", file)
    assert refused.exit_code == 1
    assert "Mente du „Borgerservice“?" in refused.stderr
    assert run(empty, "load", file, "--new-departments").exit_code == 0


def test_json_tells_all_that_the_report_tells(tmp_path: Path, empty: Settings) -> None:
    file = wrong(tmp_path)
    result = run(empty, "load", file, "--json", "--dry-run")
    told = json.loads(result.stdout)
    store = SqliteStore(tmp_path / "andet.sqlite")
    (report,) = load_sheets([file], store, LoadOptions(), dry_run=True)
    store.close()
    assert told["dryRun"] is True
    (load,) = told["loads"]
    assert load["counts"] == {verdict.value: n for verdict, n in report.counts.items()}
    assert load["failed"] is True
    rows = [(row["row"], row["verdict"], row["about"]) for row in load["rows"]]
    assert rows == [(row.place.row, row.verdict.value, row.about.da) for row in report.rows]
    codes = [message["code"] for row in load["rows"] for message in row["messages"]]
    assert codes == [message.code for row in report.rows for message in row.messages]
    assert load["sheets"][0]["columns"] == dict(report.sheets[0].columns)
    assert result.exit_code == 1


def test_json_of_a_load_tells_its_number_and_revision(tmp_path: Path, empty: Settings) -> None:
    told = json.loads(run(empty, "load", sheet(tmp_path, SMS), "--json").stdout)
    (load,) = told["loads"]
    assert (load["number"], load["revision"], load["nothingNew"]) == (1, 1, False)


def test_every_row_is_shown_where_that_is_asked_for(tmp_path: Path, empty: Settings) -> None:
    file = sheet(tmp_path, SMS, CHATBOT)
    assert "Chatbot" not in run(empty, "load", file, "--dry-run").stdout
    shown = run(empty, "load", file, "--dry-run", "--verbose").stdout
    assert f"status.xlsx: {Verdict.NEW.label.da}" in shown
    assert "række 3: Borgerservice bruger Chatbot" in shown


def test_a_file_that_is_not_there_is_told(tmp_path: Path, empty: Settings) -> None:
    result = run(empty, "load", tmp_path / "findes-ikke.xlsx")
    assert result.exit_code == 1
    assert "Filen findes ikke" in result.stderr


def test_a_mapping_tells_which_column_is_what(tmp_path: Path, empty: Settings) -> None:
    file = csv_file(tmp_path / "fremmed.csv", [("Kommune", "Område", "System"), SMS])
    mapping = tmp_path / "kort.toml"
    mapping.write_text(
        """
[[table]]
[[table.target]]
sheet = "status"
[table.target.columns]
municipality = "Kommune"
department = "Område"
solution = "System"
""",
        encoding="utf-8",
    )
    assert run(empty, "load", file).exit_code == 1
    assert run(empty, "load", file, "--mapping", mapping).exit_code == 0


def test_the_same_is_told_in_english(tmp_path: Path, empty: Settings) -> None:
    result = run(in_english(empty), "load", sheet(tmp_path, SMS))
    assert result.stdout.splitlines()[-1].endswith("loaded as no. 1 (revision 1)")


def test_a_refusal_as_a_program_is_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    store = tmp_path / "ikke-en-graf.sqlite"
    store.write_text("hej " * 300, encoding="utf-8")
    done = program(tmp_path, "load", sheet(tmp_path, SMS), "--store", store)
    assert done.returncode == 1
    assert "er ikke en graf fra teknologikort" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_files_are_a_misuse(empty: Settings) -> None:
    assert run(empty, "load").exit_code == 2


def test_files_of_one_name_are_refused_before_any_is_loaded(
    tmp_path: Path, empty: Settings
) -> None:
    for folder in ("nord", "syd"):
        (tmp_path / folder).mkdir()
    one, other = sheet(tmp_path / "nord", SMS), sheet(tmp_path / "syd", CHATBOT)
    refused = run(empty, "load", one, other, "--remove-missing", "--yes").exception
    assert isinstance(refused, Refusal)
    assert "mapperne „nord“, „syd“" in refused.text("da")
    assert not Path(empty.store).exists()
    assert run(empty, "load", one, other, "--source", "begge").exit_code == 0


def test_what_changes_when_a_row_falls_is_shown_with_it(tmp_path: Path, empty: Settings) -> None:
    header = (*STATUS, "beskrivelse")
    for name, text in (("a.xlsx", "en"), ("b.xlsx", "to")):
        department = "Social" if name == "a.xlsx" else "Skole"
        rows = [header, ("Eksempel", department, "X", text), (*CHATBOT, None)]
        run(empty, "load", workbook(tmp_path / name, {"Status": rows}))
    fewer = workbook(tmp_path / "b.xlsx", {"Status": [header, (*CHATBOT, None)]})
    arguments = ("load", fewer, "--remove-missing", "--dry-run")
    assert "      X · beskrivelse: to → en" in run(empty, *arguments).stdout
    (told,) = json.loads(run(empty, *arguments, "--json").stdout)["loads"]
    assert told["falling"][0]["changes"] == ["X · beskrivelse: to → en"]
