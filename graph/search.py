"""Search in names and descriptions, the same over either store.

An SQLite FTS5 index in memory, made from a snapshot. Words are folded and stemmed before they come
to SQLite (``graph.words``), so that inflected Danish and English words match, with and without
æøå; a trigram table of the names finds parts of compounds: *pleje* finds *hjemmeplejen*.
"""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from weakref import finalize

from graph.answer import Cut
from graph.snapshot import Snapshot
from graph.words import Stemmer, words
from schema.names import kind_of, municipality_of

_SCHEMA = """
CREATE VIRTUAL TABLE words USING fts5(node UNINDEXED, names, about, tokenize = 'unicode61');
CREATE VIRTUAL TABLE parts USING fts5(node UNINDEXED, names, tokenize = 'trigram');
"""
Whole = Mapping[str, Collection[str]]
"""The nodes that bear each name, folded."""

_BY_WORDS = "SELECT node FROM words WHERE words MATCH ? ORDER BY bm25(words, 0, 10, 1), node"
_BY_PARTS = "SELECT node FROM parts WHERE parts MATCH ? ORDER BY bm25(parts), node"
TRIGRAM = 3
MOST_WORDS = 16
"""Further words of a query are left out: nobody searches for more, but a program might."""

NAME, PART, ABOUT = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that was found: by its whole name, a word of its name, a part of a word of its name,
    or its description."""

    node: str
    by: str


_BY = ("whole name", "name", "part of name", "description")


class SearchIndex:
    """What can be searched in one snapshot. Safe to ask from several threads."""

    def __init__(self, connection: sqlite3.Connection, stemmer: Stemmer, whole: Whole) -> None:
        self._connection = connection
        self._stemmer = stemmer
        self._whole = whole
        self._lock = Lock()
        # An index is replaced when the graph moves, while somebody may still ask the old one.
        finalize(self, connection.close)

    def search(
        self, query: str, kinds: Collection[str] | None = None, first: int | None = 20
    ) -> Cut[Hit]:
        """The nodes whose names or description have all words of the query, or the last word's
        beginning: whole names first, then words of names, parts of words of names, and
        descriptions, each by BM25, then by id. Any text is a query; one without letters and
        digits finds nothing."""
        asked = words(query)[:MOST_WORDS]
        if not asked:
            return Cut((), 0)
        with self._lock:
            ranked = self._ranked(asked)
        chosen = {
            node: tier for node, tier in ranked.items() if kinds is None or kind_of(node) in kinds
        }
        items = tuple(Hit(node, _BY[tier]) for node, tier in list(chosen.items())[:first])
        return Cut(items, len(chosen))

    def close(self) -> None:
        """Let go of the memory."""
        with self._lock:
            self._connection.close()

    def _ranked(self, asked: list[str]) -> dict[str, int]:
        """The nodes found and how, best first."""
        ranked = dict.fromkeys(self._whole.get(" ".join(asked), ()), 0)
        for tier, statement, match in self._questions(asked):
            for (node,) in self._connection.execute(statement, (match,)):
                ranked.setdefault(node, tier)
        return ranked

    def _questions(self, asked: list[str]) -> Iterator[tuple[int, str, str]]:
        phrase = self._phrase(asked)
        yield NAME, _BY_WORDS, f"{{names}} : ({phrase})"
        parts = [self._part(word) for word in asked if len(word) >= TRIGRAM]
        if parts:
            yield PART, _BY_PARTS, " AND ".join(f'"{part}"' for part in parts)
        yield ABOUT, _BY_WORDS, phrase

    def _phrase(self, asked: list[str]) -> str:
        # Words hold letters and digits only, and are quoted: nothing in them is FTS5 syntax.
        each = [" OR ".join(f'"{form}"' for form in self._stemmer.forms(word)) for word in asked]
        each[-1] += f' OR "{asked[-1]}"*'
        return " AND ".join(f"({forms})" for forms in each)

    def _part(self, word: str) -> str:
        stem = self._stemmer.stem(word)
        return stem if len(stem) > TRIGRAM else word


def build_index(snapshot: Snapshot, descriptions: Mapping[str, str] | None = None) -> SearchIndex:
    """The index of a snapshot's names, and of these descriptions by node id."""
    stemmer = Stemmer()
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_SCHEMA)
    whole: dict[str, list[str]] = {}
    told = descriptions or {}
    rows = [(node, _names(snapshot, node), told.get(node)) for node in snapshot.ids]
    for node, names, _ in rows:
        for name in dict.fromkeys(" ".join(words(name)) for name in names):
            whole.setdefault(name, []).append(node)
    with connection:
        connection.executemany(
            "INSERT INTO words VALUES (?, ?, ?)",
            (
                (node, stemmer.all_forms(names), stemmer.all_forms(_about(snapshot, node, text)))
                for node, names, text in rows
            ),
        )
        connection.executemany(
            "INSERT INTO parts VALUES (?, ?)",
            ((node, " ".join(" ".join(words(name)) for name in names)) for node, names, _ in rows),
        )
    return SearchIndex(connection, stemmer, whole)


def _names(snapshot: Snapshot, node: str) -> list[str]:
    others = snapshot.value(node, "other_names")
    told = [
        snapshot.value(node, "name"),
        snapshot.value(node, "danish_name"),
        snapshot.value(node, "english_name"),
        *(others if isinstance(others, tuple) else ()),
    ]
    return [str(name) for name in told if name is not None]


def _about(snapshot: Snapshot, node: str, description: str | None) -> Iterator[str]:
    """The description; of a department also its municipality's names, to find it by both."""
    if description is not None:
        yield description
    if kind_of(node) == "department" and municipality_of(node) in snapshot:
        yield from _names(snapshot, municipality_of(node))
