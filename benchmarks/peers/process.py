"""A peer that is a process of its own: it says its address when it answers, and ends with its
standard input."""

import json
import select
import subprocess

START_SECONDS = 120.0
STOP_SECONDS = 10.0


class NotStarted(Exception):  # noqa: N818 - says what came instead
    """A peer did not say where it answers."""


def address_of(process: "subprocess.Popen[str]") -> str:
    """The address that it says on its first line."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], START_SECONDS)
    line = process.stdout.readline() if ready else ""
    if not line.startswith("{"):
        raise NotStarted(line.strip() or "it said nothing")
    return str(json.loads(line)["url"])


def stop(process: "subprocess.Popen[str]") -> None:
    """Its standard input ends, and so does it."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()
