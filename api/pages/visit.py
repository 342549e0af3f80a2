"""One request as the pages see it: who is to read what, of which revision, about whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.frame import PAGES, Choice, Crumb, Frame, Notice
from api.pages.addresses import (
    LANGUAGE,
    PAGE_PATHS,
    asked_node,
    node_path,
    slug_of,
    with_items,
    with_query,
)
from api.pages.names import Names, Order, danish_names, english_names
from api.pages.rich_table import NAMED, Item, RichCell
from api.pages.sources import count_of, sources_of
from api.pages.unknown import UnknownNode
from graph.aliases import resolved
from graph.answer import Evidence
from graph.snapshot import Snapshot
from schema.names import kind_of, municipality_of
from schema.records import Provenance
from schema.text import Language, Text
from visualisations.evidence import Evidence as ShownEvidence

if TYPE_CHECKING:
    from api.pages.site import Site

ABOUT_ONE_MUNICIPALITY = frozenset(PAGES) - {"loads", "graphql"}
"""The pages whose address carries the municipality that was chosen."""

ROWS = 5
"""How many rows behind a piece of evidence are named."""


@dataclass(frozen=True)
class Visit:
    """A request. ``municipality`` is the chosen one, None for all; ``home`` is the one that is
    meant where the address names none."""

    site: Site
    request: Request
    snapshot: Snapshot
    language: Language
    municipality: str | None
    home: str | None

    def within(self, municipality: str | None) -> Visit:
        """The same visit, about this municipality."""
        return replace(self, municipality=municipality)

    def name(self, node: str) -> str:
        """What a node is called in the reader's language."""
        return self.names.of(node)

    @cached_property
    def names(self) -> Names:
        """All names in the reader's language."""
        return self.snapshot.derived(danish_names if self.language == "da" else english_names)

    def department_name(self, department: str) -> str:
        """A department's name, with its municipality where that is not the chosen one."""
        if municipality_of(department) == self.municipality:
            return self.name(department)
        return self.names.placed(department)

    def placed(self, node: str) -> str:
        """A node's name; a department with its municipality where that is not the chosen one."""
        return self.department_name(node) if kind_of(node) == "department" else self.name(node)

    def placed_order(self, node: str) -> Order:
        """What a node is sorted by where it is named as ``placed`` names it."""
        if kind_of(node) != "department" or municipality_of(node) == self.municipality:
            return self.names.order(node)
        return self.names.placed_order(node)

    def items(self, nodes: Sequence[str]) -> tuple[Item, ...]:
        """Nodes as links with the signs of their kinds."""
        return tuple(Item(self.placed(node), node_path(node), kind=kind_of(node)) for node in nodes)

    def say(self, text: Text) -> str:
        """A text in the reader's language."""
        return text.to(self.language)

    def sorted_by_name(self, nodes: Collection[str]) -> list[str]:
        """Nodes in the order of a Danish dictionary."""
        return self.names.ordered(nodes)

    def some(self, nodes: Collection[str]) -> RichCell:
        """A cell that names the first few of the nodes and counts the rest."""
        return self._few(self.names.first(nodes, NAMED), len(nodes))

    def few(self, nodes: Sequence[str]) -> RichCell:
        """A cell that names the first few of the nodes as they stand, and counts the rest."""
        return self._few(nodes[:NAMED], len(nodes))

    def _few(self, nodes: Sequence[str], of: int) -> RichCell:
        return RichCell(self.items(nodes), more=of - len(nodes))

    def known(self, kind: str, slug: str | None) -> str:
        """The node of this kind and address, also by an old or other name; raises UnknownNode,
        which becomes a 404 page."""
        node = resolved(self.snapshot, asked_node(kind, slug or ""))
        if node is None or kind_of(node) != kind:
            raise UnknownNode(kind, slug or "")
        return node

    def query(self, name: str) -> str | None:
        """A value of the address, None where it is not there or empty."""
        return self.request.query_params.get(name) or None

    def page_number(self, name: str = "page") -> int:
        """Which page of a list is asked for; the first where that is no number."""
        said = self.request.query_params.get(name, "")
        return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1

    def here(self, **changed: str | int | None) -> str:
        """This page's own address with some values changed; None takes one away."""
        kept = [each for each in self.request.query_params.multi_items() if each[0] not in changed]
        added = [(name, str(value)) for name, value in changed.items() if value is not None]
        return with_items(self.request.url.path, [*kept, *added])

    def href(self, page: str) -> str:
        """The address of one of the pages, about the chosen municipality."""
        chosen = self.municipality_value if page in ABOUT_ONE_MUNICIPALITY else None
        return with_query(PAGE_PATHS[page], municipality=chosen)

    @property
    def municipality_value(self) -> str | None:
        """The chosen municipality as addresses name it, None where none needs to be named."""
        if self.municipality == self.home:
            return None
        return "alle" if self.municipality is None else slug_of(self.municipality)

    def evidence(self, found: Sequence[Evidence]) -> tuple[ShownEvidence, ...]:
        """Evidence with its rows, fetched from the store in one batch."""
        return self.evidence_lists([found])[0]

    def evidence_lists(
        self, lists: Sequence[Sequence[Evidence]]
    ) -> list[tuple[ShownEvidence, ...]]:
        """Several lists of evidence with their rows, all in one batch."""
        elements = [element for found in lists for each in found for element in each.elements]
        told = self.site.server.live.store.sources(list(dict.fromkeys(elements)))
        return [tuple(self._shown(each, told) for each in found) for found in lists]

    def _shown(self, found: Evidence, told: Mapping[str, Sequence[Provenance]]) -> ShownEvidence:
        rows = sources_of(told, found.elements)
        return ShownEvidence(
            self.placed(found.node),
            found.explanation,
            node_path(found.node),
            kind_of(found.node),
            rows[:ROWS],
            count_of(told, found.elements) - len(rows[:ROWS]),
        )

    def frame(
        self, here: str | None, crumbs: Sequence[Crumb] = (), notices: Sequence[Notice] = ()
    ) -> Frame:
        """What stands around the page."""
        return Frame(
            hrefs={page: self.href(page) for page in PAGE_PATHS},
            here=here,
            language_href=self._other_language(),
            revision=self.snapshot.revision,
            municipalities=self._municipalities(),
            municipality_href=PAGE_PATHS[here if here in ABOUT_ONE_MUNICIPALITY else "home"],
            crumbs=tuple(crumbs),
            notices=tuple(notices),
            query=self.request.query_params.get("q", ""),
        )

    def page(
        self,
        template: str,
        here: str | None,
        crumbs: Sequence[Crumb] = (),
        notices: Sequence[Notice] = (),
        status: int = 200,
        **context: object,
    ) -> HTMLResponse:
        """The page made of this template."""
        frame = self.frame(here, crumbs, notices)
        made = self.site.environments[self.language].get_template(template)
        html = made.render(frame=frame, visit=self, node_path=node_path, **context)
        return HTMLResponse(html, status)

    def _other_language(self) -> str:
        other = "en" if self.language == "da" else "da"
        back = self.here(lang=None) if self.request.method in {"GET", "HEAD"} else "/"
        return with_query(f"{LANGUAGE}/{other}", back=back)

    def _municipalities(self) -> tuple[Choice, ...]:
        nodes = self.snapshot.nodes("municipality")
        choices = [
            Choice(slug_of(each), self.name(each), each == self.municipality)
            for each in self.sorted_by_name(nodes)
        ]
        if len(choices) > 1:
            everywhere = self.say(Text("Alle kommuner", "All municipalities"))
            choices.append(Choice("alle", everywhere, self.municipality is None))
        return tuple(choices)
