"""New names that look like a name of the same kind: suggestions for a person, never a merge."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from schema.names import fold

ALIKE = 88
"""From 0 to 100: the share of letters in common, words in any order, from which two names are
told to look alike."""
_MOST_PAIRS = 100_000_000
_PAIRS_AT_ONCE = 4_000_000
_SHORTEST = 4
_TELL_NOTHING = frozenset({"kommune", "kommunes", "municipality"})
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Alike:
    """Two nodes whose names look alike, ``node`` the newer; ``score`` from 0 to 100."""

    node: str
    other: str
    score: int


class TooManyNames(Exception):  # noqa: N818
    """Comparing them all would take too long."""


def look_alikes(new: Mapping[str, str], old: Mapping[str, str]) -> Iterator[Alike]:
    """For each new node the nearest of the others, where it is near; names by node id, all of
    one kind (and one municipality). Names that differ in a number are two. Raises TooManyNames."""
    if len(new) * (len(new) + len(old)) > _MOST_PAIRS:
        raise TooManyNames
    nodes = [*new, *old]
    texts = [_comparable(name) for name in (*new.values(), *old.values())]
    numbers = [_NUMBERS.findall(text) for text in texts]
    step = max(1, _PAIRS_AT_ONCE // max(1, len(nodes)))
    for start in range(0, len(new), step):
        queries = texts[start : min(start + step, len(new))]
        yield from _nearest(queries, start, texts, numbers, nodes, len(new))


def _nearest(
    queries: Sequence[str],
    start: int,
    texts: Sequence[str],
    numbers: Sequence[list[str]],
    nodes: Sequence[str],
    new: int,
) -> Iterator[Alike]:
    scores = process.cdist(queries, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
    for i, row in enumerate(scores, start):
        near = [j for j in np.flatnonzero(row).tolist() if _may_be(i, j, texts, numbers, new)]
        if near:
            best = max(near, key=lambda j: int(row[j]))
            yield Alike(nodes[i], nodes[best], int(row[best]))


def _may_be(i: int, j: int, texts: Sequence[str], numbers: Sequence[list[str]], new: int) -> bool:
    """Two new names are told of once, at the later; very short ones always look alike."""
    if j == i or (i < j < new) or numbers[i] != numbers[j]:
        return False
    return min(len(texts[i]), len(texts[j])) >= _SHORTEST


def _comparable(name: str) -> str:
    """The words of a name in one order, without those that tell nothing where others do."""
    words = sorted(fold(name).split("-"))
    return " ".join(word for word in words if word not in _TELL_NOTHING) or " ".join(words)
