"""Applying and undoing loads in Neo4j: what they touch is settled from what the elements keep."""

from collections.abc import Iterable, Mapping

from graph import neo4j_graph, neo4j_ledger
from graph.changes import Standing, standing_change
from graph.ledger import Edition, RecordHead, Revision, is_department, load_of, part_of
from graph.neo4j_graph import Element, Tx
from graph.neo4j_heard import Heard, heard_from
from graph.neo4j_ledger import Start
from graph.neo4j_model import Group, group_of, owner
from graph.store import Applied, StaleLoad, UnknownLoad
from schema.records import KeptRecord, Load


def apply(tx: Tx, start: Start, load: Load, token: str) -> Applied:
    """Add the load to the ledger and what it says to the graph."""
    if load.resolved_at != start.revision:
        raise StaleLoad(load.resolved_at, start.revision)
    number, revision = start.loads + 1, start.revision + 1
    records = neo4j_ledger.numbered(number, load)
    before = _editions(tx, load.source)
    heads = [RecordHead(kept.number, kept.record.key) for kept in records]
    after = [*before, Edition(number, load.remove_missing, heads)]
    change = standing_change(before, after)
    neo4j_ledger.keep_loads(tx, [neo4j_ledger.summary_of(number, revision, load)])
    neo4j_ledger.keep_records(tx, records)
    rising = [kept for kept in records if kept.number in change.rising]
    rising += neo4j_ledger.records(tx, (n for n in change.rising if load_of(n) != number))
    falling = list(neo4j_ledger.records(tx, change.falling))
    touched = move(tx, rising, falling, empty=start.revision == 0)
    made = Revision(revision, neo4j_ledger.now(), load.actor, "load", number)
    neo4j_ledger.step(tx, made, number, touched, token)
    return Applied(number, revision)


def let_stand(tx: Tx, start: Start, number: int, actor: str, token: str, stands: bool) -> int:
    """Let a load no longer stand, or stand again; returns the revision."""
    source = neo4j_ledger.source_of(tx, number, stands=not stands)
    if source is None:
        raise UnknownLoad(number)
    before = _editions(tx, source)
    neo4j_ledger.let_load_stand(tx, number, stands)
    change = standing_change(before, _editions(tx, source))
    touched = move(tx, *_moved(tx, change))
    what = "redo" if stands else "undo"
    made = Revision(start.revision + 1, neo4j_ledger.now(), actor, what, number)
    neo4j_ledger.step(tx, made, start.loads, touched, token)
    return made.number


def _editions(tx: Tx, source: str) -> list[Edition]:
    return neo4j_ledger.editions(tx, source).get(source, [])


def _moved(tx: Tx, change: Standing) -> tuple[list[KeptRecord], list[KeptRecord]]:
    rising = list(neo4j_ledger.records(tx, change.rising))
    return rising, list(neo4j_ledger.records(tx, change.falling))


def move(
    tx: Tx, rising: Iterable[KeptRecord], falling: Iterable[KeptRecord], empty: bool = False
) -> set[str]:
    """Let records rise and fall, and write anew every element that they mention: returns these.
    ``empty``: there is no element yet."""
    said, silenced = heard_from(rising), heard_from(falling)
    touched = said.keys() | silenced.keys()
    there = {} if empty else neo4j_graph.there(tx, touched)
    now = {e: _now(e, before, said.get(e), silenced.get(e)) for e, before in there.items()}
    gone = {element for element, each in now.items() if each is None}
    changed = {element: each for element, each in now.items() if each is not None}
    made = [element for element in said if element not in there]
    now |= {e: _settled(group_of(e), e, said[e]) for e in filter(is_department, made)}
    left, joined = _parts(there, now)
    neo4j_graph.delete(tx, gone | left)
    neo4j_graph.create(
        tx, [*made, *joined], lambda group, e: _settled(group, e, said.get(e, Heard()))
    )
    neo4j_graph.change(tx, changed)
    return touched


def _now(element: str, before: Element, more: Heard | None, less: Heard | None) -> Element | None:
    """An element that is there as its standing records say it now is, None where none does."""
    heard = before.heard.changed(frozenset(less.numbers if less else ()), more)
    return _settled(group_of(element), element, heard) if heard.numbers else None


def _settled(group: Group, element: str, heard: Heard) -> Element:
    return Element(heard.fields(element, owner(group)), heard)


def _parts(
    there: Mapping[str, Element], now: Mapping[str, Element | None]
) -> tuple[set[str], set[str]]:
    """The PART_OF relationships that are no more, and those that are new."""
    left: set[str] = set()
    joined: set[str] = set()
    for department in filter(is_department, now):
        was, became = _part(department, there.get(department)), _part(department, now[department])
        if was != became:
            left |= set() if was is None else {was}
            joined |= set() if became is None else {became}
    return left, joined


def _part(department: str, element: Element | None) -> str | None:
    return None if element is None else part_of(department, element.fields)
