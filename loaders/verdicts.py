"""What each row would change: held against the graph and the source's rows that stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.settling import field_of
from loaders.agreement import leave_told
from loaders.known import Known, combined
from loaders.report import Change, Falling, Verdict
from loaders.shown import NameOf, shown_element, shown_field, shown_value
from loaders.statements import Draft
from schema.field import Rule, Value
from schema.messages import Place
from schema.ontology import ONTOLOGY
from schema.records import (
    EXISTS,
    KeptRecord,
    Provenance,
    Record,
    Statement,
    is_relation,
    parse_relation,
)
from schema.text import Text

Said = frozenset[tuple[str, str, Value]]
_NAME = "name"
_NOTHING = Text("", "")


def said_by(record: Record) -> Said:
    """What a record says, wherever it stands."""
    return frozenset((each.element, each.field, each.value) for each in record.statements)


def _with_said(record: Record) -> tuple[Record, Said]:
    return record, said_by(record)


@dataclass(frozen=True)
class Before:
    """The records of a source that stand before a load, by key."""

    records: Sequence[KeptRecord]

    @cached_property
    def by_key(self) -> Mapping[str, list[KeptRecord]]:
        found: dict[str, list[KeptRecord]] = {}
        for kept in self.records:
            found.setdefault(kept.record.key, []).append(kept)
        return found

    def falling(self, keys: set[str], all_of_them: bool) -> list[KeptRecord]:
        """Those that no longer stand once a load with these keys is applied."""
        return [kept for kept in self.records if all_of_them or kept.record.key in keys]

    @cached_property
    def said(self) -> Mapping[str, list[Said]]:
        """What they say, by key."""
        return {
            key: [said_by(kept.record) for kept in records] for key, records in self.by_key.items()
        }

    def has_all(self, said: Iterable[tuple[str, Said]]) -> bool:
        """Whether the source says all this already, and nothing else under the same keys."""
        new: dict[str, list[Said]] = {}
        for key, each in said:
            new.setdefault(key, []).append(each)
        return all(
            key in self.said and Counter(self.said[key]) == Counter(of_key)
            for key, of_key in new.items()
        )


@dataclass
class Verdicts:
    """Gives every draft of a load its verdict and its changes, in a few batches. What drafts say
    by leaving it out is settled on the way."""

    drafts: Sequence[Draft]
    known: Known
    before: Before
    fallen: Sequence[KeptRecord]
    name_of: NameOf
    details: Mapping[str, Mapping[str, Value]] = field(init=False)
    records: dict[int, tuple[Record, Said]] = field(init=False)
    _lost: dict[str, list[Statement]] = field(init=False)
    _others: Mapping[str, list[Provenance]] = field(init=False)
    _fallen_at: set[tuple[int, str | None, str | None, int | None]] = field(init=False)

    def __post_init__(self) -> None:
        loaded = [draft for draft in self.drafts if not draft.refused and not draft.skipped]
        elements = {said.element for draft in loaded for said in draft.statements}
        self._fallen_at = {(kept.load, *_at(kept.record.place)) for kept in self.fallen}
        self._lost = self._find_lost(loaded)
        lost = {said.element for said_of_key in self._lost.values() for said in said_of_key}
        self.details = self.known.details(sorted(elements | lost))
        leave_told(loaded, self.details, self._said_before())
        self.records = {id(draft): _with_said(draft.record()) for draft in loaded}
        self._others = self.known.store.sources(sorted(lost)) if lost else {}

    def _said_before(self) -> set[tuple[str, str]]:
        return {
            (said.element, said.field) for kept in self.fallen for said in kept.record.statements
        }

    def _find_lost(self, loaded: Sequence[Draft]) -> dict[str, list[Statement]]:
        """What the source's fallen rows said and the rows of the same key say no more."""
        keys = {draft.key for draft in loaded}
        still = {
            (said.element, said.field)
            for draft in loaded
            for said in (*draft.statements, *draft.defaults)
        }
        lost: dict[str, list[Statement]] = {}
        for kept in self.fallen:
            if kept.record.key in keys:
                lost.setdefault(kept.record.key, []).extend(
                    said
                    for said in kept.record.statements
                    if (said.element, said.field) not in still and said.field != _NAME
                )
        return {key: said for key, said in lost.items() if said}

    def of(self, draft: Draft) -> tuple[Verdict, tuple[Change, ...]]:
        """The verdict on a row, and what it changes."""
        if draft.refused:
            return Verdict.REFUSED, ()
        if draft.skipped:
            return Verdict.SKIPPED, ()
        if self._stands(draft):
            return Verdict.UNCHANGED, ()
        if draft.main not in self.details:
            return Verdict.NEW, ()
        changes = tuple(self._changes(draft))
        return (Verdict.CHANGED if changes else Verdict.UNCHANGED), changes

    def _stands(self, draft: Draft) -> bool:
        """Whether the source says just this already."""
        record, said = self.records[id(draft)]
        return said in self.before.said.get(record.key, ())

    def _changes(self, draft: Draft) -> Iterator[Change]:
        seen: set[tuple[str, str]] = set()
        for said in (*draft.statements, *draft.defaults):
            if (said.element, said.field) not in seen:
                seen.add((said.element, said.field))
                change = self._change(draft, said)
                if change is not None:
                    yield change
        yield from self._losses(draft)

    def _losses(self, draft: Draft) -> Iterator[Change]:
        """What the source said before under the row's key, and nobody says any more."""
        assert draft.key is not None
        lost = [said for said in self._lost.get(draft.key, ()) if not self._said_elsewhere(said)]
        gone = {said.element for said in lost if said.field == EXISTS}
        for said in lost:
            old = self.details.get(said.element, {}).get(said.field)
            if said.field == EXISTS or (old is not None and said.element not in gone):
                yield self._made(draft, said.element, said.field, old, None)

    def _change(self, draft: Draft, said: Statement) -> Change | None:
        """What a statement changes of what the graph says, or None."""
        before = self.details.get(said.element)
        if said.field == EXISTS or (before is None and said.field == _NAME):
            is_new = before is None and is_relation(said.element)
            return self._made(draft, said.element, EXISTS, None, "") if is_new else None
        if said.field == _NAME or before is None:
            return None
        declared = field_of(said.element, said.field)
        old = before.get(said.field)
        new = combined(said.element, said.field, old, said.value)
        if new == old or (declared.rule is Rule.UNION and old is not None and _same(old, new)):
            return None
        return self._made(draft, said.element, said.field, old, new)

    def _said_elsewhere(self, said: Statement) -> bool:
        """Whether a record that does not fall says it too."""
        return any(
            said.field in provenance.columns
            for provenance in self._others.get(said.element, ())
            if (provenance.load, *_at(provenance.place)) not in self._fallen_at
        )

    def _made(
        self, draft: Draft, element: str, name: str, old: Value | None, new: Value | None
    ) -> Change:
        if name == EXISTS:
            return Change(
                element, name, old, new, _NOTHING, self._link(element), _NOTHING, _NOTHING
            )
        declared = field_of(element, name)
        about = _NOTHING if element == draft.main else shown_element(element, self.name_of)
        was = shown_value(declared, old, self.name_of)
        becomes = shown_value(declared, new, self.name_of)
        return Change(element, name, old, new, about, shown_field(element, name), was, becomes)

    def _link(self, element: str) -> Text:
        relation, _, target = parse_relation(element)
        phrase, name = ONTOLOGY.relations[relation].phrase, self.name_of(target)
        return Text(f"{phrase.da} {name}", f"{phrase.en} {name}")


def _same(old: Value, new: Value) -> bool:
    return isinstance(old, tuple) and isinstance(new, tuple) and set(old) == set(new)


def _at(place: Place) -> tuple[str | None, str | None, int | None]:
    return place.file, place.sheet, place.row


@dataclass(frozen=True)
class Removal:
    """What falls because the file does not have it any more, and what disappears with it."""

    falling: tuple[Falling, ...]
    gone: tuple[Text, ...]


def removal(
    fallen: Sequence[KeptRecord], new: Sequence[Record], known: Known, name_of: NameOf
) -> Removal:
    """What ``remove_missing`` takes away: the fallen records that the load does not have again,
    and the elements that nothing else says."""
    keys = {record.key for record in new}
    missing = [kept for kept in fallen if kept.record.key not in keys]
    still = {element for record in new for element in record.elements()}
    lost = {element for kept in missing for element in kept.record.elements()} - still
    numbers = {(kept.load, *_at(kept.record.place)) for kept in fallen}
    others = known.store.sources(sorted(lost)) if lost else {}
    gone = sorted(
        element
        for element in lost
        if all((each.load, *_at(each.place)) in numbers for each in others.get(element, ()))
    )
    return Removal(
        tuple(
            Falling(kept.record.place, shown_element(_main_of(kept.record), name_of))
            for kept in missing
        ),
        tuple(shown_element(element, name_of) for element in gone),
    )


def _main_of(record: Record) -> str:
    """What a record is about: its key without the sheet's kind."""
    return record.key.partition(" ")[2]
