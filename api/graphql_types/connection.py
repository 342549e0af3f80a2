"""Relay's connections: a page of a longer list, and how long the list is."""

import base64
import binascii
from collections.abc import Sequence
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

    def cursors(self) -> list[str]:
        return [cursor(self.start + i) for i in range(len(self.items))]

    def info(self) -> PageInfo:
        cursors = self.cursors()
        return PageInfo(
            has_next_page=self.start + len(self.items) < self.total,
            has_previous_page=self.start > 0,
            start_cursor=cursors[0] if cursors else None,
            end_cursor=cursors[-1] if cursors else None,
        )


def cursor(place: int) -> str:
    """An opaque cursor for a place in a list."""
    return base64.urlsafe_b64encode(f"place:{place}".encode()).decode()


def _place_after(after: str | None) -> int:
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
    _check(first)
    start = min(_place_after(after), len(items))
    return Page(items[start : start + first], start, len(items))
