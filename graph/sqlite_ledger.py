"""The ledger in SQLite: loads and their records, the revisions, and who says what of an element."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from graph.coding import decode_says, decode_statements, encode_says, encode_statements
from graph.ledger import Edition, Ledger, RecordHead, Revision, by_element, record_number
from graph.settling import Voice, settled
from schema.field import Value
from schema.messages import Place
from schema.records import KeptRecord, Load, LoadSummary, Record

_MANY = 900
"""Rows asked for at once by their keys: below SQLite's limit on parameters."""
T = TypeVar("T")


def now() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def revision(connection: sqlite3.Connection) -> int:
    """The newest revision's number."""
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM revision").fetchone()
    return int(number)


def step(
    connection: sqlite3.Connection, actor: str, what: str, load: int, touched: Iterable[str]
) -> int:
    """The last that a write does: one revision more, and what it touched."""
    number = revision(connection) + 1
    row = (number, now(), actor, what, load)
    connection.execute("INSERT INTO revision VALUES (?, ?, ?, ?, ?)", row)
    connection.executemany(
        "INSERT INTO touched VALUES (?, ?)", [(number, element) for element in touched]
    )
    return number


def touched_since(connection: sqlite3.Connection, since: int) -> set[str]:
    """The elements that the revisions after this one touched."""
    rows = connection.execute("SELECT DISTINCT element FROM touched WHERE revision > ?", (since,))
    return {element for (element,) in rows}


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


def let_load_stand(connection: sqlite3.Connection, number: int, stands: bool) -> None:
    """Say of a load whether it stands."""
    connection.execute(
        "UPDATE load SET stands = ?, undone_at = ? WHERE number = ?",
        (stands, None if stands else now(), number),
    )


def editions(connection: sqlite3.Connection, source: str) -> list[Edition]:
    """A source's standing loads, with as much of their records as decides which stand."""
    heads: dict[tuple[int, bool], list[RecordHead]] = {}
    for load, remove_missing, number, key in connection.execute(
        "SELECT load.number, remove_missing, record.number, key FROM load"
        " LEFT JOIN record ON record.load = load.number"
        " WHERE source = ? AND load.stands ORDER BY record.number",
        (source,),
    ):
        edition = heads.setdefault((load, bool(remove_missing)), [])
        if number is not None:
            edition.append(RecordHead(number, key))
    return [Edition(load, remove, found) for (load, remove), found in heads.items()]


def keep(connection: sqlite3.Connection, number: int, load: Load) -> list[KeptRecord]:
    """Write a load and its records into the ledger, standing for nothing yet."""
    at = now() if load.at is None else load.at.isoformat(timespec="seconds")
    files = json.dumps(load.files, ensure_ascii=False)
    made = revision(connection) + 1
    connection.execute(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, NULL)",
        (number, load.source, files, at, load.actor, load.remove_missing, len(load.records), made),
    )
    numbered = [
        KeptRecord(record_number(number, place), number, record)
        for place, record in enumerate(load.records)
    ]
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, 0, ?)", map(_row, numbered)
    )
    return numbered


def _row(kept: KeptRecord) -> tuple[int, int, str, str | None, str | None, int | None, str]:
    record, place = kept.record, kept.record.place
    said = encode_statements(record.statements)
    return kept.number, kept.load, record.key, place.file, place.sheet, place.row, said


def let_stand(connection: sqlite3.Connection, moved: Iterable[KeptRecord], stands: bool) -> None:
    """Let records stand or fall: only what standing records say is kept under its elements, and
    beside it, counted, what they say alike."""
    records = list(moved)
    connection.executemany(
        "UPDATE record SET stands = ? WHERE number = ?", [(stands, each.number) for each in records]
    )
    if stands:
        _add_mentions(connection, records)
    else:
        _take_mentions(connection, records)


def _add_mentions(connection: sqlite3.Connection, records: Iterable[KeptRecord]) -> None:
    rows = [
        (element, each.number, encode_says(says))
        for each in records
        for element, says in by_element(each.record).items()
    ]
    connection.executemany("INSERT INTO mention VALUES (?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO voice VALUES (?, ?, 1, ?, ?) ON CONFLICT (element, says) DO UPDATE SET"
        " count = count + 1, first = min(first, excluded.first), last = max(last, excluded.last)",
        ((element, says, number, number) for element, number, says in rows),
    )


def _take_mentions(connection: sqlite3.Connection, records: Iterable[KeptRecord]) -> None:
    """Take the mentions away, and count anew what is said of the elements that they were of."""
    gone = [(element, each.number) for each in records for element in each.record.elements()]
    connection.executemany("DELETE FROM mention WHERE element = ? AND record = ?", gone)
    for some in _some(sorted({element for element, _ in gone})):
        connection.execute(f"DELETE FROM voice WHERE element IN ({_marks(some)})", some)  # noqa: S608
        connection.execute(
            "INSERT INTO voice SELECT element, says, count(*), min(record), max(record)"  # noqa: S608
            f" FROM mention WHERE element IN ({_marks(some)}) GROUP BY element, says",
            some,
        )


def said_of(
    connection: sqlite3.Connection, elements: Iterable[str]
) -> Iterator[tuple[str, dict[str, Value]]]:
    """All fields of each of these elements that a standing record mentions."""
    for element, heard in voices_of(connection, elements):
        yield element, settled(element, heard)


def voices_of(
    connection: sqlite3.Connection, elements: Iterable[str], without: Iterable[int] = ()
) -> Iterator[tuple[str, list[Voice]]]:
    """What standing records, but these, say of each of the elements that they mention."""
    left_out = sorted(without)
    for some in _some(sorted(elements)):
        voices: dict[str, list[Voice]] = {}
        for element, says, count, first, last in _spoken(connection, some, left_out):
            voices.setdefault(element, []).append(Voice(decode_says(says), count, first, last))
        yield from voices.items()


def _spoken(
    connection: sqlite3.Connection, elements: Sequence[str], without: Sequence[int]
) -> Iterable[tuple[str, str, int, int, int]]:
    marks = _marks(elements)
    if not without:
        counted = f"SELECT * FROM voice WHERE element IN ({marks})"  # noqa: S608
        return connection.execute(counted, elements)
    return connection.execute(
        "SELECT element, says, count(*), min(record), max(record) FROM mention"  # noqa: S608
        f" WHERE element IN ({marks}) AND record NOT IN (SELECT value FROM json_each(?))"
        " GROUP BY element, says",
        (*elements, json.dumps(without)),
    )


def _some(keys: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(keys), _MANY):
        yield keys[start : start + _MANY]


def _marks(keys: Sequence[object]) -> str:
    return ",".join("?" * len(keys))


RecordRow = tuple[int, int, str, str | None, str | None, int | None, str]
RECORD = "record.number, record.load, key, file, sheet, row, statements"


def kept(row: RecordRow) -> KeptRecord:
    """A record from its row."""
    number, load, key, file, sheet, at_row, statements = row
    place = Place(file, sheet, at_row)
    return KeptRecord(number, load, Record(key, place, decode_statements(statements)))


def standing(
    connection: sqlite3.Connection, source: str | None, key_prefix: str | None
) -> list[RecordRow]:
    """The rows of the records that stand (of one source; whose key begins so), in their order."""
    wanted, values = ["record.stands"], []
    if source is not None:
        wanted.append("source = ?")
        values.append(source)
    if key_prefix:
        # A range, so that the index over loads and keys finds them.
        wanted.append("key >= ? AND key < ?")
        values += [key_prefix, key_prefix[:-1] + chr(ord(key_prefix[-1]) + 1)]
    return connection.execute(
        f"SELECT {RECORD} FROM load CROSS JOIN record ON record.load = load.number"  # noqa: S608
        f" WHERE {' AND '.join(wanted)} ORDER BY record.number",
        values,
    ).fetchall()


def records(connection: sqlite3.Connection, numbers: Iterable[int]) -> list[KeptRecord]:
    """The records with these numbers, in their order."""
    found: list[KeptRecord] = []
    for some in _some(sorted(numbers)):
        rows = connection.execute(
            f"SELECT {RECORD} FROM record WHERE number IN ({_marks(some)}) ORDER BY number",  # noqa: S608
            some,
        )
        found.extend(map(kept, rows))
    return found


def said_by(
    connection: sqlite3.Connection, elements: Iterable[str], first: int | None
) -> dict[str, list[int]]:
    """The numbers of the standing records that say each of these elements, the oldest first; with
    ``first`` only so many of each."""
    query = "SELECT record FROM mention WHERE element = ? ORDER BY record LIMIT ?"
    most = -1 if first is None else first
    return {
        element: [number for (number,) in connection.execute(query, (element, most))]
        for element in elements
    }


def source_counts(connection: sqlite3.Connection, elements: Iterable[str]) -> dict[str, int]:
    """How many standing records say each of these elements."""
    query = "SELECT count(*) FROM mention WHERE element = ?"
    return {
        element: int(connection.execute(query, (element,)).fetchone()[0]) for element in elements
    }


def revisions(connection: sqlite3.Connection) -> list[Revision]:
    """Every step that was made."""
    rows = connection.execute("SELECT number, at, actor, what, load FROM revision ORDER BY number")
    return [
        Revision(number, datetime.fromisoformat(at), actor, what, load)
        for number, at, actor, what, load in rows
    ]


def all_records(connection: sqlite3.Connection) -> Iterator[KeptRecord]:
    """The records of all loads, standing or not, in their order, streamed."""
    yield from map(kept, connection.execute(f"SELECT {RECORD} FROM record ORDER BY number"))  # noqa: S608


def restore(connection: sqlite3.Connection, ledger: Ledger) -> None:
    """Write another store's ledger, its records standing for nothing yet."""
    connection.executemany(
        "INSERT INTO load VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_load_row, ledger.loads)
    )
    connection.executemany(
        "INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, 0, ?)", map(_row, ledger.records)
    )
    connection.executemany(
        "INSERT INTO revision VALUES (?, ?, ?, ?, ?)",
        [(r.number, r.at.isoformat(), r.actor, r.what, r.load) for r in ledger.revisions],
    )


def _load_row(load: LoadSummary) -> tuple[str | int | None, ...]:
    return (
        load.number,
        load.source,
        json.dumps(load.files, ensure_ascii=False),
        load.at.isoformat(),
        load.actor,
        load.remove_missing,
        load.records,
        load.stands,
        load.revision,
        None if load.undone_at is None else load.undone_at.isoformat(),
    )


def touch_everything(connection: sqlite3.Connection) -> int:
    """Let the newest revision have touched all that is said; returns its number."""
    newest = revision(connection)
    connection.execute("INSERT INTO touched SELECT DISTINCT ?, element FROM mention", (newest,))
    return newest


def summary(row: tuple[int, str, str, str, str, int, int, int, int, str | None]) -> LoadSummary:
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
