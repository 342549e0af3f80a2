"""Help is quick: nothing heavy is imported to explain a command."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from teknologikort.cli import COMMANDS, main_group
from teknologikort.commands.ask import QUESTIONS

HEAVY = {"numpy", "scipy", "openpyxl", "networkx", "neo4j", "strawberry", "starlette", "uvicorn"}
SHOWN = [
    (),
    *((name,) for name in COMMANDS),
    *(("ask", question) for question in QUESTIONS),
]


def test_help_imports_nothing_heavy() -> None:
    script = f"""
import sys
from click.testing import CliRunner
from teknologikort.cli import COMMANDS, main_group
for arguments in {SHOWN}:
    result = CliRunner().invoke(main_group, [*arguments, "--help"])
    assert result.exit_code == 0, result.output
    assert "Usage:" in result.output
    heavy = sorted({HEAVY}.intersection(sys.modules))
    assert not heavy, (arguments, heavy)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", SHOWN)
def test_help_is_in_both_languages(arguments: tuple[str, ...]) -> None:
    said = CliRunner().invoke(main_group, [*arguments, "--help"]).output
    assert any(letter in said for letter in "æøå")
    assert " the " in said
