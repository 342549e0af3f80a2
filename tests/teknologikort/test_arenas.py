"""The heaps of a server's threads."""

import subprocess
import sys

import pytest

from teknologikort.arenas import few_arenas

_THREADS = """
import ctypes, sys
from threading import Barrier, Thread

if sys.argv[1] == "few":
    from teknologikort.arenas import few_arenas
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
