"""``loads``, ``undo``, ``redo`` and ``check``: what was loaded, and that it can be taken back."""

import sqlite3
from pathlib import Path

from graph.sqlite_store import SqliteStore
from schema.messages import Refusal
from teknologikort.settings import Settings
from tests.loaders.graph_files import graph_in
from tests.loaders.sheets import Desk
from tests.teknologikort.command_line import in_english, program, run


def graph_of(settings: Settings) -> dict[str, dict[str, object]]:
    store = SqliteStore(Path(settings.store))
    try:
        return graph_in(store)
    finally:
        store.close()


def test_loads_are_shown_with_number_source_and_state(settings: Settings) -> None:
    result = run(settings, "loads")
    head, line = result.stdout.splitlines()
    assert head.split() == ["nr.", "indlæst", "kilde", "rækker", "af", "tilstand"]
    assert line.split()[0] == "1"
    assert "fuld.xlsx" in line
    assert line.endswith("gælder")


def test_an_undone_load_says_nothing_until_it_is_taken_back(settings: Settings) -> None:
    before = graph_of(settings)
    undone = run(settings, "undo", "1")
    assert undone.exit_code == 0
    assert "teknologikort redo 1" in undone.stdout
    assert graph_of(settings) == {}
    assert "fortrudt" in run(settings, "loads").stdout
    assert "undone" in run(in_english(settings), "loads").stdout
    redone = run(settings, "redo", "1")
    assert "revision 3" in redone.stdout
    assert graph_of(settings) == before


def refused(settings: Settings, *arguments: str) -> str:
    result = run(settings, *arguments)
    assert isinstance(result.exception, Refusal)
    (message,) = result.exception.messages
    return message.code


def test_a_load_that_is_not_there_or_is_so_already_is_refused_and_told_apart(
    settings: Settings,
) -> None:
    assert refused(settings, "undo", "77") == "load-unknown"
    assert refused(settings, "redo", "77") == "load-unknown"
    assert refused(settings, "redo", "1") == "load-stands-already"
    run(settings, "undo", "1")
    assert refused(settings, "undo", "1") == "load-undone-already"


def test_a_number_that_is_none_is_misuse(settings: Settings) -> None:
    assert run(settings, "undo", "sidste").exit_code == 2
    assert run(settings, "undo").exit_code == 2


def test_an_empty_history_says_so(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "ny.sqlite").close()
    result = run(Settings(store=str(tmp_path / "ny.sqlite")), "loads")
    assert result.stdout == "Der er ikke indlæst noget endnu.\n"


def test_a_store_that_says_what_its_records_say_is_sound(settings: Settings) -> None:
    result = run(settings, "check")
    assert result.exit_code == 0
    assert "præcis, hvad posterne siger (revision 1)" in result.stdout


def test_check_tells_what_the_data_do_not_say(settings: Settings) -> None:
    everywhere = run(settings, "check").stdout
    assert "Det, dataene ikke siger" in everywhere
    assert "Ældre (Nabo)" in everywhere
    nearby = run(in_english(settings), "check", "--municipality", "Eksempel").stdout
    assert "What the data do not tell" in nearby
    assert "Ældre" not in nearby


def test_a_store_that_was_tampered_with_is_found_out(settings: Settings) -> None:
    with sqlite3.connect(settings.store) as connection:
        connection.execute(
            "UPDATE node SET fields = json_set(fields, '$.function', 'noget andet')"
            " WHERE key LIKE 'solution:%sms%'"
        )
    connection.close()
    result = run(settings, "check")
    assert result.exit_code == 1
    assert "solution:sms-service" in result.stdout
    assert "afviger" in result.stderr


def test_as_a_program_undo_tells_in_one_sentence_what_is_wrong(settings: Settings) -> None:
    done = program(Path(settings.store).parent, "undo", "9", "--store", settings.store)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "nummer 9" in done.stderr


def test_help_stands_in_danish_with_english_beside_it(settings: Settings) -> None:
    for command in ("template", "export", "loads", "undo", "redo", "check"):
        text = run(settings, command, "--help").stdout
        assert any(letter in text for letter in "æøå"), command
        assert " the " in text, command


def test_a_ring_of_departments_that_undoing_has_closed_is_named(tmp_path: Path) -> None:
    header = ("kommune", "forvaltning", "hører under")
    desk = Desk(tmp_path)
    desk.load({"Forvaltninger": [header, ("Eksempel", "A", "B"), ("Eksempel", "B", None)]})
    desk.load({"Forvaltninger": [header, ("Eksempel", "A", "C")]})
    desk.load({"Forvaltninger": [header, ("Eksempel", "B", "A")]})
    settings = Settings(store=str(desk.store.path))
    desk.store.close()
    assert "ring-stands" not in run(settings, "check").stderr
    run(settings, "undo", "2")
    result = run(settings, "check")
    assert result.exit_code == 0
    assert "A > B > A" in result.stderr
