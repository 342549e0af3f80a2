"""Relay's connections: a page of a longer list, and how long the list is."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import strawberry

from api.graphql_types.refusing import bad_argument, out_of_range

MOST = 100
"""How many a connection gives at once."""
DIGITS = 9
"""How many digits a cursor's number has at most: more than any list is long."""
T = TypeVar("T")


@strawberry.type(description="Where a page of a connection begins and ends, and what is around it.")
class PageInfo:
    """Relay's PageInfo."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether some come before.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last edge.")


@dataclass(frozen=True)
class Page(Generic[T]):
    """The items from ``start`` on, of ``total``."""

    items: Sequence[T]
    start: int
    total: int

    def placed(self) -> Iterator[tuple[int, T]]:
        """The items with their places in the whole list."""
        return enumerate(self.items, self.start)

    def info(self) -> PageInfo:
        end = self.start + len(self.items)
        return PageInfo(
            has_next_page=end < self.total,
            has_previous_page=self.start > 0,
            start_cursor=cursor(self.start) if end > self.start else None,
            end_cursor=cursor(end - 1) if end > self.start else None,
        )


def cursor(place: int) -> str:
    """An opaque cursor for a place in a list."""
    return base64.urlsafe_b64encode(f"place:{place}".encode()).decode()


def place_after(after: str | None) -> int:
    """The place that follows a cursor; refuses what is no cursor."""
    if after is None:
        return 0
    try:
        word, _, number = base64.urlsafe_b64decode(after.encode()).decode().partition(":")
    except (binascii.Error, UnicodeError):
        word, number = "", ""
    if word != "place" or not (number.isascii() and number.isdigit()) or len(number) > DIGITS:
        raise bad_argument(
            f"„after“ er ikke en markør fra „endCursor“ eller „cursor“: {after[:40]!r}.",
            f"“after” is no cursor from “endCursor” or “cursor”: {after[:40]!r}.",
        )
    return int(number) + 1


def _check(first: int) -> None:
    if not 0 <= first <= MOST:
        raise out_of_range("first", MOST, first)


def page(items: Sequence[T], first: int, after: str | None) -> Page[T]:
    """The page of at most ``first`` items after a cursor; refuses more than ``MOST`` at once. A
    cursor behind the end gives the empty page at the end."""
    return page_after(place_after(after), items, first)


def page_after(place: int, items: Sequence[T], first: int) -> Page[T]:
    """The page of at most ``first`` items from a place on."""
    _check(first)
    start = min(place, len(items))
    return Page(items[start : start + first], start, len(items))
