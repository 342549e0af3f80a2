"""Everything that a store says, for comparing two of them."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from graph.ledger import Revision
from graph.snapshot import snapshot_of
from graph.sqlite_store import SqliteStore
from graph.store import Store
from schema.records import KeptRecord, LoadSummary

Said = tuple[list[Revision], list[LoadSummary], list[KeptRecord], object]


def all_of(store: Store) -> Said:
    """Revisions, loads, records and the snapshot."""
    with store.ledger() as ledger:
        records = list(ledger.records)
        revisions, loads = list(ledger.revisions), list(ledger.loads)
    snapshot = snapshot_of(store.structure())
    graph = {
        "revision": snapshot.revision,
        "details": store.details(snapshot.ids),
        "relations": {
            kind: [
                (snapshot.ids[source], snapshot.ids[target])
                for source, target in zip(each.sources, each.targets, strict=True)
            ]
            for kind, each in snapshot.relations.items()
        },
    }
    return revisions, loads, records, graph


def all_in(path: Path | str) -> Said:
    """The same of a SQLite file."""
    with opened(path) as store:
        return all_of(store)


@contextmanager
def opened(path: Path | str) -> Iterator[SqliteStore]:
    with closing(SqliteStore(Path(path), create=False, read_only=True)) as store:
        yield store
