"""The ledger in Neo4j: loads and their records, the revisions and what they touched."""

import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from neo4j import Record as Row

from graph import neo4j_packs as packs
from graph.ledger import Edition, RecordHead, Revision, load_of, record_number, standing_numbers
from graph.neo4j_graph import BYTES, ROWS, Tx, pieces, written_behind
from schema.records import KeptRecord, Load, LoadSummary

_PACKS = 200
"""Nodes with records that are read or written at once."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a write begins from: the newest revision and load; ``done`` is the (load, revision) of
    an earlier try of the same write whose answer was lost."""

    revision: int
    loads: int
    version: int
    mark: str
    restoring: bool
    done: tuple[int, int] | None


def alone_among_writers(tx: Tx, token: str) -> Start:
    """Wait for other writers to end; the next waits until this transaction has ended."""
    row = tx.run(
        "MATCH (w:Writer) SET w.writing = true REMOVE w.writing WITH w MATCH (g:Graph)"
        " OPTIONAL MATCH (r:Revision {token: $token})"
        " RETURN g.revision, g.loads, g.version, g.ontology, g.restoring,"
        " r.load, r.number",
        token=token,
    ).single(strict=True)
    revision, loads, version, mark, restoring, load, number = row
    done = None if number is None else (load, number)
    return Start(revision, loads or 0, version, mark, bool(restoring), done)


def wait_for_writers(tx: Tx) -> None:
    """Wait for other writers to end; the next waits until this transaction has ended."""
    tx.run("MATCH (w:Writer) SET w.writing = true REMOVE w.writing").consume()


def revision(tx: Tx) -> int:
    """The newest revision's number."""
    return int(tx.run("MATCH (g:Graph) RETURN g.revision").single(strict=True).value())


def step(
    tx: Tx, made: Revision, loads: int, touched: Collection[str], token: str | None = None
) -> None:
    """The last that a write does: one revision more, and what it touched."""
    touch(tx, made.number, touched)
    tx.run(
        "CREATE (r:Revision) SET r = $made"
        " WITH r MATCH (g:Graph) SET g.revision = $number, g.loads = $loads",
        number=made.number,
        made={**_revision(made), "token": token},
        loads=loads,
    ).consume()


def _revision(made: Revision) -> dict[str, object]:
    return {
        "number": made.number,
        "at": made.at.isoformat(),
        "actor": made.actor,
        "what": made.what,
        "load": made.load,
    }


def touch(tx: Tx, revision: int, elements: Collection[str]) -> None:
    """Say which elements a revision touched."""
    packed = zlib.compress("\n".join(sorted(elements)).encode(), 1)
    tx.run(
        "CREATE (:Touched {revision: $revision, elements: $packed})",
        revision=revision,
        packed=packed,
    ).consume()


def touched_since(tx: Tx, since: int) -> set[str]:
    """The elements that the revisions after this one touched."""
    query = "MATCH (t:Touched) WHERE t.revision > $since RETURN t.elements"
    touched: set[str] = set()
    for (elements,) in tx.run(query, since=since):
        touched.update(zlib.decompress(elements).decode().split("\n"))
    return touched - {""}


def now() -> datetime:
    """This moment, to the second, as the ledger tells it."""
    return datetime.now(UTC).replace(microsecond=0)


def editions(tx: Tx, source: str | None, key_prefix: str | None = None) -> dict[str, list[Edition]]:
    """The standing loads of each source, or of one, with as much of their records (whose key
    begins so) as decides which stand."""
    one = "" if source is None else " {source: $source}"
    found = tx.run(
        f"MATCH (l:Load{one}) WHERE l.stands OPTIONAL MATCH (l)<-[:READ_IN]-(r:Records)"
        " WHERE $prefix IS NULL OR any(key IN r.keys WHERE key STARTS WITH $prefix)"
        " RETURN l.source, l.number, l.removeMissing, collect([r.first, r.keys])",
        source=source,
        prefix=key_prefix,
    )
    by_source: dict[str, list[Edition]] = {}
    for of, load, remove, some in found:
        heads = sorted(_heads(some, key_prefix or ""), key=lambda head: head.number)
        by_source.setdefault(of, []).append(Edition(load, remove, heads))
    return by_source


def _heads(some: Iterable[tuple[int | None, list[str]]], prefix: str) -> Iterator[RecordHead]:
    for first, keys in some:
        if first is not None:
            for number, key in enumerate(keys, first):
                if key.startswith(prefix):
                    yield RecordHead(number, key)


def standing(tx: Tx, source: str | None = None, key_prefix: str | None = None) -> set[int]:
    """The numbers of the records that stand (of one source; whose key begins so)."""
    by_source = editions(tx, source, key_prefix)
    return {number for each in by_source.values() for number in standing_numbers(each)}


def summary_of(number: int, revision: int, load: Load) -> LoadSummary:
    """A new load as the history tells it."""
    at = now() if load.at is None else load.at.replace(microsecond=0)
    return LoadSummary(
        number,
        load.source,
        load.files,
        at,
        load.actor,
        load.remove_missing,
        len(load.records),
        True,
        revision,
    )


def numbered(number: int, load: Load) -> list[KeptRecord]:
    """A new load's records with their numbers."""
    return [
        KeptRecord(record_number(number, place), number, record)
        for place, record in enumerate(load.records)
    ]


def keep_loads(tx: Tx, loads: Iterable[LoadSummary]) -> None:
    """Write loads into the ledger, without their records."""
    for some in pieces(list(loads), ROWS):
        tx.run(
            "UNWIND $loads AS row CREATE (l:Load) SET l = row", loads=list(map(_load, some))
        ).consume()


def _load(load: LoadSummary) -> dict[str, object]:
    return {
        "number": load.number,
        "source": load.source,
        "files": list(load.files),
        "at": load.at.isoformat(),
        "actor": load.actor,
        "removeMissing": load.remove_missing,
        "records": load.records,
        "stands": load.stands,
        "revision": load.revision,
        "undoneAt": None if load.undone_at is None else load.undone_at.isoformat(),
    }


def keep_records(tx: Tx, records: Iterable[KeptRecord]) -> None:
    """Write numbered records, in their order, into the ledger: their loads are there already."""
    query = (
        "UNWIND $rows[0] AS row MATCH (l:Load {number: row[0]})"
        " CREATE (l)<-[:READ_IN]-(r:Records) SET r = row[1] RETURN count(r)"
    )
    with written_behind(tx) as write:
        for load, some in groupby(records, key=lambda kept: kept.load):
            for packed in _in_pieces(packs.packed(some)):
                write(query, [[load, pack] for pack in packed])


def _in_pieces(rows: Iterable[packs.Properties]) -> Iterator[list[packs.Properties]]:
    some: list[packs.Properties] = []
    size = 0
    for row in rows:
        some.append(row)
        size += packs.size_of(row)
        if size > BYTES or len(some) == _PACKS:
            yield some
            some, size = [], 0
    if some:
        yield some


def source_of(tx: Tx, number: int, stands: bool) -> str | None:
    """The source of the load with this number, if there is one that stands (or does not)."""
    query = "MATCH (l:Load {number: $number, stands: $stands}) RETURN l.source"
    found = tx.run(query, number=number, stands=stands).single()
    return None if found is None else str(found[0])


def let_load_stand(tx: Tx, number: int, stands: bool) -> None:
    """Say of a load whether it stands."""
    tx.run(
        "MATCH (l:Load {number: $number}) SET l.stands = $stands, l.undoneAt = $at",
        number=number,
        stands=stands,
        at=None if stands else now().isoformat(),
    ).consume()


def records(tx: Tx, numbers: Iterable[int]) -> Iterator[KeptRecord]:
    """The records with these numbers, in their order."""
    wanted = set(numbers)
    firsts = sorted({packs.first_of(number) for number in wanted})
    for some in pieces(firsts, _PACKS):
        found = tx.run(
            "UNWIND $firsts AS first MATCH (r:Records {first: first})"
            " RETURN r.first, r.keys, r.said ORDER BY r.first",
            firsts=list(some),
        )
        for first, keys, said in found:
            yield from packs.unpacked(first, keys, said, wanted)


def elements_of(tx: Tx, load: int) -> list[str]:
    """What a load's records mention, whether they stand or not."""
    found = tx.run("MATCH (:Load {number: $load})<-[:READ_IN]-(r:Records) RETURN r.said", load=load)
    return list(dict.fromkeys(each for (said,) in found for each in packs.elements_in(said)))


def all_packs(tx: Tx) -> Iterator[tuple[int, list[str], bytes]]:
    """All records as they are packed, in their order, streamed: the first number, keys, what
    is said."""
    found = tx.run("MATCH (r:Records) RETURN r.first, r.keys, r.said ORDER BY r.first")
    yield from ((first, keys, said) for first, keys, said in found)


def all_records(tx: Tx, loads: Collection[int] | None = None) -> Iterator[KeptRecord]:
    """The records of all loads, or of these, standing or not, in their order, streamed."""
    for first, keys, said in all_packs(tx):
        if loads is None or load_of(first) in loads:
            yield from packs.unpacked(first, keys, said)


def loads(tx: Tx) -> list[LoadSummary]:
    """All loads, the oldest first."""
    found = tx.run(
        "MATCH (l:Load) RETURN l.number, l.source, l.files, l.at, l.actor, l.removeMissing,"
        " l.records, l.stands, l.revision, l.undoneAt ORDER BY l.number"
    )
    return list(map(summary, found))


def summary(row: Row | Sequence[Any]) -> LoadSummary:
    """A load from its row."""
    number, source, files, at, actor, remove, count, stands, at_revision, undone = row
    return LoadSummary(
        number,
        source,
        tuple(files),
        datetime.fromisoformat(at),
        actor,
        remove,
        count,
        stands,
        at_revision,
        None if undone is None else datetime.fromisoformat(undone),
    )


def revisions(tx: Tx) -> list[Revision]:
    """Every step that was made."""
    rows = tx.run(
        "MATCH (r:Revision) RETURN r.number, r.at, r.actor, r.what, r.load ORDER BY r.number"
    )
    return [
        Revision(number, datetime.fromisoformat(at), actor, what, load)
        for number, at, actor, what, load in rows
    ]


def keep_revisions(tx: Tx, made: Iterable[Revision]) -> None:
    """Write the steps of another store."""
    for some in pieces(list(made), ROWS):
        tx.run(
            "UNWIND $rows AS row CREATE (r:Revision) SET r = row", rows=list(map(_revision, some))
        ).consume()
