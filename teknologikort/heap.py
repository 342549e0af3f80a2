"""The heap of a server: how many parts it has, and that what it no longer needs is given back."""

import ctypes
import sys

_M_ARENA_MAX = -8
"""The number of this setting of the GNU C library."""
_MOST = 2


def few_arenas() -> bool:
    """Let threads share two heaps, and say whether that could be had; to be called before they
    begin. The GNU C library gives each thread one of its own, up to eight a processor, and what
    is free in one is of no use in another; Python runs one thread at a time, so none waits."""
    mallopt = _of_the_c_library("mallopt")
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, _MOST))


def give_back() -> bool:
    """Give what is free in the heap back to the system, and say whether there was something; some
    10 ms. The GNU C library keeps what lies free between what is in use, and what each revision
    derives anew does not fit into it: a server with a load a minute would grow by 65 MB each."""
    trim = _of_the_c_library("malloc_trim")
    return trim is not None and bool(trim(ctypes.c_size_t(0)))


def _of_the_c_library(name: str) -> "ctypes._FuncPointer | None":
    if sys.platform != "linux":
        return None
    found: ctypes._FuncPointer | None = getattr(ctypes.CDLL(None), name, None)
    return found  # other C libraries have none
