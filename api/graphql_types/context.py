"""What a GraphQL request is answered from: one snapshot, and batches from the store."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import strawberry
from strawberry.dataloader import DataLoader
from strawberry.types.info import Info as StrawberryInfo

from api.graphql_types.connection import MOST
from api.graphql_types.refusing import out_of_range
from graph.aliases import resolved
from graph.live import LiveGraph
from graph.provenance import rows_saying
from graph.snapshot import Snapshot
from loaders.desk import Actor, Desk
from schema.field import Value
from schema.messages import Refusal, say
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.records import Provenance
from schema.text import Language

SHOWN = 20
"""How many rows behind something are shown where no other number is asked for."""
LOOKED_THROUGH = 100
"""Among how many of an element's rows, the oldest, those are looked for that tell most of it."""

_NOTHING: Mapping[str, Value] = {}
Many = Callable[..., Sequence[Any]]


@dataclass
class Asking:
    """One request. All that it is told is of ``snapshot``'s revision."""

    live: LiveGraph
    snapshot: Snapshot
    language: Language = "da"
    desk: Desk | None = None
    actor: Actor = field(default_factory=lambda: Actor("graphql"))
    _details: dict[str, Mapping[str, Value]] = field(default_factory=dict)
    _sources: dict[str, list[Provenance]] = field(default_factory=dict)
    _loaders: dict[object, DataLoader[Any, Any]] = field(default_factory=dict)

    def details(self, elements: Sequence[str]) -> Mapping[str, Mapping[str, Value]]:
        """All fields of these elements; those that were not asked for before, in one batch."""
        missing = [each for each in dict.fromkeys(elements) if each not in self._details]
        if missing:
            found = self.live.store.details(missing)
            self._details.update((each, found.get(each, _NOTHING)) for each in missing)
        return self._details

    def sources(self, elements: Sequence[str]) -> Mapping[str, list[Provenance]]:
        """The oldest rows of these elements; of those not asked for before, in one batch."""
        missing = [each for each in dict.fromkeys(elements) if each not in self._sources]
        if missing:
            found = self.live.store.sources(missing, LOOKED_THROUGH)
            self._sources.update((each, found.get(each, [])) for each in missing)
        return self._sources

    async def one(self, many: Many, item: Any, given: Mapping[str, Any]) -> Any:
        """What ``many`` gives for one item, in one batch with all that wait for the same."""
        key = many, *given.items()
        loader = self._loaders.get(key)
        if loader is None:

            async def load(items: list[Any]) -> Sequence[Any]:
                return many(items, self, **given)

            loader = self._loaders[key] = DataLoader(load_fn=load, cache=False)
        return await loader.load(item)

    def writing(self) -> Desk:
        """The desk that takes changes; a refusal where the server only shows."""
        if self.desk is None:
            raise Refusal(say("not-allowed", actor=self.actor.name))
        return self.desk

    def known(self, node: str, *kinds: str) -> str:
        """The id of the node that is meant, also by an old or other name, if it is of one of
        these kinds; else a refusal."""
        found = resolved(self.snapshot, node)
        if found is None:
            raise Refusal(say("unknown-id", id=node))
        if kinds and kind_of(found) not in kinds:
            wanted = [ONTOLOGY.nodes[kind].name for kind in kinds]
            there = ONTOLOGY.nodes[kind_of(found)].name
            raise Refusal(say("id-of-other-kind", id=node, found=there, wanted=wanted))
        return found


Info = StrawberryInfo["Asking", None]


@strawberry.type(description="Where something was said: file, sheet, row and column of a load.")
class Source:
    """A place in a mapping sheet."""

    load: int = strawberry.field(description="The number of the load.")
    file: str | None = strawberry.field(description="The file's name.")
    sheet: str | None = strawberry.field(description="The sheet's name.")
    row: int | None = strawberry.field(description="The row's number, counted from 1.")
    column: str | None = strawberry.field(
        description="The column's letter; null where several columns of the row say it."
    )


def sources_of(
    asking: Asking, lists: Iterable[Sequence[str]], first: int = SHOWN
) -> list[list[Source]]:
    """For each list of elements the first places of rows that tell of any of them, each once, in
    their order; a row stands without a column only where none of its columns alone says it."""
    if not 0 <= first <= MOST:
        raise out_of_range("first", MOST, first)
    some = [list(dict.fromkeys(elements))[:MOST] for elements in lists]
    told = asking.sources([each for elements in some for each in elements])
    return [list(islice(_places(told, elements), first)) for elements in some]


def _places(told: Mapping[str, list[Provenance]], elements: Sequence[str]) -> Iterator[Source]:
    for said in rows_saying(told, elements):
        for column in said.columns or (None,):
            yield Source(
                load=said.load, file=said.file, sheet=said.sheet, row=said.row, column=column
            )
