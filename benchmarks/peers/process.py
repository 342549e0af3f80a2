"""A peer that is a process of its own: it says its address when it answers, and ends with its
standard input."""

import json
import select
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.applications import Starlette

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


def serve(application: "Starlette") -> None:
    """Be such a peer: say the address, and answer until the standard input ends."""
    import uvicorn  # not for those who start a peer

    server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
    listening = socket.create_server(("127.0.0.1", 0))

    def end_with_input() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=end_with_input, daemon=True).start()
    print(json.dumps({"url": f"http://127.0.0.1:{listening.getsockname()[1]}"}), flush=True)
    server.run([listening])
