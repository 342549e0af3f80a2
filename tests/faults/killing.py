"""Starting the loading program, and killing it at a moment."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping

from teknologikort.local_neo4j import Neo4jAddress


def environment_of(address: Neo4jAddress | None = None) -> Mapping[str, str]:
    """The environment of a program that opens the store: with the credentials of a Neo4j."""
    named = (
        {} if address is None else {"NEO4J_USER": address.user, "NEO4J_PASSWORD": address.password}
    )
    return {**os.environ, **named, "PYTHONUTF8": "1"}


def acknowledged_until_killed(
    store: str, after: float, address: Neo4jAddress | None = None
) -> list[int]:
    """The revisions that a loading program said were written, before it was killed."""
    loading = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.loading", store],
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of(address),
    )
    assert loading.stdout is not None
    with loading.stdout as told:
        assert told.readline() == "ready\n"
        time.sleep(after)
        loading.send_signal(signal.SIGKILL)
        said = told.read()
    loading.wait()
    # The last line may be cut in the middle: what has no line's end was not told.
    return [int(line) for line in said.splitlines(keepends=True) if line.endswith("\n")]
