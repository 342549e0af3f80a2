"""Words as the search compares them: folded, and stripped of Danish and English endings."""

import re
from collections.abc import Iterable, Iterator
from threading import Lock

import snowballstemmer

from schema.names import fold

_WORD = re.compile(r"[^\W_]+")
_KEPT = 50_000
"""So many words' stems are kept; a register has fewer words, but people may search for any."""


class Stemmer:
    """Stems folded words (æ→ae, ø→oe, å→aa, other accents away), so that a word without æøå has
    the same stems. Keeps what it has stemmed. Safe to ask from several threads."""

    def __init__(self) -> None:
        self._danish = snowballstemmer.stemmer("danish")
        self._english = snowballstemmer.stemmer("english")
        self._kept: dict[str, tuple[str, str, str]] = {}
        self._lock = Lock()

    def forms(self, word: str) -> tuple[str, ...]:
        """The folded word and its stems, each once."""
        return tuple(dict.fromkeys(self._stems(word)))

    def stem(self, word: str) -> str:
        """The folded word without its Danish ending."""
        return self._stems(word)[1]

    def _stems(self, word: str) -> tuple[str, str, str]:
        """The word, its Danish stem and its English one."""
        kept = self._kept.get(word)
        if kept is None:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            # A number or a code has no endings.
            kept = self._kept[word] = self._stemmed(word) if word.isalpha() else (word,) * 3
        return kept

    def _stemmed(self, word: str) -> tuple[str, str, str]:
        with self._lock:
            return word, str(self._danish.stemWord(word)), str(self._english.stemWord(word))

    def all_forms(self, folded: Iterable[str]) -> Iterator[str]:
        """All forms of some words."""
        for word in folded:
            yield from self.forms(word)


def words(text: str) -> list[str]:
    """The words of a text, folded; nothing but letters and digits is left in them."""
    return _WORD.findall(fold(text))
