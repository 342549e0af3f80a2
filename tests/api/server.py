"""A real server for tests: uvicorn on a free port, in a thread of the test's own process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

_PATIENCE = 10.0


@contextmanager
def running_server(app: ASGIApp) -> Iterator[str]:
    """Serve the app on 127.0.0.1 until the block ends; gives its address without a last slash."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
    with socket.socket(proto=socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(app, log_level="warning", lifespan="auto", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            _wait_until_started(server, thread)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE)
            if thread.is_alive():
                raise RuntimeError("the test's server did not stop")


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    end = time.monotonic() + _PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RuntimeError("the test's server did not start")
        time.sleep(0.005)
