"""Runs commands as a person would: in this process, or as a program of its own."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from teknologikort.cli import main_group
from teknologikort.settings import Settings


def run(settings: Settings, *arguments: str | Path) -> Result:
    """The command with these arguments, in this process."""
    return CliRunner().invoke(main_group, [str(each) for each in arguments], obj=settings)


def in_english(settings: Settings) -> Settings:
    return replace(settings, language="en")


def program(
    folder: Path, *arguments: str | Path, seconds: float = 60, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command as a program, in a folder, with more environment."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TEKNOLOGIKORT_")}
    return subprocess.run(
        [sys.executable, "-m", "teknologikort", *map(str, arguments)],
        cwd=folder,
        env={**inherited, **environment, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=seconds,
    )
