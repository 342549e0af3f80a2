"""What the commands show: drawn where a person looks on, plain where a program reads."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from schema.messages import Place, say
from schema.text import Text
from teknologikort.settings import Settings
from teknologikort.terminal import Terminal, terminal_of
from teknologikort.writing import write_whole


def looked_at(*command: str) -> str:
    """What a person sees of a program that runs in a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, close_fds=True) as running:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # how Linux says that the program has ended
                break
            if not part:
                break
            seen += part
        running.wait(timeout=30)
    os.close(ours)
    return seen.decode()


def test_a_table_is_drawn_for_a_person_and_plain_for_a_program(settings: Settings) -> None:
    command = (sys.executable, "-m", "teknologikort", "loads", "--store", settings.store)
    assert "───" in looked_at(*command)
    plain = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "─" not in plain
    assert "\x1b" not in plain


def test_columns_of_a_plain_table_are_aligned_and_numbers_stand_to_the_right(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [("kort", 7), ("længere navn", 12), ("to\nlinjer", None)]
    Terminal("en").table((Text("navn", "name"), Text("antal", "number")), rows)
    assert capsys.readouterr().out.splitlines() == [
        "name          number",
        "kort               7",
        "længere navn      12",
        "to linjer",
    ]


def test_messages_tell_severity_place_and_code_the_gravest_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = Place("ark.xlsx", "Status", 4, "C")
    messages = [say("nothing-new"), say("cell-empty", place, column=Text("løsning", "solution"))]
    terminal_of(Settings()).messages(messages)
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err.splitlines() == [
        "Fejl ark.xlsx, arket „Status“, række 4, kolonne C: „løsning“ skal udfyldes. [cell-empty]",
        f"Bemærk: {messages[0].text('da')} [nothing-new]",
    ]


SLOW = """
import sys, time
from schema.text import Text
from teknologikort.terminal import Terminal
with Terminal("da").progress(Text("Regner", "Counting"), 3) as advance:
    for _ in range(3):
        time.sleep(float(sys.argv[1]))
        advance(1)
print("færdig")
"""


def test_progress_shows_after_a_second_and_only_where_a_person_looks_on() -> None:
    assert "Regner" in looked_at(sys.executable, "-c", SLOW, "0.45")
    assert "Regner" not in looked_at(sys.executable, "-c", SLOW, "0.01")
    quiet = subprocess.run(
        (sys.executable, "-c", SLOW, "0.45"), capture_output=True, text=True, check=True
    )
    assert (quiet.stdout, quiet.stderr) == ("færdig\n", "")


def test_a_file_is_written_as_any_other_new_file_is(tmp_path: Path) -> None:
    (tmp_path / "anden").write_text("")
    write_whole(tmp_path / "ny", b"indhold")
    assert (tmp_path / "ny").read_bytes() == b"indhold"
    assert (tmp_path / "ny").stat().st_mode == (tmp_path / "anden").stat().st_mode
    assert sorted(file.name for file in tmp_path.iterdir()) == ["anden", "ny"]
