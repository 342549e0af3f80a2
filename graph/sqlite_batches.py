"""Asking for many rows by their keys."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")
_MANY = 900
"""Rows asked for at once: below SQLite's limit on parameters in all its versions."""


def some_of(keys: Sequence[T]) -> Iterator[tuple[Sequence[T], str]]:
    """The keys in pieces, each with the marks that stand for it in a statement."""
    for start in range(0, len(keys), _MANY):
        some = keys[start : start + _MANY]
        yield some, ",".join("?" * len(some))
