"""The heap of a server."""

import ctypes
import subprocess
import sys

import pytest

from teknologikort.heap import few_arenas

_THREADS = """
import ctypes, sys
from threading import Barrier, Thread

if sys.argv[1] == "few":
    from teknologikort.heap import few_arenas
    assert few_arenas()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
together = Barrier(12)

def work():
    libc.malloc(ctypes.c_size_t(1000))
    together.wait()

threads = [Thread(target=work) for _ in range(12)]
for each in threads:
    each.start()
for each in threads:
    each.join()
libc.fopen.restype = ctypes.c_void_p
told = libc.fopen(sys.argv[2].encode(), b"w")
libc.malloc_info(0, ctypes.c_void_p(told))
libc.fclose(ctypes.c_void_p(told))
print(open(sys.argv[2]).read().count("<heap nr="))
"""


def _heaps(how: str, path: str) -> int:
    command = [sys.executable, "-c", _THREADS, how, path]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="a setting of the GNU C library")
def test_many_threads_share_two_heaps(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("heaps") / "told.xml")
    if not few_arenas():
        pytest.skip("this C library has no such setting")
    assert _heaps("few", path) <= 2 < _heaps("as they are", path)


_HOLES = """
import ctypes, re
from teknologikort.heap import give_back

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.mallopt(-3, 1 << 25)  # what a server has come to after a while: all of it in the heap

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024

blocks = [libc.malloc(ctypes.c_size_t(1 << 20)) for _ in range(100)]
for each in blocks:
    ctypes.memset(each, 1, 1 << 20)
for each in (each for place, each in enumerate(blocks) if place % 10 != 9):
    libc.free(ctypes.c_void_p(each))
before = resident()
assert give_back()
print(before - resident())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a function of the GNU C library")
def test_what_lies_free_between_what_is_in_use_is_given_back() -> None:
    if not hasattr(ctypes.CDLL(None), "malloc_trim"):
        pytest.skip("this C library has no such function")
    command = [sys.executable, "-c", _HOLES]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert int(told) > 80
