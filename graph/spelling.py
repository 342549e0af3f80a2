"""Words looked through letter by letter, for those that hold something in their middle."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_BETWEEN = b"\n"


class Spelling:
    """All letters of some words in one array."""

    def __init__(self, words: Sequence[str]) -> None:
        written = _BETWEEN.join(word.encode() for word in words) + _BETWEEN
        self._letters = np.frombuffer(written, np.uint8)
        self._ends = np.flatnonzero(self._letters == _BETWEEN[0])
        self._counts = np.bincount(self._letters, minlength=256)

    def holding(self, part: str) -> npt.NDArray[np.int64]:
        """The numbers of the words that hold this, which has at least one letter."""
        letters = part.encode()
        # The letter that stands in the fewest places leaves the fewest to look at.
        rarest = min(range(len(letters)), key=lambda i: self._counts[letters[i]])
        at = np.flatnonzero(self._letters == letters[rarest]) - rarest
        at = at[(at >= 0) & (at + len(letters) <= len(self._letters))]
        for further, letter in enumerate(letters):
            at = at[self._letters[at + further] == letter]
        return np.unique(np.searchsorted(self._ends, at))
