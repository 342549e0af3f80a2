"""A command that serves, as a program of its own, until it is told to end."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ENDS_WITHIN = 30


@dataclass
class Running:
    """A server: the line that tells its address, and all lines up to it."""

    process: subprocess.Popen[str]
    address: str
    lines: list[str]

    @property
    def line(self) -> str:
        return self.lines[-1]

    def end(self, how: signal.Signals) -> tuple[int, str, str]:
        """Tell it to end: its exit code, and what else it said on both outputs."""
        self.process.send_signal(how)
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        # Not communicate: it misses what was read ahead together with the address.
        said, told = self.process.stdout.read(), self.process.stderr.read()
        return self.process.wait(_ENDS_WITHIN), said, told


@contextmanager
def running(folder: Path, *arguments: str, **environment: str) -> Iterator[Running]:
    """The command, from when it tells its address until the block ends."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("TEKNOLOGIKORT_")}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "teknologikort", *arguments],
        cwd=folder,
        env={**inherited, **environment, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield Running(process, *_address(process))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _address(process: subprocess.Popen[str]) -> tuple[str, list[str]]:
    lines: list[str] = []
    assert process.stdout is not None
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        found = re.search(r"http://[\w.:\[\]]+", line)
        if found:
            return found[0], lines
    _, told = process.communicate()
    raise AssertionError(f"it ended without an address:\n{told}")
