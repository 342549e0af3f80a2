"""One field and one filtered connection for each kind of node, from the ontology."""

from collections.abc import Sequence
from typing import Any, overload

import strawberry

from api.graphql_types.context import Asking, Info
from api.graphql_types.made import REQUIRED, Argument, made_field
from api.graphql_types.node import PAGING, node, node_connection
from api.graphql_types.nodes import departments_of
from api.graphql_types.refusing import too_many
from api.graphql_types.vocabularies import only_with
from graph.answer import Ranked
from graph.path import joined_nodes, neighbours
from graph.search import Hit
from schema.field import Field, FieldType
from schema.node_kinds import NodeKind
from schema.ontology import ONTOLOGY

MOST_RELATED = 20
"""To how many nodes at once a list can be narrowed."""


def listing_fields() -> dict[str, Any]:
    """``solution`` and ``solutions`` and so on, for ``Query``."""
    fields: dict[str, Any] = {}
    for kind in ONTOLOGY.node_kinds:
        plural = kind.plural.en
        fields[kind.key] = _one(kind)
        fields[plural] = _many(kind, plural)
    return fields


def _one(kind: NodeKind) -> Any:
    def resolve(_self: Any, info: Info, **given: Any) -> Any:
        return node(info.context.known(str(given["id"]), kind.key))

    described = f"The {kind.name.en} with this id. {kind.explanation.en}"
    return made_field(
        kind.key,
        f"{kind.label} | None",
        described,
        resolve,
        {"id": Argument(strawberry.ID, f"The id of a {kind.name.en}.", REQUIRED)},
    )


def _word_fields(kind: NodeKind) -> list[Field]:
    return [f for f in kind.fields if f.structural and f.type in (FieldType.WORD, FieldType.WORDS)]


def _many(kind: NodeKind, plural: str) -> Any:
    filters = _word_fields(kind)

    def resolve(_self: Any, info: Info, **given: Any) -> Any:
        asking: Asking = info.context
        found = _matching(asking, kind.key, given["matching"])
        for other in _others(given["related_to"]):
            near = related_to(asking, other)
            found = [id_ for id_ in found if id_ in near]
        for field in filters:
            wanted = given[field.name]
            if wanted is not None:
                words = {member.value for member in wanted}
                found = [id_ for id_ in found if words & _told(asking, id_, field.name)]
        return node_connection(kind.label, found, given["first"], given["after"])

    arguments = {
        **PAGING,
        "matching": Argument(str | None, f"Only {plural} that the search finds by these words."),
        "related_to": Argument(
            list[strawberry.ID] | None,
            f"Only {plural} with a relationship to each of these nodes, {MOST_RELATED} at most.",
        ),
        **{field.name: only_with(field) for field in filters},
    }
    described = (
        f"All {plural}, in the order of their ids; with “matching” those that the search finds, "
        "the best first; with “relatedTo” those with a relationship to each of these nodes (a "
        "municipality stands for all its departments)."
    )
    made = f"{kind.label}Connection | None"
    return made_field(plural, made, described, resolve, arguments)


def _told(asking: Asking, id_: str, field: str) -> set[str]:
    value = asking.snapshot.value(id_, field)
    return set(value) if isinstance(value, tuple) else {str(value)}


class _Matching(Sequence[str]):
    """The nodes that a search finds, best first, each made when it is looked at."""

    def __init__(self, found: Ranked[Hit]) -> None:
        self._found = found

    def __len__(self) -> int:
        return self._found.total

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        chosen = range(len(self))[place]
        if isinstance(chosen, int):
            return self._found.answer(chosen).node
        return [self._found.answer(each).node for each in chosen]


def _matching(asking: Asking, kind: str, text: str | None) -> Sequence[str]:
    if text is None:
        return asking.snapshot.nodes(kind)
    return _Matching(asking.live.index(asking.snapshot).ranked(text, (kind,)))


def _others(given: list[str] | None) -> list[str]:
    others = list(dict.fromkeys(map(str, given or ())))
    if len(others) > MOST_RELATED:
        raise too_many("relatedTo", MOST_RELATED, len(others))
    return others


def related_to(asking: Asking, other: str) -> set[str]:
    """All nodes with a relationship to this one, in either direction."""
    other, snapshot = asking.known(other), asking.snapshot
    start = departments_of(asking, other) if other.startswith("municipality:") else [other]
    joined = snapshot.derived(joined_nodes)
    near = {place for one in start for place in neighbours(joined, snapshot.place[one]).tolist()}
    return {snapshot.ids[place] for place in near} | set(start)
