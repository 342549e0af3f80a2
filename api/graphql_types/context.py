"""What a GraphQL request is answered from: one snapshot, and batches from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

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


@dataclass
class Asking:
    """One request. All that it is told is of ``snapshot``'s revision."""

    live: LiveGraph
    snapshot: Snapshot
    language: Language = "da"
    desk: Desk | None = None
    actor: Actor = field(default_factory=lambda: Actor("graphql"))
    details: DataLoader[str, Mapping[str, Value]] = field(init=False)
    sources: DataLoader[str, list[Provenance]] = field(init=False)
    source_counts: DataLoader[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.details = DataLoader(load_fn=self._details)
        self.sources = DataLoader(load_fn=self._sources)
        self.source_counts = DataLoader(load_fn=self._source_counts)

    async def _details(self, elements: Sequence[str]) -> list[Mapping[str, Value]]:
        found = self.live.store.details(elements)
        return [found.get(element, {}) for element in elements]

    async def _sources(self, elements: Sequence[str]) -> list[list[Provenance]]:
        found = self.live.store.sources(elements, LOOKED_THROUGH)
        return [found.get(element, []) for element in elements]

    async def _source_counts(self, elements: Sequence[str]) -> list[int]:
        found = self.live.store.source_counts(elements)
        return [found.get(element, 0) for element in elements]

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


async def sources_of(asking: Asking, elements: Sequence[str], first: int = SHOWN) -> list[Source]:
    """The first places of rows that tell of any of these elements, each once, in their order; a
    row stands without a column only where none of its columns alone says it."""
    if not 0 <= first <= MOST:
        raise out_of_range("first", MOST, first)
    some = list(dict.fromkeys(elements))[:MOST]
    told = await asking.sources.load_many(some)
    found = (
        Source(load=said.load, file=said.file, sheet=said.sheet, row=said.row, column=column)
        for said in rows_saying(dict(zip(some, told, strict=True)), some)
        for column in (said.columns or (None,))
    )
    return list(islice(found, first))
