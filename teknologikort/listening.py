"""The address that a server listens on, and the signals that end it."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE
from ipaddress import ip_address

from schema.messages import Refusal, say

_BACKLOG = 2048


def is_this_machine(host: str) -> bool:
    """Whether only programs of this machine reach a server that listens there."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):  # no such name, or none that could be
        return False
    return bool(found) and all(ip_address(str(each)).is_loopback for each in found)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that is bound to the address; raises Refusal where it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits 40 ms.
        bound = socket.socket(family, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as problem:
        raise _refusal(host, port, problem) from problem
    with bound:
        try:
            if os.name == "posix":  # elsewhere it would let two servers have one port
                bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind((host, port))
            # A port that is only bound could still be taken by another.
            bound.listen(_BACKLOG)
        except OSError as problem:
            raise _refusal(host, port, problem) from problem
        yield bound


def _refusal(host: str, port: int, problem: OSError | UnicodeError) -> Refusal:
    if isinstance(problem, OSError) and problem.errno == EADDRINUSE:
        return Refusal(say("port-taken", port=port, host=host))
    reason = (isinstance(problem, OSError) and problem.strerror) or str(problem)
    return Refusal(say("address-not-usable", host=host, port=port, reason=reason))


def address_of(bound: socket.socket) -> str:
    """What to write in a browser to come here."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def end_as_by_ctrl_c() -> None:
    """Let a request to end, or the closing of the terminal, do what Ctrl-C does, so that all
    that was begun is brought to its end."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
