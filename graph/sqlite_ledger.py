"""The ledger in SQLite: loads and their records, the revisions, and which records stand."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby
from zlib import crc32

from graph.ledger import RECORD_BITS, Edition, RecordHead, Revision, load_of, replaced_numbers
from graph.sqlite_batches import some_of
from graph.sqlite_records import RecordRow
from schema.records import Load, LoadSummary

RECORD = "record.number, record.key, record.sheet, record.said, record.mark"


def now() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def revision(connection: sqlite3.Connection) -> int:
    """The newest revision's number."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM revision").fetchone()
    return int(number)


def step(
    connection: sqlite3.Connection, at: str, actor: str, what: str, load: int, moved: Iterable[int]
) -> int:
    """The last that a write does: one revision more, and the records that it moved."""
    number = revision(connection) + 1
    row = (number, at, actor, what, load, json.dumps(_spans(moved)))
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, _mark(*row)))
    return number


def _spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers as pairs of first and last of those that follow each other."""
    spans = []
    for _, some in groupby(enumerate(sorted(numbers)), lambda each: each[1] - each[0]):
        following = [number for _, number in some]
        spans.append((following[0], following[-1]))
    return spans


def moved_since(connection: sqlite3.Connection, since: int) -> list[tuple[int, int]]:
    """The spans of records that the revisions after this one let stand or fall."""
    found = connection.execute("SELECT moved FROM revision WHERE number > ?", (since,))
    return sorted({(first, last) for (moved,) in found for first, last in json.loads(moved)})


def rows_between(connection: sqlite3.Connection, first: int, last: int) -> Iterator[RecordRow]:
    """The rows of the records from one number to another, streamed."""
    query = f"SELECT {RECORD} FROM record WHERE number BETWEEN ? AND ? ORDER BY number"  # noqa: S608
    return connection.execute(query, (first, last))


def rows_of_load(connection: sqlite3.Connection, load: int) -> Iterator[RecordRow]:
    """The rows of a load's records, standing or not, streamed."""
    return rows_between(connection, load << RECORD_BITS, ((load + 1) << RECORD_BITS) - 1)


def record_rows(connection: sqlite3.Connection, numbers: Iterable[int]) -> Iterator[RecordRow]:
    """The rows of the records with these numbers, in their order."""
    for some, marks in some_of(sorted(numbers)):
        yield from connection.execute(
            f"SELECT {RECORD} FROM record WHERE number IN ({marks}) ORDER BY number",  # noqa: S608
            some,
        )


def next_load(connection: sqlite3.Connection) -> int:
    """The number that the next load gets."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM load").fetchone()
    return int(number)


def source_of(connection: sqlite3.Connection, number: int, stands: bool) -> str | None:
    """The source of the load with this number, if there is one that stands (or does not)."""
    found = connection.execute(
        "SELECT source FROM load WHERE number = ? AND stands = ?", (number, stands)
    ).fetchone()
    return None if found is None else str(found[0])


def let_load_stand(connection: sqlite3.Connection, number: int, undone_at: str | None) -> None:
    """Say of a load when it was undone, or that it stands."""
    connection.execute(
        "UPDATE load SET stands = ?, undone_at = ? WHERE number = ?",
        (undone_at is None, undone_at, number),
    )


def editions(connection: sqlite3.Connection, source: str) -> list[Edition]:
    """A source's standing loads, with as much of their records as decides which stand."""
    loads = connection.execute(
        "SELECT number, remove_missing FROM load WHERE source = ? AND stands ORDER BY number",
        (source,),
    ).fetchall()
    return [Edition(load, bool(remove), heads_of(connection, load)) for load, remove in loads]


def heads_of(connection: sqlite3.Connection, load: int) -> list[RecordHead]:
    """The number and key of each record of a load."""
    span = load << RECORD_BITS, ((load + 1) << RECORD_BITS) - 1
    found = connection.execute(
        "SELECT number, key FROM record WHERE number BETWEEN ? AND ? ORDER BY number", span
    )
    return [RecordHead(number, key) for number, key in found]


def standing_heads(connection: sqlite3.Connection, source: str) -> Iterator[RecordHead]:
    """The number and key of each record of a source that stands."""
    for load in _standing_loads(connection, source):
        replaced = replaced_of(connection, load)
        yield from (head for head in heads_of(connection, load) if head.number not in replaced)


def let_fall(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Keep that these records of standing loads stand no more."""
    connection.executemany("INSERT INTO replaced VALUES (?)", [(n,) for n in sorted(numbers)])


def let_stand(
    connection: sqlite3.Connection, before: Sequence[Edition], after: Sequence[Edition]
) -> None:
    """Keep which records of a source's standing loads do not stand."""
    old, new = replaced_numbers(before), replaced_numbers(after)
    connection.executemany("DELETE FROM replaced WHERE record = ?", [(n,) for n in old - new])
    let_fall(connection, new - old)


def replaced_of(connection: sqlite3.Connection, load: int) -> set[int]:
    """The records of a load whose place others have taken."""
    span = load << RECORD_BITS, ((load + 1) << RECORD_BITS) - 1
    found = connection.execute("SELECT record FROM replaced WHERE record BETWEEN ? AND ?", span)
    return {number for (number,) in found}


def keep(
    connection: sqlite3.Connection, number: int, load: Load, count: int, rows: Iterable[RecordRow]
) -> None:
    """Write a load and its records into the ledger."""
    at = now() if load.at is None else load.at.isoformat(timespec="seconds")
    made = revision(connection) + 1
    head = number, load.source, _files(load.files), at, load.actor, int(load.remove_missing), count
    connection.execute(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, NULL, ?)",
        (*head, made, _mark(*head, made)),
    )
    keep_records(connection, rows)


def keep_records(connection: sqlite3.Connection, rows: Iterable[RecordRow]) -> None:
    """Write the rows of records."""
    connection.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?)", rows)


def _files(files: Sequence[str]) -> str:
    return json.dumps(files, ensure_ascii=False)


def standing(
    connection: sqlite3.Connection, source: str | None, key_prefix: str | None
) -> Iterator[RecordRow]:
    """The rows of the records that stand (of one source; whose key begins so), in their order,
    streamed."""
    wanted: list[str] = []
    values: list[str | int] = []
    if key_prefix:
        wanted.append("record.key >= ? AND record.key < ?")
        values += [key_prefix, key_prefix[:-1] + chr(ord(key_prefix[-1]) + 1)]
        sheet, blank, _ = key_prefix.partition(" ")
        if blank:  # the index over the keys' first words finds them
            wanted.append("record.sheet = ?")
            values.append(sheet)
    wanted.append("record.number NOT IN (SELECT record FROM replaced)")
    query = f"SELECT {RECORD} FROM record WHERE {' AND '.join(wanted)}"  # noqa: S608
    if source is None and key_prefix:
        loads = _standing_loads(connection, None)
        rows = connection.execute(f"{query} ORDER BY record.number", values)
        yield from (row for row in rows if load_of(row[0]) in loads)
        return
    for load in sorted(_standing_loads(connection, source)):
        span = load << RECORD_BITS, ((load + 1) << RECORD_BITS) - 1
        within = f"{query} AND record.number BETWEEN ? AND ? ORDER BY record.number"
        yield from connection.execute(within, (*values, *span))


def _standing_loads(connection: sqlite3.Connection, source: str | None) -> set[int]:
    """The loads that stand (of one source), but those of which no record does any more: a source
    that is handed in again and again has many, which are not gone through each time."""
    found = connection.execute(
        "SELECT number FROM load WHERE stands AND (? IS NULL OR source = ?) AND records >"
        " (SELECT count(*) FROM replaced"
        " WHERE record BETWEEN load.number << ? AND (load.number + 1 << ?) - 1)",
        (source, source, RECORD_BITS, RECORD_BITS),
    )
    return {number for (number,) in found}


def loads(connection: sqlite3.Connection, prefix: str = "") -> list[LoadSummary]:
    """All loads, the oldest first, from a table whose name begins so."""
    rows = connection.execute(
        "SELECT number, source, files, at, actor, remove_missing, records, stands,"  # noqa: S608
        f" revision, undone_at FROM {prefix}load ORDER BY number"
    )
    return [_summary(row) for row in rows]


def revisions(connection: sqlite3.Connection, prefix: str = "") -> list[Revision]:
    """Every step that was made, from a table whose name begins so."""
    rows = connection.execute(
        f"SELECT number, at, actor, what, load FROM {prefix}revision ORDER BY number"  # noqa: S608
    )
    return [
        Revision(number, datetime.fromisoformat(at), actor, what, load)
        for number, at, actor, what, load in rows
    ]


def keep_history(
    connection: sqlite3.Connection, loads: Iterable[LoadSummary], revisions: Sequence[Revision]
) -> None:
    """Write another store's loads and revisions. The last of these counts as the one that moved
    all records."""
    connection.executemany(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_load_row, loads)
    )
    newest = max((each.number for each in revisions), default=0)
    everything = json.dumps([(0, (1 << 62))])
    for each in revisions:
        moved = everything if each.number == newest else "[]"
        row = each.number, each.at.isoformat(), each.actor, each.what, each.load, moved
        connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, _mark(*row)))


def _load_row(load: LoadSummary) -> tuple[str | int | None, ...]:
    head = (
        load.number,
        load.source,
        _files(load.files),
        load.at.isoformat(),
        load.actor,
        int(load.remove_missing),
        load.records,
    )
    undone = None if load.undone_at is None else load.undone_at.isoformat()
    return (*head, load.stands, load.revision, undone, _mark(*head, load.revision))


def _mark(*values: str | int) -> int:
    """The checksum of what never changes in a row."""
    return crc32(json.dumps(values).encode())


def changed_rows(connection: sqlite3.Connection) -> Iterator[str]:
    """The loads and revisions that are not as they were written."""
    tables = {
        "load": "number, source, files, at, actor, remove_missing, records, revision",
        "revision": "number, at, actor, what, load, moved",
    }
    for table, columns in tables.items():
        for mark, *values in connection.execute(f"SELECT mark, {columns} FROM {table}"):  # noqa: S608
            if mark != _mark(*values):
                yield f"{table} {values[0]}"


def undone_without_a_step(connection: sqlite3.Connection) -> Iterator[int]:
    """The loads that stand, or are undone, otherwise than their last step says."""
    last = {each.load: each for each in revisions(connection)}
    yield from (
        load.number
        for load in loads(connection)
        if load.number not in last or not _is_of_step(load, last[load.number])
    )


def _is_of_step(load: LoadSummary, step: Revision) -> bool:
    # The moments are not compared: Neo4j and older versions write two, and a clock can be set
    # between them.
    undone = step.what == "undo"
    return load.stands is not undone and (load.undone_at is not None) is undone


def _summary(row: tuple[int, str, str, str, str, int, int, int, int, str | None]) -> LoadSummary:
    """A load from its row."""
    number, source, files, at, actor, remove, records, stands, revision, undone = row
    return LoadSummary(
        number,
        source,
        tuple(json.loads(files)),
        datetime.fromisoformat(at),
        actor,
        bool(remove),
        records,
        bool(stands),
        revision,
        None if undone is None else datetime.fromisoformat(undone),
    )
