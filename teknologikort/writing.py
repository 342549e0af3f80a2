"""Files that the commands write: whole or not at all, and never over another unasked."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A place beside a file for what is to become it, in a folder that is made where it is not
    there. What lies there when the block ends well is put in the file's place in one step; else
    everything is as it was. Raises Refusal where something is there already, and where it cannot
    be written."""
    refuse_existing(path, overwrite=False)
    with fresh_beside(path) as beside:
        yield beside
        settle(beside)
        put_where_nothing_is(beside, path)


@contextmanager
def fresh_beside(path: Path) -> Iterator[Path]:
    """A place beside a file that is free again when the block ends; raises Refusal where it
    cannot be written."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise Refusal(say("file-not-writable", file=path, reason=reason)) from problem
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                beside.with_name(f"{beside.name}{ending}").unlink(missing_ok=True)


def settle(path: Path) -> None:
    """Wait until the file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can."""
    if os.name == "posix":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def put_where_nothing_is(beside: Path, path: Path, keep: bool = False) -> None:
    """Give a file its name, beside the one it has or (where it is not to ``keep`` that and the
    file system has no links) instead of it; raises Refusal where another has taken it."""
    try:
        os.link(beside, path)
    except FileExistsError as taken:
        raise Refusal(say("file-exists", file=path)) from taken
    except OSError:  # a file system without links
        refuse_existing(path, overwrite=False)
        if keep:
            shutil.copyfile(beside, path)
            settle(path)
        else:
            beside.rename(path)
    settle_folder(path.parent)
