"""The one way in: a file of any kind that is read, as tables and messages."""

from pathlib import Path

from loaders.reading.csv_file import read_csv
from loaders.reading.limits import MEGABYTE, Limits
from loaders.reading.sniffing import Found, sniff
from loaders.reading.table import Table
from loaders.reading.workbook import read_workbook
from schema.messages import Message, Place, say


def read_tables(
    path: Path, limits: Limits | None = None, name: str | None = None
) -> tuple[list[Table], list[Message]]:
    """Every sheet of the file, and what there is to say about it.

    Where the file as a whole cannot be read there are no tables, and an error says why. A cell
    that cannot be trusted (an error, a formula without a result) is blank in its table and has
    an error at its place. `name` is the file's name to people, where the path has another.
    """
    limits = limits if limits is not None else Limits()
    file = name if name is not None else path.name
    try:
        return _read(path, file, limits)
    except FileNotFoundError:
        return [], [say("file-not-found", Place(file))]
    except IsADirectoryError:
        return [], [say("file-is-folder", Place(file or None), name=path.resolve().name)]
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        return [], [say("file-not-readable", Place(file), reason=reason)]


def _read(path: Path, file: str, limits: Limits) -> tuple[list[Table], list[Message]]:
    size = path.stat().st_size
    if size > limits.file_bytes:
        megabytes = -(-size // MEGABYTE)
        limit = limits.file_bytes // MEGABYTE
        return [], [say("file-too-large", Place(file), size=megabytes, limit=limit)]
    found = sniff(path)
    if found is Found.NOTHING:
        return [], [say("empty-workbook", Place(file))]
    if found is Found.WORKBOOK:
        return read_workbook(path, file, limits)
    if found is Found.TEXT:
        return read_csv(path, file, limits)
    return [], [say("not-a-spreadsheet", Place(file), found=found)]
