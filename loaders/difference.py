"""What a load changes of what the graph says: every element that it touches, settled anew."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.settling import Voice, field_of, settled
from loaders.known import Known
from schema.field import Rule, Value
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
    telling: Iterable[Record],
) -> Difference:
    """What changes where these records fall and those come. ``now`` is what the graph says of
    every element that any of them mentions; relationships that come are told of those records
    alone that are ``telling``."""
    numbers = {kept.number for kept in fallen}
    news = _news(now, records)
    losing = {element for kept in fallen for element in kept.record.elements() if element in now}
    voted_on = {element for element, said in news.items() if _are_voted_on(element, said)}
    heard = sorted(losing | voted_on)
    then = known.then(heard, numbers, records) if heard else {}
    steps: dict[At, Step] = {}
    for element in [each for each in now if each in losing or each in news]:
        before = now[element]
        after = then.get(element)
        if element not in losing:
            after = _with_news(element, before, news[element], after)
        if after is not None:
            steps.update(((element, name), step) for name, step in _steps(before, after))
        elif is_relation(element):
            steps[element, EXISTS] = ("", None)
    for record in telling:
        for said in record.statements:
            if said.element not in now and is_relation(said.element):
                steps[said.element, EXISTS] = (None, "")
    return Difference(steps, [each for each in losing if each not in then])


News = dict[str, dict[str, list[Value]]]


def _news(now: Mapping[str, Mapping[str, Value]], records: Iterable[Record]) -> News:
    """What the records say otherwise than the graph, of what is there; once they say so of a
    field, all that they say of it."""
    news: News = {}
    for record in records:
        for each in record.statements:
            name, element = each.field, each.element
            if name == EXISTS or (fields := now.get(element)) is None:
                continue
            said = news.get(element)
            if said is not None and name in said:
                said[name].append(each.value)
            elif name not in fields or fields[name] != each.value:
                news.setdefault(element, {})[name] = [each.value]
    return news


def _are_voted_on(element: str, fields: Iterable[str]) -> bool:
    """Whether it takes all who say something to tell what holds."""
    return any(field_of(element, name).rule is Rule.COMMON for name in fields)


def _with_news(
    element: str,
    before: Mapping[str, Value],
    news: Mapping[str, Sequence[Value]],
    voted: Mapping[str, Value] | None,
) -> Mapping[str, Value]:
    """The fields of an element of which nothing falls: by every rule but the vote, what holds of
    what held and of what comes is what holds of all."""
    if voted is not None:
        return {**before, **{name: voted[name] for name in news}}
    after = dict(before)
    for name, values in news.items():
        said = [before[name], *values] if name in before else values
        voices = [Voice(((name, value),), 1, n, n) for n, value in enumerate(said)]
        after.update(settled(element, voices))
    return after


def _steps(before: Mapping[str, Value], after: Mapping[str, Value]) -> Iterator[tuple[str, Step]]:
    for name in dict.fromkeys((*before, *after)):
        step = before.get(name), after.get(name)
        if step[0] != step[1]:
            yield name, step
