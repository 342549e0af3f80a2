"""How the reading process binds itself before it touches a file."""

import sys

from loaders.reading.limits import Limits


def confine(limits: Limits) -> None:
    """No more memory or output than allowed, and no core dump.

    Windows has no such limits: there the checks before the reading and the clock must do.
    """
    if sys.platform == "win32":
        return
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, limits.memory_bytes)
    if sys.platform == "linux":  # macOS knows the limit and refuses to set it
        _lower(resource.RLIMIT_AS, limits.memory_bytes)


def _lower(what: int, limit: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (allowed, allowed))
