"""Where something was said, as fields: rows of mapping sheets, for many objects in one batch."""

from collections.abc import Callable, Sequence
from typing import Any

from api.graphql_types.connection import MOST
from api.graphql_types.context import SHOWN, Asking, Source, sources_of
from api.graphql_types.made import Argument, batched_field

FIRST = f"How many at most, up to {MOST}."
_ROWS = f"The rows that say so, {SHOWN} at most."
_SOURCES = (
    "The first rows of mapping sheets that tell of this; those that only name it, where none does "
    "more. “sourceCount” says how many there are."
)
_COUNT = "How many rows of mapping sheets mention this in all, also those that only name it."


def rows_field(elements_of: Callable[[Any], Sequence[str]], name: str = "source") -> Any:
    """The first rows that tell of the elements behind an answer."""

    def rows(many: Sequence[Any], asking: Asking) -> list[list[Source]]:
        return sources_of(asking, [elements_of(each) for each in many])

    return batched_field(name, list[Source], _ROWS, rows)


def sources_field() -> Any:
    """The first rows that tell of a node or a relationship."""

    def sources(many: Sequence[Any], asking: Asking, first: int) -> list[list[Source]]:
        return sources_of(asking, [[each.element] for each in many], first)

    paged = {"first": Argument(int, FIRST, SHOWN)}
    return batched_field("sources", list[Source], _SOURCES, sources, paged)


def source_count_field() -> Any:
    """How many rows mention a node or a relationship."""

    def counts(many: Sequence[Any], asking: Asking) -> list[int]:
        found = asking.live.store.source_counts([each.element for each in many])
        return [found.get(each.element, 0) for each in many]

    return batched_field("sourceCount", int, _COUNT, counts)
