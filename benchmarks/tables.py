"""The figures as tables: for each size, and how each row grows from size to size."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from benchmarks.timing import Figure

FigureOf = Mapping[str, Sequence[Figure]]
"""The figures of each size."""


def table(figures: Sequence[Figure]) -> Iterator[str]:
    """One size, a row for each piece of work."""
    yield "| work | ours | alternative | theirs | ours / theirs | to reach | |"
    yield "| --- | ---: | --- | ---: | ---: | --- | --- |"
    for figure in figures:
        yield _row(
            figure.work,
            shown(figure.ours, figure.unit),
            figure.alternative,
            "" if figure.theirs is None else shown(figure.theirs, figure.unit),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.goal,
            figure.note,
        )


def growth(figures: FigureOf) -> Iterator[str]:
    """Each piece of work at every size, and how many times as long from one to the next."""
    sizes = list(figures)
    pairs = list(pairwise(sizes))
    yield _row("work", *sizes, *(f"{b} / {a}" for a, b in pairs))
    yield _row("---", *("---:" for _ in (*sizes, *pairs)))
    found = {size: {figure.work: figure for figure in figures[size]} for size in sizes}
    for work in dict.fromkeys(figure.work for size in sizes for figure in figures[size]):
        told = [found[size].get(work) for size in sizes]
        yield _row(
            work,
            *("" if each is None else shown(each.ours, each.unit) for each in told),
            *(_times(a, b) for a, b in pairwise(told)),
        )


def _times(smaller: Figure | None, larger: Figure | None) -> str:
    return "" if smaller is None or larger is None else f"{larger.ours / smaller.ours:.1f}"


def shown(figure: float, unit: str = "s") -> str:
    """A figure with three digits: 12.3 s, 45.6 ms, 0.789 ms, 312 MB."""
    return f"{figure:,.0f} {unit}" if unit != "s" else _time(figure)


def _time(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.3g} s" if seconds < 1000 else f"{seconds:,.0f} s"
    return f"{seconds * 1000:.3g} ms"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
