"""Files that are handed in over HTTP, put where the loaders can read them."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

from starlette.datastructures import UploadFile

from loaders.files import SheetFile


@contextmanager
def sheet_files(uploads: Sequence[UploadFile]) -> Iterator[list[SheetFile]]:
    """The files in a folder of their own, for as long as they are read; each goes by the name
    that it was handed in with, which never becomes part of a path."""
    with TemporaryDirectory(prefix="teknologikort-") as folder:
        yield keep(Path(folder), uploads)


def keep(folder: Path, uploads: Sequence[UploadFile]) -> list[SheetFile]:
    """Write the files into a folder, each under a name of ours."""
    return [_kept(folder, place, upload) for place, upload in enumerate(uploads)]


def _kept(folder: Path, place: int, upload: UploadFile) -> SheetFile:
    name = base_name(upload.filename or "")
    path = folder / f"{place}{_ending(name)}"
    upload.file.seek(0)
    with path.open("wb") as kept:
        shutil.copyfileobj(upload.file, kept)
    return SheetFile(path, name)


def base_name(name: str) -> str:
    """A file's name without the folders that a browser may send along, and not too long."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    shown = "".join(c for c in base if c.isprintable()).strip(" .")
    return shown[-150:] or "ark"


def _ending(name: str) -> str:
    ending = Path(name).suffix.lower()
    return ending if ending[1:].isalnum() and len(ending) <= 5 else ""
