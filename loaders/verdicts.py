"""What each row would change: held against the graph and the source's rows that stand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, partial

from graph.settling import field_of
from loaders.difference import At, Difference, Step
from loaders.report import Change, Falling, Verdict
from loaders.shown import NameOf, shown_element, shown_field, shown_value
from loaders.statements import Draft
from schema.field import Value
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.records import EXISTS, KeptRecord, Record, is_relation, parse_relation
from schema.text import Text

Triple = tuple[str, str, Value]
Said = frozenset[Triple]
NAME = "name"
_NOTHING = Text("", "")


def said_by(record: Record) -> Said:
    """What a record says, wherever it stands."""
    return frozenset((each.element, each.field, each.value) for each in record.statements)


@dataclass(frozen=True)
class Before:
    """The records of a source that stand before a load, by key."""

    records: Sequence[KeptRecord]

    @cached_property
    def by_key(self) -> Mapping[str, list[Record]]:
        return records_by_key(kept.record for kept in self.records)

    def falling(self, keys: set[str], all_of_them: bool) -> list[KeptRecord]:
        """Those that no longer stand once a load with these keys is applied."""
        return [kept for kept in self.records if all_of_them or kept.record.key in keys]

    def has_all(self, records: Iterable[Record]) -> bool:
        """Whether the source says all this already, and nothing else under the same keys."""
        return all(
            key in self.by_key and _say_the_same(self.by_key[key], of_key)
            for key, of_key in records_by_key(records).items()
        )


def records_by_key(records: Iterable[Record]) -> dict[str, list[Record]]:
    """The records of each key, in their order."""
    found: dict[str, list[Record]] = {}
    for record in records:
        found.setdefault(record.key, []).append(record)
    return found


def _say_the_same(some: Sequence[Record], others: Sequence[Record]) -> bool:
    if len(some) != len(others):
        return False
    if all(a.statements == b.statements for a, b in zip(some, others, strict=True)):
        return True
    return Counter(map(said_by, some)) == Counter(map(said_by, others))


@dataclass
class Causes:
    """Which rows bring about what a load changes, each thing told where it is seen best: by the
    rows that say it anew or say it no more, else with the rows that are missing, else by those
    that say it again and so have the last word."""

    drafts: Sequence[Draft]
    records: Mapping[int, Record]
    kept: Sequence[Record]
    before: Before
    fallen: Sequence[KeptRecord]
    steps: Set[At]

    @cached_property
    def of(self) -> Mapping[At, Sequence[Draft]]:
        """The rows of the load, by what they change."""
        return {
            at: self._told_once(at, found)
            for at in self.steps
            if (
                found := self._newly.get(at)
                or ([] if at in self.of_missing else self._saying.get(at, []))
            )
        }

    @cached_property
    def of_missing(self) -> Mapping[At, KeptRecord]:
        """Of what no row of the load says anew or no more, the missing row that said it."""
        missing: dict[At, KeptRecord] = {}
        for kept in self.fallen:
            if kept.record.key not in self._now:
                for said in kept.record.statements:
                    at = (said.element, said.field)
                    if at in self.steps and at not in self._newly:
                        missing.setdefault(at, kept)
        return missing

    @cached_property
    def of_kept(self) -> Mapping[str, Sequence[At]]:
        """What is left of it: by key, what a record that was kept says again."""
        again: dict[str, list[At]] = {}
        told = self.of.keys() | self.of_missing.keys()
        for record in self.kept:
            for at in dict.fromkeys((said.element, said.field) for said in record.statements):
                if at in self.steps and at not in told:
                    again.setdefault(record.key, []).append(at)
                    told.add(at)
        return again

    def _told_once(self, at: At, found: Sequence[Draft]) -> Sequence[Draft]:
        """How a name is spelt follows from all who write it: the first tells."""
        return found[:1] if at[1] == NAME else found

    @cached_property
    def _saying(self) -> Mapping[At, list[Draft]]:
        return _by_what([(draft, self._says(draft) & self.steps) for draft in self.drafts])

    @cached_property
    def _newly(self) -> Mapping[At, list[Draft]]:
        """The rows that say something else than those of their key said before."""
        if not self.steps:
            return {}
        found: list[tuple[Draft, set[At]]] = []
        elements = {element for element, _ in self.steps}
        for key, drafts in self._by_key.items():
            before, now = self._before.get(key), self._now[key]
            if not (_mention(before or (), elements) or _mention(now, elements)):
                continue
            moved = _moved(before, now, self.steps)
            if not moved:
                continue
            said = {at for draft in drafts for at in self._says(draft)}
            tells = self._first_changed(key, drafts)
            for draft in drafts:
                lost = moved - said if draft is tells else set()
                found.append((draft, moved & self._says(draft) | lost))
        return _by_what(found)

    def _first_changed(self, key: str, drafts: Sequence[Draft]) -> Draft:
        said = [said_by(record) for record in self.before.by_key.get(key, ())]
        return next((d for d in drafts if said_by(self.records[id(d)]) not in said), drafts[0])

    def _says(self, draft: Draft) -> set[At]:
        record = self.records[id(draft)]
        return {(said.element, said.field) for said in record.statements}

    @cached_property
    def _by_key(self) -> Mapping[str, list[Draft]]:
        found: dict[str, list[Draft]] = {}
        for draft in self.drafts:
            found.setdefault(self.records[id(draft)].key, []).append(draft)
        return found

    @cached_property
    def _before(self) -> Mapping[str, list[Record]]:
        return records_by_key(kept.record for kept in self.fallen)

    @cached_property
    def _now(self) -> Mapping[str, list[Record]]:
        return records_by_key((*self.kept, *self.records.values()))


def _mention(records: Iterable[Record], elements: Set[str]) -> bool:
    return any(said.element in elements for record in records for said in record.statements)


def _moved(before: Sequence[Record] | None, now: Sequence[Record], steps: Set[At]) -> set[At]:
    """What is said more or less often than before, of that which is a step."""
    if before is None:
        said = ((each.element, each.field) for record in now for each in record.statements)
        return {at for at in said if at in steps}
    if len(before) == len(now) == 1 and before[0].statements == now[0].statements:
        return set()
    was, becomes = _counted(before), _counted(now)
    return {
        (e, name)
        for e, name, value in was | becomes
        if was[e, name, value] != becomes[e, name, value] and (e, name) in steps
    }


def _counted(records: Iterable[Record]) -> Counter[Triple]:
    return Counter(
        (said.element, said.field, said.value) for record in records for said in record.statements
    )


def _by_what(found: Iterable[tuple[Draft, Iterable[At]]]) -> dict[At, list[Draft]]:
    by_what: dict[At, list[Draft]] = {}
    for draft, told in found:
        for at in told:
            by_what.setdefault(at, []).append(draft)
    return by_what


@dataclass
class Verdicts:
    """Gives every draft of a load its verdict and its changes."""

    drafts: Sequence[Draft]
    now: Mapping[str, Mapping[str, Value]]
    difference: Difference
    causes: Causes
    name_of: NameOf

    @cached_property
    def _changes(self) -> Mapping[int, list[At]]:
        """What each draft changes, in the order in which it says it; what it says no more last."""
        found: dict[int, list[At]] = {}
        for at, drafts in self.causes.of.items():
            for draft in drafts:
                found.setdefault(id(draft), []).append(at)
        for key, again in self.causes.of_kept.items():
            found.setdefault(id(self._teller(key)), []).extend(again)
        for draft in self.drafts:
            if id(draft) in found:
                said = dict.fromkeys((s.element, s.field) for s in draft.said)
                order = {at: place for place, at in enumerate(said)}
                found[id(draft)].sort(key=partial(_place, draft.main, order))
        return found

    def _teller(self, key: str) -> Draft:
        """The row that tells what is kept under its key: a refused one, else one in its place."""
        of_key = [draft for draft in self.drafts if draft.key == key and not draft.skipped]
        return next((draft for draft in of_key if draft.refused), of_key[0])

    def of(self, draft: Draft) -> tuple[Verdict, tuple[Change, ...]]:
        """The verdict on a row, and what it changes. Of a new one it is told what it changes of
        that which was there before; of a refused one what it changes that its older edition,
        which is kept, has the last word again."""
        made = self._changes.get(id(draft), ())
        if draft.refused:
            return Verdict.REFUSED, tuple(self._made(at, draft.main) for at in made)
        if draft.skipped:
            return Verdict.SKIPPED, ()
        if draft.main not in self.now:
            old = [at for at in made if at[0] in self.now]
            return Verdict.NEW, tuple(self._made(at, draft.main) for at in old)
        changes = tuple(self._made(at, draft.main) for at in made)
        return (Verdict.CHANGED if changes else Verdict.UNCHANGED), changes

    def _made(self, at: At, main: str | None) -> Change:
        return changed(at, self.difference.steps[at], main, self.name_of)


def _place(main: str | None, order: Mapping[At, int], at: At) -> tuple[int, bool]:
    return order.get(at, len(order)), at[0] != main


def changed(at: At, step: Step, main: str | None, name_of: NameOf) -> Change:
    """A change in words, seen from the element that it is told with."""
    element, name = at
    old, new = step
    if name == EXISTS:
        link = _link(element, name_of)
        return Change(element, name, old, new, _NOTHING, link, _NOTHING, _NOTHING)
    declared = field_of(element, name)
    about = _NOTHING if element == main else shown_element(element, name_of)
    was, becomes = (shown_value(declared, value, name_of) for value in step)
    return Change(element, name, old, new, about, shown_field(element, name), was, becomes)


def _link(element: str, name_of: NameOf) -> Text:
    relation, _, target = parse_relation(element)
    phrase, name = ONTOLOGY.relations[relation].phrase, name_of(target)
    return Text(f"{phrase.da} {name}", f"{phrase.en} {name}")


@dataclass(frozen=True)
class Removal:
    """What falls because the file does not have it any more, and what disappears with it.
    ``municipalities`` are those of which the source says nothing any more."""

    falling: tuple[Falling, ...]
    gone: tuple[Text, ...]
    municipalities: tuple[str, ...] = ()


def removal(
    causes: Causes, difference: Difference, records: Sequence[Record], name_of: NameOf
) -> Removal:
    """What ``remove_missing`` takes away: the fallen records that the load does not have again,
    with what they change, and the elements that nothing else says."""
    keys = {record.key for record in records}
    missing = [kept for kept in causes.fallen if kept.record.key not in keys]
    theirs, ours = _homes(kept.record for kept in missing), _homes(records)
    shown = _with_home(name_of) if len(theirs | ours) > 1 else name_of
    mentioned = {element for kept in missing for element in kept.record.elements()}
    changes: dict[int, list[Change]] = {}
    for at, kept in causes.of_missing.items():
        if at[1] != EXISTS:
            main = _main_of(kept.record)
            change = changed(at, difference.steps[at], main, shown)
            changes.setdefault(kept.number, []).append(change)
    return Removal(
        tuple(
            Falling(
                kept.record.place,
                shown_element(_main_of(kept.record), shown),
                tuple(changes.get(kept.number, ())),
            )
            for kept in missing
        ),
        tuple(shown_element(each, shown) for each in sorted(mentioned & set(difference.gone))),
        tuple(sorted(name_of(home) for home in theirs - ours)),
    )


def _homes(records: Iterable[Record]) -> set[str]:
    """The municipalities whose departments these records are about."""
    return {
        municipality_of(element)
        for record in records
        for element in record.elements()
        if not is_relation(element) and kind_of(element) == "department"
    }


def _with_home(name_of: NameOf) -> NameOf:
    """Names of departments with their municipality behind them."""

    def named(node: str) -> str:
        if kind_of(node) != "department":
            return name_of(node)
        return f"{name_of(node)} ({name_of(municipality_of(node))})"

    return named


def _main_of(record: Record) -> str:
    """What a record is about: its key without the sheet's kind."""
    return record.key.partition(" ")[2]
