"""A hundred random loads, editions, removals and undos of a whole municipality with real texts:
the graph is what the standing records, applied from nothing, say."""

from collections.abc import Sequence
from random import Random

from benchmarks.generator import Generator
from graph.ledger import graph_of
from graph.snapshot import snapshot_of
from graph.store import Store
from schema.records import Load, Record
from tests.faults.counts import times

STEPS = 100
LOOKED_AT_EVERY = 20


def edition(random: Random, records: Sequence[Record]) -> tuple[Record, ...]:
    """Some of the municipality's rows, each as it stands or saying what another row of its sheet
    says of itself: a newer text, status or level."""
    chosen = random.sample(records, random.randrange(50, 400))
    return tuple(
        _changed(random, record, records) if random.random() < 0.3 else record for record in chosen
    )


def _changed(random: Random, record: Record, records: Sequence[Record]) -> Record:
    other = random.choice(records)
    values = {said.field: said.value for said in other.statements}
    said = tuple(
        type(each)(each.element, each.field, values.get(each.field, each.value), each.column)
        if each.field in ("status", "background", "level", "description", "serves", "priority")
        else each
        for each in record.statements
    )
    return Record(record.key, record.place, said)


def step(random: Random, store: Store, records: Sequence[Record]) -> None:
    """One load of one of five sources, or one undo or redo."""
    loads = store.loads()
    if loads and random.random() < 0.35:
        load = random.choice(loads)
        (store.undo if load.stands else store.redo)(load.number)
        return
    source = f"kilde-{random.randrange(5)}.xlsx"
    rows = edition(random, records)
    store.apply(Load(source, rows, store.revision(), (source,), random.random() < 0.3))


def as_from_nothing(store: Store) -> None:
    anew = graph_of(kept.record for kept in store.standing())
    assert store.check() == []
    assert store.details(list(anew)) == anew
    snapshot = snapshot_of(store.structure())
    assert len(snapshot.ids) + sum(
        len(each.sources) for each in snapshot.relations.values()
    ) == len(anew)


def test_the_graph_is_what_stands_applied_from_nothing(store: Store) -> None:
    random = Random(5)
    (load,) = Generator(1).loads()
    for number in range(1, max(times(STEPS), LOOKED_AT_EVERY) + 1):
        step(random, store, load.records)
        if number % LOOKED_AT_EVERY == 0:
            as_from_nothing(store)
