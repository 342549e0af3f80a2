"""Which names look alike, found without comparing all of them letter by letter."""

from collections.abc import Mapping

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz, process

from loaders.lookalikes import ALIKE, Comparable, look_alikes

_WORDS = st.sampled_from(
    (*("Vagtplan", "vagtplaner", "Elevplan", "kommune", "Nørby", "Nørreby", "SMS", "2", "3", "12"),)
)
_NAMES = st.lists(_WORDS, min_size=1, max_size=4).map(" ".join) | st.text(
    "abcdeæøå 12-", min_size=1, max_size=40
)


@given(st.lists(_NAMES, max_size=15), st.lists(_NAMES, max_size=15))
def test_the_nearest_names_are_those_that_comparing_all_of_them_finds(
    new: list[str], old: list[str]
) -> None:
    fresh = Comparable({f"solution:{i}": name for i, name in enumerate(new)})
    known = Comparable({f"solution:old-{i}": name for i, name in enumerate(old)})
    found = {each.node: (each.other, each.score) for each in look_alikes(fresh, known)}
    assert found == _by_comparing_all(fresh, known)


def _by_comparing_all(new: Comparable, old: Comparable) -> Mapping[str, tuple[str, int]]:
    texts, nodes = [*new.texts, *old.texts], [*new.nodes, *old.nodes]
    numbers = [*new.numbers, *old.numbers]
    scores = process.cdist(new.texts, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, dtype=np.uint8)
    found = {}
    for i in range(len(new)):
        near = [
            (int(scores[i][j]), -j)
            for j in range(len(texts))
            if scores[i][j]
            and (j < i or j >= len(new))
            and numbers[i] == numbers[j]
            and min(len(texts[i]), len(texts[j])) >= 4
        ]
        if near:
            score, place = max(near)
            found[nodes[i]] = (nodes[-place], score)
    return found
