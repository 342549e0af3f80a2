"""A real server in a process of its own, as a user starts it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import IO


@dataclass(frozen=True)
class Serving:
    """Where it answers, and its process."""

    address: str
    process: int

    def memory(self) -> float:
        """The resident memory of the process and of those it started, in MB."""
        return sum(map(_resident, [self.process, *_children(self.process)]))


@contextmanager
def server_over(store: Path, *options: str) -> Iterator[Serving]:
    """A server over a store until the block ends."""
    command = [sys.executable, "-u", "-m", "teknologikort", "serve", "--port", "0"]
    named = {name: told for name, told in os.environ.items() if not name.startswith("TEKNOLOGI")}
    process = subprocess.Popen(
        [*command, "--store", str(store), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=named,
    )
    assert process.stdout is not None
    try:
        yield Serving(_address(process.stdout), process.pid)
    finally:
        process.terminate()
        process.wait(60)


def _address(told: IO[str]) -> str:
    """The address that it tells; what it tells afterwards is read, so that it never waits."""
    lines = []
    for line in told:
        lines.append(line)
        found = re.search(r"http://[\w.:]+", line)
        if found:
            Thread(target=told.read, daemon=True).start()
            return found[0]
    raise RuntimeError(f"the server did not start: {''.join(lines)}")


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in told.split()]


def _resident(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return sum(int(kilobytes) for kilobytes in re.findall(r"VmRSS:\s+(\d+) kB", status)) / 1024
