"""What a load changes of what the graph says: every element that it touches, settled anew."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.known import Known
from schema.field import Value
from schema.records import EXISTS, KeptRecord, Record, is_relation

Step = tuple[Value | None, Value | None]
At = tuple[str, str]
"""An element and a field of it."""


@dataclass(frozen=True)
class Difference:
    """``steps`` gives what was and what becomes, by element and field, of elements that were
    there and still are; with the field EXISTS of a relationship that comes or goes. ``gone`` are
    the elements that go."""

    steps: Mapping[At, Step]
    gone: Collection[str]


def difference(
    known: Known,
    now: Mapping[str, Mapping[str, Value]],
    fallen: Sequence[KeptRecord],
    records: Sequence[Record],
) -> Difference:
    """What changes where these records fall and those come. ``now`` is what the graph says of
    every element that any of them mentions."""
    numbers = {kept.number for kept in fallen}
    then = known.then(sorted(now), numbers, records)
    steps: dict[At, Step] = {}
    for element, before in now.items():
        after = then.get(element)
        if after is not None:
            steps.update(((element, name), step) for name, step in _steps(before, after))
        elif is_relation(element):
            steps[element, EXISTS] = ("", None)
    for element in dict.fromkeys(each for record in records for each in record.elements()):
        if element not in now and is_relation(element):
            steps[element, EXISTS] = (None, "")
    return Difference(steps, [element for element in now if element not in then])


def _steps(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[tuple[str, Step]]:
    for name in dict.fromkeys((*before, *after)):
        step = before.get(name), after.get(name)
        if step[0] != step[1]:
            yield name, step
