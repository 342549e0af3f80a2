"""``teknologikort export`` writes the graph as a file that can be loaded, or drawn, again."""

from pathlib import Path

import networkx as nx
import openpyxl
import pytest

from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from schema.sheets import SHEETS
from teknologikort.settings import Settings
from tests.graph.loads import apply, says
from tests.loaders.graph_files import graph_in, load
from tests.teknologikort.command_line import in_english, program, run


def graph_of(file: Path) -> dict[str, dict[str, object]]:
    store = SqliteStore(file)
    try:
        return graph_in(store)
    finally:
        store.close()


def loaded_again(folder: Path, *files: Path) -> dict[str, dict[str, object]]:
    store = SqliteStore(folder / "igen.sqlite")
    for file in files:
        assert load(file, store).applied is not None
    store.close()
    return graph_of(folder / "igen.sqlite")


def test_a_workbook_gives_the_same_graph_again(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "export", tmp_path / "ark.xlsx")
    assert result.exit_code == 0, result.output
    assert "ark.xlsx er skrevet" in result.stdout
    assert result.stderr == ""
    assert loaded_again(tmp_path, tmp_path / "ark.xlsx") == graph_of(Path(settings.store))


def test_what_no_sheet_can_hold_is_told(settings: Settings, tmp_path: Path) -> None:
    store = SqliteStore(Path(settings.store))
    ends = [("solution:alene", "name", "Alene"), ("problem:ensomhed", "name", "Ensomhed")]
    apply(store, "side", [says(*ends, ("solution:alene SOLVES problem:ensomhed", "", ""))])
    store.close()
    result = run(settings, "export", tmp_path / "ark.xlsx")
    assert result.exit_code == 0
    assert "solution:alene SOLVES problem:ensomhed. [export-left-out]" in result.stderr


def test_a_folder_of_csv_gives_the_same_graph_again(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "export", tmp_path / "ud", "--csv", "--language", "en")
    assert result.exit_code == 0, result.output
    files = [tmp_path / "ud" / f"{sheet.label.en}.csv" for sheet in SHEETS]
    assert sorted((tmp_path / "ud").iterdir()) == sorted(files)
    assert loaded_again(tmp_path, *files) == graph_of(Path(settings.store))


def test_csv_is_as_danish_excel_wants_it_and_runs_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, "export", tmp_path / "status.csv", "--municipality", "Nabo")
    head, row, end = (tmp_path / "status.csv").read_bytes().split(b"\r\n")
    assert head.startswith(b"\xef\xbb\xbfkommune;forvaltning *;")
    assert row.decode().startswith('Nabo;Ældre;"\'=SUM(1;2)";i brug;')
    assert end == b""


def test_a_csv_file_holds_the_sheet_that_it_is_named_after_or_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    run(settings, "export", tmp_path / "x.csv", "--sheet", "Competences")
    assert "kompetence" in (tmp_path / "x.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    result = run(settings, "export", tmp_path / "y.csv")
    assert result.exit_code == 2
    assert "--sheet" in result.stderr


def test_only_the_chosen_sheets_are_written(settings: Settings, tmp_path: Path) -> None:
    run(settings, "export", tmp_path / "a.xlsx", "--sheet", "problemer", "--sheet", "navne")
    names = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert names == ["Vejledning", "Problemer", "Navne", "Lister"]


def test_graphml_opens_with_everything_in_it(settings: Settings, tmp_path: Path) -> None:
    assert run(settings, "export", tmp_path / "graf.graphml").exit_code == 0
    network = nx.read_graphml(tmp_path / "graf.graphml", force_multigraph=True)
    whole = graph_of(Path(settings.store))
    assert network.number_of_nodes() + network.number_of_edges() == len(whole)


def test_a_name_that_tells_no_kind_is_misuse(settings: Settings, tmp_path: Path) -> None:
    result = run(in_english(settings), "export", tmp_path / "graph.pdf")
    assert result.exit_code == 2
    assert ".graphml" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--sheet", "kompetencr"), "Mente du „Kompetencer“"),
        (("--municipality", "Eksempl"), "Mente du „Eksempel“?"),
    ],
)
def test_what_is_misspelt_gets_a_suggestion(
    settings: Settings, tmp_path: Path, arguments: tuple[str, ...], hint: str
) -> None:
    result = run(settings, "export", tmp_path / "ark.xlsx", *arguments)
    assert result.exit_code == 2
    assert hint in result.stderr


def test_a_file_that_is_there_is_not_touched_unasked(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "ud").mkdir()
    (tmp_path / "ud" / "Navne.csv").write_text("mit")
    result = run(settings, "export", tmp_path / "ud", "--csv")
    assert isinstance(result.exception, Refusal)
    assert [file.name for file in (tmp_path / "ud").iterdir()] == ["Navne.csv"]
    assert run(settings, "export", tmp_path / "ud", "--csv", "--overwrite").exit_code == 0
    assert (tmp_path / "ud" / "Navne.csv").read_text(encoding="utf-8-sig") != "mit"


def test_a_folder_cannot_stand_where_a_file_is(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "ud").write_text("en fil")
    assert run(settings, "export", tmp_path / "ud", "--csv").exit_code == 2


def test_as_a_program_it_says_where_there_is_no_graph(tmp_path: Path) -> None:
    done = program(tmp_path, "export", "ark.xlsx", TEKNOLOGIKORT_LANGUAGE="en")
    assert done.returncode == 1
    assert "There is no graph in" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_as_a_program_it_writes_quietly_where_nobody_looks_on(
    settings: Settings, tmp_path: Path
) -> None:
    done = program(tmp_path, "export", "ark.xlsx", "--store", settings.store)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ark.xlsx er skrevet")
