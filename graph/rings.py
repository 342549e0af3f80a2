"""Departments that are part of each other in a ring."""

from collections.abc import Iterable, Iterator, Mapping

from graph.snapshot import Snapshot
from schema.names import kind_of


def parents(snapshot: Snapshot) -> dict[str, str]:
    """The department that each is part of; those that are part of their municipality left out."""
    relations, ids = snapshot.relations["PART_OF"], snapshot.ids
    ends = zip(relations.sources.tolist(), relations.targets.tolist(), strict=True)
    return {
        ids[department]: ids[outer]
        for department, outer in ends
        if kind_of(ids[outer]) == "department"
    }


def rings(parent_of: Mapping[str, str], starts: Iterable[str]) -> Iterator[list[str]]:
    """Each ring that a start leads into, once."""
    done: set[str] = set()
    for start in starts:
        way: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in done and at not in way:
            way[at] = len(way)
            at = parent_of.get(at)
        if at is not None and at in way:
            yield list(way)[way[at] :]
        done.update(way)
