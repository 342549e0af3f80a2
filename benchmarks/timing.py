"""Measuring two things in turn within one run, so that a busy machine slows both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One row of the table: a piece of work, and what one would use otherwise, in seconds
    (medians). ``theirs`` is None where there is nothing to compare with; ``ratio`` below 1 means
    ours is quicker. ``goal`` is what we want to reach; ``unit`` is MB where it is memory."""

    work: str
    ours: float
    alternative: str = ""
    theirs: float | None = None
    goal: str = ""
    note: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None else self.ours / self.theirs


def seconds(work: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(work: str, ours: Callable[[], object], times: int = 5, goal: str = "") -> Figure:
    """The median of so many runs, after one that does not count where there are several."""
    if times > 1:
        ours()
    return Figure(work, median(seconds(ours) for _ in range(times)), goal=goal)


def paired(
    work: str,
    ours: Callable[[], object],
    alternative: str,
    theirs: Callable[[], object],
    times: int = 5,
    goal: str = "",
) -> Figure:
    """The medians of so many runs in turn, after one of each that does not count."""
    if times > 1:
        ours()
        theirs()
    measured = [(seconds(ours), seconds(theirs)) for _ in range(times)]
    ours_median, theirs_median = (median(each) for each in zip(*measured, strict=True))
    return Figure(work, ours_median, alternative, theirs_median, goal)
