"""Measuring two things in turn within one run, so that a busy machine slows both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """Ours and the alternative in seconds (medians); ``ratio`` below 1 means ours is quicker."""

    work: str
    alternative: str
    ours: float
    theirs: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def paired(
    work: str,
    ours: Callable[[], object],
    alternative: str,
    theirs: Callable[[], object],
    times: int = 5,
    note: str = "",
) -> Figure:
    """The medians of so many runs in turn, after one of each that does not count."""
    if times > 1:
        ours()
        theirs()
    measured = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    return Figure(
        work, alternative, median(a for a, _ in measured), median(b for _, b in measured), note
    )
