"""The Cypher for elements: each found by the index of its kind.

A statement is planned anew for lists of other lengths among its parameters, but not for those
inside a list: so rows come as lists in one list, whose length is always the same.
"""

from collections.abc import Callable, Sequence
from functools import cache

from graph.neo4j_heard import SAID_BY
from graph.neo4j_model import GROUPS, Group, label, listed, match, owner

NODES = tuple(group for group in GROUPS if len(group) == 1)
RELATIONS = tuple(group for group in GROUPS if len(group) > 1)


def fields_of(group: Group) -> str:
    """All fields of the element ``e``."""
    return listed(fields=owner(group).fields)


def all_of(_: Group) -> str:
    """The element ``e`` with all that it keeps."""
    return "properties(e)"


def records_of(_: Group) -> str:
    """The records that say the element ``e``, or the first of them."""
    return f"e.{SAID_BY}[..coalesce($first, size(e.{SAID_BY}))]"


def only_within(_: Group) -> str:
    """The first record that says the element ``e``, where all that do have numbers between."""
    return f"CASE WHEN e.{SAID_BY}[-1] < $upto THEN e.{SAID_BY}[0] END"


def count_of(_: Group) -> str:
    """How many records say the element ``e``."""
    return f"size(e.{SAID_BY})"


@cache
def reading(groups: Sequence[Group], what: Callable[[Group], str]) -> str:
    """For each group one list of [row, what] of the elements that are there: one way there and
    back for elements of any kinds."""
    parts = [
        f"CALL () {{ UNWIND $rows[{place}] AS row {match(group)}"
        f" RETURN collect([row, {what(group)}]) AS found{place} }}"
        for place, group in enumerate(groups)
    ]
    return f"{' '.join(parts)} RETURN {', '.join(f'found{place}' for place in range(len(groups)))}"


@cache
def creating(group: Group) -> str:
    """Make elements that are not there: a row is a node's properties, or the ids of both ends
    and a relationship's properties."""
    if len(group) == 1:
        return f"UNWIND $rows[0] AS row CREATE (e:{label(group[0])}) SET e = row RETURN count(e)"
    kind, source, target = group
    return (
        f"UNWIND $rows[0] AS row"
        f" MATCH (a:{label(source)} {{id: row[0]}}) MATCH (b:{label(target)} {{id: row[1]}})"
        f" CREATE (a)-[e:{kind}]->(b) SET e = row[2] RETURN count(e)"
    )


@cache
def setting(group: Group) -> str:
    """Give elements that are there other properties: a row is the ids, then the properties."""
    properties = f"row[{max(1, len(group) - 1)}]"
    return f"UNWIND $rows[0] AS row {match(group)} SET e = {properties} RETURN count(e)"


@cache
def deleting(group: Group) -> str:
    """Take elements away: a row is the ids."""
    delete = "DETACH DELETE e" if len(group) == 1 else "DELETE e"
    return f"UNWIND $rows[0] AS row {match(group)} {delete}"
