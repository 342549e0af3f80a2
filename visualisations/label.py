"""Labels under nodes: how they are broken into lines, and how much room they take."""

import re
from dataclasses import dataclass
from functools import lru_cache

LINE_LENGTH = 18
MOST_LINES = 3
LINE_HEIGHT = 15
FONT_SIZE = 13
NODE_RADIUS = 13
# The mean advance of a letter in common sans faces, with a little room to spare.
LETTER_WIDTH = 0.56 * FONT_SIZE
# Below this, a word that is too long for a line is let be: breaking it reads worse.
LONGEST_WORD = 24
# A picture asks three times of each label, and the same nodes stand in many pictures.
_REMEMBERED = 4096
FORBIDDEN_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Box:
    """The room of a node and its label, measured from the node's centre."""

    half_width: float
    above: float
    below: float


def printable(text: str) -> str:
    """The text without the control characters that XML has no place for."""
    return FORBIDDEN_IN_XML.sub("", text)


@lru_cache(maxsize=_REMEMBERED)
def lines(label: str) -> tuple[str, ...]:
    """The label in at most three lines of some 18 letters, as even as they can be."""
    words = _words(printable(label))
    broken = _filled(words, LINE_LENGTH)
    if len(broken) > MOST_LINES:
        return (*broken[: MOST_LINES - 1], f"{broken[MOST_LINES - 1]} …")
    even = (_filled(words, length) for length in range(1, LINE_LENGTH))
    return tuple(next((found for found in even if len(found) == len(broken)), broken))


def _filled(words: list[str], length: int) -> list[str]:
    rows: list[str] = []
    for word in words:
        if rows and len(rows[-1]) + 1 + len(word) <= length:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def _words(label: str) -> list[str]:
    words: list[str] = []
    for word in label.split():
        while len(word) > LONGEST_WORD:
            words.append(f"{word[: LINE_LENGTH - 1]}-")
            word = word[LINE_LENGTH - 1 :]
        words.append(word)
    return words


def box(label: str) -> Box:
    """How much room the node with this label takes."""
    written = lines(label)
    widest = max((len(line) for line in written), default=0) * LETTER_WIDTH
    return Box(
        half_width=max(widest / 2, NODE_RADIUS) + 4,
        above=NODE_RADIUS + 4,
        below=NODE_RADIUS + 6 + LINE_HEIGHT * len(written),
    )
