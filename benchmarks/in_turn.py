"""What is asked about in turn: what is kept of one that was asked about before shall not count."""

from collections.abc import Iterable, Iterator
from itertools import count, cycle, islice

from benchmarks import names
from graph.snapshot import Snapshot
from graph.synergy import Synergy
from graph.transfer import Transfer
from schema.names import node_id

MANY = 40


def departments(snapshot: Snapshot) -> Iterator[str]:
    """Departments from all over the country."""
    known = snapshot.nodes("department")
    return cycle(known[:: max(1, len(known) // MANY)])


def solutions(snapshot: Snapshot) -> Iterator[str]:
    """Solutions, from the most used on."""
    named = (node_id("solution", names.solution(number)) for number in count())
    return cycle(list(islice((each for each in named if each in snapshot), MANY)))


def explained(answers: Iterable[Synergy | Transfer]) -> list[object]:
    """All that stands behind these answers, which is made when it is asked for."""
    return [(each.evidence, each.unknown, getattr(each, "gaps", ())) for each in answers]
