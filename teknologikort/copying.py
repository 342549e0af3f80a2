"""Copying a store through its ledger, and making sure that the copy says the same.

Two ledgers that are equal, and a graph that is what its ledger says, make two equal stores: so
what is read is summed up on its way, the copy is read back, and the copy is checked.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from graph.ledger import Ledger
from graph.store import Store
from schema.messages import Refusal, say
from schema.records import KeptRecord
from schema.text import Text
from teknologikort.terminal import Advance, Terminal

if TYPE_CHECKING:
    from graph.differences import Difference

COPYING = Text("Kopierer posterne", "Copying the records")
READING_BACK = Text("Læser kopien igen", "Reading the copy back")
CHECKING = Text("Efterprøver grafen", "Checking the graph")


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a store holds, of one revision; ``digest`` sums its whole ledger up."""

    revision: int
    loads: int
    records: int
    digest: str

    @property
    def text(self) -> Text:
        return Text(
            f"revision {self.revision}, indlæsninger: {self.loads}, poster: {self.records}",
            f"revision {self.revision}, loads: {self.loads}, records: {self.records}",
        )


class Passing:
    """A ledger that is read through once, counted and summed up on its way."""

    def __init__(self, ledger: Ledger, advance: Advance) -> None:
        self._read = ledger
        self._advance = advance
        self._sum = hashlib.sha256()
        self._counted: dict[int, int] = {load.number: 0 for load in ledger.loads}
        for revision in ledger.revisions:
            self._add(revision.number, revision.at, revision.actor, revision.what, revision.load)
        for load in ledger.loads:
            self._add(
                load.number,
                load.source,
                load.files,
                load.at,
                load.actor,
                load.remove_missing,
                load.records,
                load.stands,
                load.revision,
                load.undone_at,
            )

    @property
    def ledger(self) -> Ledger:
        """What may be gone through, once."""
        return replace(self._read, records=self._passing())

    def _passing(self) -> Iterator[KeptRecord]:
        for kept in self._read.records:
            record = kept.record
            place = record.place
            self._add(
                kept.number,
                kept.load,
                record.key,
                (place.file, place.sheet, place.row),
                [(s.element, s.field, s.value, s.column) for s in record.statements],
            )
            self._counted[kept.load] = self._counted.get(kept.load, 0) + 1
            self._advance(1)
            yield kept

    def _add(self, *parts: object) -> None:
        written = json.dumps(parts, ensure_ascii=False, default=_written)
        self._sum.update(written.encode("utf-8", "surrogatepass"))

    @property
    def contents(self) -> Contents:
        """What was read, once all of it was; raises Refusal where a load has not as many records
        as it says."""
        read = self._read
        revision = max((each.number for each in read.revisions), default=0)
        total = sum(self._counted.values())
        return Contents(revision, len(read.loads), total, self._sum.hexdigest())

    @property
    def incomplete(self) -> list[int]:
        """The loads that have not as many records as they say."""
        said = {load.number: load.records for load in self._read.loads}
        return sorted(n for n, found in self._counted.items() if said.get(n) != found)


def _written(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"a ledger holds no {type(value).__name__}")


def copied(source: Store, target: Store, terminal: Terminal) -> Contents:
    """Copy a whole store into an empty one; returns what was copied. Raises Refusal where the
    target is not empty, and where the copy then is not the same."""
    with source.ledger() as ledger:
        contents = filled(target, ledger, terminal)
    examined(target, terminal, lambda reason: _differs(target, reason), contents)
    return contents


def filled(target: Store, ledger: Ledger, terminal: Terminal) -> Contents:
    """Restore a ledger into an empty store; returns what it held."""
    total = sum(load.records for load in ledger.loads)
    with terminal.progress(COPYING, total) as advance:
        passing = Passing(ledger, advance)
        target.restore(passing.ledger)
    return passing.contents


def examined(
    store: Store,
    terminal: Terminal,
    refusal: Callable[[Text], Refusal],
    expected: Contents | None = None,
) -> Contents:
    """Read a store through: that every load has its records, that it is what was ``expected``,
    that its graph is what its records say. Raises what ``refusal`` makes of what is wrong."""
    with store.ledger() as ledger:
        total = sum(load.records for load in ledger.loads)
        with terminal.progress(READING_BACK, total) as advance:
            passing = Passing(ledger, advance)
            for _ in passing.ledger.records:
                pass
    contents = passing.contents
    if passing.incomplete:
        raise refusal(_incomplete(passing.incomplete))
    if expected is not None and contents != expected:
        raise refusal(_other(contents, expected))
    with terminal.progress(CHECKING):
        differing = store.check()
    if differing:
        raise refusal(_unsound(differing))
    return contents


def _differs(target: Store, reason: Text) -> Refusal:
    return Refusal(say("copy-differs", store=_name(target), reason=reason))


def _name(store: Store) -> str:
    path = getattr(store, "path", None)
    return str(path.name if path is not None else getattr(store, "uri", "?"))


def _incomplete(loads: list[int]) -> Text:
    numbers = ", ".join(map(str, loads[:10]))
    return Text(
        f"der mangler poster i indlæsning {numbers}", f"records of load {numbers} are missing"
    )


def _other(found: Contents, expected: Contents) -> Text:
    return Text(
        f"den indeholder {found.text.da}, men skulle indeholde {expected.text.da}",
        f"it holds {found.text.en}, but should hold {expected.text.en}",
    )


def _unsound(differing: "list[Difference]") -> Text:
    first = differing[0].text
    return Text(
        f"grafen afviger fra posterne (antal: {len(differing)}); den første: {first.da}",
        f"the graph differs from its records (number: {len(differing)}); the first: {first.en}",
    )
