"""What a search finds and by what, looking at every name and description in turn."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import snowballstemmer

from schema.names import fold, kind_of, municipality_of
from tests.graph.plain.graph import PlainGraph

TIERS = ("whole name", "name", "part of name", "description")


class PlainSearch:
    """The words of every node's names, and of what is told about it."""

    def __init__(self, graph: PlainGraph, descriptions: Mapping[str, str] | None = None) -> None:
        self._names = {node: _names(graph, node) for node in graph.nodes}
        about = {node: [text] for node, text in (descriptions or {}).items()}
        for department in graph.of_kind("department"):
            about.setdefault(department, []).extend(
                self._names.get(municipality_of(department), [])
            )
        self._whole = {n: {" ".join(words(x)) for x in each} for n, each in self._names.items()}
        self._words = {n: _all_forms(each) for n, each in self._names.items()}
        self._about = {n: self._words[n] | _all_forms(about.get(n, [])) for n in self._names}

    def found(self, query: str, kinds: Iterable[str] | None = None) -> dict[str, set[str]]:
        """By what is found: the nodes, each in the first that holds for it."""
        asked = words(query)[:16]
        tiers: dict[str, set[str]] = {tier: set() for tier in TIERS}
        for node in self._names if asked else ():
            tier = self._tier(node, asked)
            if tier is not None and (kinds is None or kind_of(node) in kinds):
                tiers[tier].add(node)
        return tiers

    def _tier(self, node: str, asked: list[str]) -> str | None:
        if " ".join(asked) in self._whole[node]:
            return "whole name"
        if _has_all(self._words[node], asked):
            return "name"
        parts = [_part(word) for word in asked if len(word) >= 3]
        together = " ".join(self._whole[node])
        if parts and all(part in together for part in parts):
            return "part of name"
        return "description" if _has_all(self._about[node], asked) else None


def words(text: str) -> list[str]:
    """Folded, letters and digits only."""
    return re.findall(r"[^\W_]+", fold(text))


def _names(graph: PlainGraph, node: str) -> list[str]:
    told = graph.nodes[node]
    single = [told[name] for name in ("name", "danish_name", "english_name") if name in told]
    others = told.get("other_names")
    return [str(name) for name in (*single, *(others if isinstance(others, tuple) else ()))]


def _has_all(having: frozenset[str], asked: list[str]) -> bool:
    """All words of a query, or the beginning of the last."""
    return all(not _forms(word).isdisjoint(having) for word in asked[:-1]) and (
        not _forms(asked[-1]).isdisjoint(having) or any(w.startswith(asked[-1]) for w in having)
    )


def _all_forms(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(form for text in texts for word in words(text) for form in _forms(word))


@cache
def _forms(word: str) -> frozenset[str]:
    """The word and its Danish and English stems; a number or a code has none."""
    if not word.isalpha():
        return frozenset([word])
    languages = ("danish", "english")
    return frozenset([word, *(snowballstemmer.stemmer(each).stemWord(word) for each in languages)])


def _part(word: str) -> str:
    stem = str(snowballstemmer.stemmer("danish").stemWord(word))
    return stem if len(stem) > 3 else word
