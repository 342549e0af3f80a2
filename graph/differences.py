"""In what a kept graph is not what its ledger says, named by element and field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from schema.field import Value
from schema.text import Text

Fields = Mapping[str, Value]


class Fault(Enum):
    """What is wrong: an element or field that is missing, one too many, one with another value;
    an element whose rows are not those that say it; a part of the store that cannot be read."""

    MISSING = "missing"
    EXTRA = "extra"
    OTHER = "other"
    SOURCES = "sources"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. Without a ``field`` the whole element is missing or one too many. ``said``
    is what the ledger says, ``kept`` what the graph holds. Of a damaged part ``element`` names
    the part and ``kept`` what was found."""

    fault: Fault
    element: str
    field: str | None = None
    said: object = None
    kept: object = None

    @property
    def text(self) -> Text:
        """The difference in a sentence."""
        return _TEXTS[self.fault, self.field is None](self)


def _told(kept: object) -> Text:
    """What was found, in both languages; what another program says, as it says it."""
    return kept if isinstance(kept, Text) else Text(str(kept), str(kept))


_TEXTS = {
    (Fault.MISSING, True): lambda d: Text(
        f"{d.element}: mangler i grafen", f"{d.element}: is missing from the graph"
    ),
    (Fault.MISSING, False): lambda d: Text(
        f"{d.element}: {d.field} mangler; posterne siger {d.said}",
        f"{d.element}: {d.field} is missing; the records say {d.said}",
    ),
    (Fault.EXTRA, True): lambda d: Text(
        f"{d.element}: står i grafen, men ingen post siger det",
        f"{d.element}: is in the graph, but no record says it",
    ),
    (Fault.EXTRA, False): lambda d: Text(
        f"{d.element}: {d.field} er {d.kept}, men ingen post siger det",
        f"{d.element}: {d.field} is {d.kept}, but no record says it",
    ),
    (Fault.OTHER, False): lambda d: Text(
        f"{d.element}: {d.field} er {d.kept}; posterne siger {d.said}",
        f"{d.element}: {d.field} is {d.kept}; the records say {d.said}",
    ),
    (Fault.SOURCES, True): lambda d: Text(
        f"{d.element}: de poster, det føres tilbage til, er ikke dem, der siger det "
        f"(mangler: {d.said}; forkerte: {d.kept})",
        f"{d.element}: the records that it is led back to are not those that say it "
        f"(missing: {d.said}; wrong: {d.kept})",
    ),
    (Fault.DAMAGED, True): lambda d: Text(
        f"{d.element} er beskadiget: {_told(d.kept).da}",
        f"{d.element} is damaged: {_told(d.kept).en}",
    ),
}


def differences(said: Mapping[str, Fields], kept: Mapping[str, Fields]) -> list[Difference]:
    """All differences between what the ledger says and what the graph holds, by element."""
    return [
        difference
        for element in sorted(said.keys() | kept.keys())
        for difference in _of_element(element, said.get(element), kept.get(element))
    ]


def _of_element(element: str, said: Fields | None, kept: Fields | None) -> Iterable[Difference]:
    if said == kept:
        return ()
    if kept is None:
        return (Difference(Fault.MISSING, element),)
    if said is None:
        return (Difference(Fault.EXTRA, element),)
    return _of_fields(element, said, kept)


def _of_fields(element: str, said: Fields, kept: Fields) -> Iterator[Difference]:
    for field in sorted(said.keys() | kept.keys()):
        one, other = said.get(field), kept.get(field)
        if one != other:
            fault = Fault.MISSING if other is None else Fault.EXTRA if one is None else Fault.OTHER
            yield Difference(fault, element, field, one, other)
