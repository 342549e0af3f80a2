"""How many heaps the threads of a server have."""

import ctypes
import sys

_M_ARENA_MAX = -8
"""The number of this setting of the GNU C library."""
_MOST = 2


def few_arenas() -> bool:
    """Let threads share two heaps, and say whether that could be had; to be called before they
    begin. The GNU C library gives each thread one of its own, up to eight a processor, and what
    is free in one is of no use in another; Python runs one thread at a time, so none waits."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # other C libraries have none
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, _MOST))
