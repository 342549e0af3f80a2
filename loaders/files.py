"""The files of one load, opened: their sheets, and what there is to say about them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from loaders.personal_data import without_cpr
from loaders.reading import Limits, Table, read_tables
from loaders.recognise import RecognisedSheet, Recognition, recognise
from loaders.rows import Row
from schema.messages import Message, Place, Refusal, say
from schema.text import Text

Recogniser = Callable[[Sequence[Table]], Recognition]
"""What tells which of a file's tables are which mapping sheets."""


@dataclass(frozen=True)
class SheetFile:
    """A file to load, and the name that people know it by."""

    path: Path
    name: str


def sheet_file(path: Path | SheetFile) -> SheetFile:
    """A file by its path alone goes by its own name."""
    return path if isinstance(path, SheetFile) else SheetFile(path, path.name)


def refuse_namesakes(paths: Iterable[Path | SheetFile]) -> None:
    """Raise Refusal where files that are sources of their own have one name: they are hardly two
    editions of one sheet."""
    by_name: dict[str, dict[Path, SheetFile]] = {}
    for file in map(sheet_file, paths):
        by_name.setdefault(file.name, {}).setdefault(file.path.resolve(), file)
    said = [
        say("files-of-one-name", Place(name), where=_where(list(same.values())))
        for name, same in by_name.items()
        if len(same) > 1
    ]
    if said:
        raise Refusal(*said)


def _where(files: Sequence[SheetFile]) -> Text:
    """The folders of files that are known by their own names: no more of the paths than that."""
    folders = [file.path.resolve().parent.name for file in files if file.name == file.path.name]
    named = ", ".join(f"„{folder}“" for folder in folders if folder)
    other = ", ".join(f"“{folder}”" for folder in folders if folder)
    return Text(f" (mapperne {named})", f" (folders {other})") if named else Text("", "")


_At = tuple[str | None, str | None]


@dataclass
class OpenedFiles:
    """What stands in the files. ``left_out`` are files (sheet None) and sheets that cannot be
    read; ``cells`` are errors of single cells, ``unsure`` sheets that have more than are told."""

    names: tuple[str, ...]
    sheets: list[RecognisedSheet] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    left_out: set[_At] = field(default_factory=set)
    cells: dict[tuple[str | None, str | None, int | None], list[Message]] = field(
        default_factory=dict
    )
    unsure: set[_At] = field(default_factory=set)


def open_files(
    files: Sequence[SheetFile], limits: Limits | None = None, recogniser: Recogniser = recognise
) -> OpenedFiles:
    """Read the files, and recognise their sheets. A file or a sheet with a CPR number in its name
    is left out, since every value would keep that name as its place."""
    opened = OpenedFiles(tuple(without_cpr(file.name) or file.name for file in files))
    for file, shown in zip(files, opened.names, strict=True):
        if shown != file.name:
            _refuse_name(opened, Place(shown))
            continue
        tables, said = read_tables(file.path, limits, file.name)
        tables, said = _well_named(opened, tables, said)
        if not tables:
            opened.messages += said
            opened.left_out.add((file.name, None))
            continue
        found = recogniser(tables)
        opened.sheets += found.sheets
        opened.left_out |= {(table.file, table.sheet) for table in found.left_out}
        _sort(opened, said, {(s.table.file, s.table.sheet) for s in found.sheets})
        opened.messages += found.messages
    return opened


def _well_named(
    opened: OpenedFiles, tables: Sequence[Table], said: Sequence[Message]
) -> tuple[list[Table], list[Message]]:
    """The tables, and what was said of them, without those whose name holds a CPR number."""
    named = {table.sheet: without_cpr(table.sheet) for table in tables}
    for table in tables:
        hidden = named[table.sheet]
        if hidden is not None:
            _refuse_name(opened, replace(table.place(0), sheet=hidden, row=None))
    return (
        [table for table in tables if named[table.sheet] is None],
        [message for message in said if named.get(message.place.sheet or "") is None],
    )


def _refuse_name(opened: OpenedFiles, place: Place) -> None:
    opened.messages.append(say("cpr-number-in-name", place))
    opened.left_out.add((place.file, place.sheet))


def _sort(opened: OpenedFiles, said: Iterable[Message], ours: set[_At]) -> None:
    """Errors of cells belong to their rows; those of sheets that are not read to nobody."""
    for message in said:
        place = message.place
        at = (place.file, place.sheet)
        if message.kind.severity != "error" or place.row is None:
            opened.messages.append(message)
        elif at in ours:
            opened.cells.setdefault((*at, place.row), []).append(message)
            if message.code == "more-of-the-same":
                opened.unsure.add(at)


def add_cell_errors(rows: Iterable[Row], opened: OpenedFiles) -> None:
    """Give each row the errors that its cells had when they were read."""
    if not opened.cells:
        return
    for row in rows:
        place = row.place
        errors = opened.cells.get((place.file, place.sheet, place.row), ())
        mine = [error for error in errors if error.place.column in row.reads]
        if mine:
            there = {error.place for error in mine}
            kept = [message for message in row.messages if message.place not in there]
            row.messages[:] = mine + kept
        elif (place.file, place.sheet) in opened.unsure:
            row.messages.append(say("sheet-has-more-errors", place))
