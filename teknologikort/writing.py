"""Files that the commands write: whole or not at all, and never over another unasked."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from schema.messages import Refusal, say


def refuse_existing(path: Path, overwrite: bool) -> None:
    """Refuses a file that is there already, before any work is done for it."""
    if path.exists() and not overwrite:
        raise Refusal(say("file-exists", file=path))


def write_whole(path: Path, content: bytes, overwrite: bool = False) -> None:
    """Write the file, or leave everything as it was; raises Refusal.

    It is written beside its place and then put there in one step.
    """
    refuse_existing(path, overwrite)
    try:
        _put(path, content)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise Refusal(say("file-not-writable", file=path, reason=reason)) from problem


def _put(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, _usual_mode())
        os.replace(beside, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(beside)
        raise


def _usual_mode() -> int:
    """What a new file may be used for here: a temporary file is for its owner alone."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
