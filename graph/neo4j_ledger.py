"""The ledger in Neo4j: loads and their records, the revisions and what they touched."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from neo4j import ManagedTransaction
from neo4j import Record as Row

from graph.coding import decode_statements, encode_statements
from graph.ledger import Edition, RecordHead, load_of
from graph.neo4j_graph import batches
from schema.messages import Place
from schema.records import KeptRecord, Load, LoadSummary, Record


def alone_among_writers(tx: ManagedTransaction) -> None:
    """Wait for other writers to end; the next waits until this transaction has ended."""
    tx.run("MATCH (w:Writer) SET w.writing = true REMOVE w.writing").consume()


def settled_revision(tx: ManagedTransaction) -> int:
    """The revision when no commit is under way, and none begins before this transaction ends.

    Neo4j shows a commit's changes while it is being made, and a reader takes no locks; a writer
    holds this lock while it commits.
    """
    tx.run("MATCH (g:Graph) SET g.reading = true REMOVE g.reading").consume()
    return revision(tx)


def revision(tx: ManagedTransaction) -> int:
    """The newest revision's number."""
    return int(tx.run("MATCH (g:Graph) RETURN g.revision").single(strict=True).value())


def step(tx: ManagedTransaction, actor: str, what: str, load: int, touched: Sequence[str]) -> int:
    """The last that a write does: one revision more, and what it touched."""
    next_revision = revision(tx) + 1
    for elements in batches(touched):
        tx.run(
            "CREATE (:Touched {revision: $revision, elements: $elements})",
            revision=next_revision,
            elements=elements,
        ).consume()
    tx.run(
        "CREATE (:Revision {number: $number, at: $at, actor: $actor, what: $what, load: $load})",
        number=next_revision,
        at=now(),
        actor=actor,
        what=what,
        load=load,
    ).consume()
    tx.run("MATCH (g:Graph) SET g.revision = $number", number=next_revision).consume()
    return next_revision


def touched_since(tx: ManagedTransaction, since: int) -> set[str]:
    """The elements that the revisions after this one touched."""
    query = "MATCH (t:Touched) WHERE t.revision > $since RETURN t.elements"
    return {element for row in tx.run(query, since=since) for element in row[0]}


def now() -> str:
    """This moment, as the ledger writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def next_load(tx: ManagedTransaction) -> int:
    """The number that the next load gets."""
    query = "MATCH (l:Load) RETURN coalesce(max(l.number), 0) + 1"
    return int(tx.run(query).single(strict=True).value())


def editions(tx: ManagedTransaction, source: str) -> list[Edition]:
    """A source's standing loads, with as much of their records as decides which stand."""
    found = tx.run(
        "MATCH (l:Load {source: $source}) WHERE l.stands"
        " OPTIONAL MATCH (l)<-[:READ_IN]-(r:Record)"
        " WITH l, r ORDER BY r.number"
        " RETURN l.number, l.removeMissing, collect([r.number, r.key])",
        source=source,
    )
    return [
        Edition(load, remove, [RecordHead(*head) for head in heads if head[0] is not None])
        for load, remove, heads in found
    ]


def keep(
    tx: ManagedTransaction,
    number: int,
    at_revision: int,
    load: Load,
    records: Mapping[int, Record],
    standing: frozenset[int],
) -> None:
    """Write a load and its numbered records into the ledger."""
    tx.run(
        "CREATE (:Load {number: $number, source: $source, files: $files, at: $at, actor: $actor,"
        " removeMissing: $remove, records: $records, stands: true, revision: $revision})",
        number=number,
        source=load.source,
        files=list(load.files),
        at=now() if load.at is None else load.at.isoformat(timespec="seconds"),
        actor=load.actor,
        remove=load.remove_missing,
        records=len(load.records),
        revision=at_revision,
    ).consume()
    rows = [_properties(n, record, n in standing) for n, record in records.items()]
    for some in batches(rows):
        tx.run(
            "MATCH (l:Load {number: $number}) UNWIND $rows AS row"
            " CREATE (l)<-[:READ_IN]-(r:Record) SET r = row",
            number=number,
            rows=some,
        ).consume()


def _properties(number: int, record: Record, stands: bool) -> dict[str, object]:
    return {
        "number": number,
        "key": record.key,
        "file": record.place.file,
        "sheet": record.place.sheet,
        "row": record.place.row,
        "stands": stands,
        "statements": encode_statements(record.statements),
    }


def source_of(tx: ManagedTransaction, number: int, stands: bool) -> str | None:
    """The source of the load with this number, if there is one that stands (or does not)."""
    query = "MATCH (l:Load {number: $number, stands: $stands}) RETURN l.source"
    found = tx.run(query, number=number, stands=stands).single()
    return None if found is None else str(found[0])


def let_load_stand(tx: ManagedTransaction, number: int, stands: bool) -> None:
    """Say of a load whether it stands."""
    tx.run(
        "MATCH (l:Load {number: $number}) SET l.stands = $stands, l.undoneAt = $at",
        number=number,
        stands=stands,
        at=None if stands else now(),
    ).consume()


def let_records_stand(tx: ManagedTransaction, numbers: Iterable[int], stands: bool) -> None:
    """Say of records whether they stand."""
    for some in batches(sorted(numbers)):
        tx.run(
            "UNWIND $numbers AS number MATCH (r:Record {number: number}) SET r.stands = $stands",
            numbers=some,
            stands=stands,
        ).consume()


_RECORD = "r.number, r.key, r.file, r.sheet, r.row, r.statements"


def records(tx: ManagedTransaction, numbers: Iterable[int]) -> Iterator[KeptRecord]:
    """The records with these numbers, in their order."""
    for some in batches(sorted(numbers)):
        found = tx.run(
            "UNWIND $numbers AS number MATCH (r:Record {number: number})"
            f" RETURN {_RECORD} ORDER BY r.number",
            numbers=some,
        )
        yield from map(_kept, found)


def standing(
    tx: ManagedTransaction, source: str | None, key_prefix: str | None = None
) -> list[KeptRecord]:
    """The records that stand (of one source; whose key begins so), in their order."""
    found = tx.run(
        "MATCH (l:Load)<-[:READ_IN]-(r:Record)"
        " WHERE r.stands AND ($source IS NULL OR l.source = $source)"
        " AND ($prefix IS NULL OR r.key STARTS WITH $prefix)"
        f" RETURN {_RECORD} ORDER BY r.number",
        source=source,
        prefix=key_prefix,
    )
    return list(map(_kept, found))


def _kept(row: Row) -> KeptRecord:
    number, key, file, sheet, at_row, statements = row
    place = Place(file, sheet, at_row)
    return KeptRecord(number, load_of(number), Record(key, place, decode_statements(statements)))


def loads(tx: ManagedTransaction) -> list[LoadSummary]:
    """All loads, the oldest first."""
    found = tx.run(
        "MATCH (l:Load) RETURN l.number, l.source, l.files, l.at, l.actor, l.removeMissing,"
        " l.records, l.stands, l.revision, l.undoneAt ORDER BY l.number"
    )
    return list(map(_summary, found))


def _summary(row: Row) -> LoadSummary:
    number, source, files, at, actor, remove, records, stands, at_revision, undone = row
    return LoadSummary(
        number,
        source,
        tuple(files),
        datetime.fromisoformat(at),
        actor,
        remove,
        records,
        stands,
        at_revision,
        None if undone is None else datetime.fromisoformat(undone),
    )
