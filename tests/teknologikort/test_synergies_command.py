"""``teknologikort synergies`` writes all departments' best synergies, whole or not at all."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.generator import Generator
from graph.sqlite_store import SqliteStore
from teknologikort.settings import Settings
from tests.teknologikort.command_line import in_english, run


def test_the_csv_file_opens_in_a_danish_spreadsheet(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "synergier.csv"
    result = run(settings, "synergies", file, "--first", "3")

    assert result.exit_code == 0, result.output
    head, *rows = csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert head[:3] == ["slags", "forvaltning", "med"]
    assert f"(rækker: {len(rows)})" in result.stdout
    assert 0 < max(float(row[5].replace(",", ".")) for row in rows) <= 1


def test_the_json_file_holds_what_each_department_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "all.json"
    result = run(in_english(settings), "synergies", file, "--kind", "reuse", "--first", "2")
    assert result.exit_code == 0, result.output
    items = json.loads(file.read_text("utf-8"))["items"]
    department = items[0]["department"]["id"]

    asked = run(
        in_english(settings),
        "ask",
        "synergy",
        department,
        "--kind",
        "reuse",
        "--first",
        "2",
        "--json",
    )
    told = json.loads(asked.stdout)["items"]
    own = [each for each in items if each["department"]["id"] == department]
    assert [(each["partner"]["id"], each["score"]) for each in own] == [
        (each["partner"]["id"], each["score"]) for each in told
    ]


def test_another_kind_of_file_is_misuse(settings: Settings, tmp_path: Path) -> None:
    result = run(settings, "synergies", tmp_path / "synergier.xlsx")

    assert result.exit_code == 2
    assert ".csv eller .json" in result.output


def test_a_file_that_is_there_is_left_unless_it_may_be_replaced(
    settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "synergier.csv"
    file.write_text("mit")

    refused = run(settings, "synergies", file)
    assert refused.exit_code == 1
    assert file.read_text() == "mit"
    assert run(settings, "synergies", file, "--overwrite").exit_code == 0
    assert file.read_text("utf-8-sig").startswith("slags;")


def test_ctrl_c_stops_it_and_leaves_no_file(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "graf.sqlite")
    for load in Generator(24).loads():
        store.apply(load)
    store.close()
    command = [sys.executable, "-m", "teknologikort", "synergies", "synergier.json"]
    process = subprocess.Popen(
        [*command, "--store", "graf.sqlite", "--first", "200000"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what runs behind it deaf to Ctrl-C, and so would all that it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not list(tmp_path.glob(".synergier.json.*")) and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 1, said
    assert "synergier.json er ikke skrevet" in said
    assert [each.name for each in tmp_path.iterdir() if "synergier" in each.name] == []
