"""Words as the search compares them: folded, and stripped of Danish and English endings."""

import re
from collections.abc import Iterable

import snowballstemmer

from schema.names import fold

_WORD = re.compile(r"[^\W_]+")


class Stemmer:
    """Folds words (æ→ae, ø→oe, å→aa, other accents away) and stems what was folded, so that a
    word without æøå has the same stems. Keeps what it has stemmed. Not safe between threads."""

    def __init__(self) -> None:
        self._danish = snowballstemmer.stemmer("danish")
        self._english = snowballstemmer.stemmer("english")
        self._kept: dict[str, tuple[str, ...]] = {}

    def forms(self, word: str) -> tuple[str, ...]:
        """The folded word and its stems, each once."""
        if word not in self._kept:
            # A number or a code has no endings.
            self._kept[word] = self._stemmed(word) if word.isalpha() else (word,)
        return self._kept[word]

    def _stemmed(self, word: str) -> tuple[str, ...]:
        stems = (self._danish.stemWord(word), self._english.stemWord(word))
        return tuple(dict.fromkeys((word, *stems)))

    def stem(self, word: str) -> str:
        """The folded word without its Danish ending."""
        return str(self._danish.stemWord(word))

    def all_forms(self, texts: Iterable[str]) -> str:
        """All forms of all words of some texts, separated by blanks."""
        return " ".join(form for text in texts for word in words(text) for form in self.forms(word))


def words(text: str) -> list[str]:
    """The words of a text, folded; nothing but letters and digits is left in them."""
    return _WORD.findall(fold(text))
