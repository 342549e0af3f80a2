"""Which names say nearly the same and which problems are akin, from docs/method.md."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

import snowballstemmer

from schema.names import fold
from tests.graph.plain import rows
from tests.graph.plain.graph import PlainGraph

ROUNDING = 1e-9
SMALL_WORDS = frozenset(
    [
        "af",
        "alle",
        "alt",
        "at",
        "de",
        "den",
        "der",
        "det",
        "dem",
        "en",
        "er",
        "et",
        "for",
        "fra",
        "har",
        "hos",
        "hvor",
        "i",
        "ikke",
        "kan",
        "med",
        "man",
        "og",
        "om",
        "på",
        "som",
        "skal",
        "til",
        "ved",
        "vi",
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "of",
        "on",
        "or",
        "the",
        "to",
        "with",
    ]
)
KLE = re.compile(r"(?:KLE )?(\d{2})(?:\.(\d{2})(?:\.\d{2})?)?(?![\d.,:-])")


def pieces(name: str) -> set[str]:
    """Four letters at a time of each word's stem, with ^ before and $ after it."""
    spaced = "".join(c if c.isalnum() else " " for c in name.casefold())
    return {p for word in spaced.split() if word not in SMALL_WORDS for p in _pieces_of(word)}


@cache
def _pieces_of(word: str) -> frozenset[str]:
    marked = f"^{fold(snowballstemmer.stemmer('danish').stemWord(word))}$"
    return frozenset(marked[i : i + 4] for i in range(max(1, len(marked) - 3)))


class Names:
    """The names of all nodes of a kind, and how alike they are."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._pieces = {node: pieces(name) for node, name in names.items()}
        # A name without any piece counts among the names all the same.
        wordless = sum(not each for each in self._pieces.values())
        self._weight = rows.rarity([*self._pieces.values(), *([{""}] * wordless)])

    @cached_property
    def _with_piece(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for node, own in self._pieces.items():
            for piece in own:
                found.setdefault(piece, set()).add(node)
        return found

    def alike(self, a: str, b: str) -> float:
        return rows.jaccard(self._pieces[a], self._pieces[b], self._weight)

    def like(self, node: str, threshold: float) -> set[str]:
        """The nodes whose names are at least so like this one's: of those that share a piece."""
        shared: dict[str, float] = {}
        for piece in self._pieces[node]:
            for other in self._with_piece[piece]:
                shared[other] = shared.get(other, 0.0) + self._weight[piece]
        own = self._total[node]
        return {
            other
            for other, both in shared.items()
            if both / (own + self._total[other] - both) >= threshold - ROUNDING
        }

    @cached_property
    def _total(self) -> dict[str, float]:
        return {node: sum(self._weight[p] for p in own) for node, own in self._pieces.items()}


def names_of(graph: PlainGraph, kind: str) -> Names:
    return Names({node: str(graph.nodes[node]["name"]) for node in graph.of_kind(kind)})


class Kinship:
    """Which problems are akin: of the same subject, or nearly the same by name."""

    def __init__(self, graph: PlainGraph, alike: float) -> None:
        self._alike = alike
        self._names = names_of(graph, "problem")
        self._subjects = {p: _subject(graph.nodes[p].get("kle")) for p in graph.of_kind("problem")}
        self._kept: dict[tuple[str, str], bool] = {}

    def akin(self, a: str, b: str) -> bool:
        if (a, b) not in self._kept:
            by_name = self._names.alike(a, b) >= self._alike - ROUNDING
            self._kept[a, b] = by_name or self._same_subject(a, b)
        return self._kept[a, b]

    def _same_subject(self, a: str, b: str) -> bool:
        """The same group, or the same main group where either is told by that only."""
        one, other = self._subjects[a], self._subjects[b]
        if one is None or other is None or one[0] != other[0]:
            return False
        return one[1] == other[1] or one[1] is None or other[1] is None


def _subject(kle: object) -> Sequence[str | None] | None:
    """The main group and the group of a KLE number, the group None where it is not told; None for
    what is no such number."""
    found = KLE.match(str(kle or ""))
    return None if found is None else found.groups()
