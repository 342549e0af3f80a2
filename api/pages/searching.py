"""Search: what bears the words, by kind, and what may have been meant where nothing does."""

import re
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.pages.addresses import PAGE_PATHS, with_query
from api.pages.node import PLURAL
from api.pages.picking import named_alike
from api.pages.rich_table import Item
from api.pages.site import Site
from api.pages.visit import Visit
from graph.search import SearchIndex
from graph.snapshot import Snapshot
from loaders.did_you_mean import near
from schema.names import kind_of
from schema.ontology import ONTOLOGY
from schema.text import Text

AT_ONCE = 8
LONGEST_NOTE = 160
BY = {
    "part of name": Text("en del af navnet", "part of the name"),
    "description": Text("i beskrivelsen", "in the description"),
}
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Found:
    """A node that was found, how, and the beginning of its description."""

    item: Item
    by: Text | None
    about: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind, and where the rest stands."""

    kind: str
    title: Text
    total: int
    found: tuple[Found, ...]
    rest: str | None


def routes(site: Site) -> list[BaseRoute]:
    """The search page."""
    return [site.route(PAGE_PATHS["search"], show)]


def show(visit: Visit) -> Response:
    """What was found for the words in the address."""
    words = (visit.query("q") or "").strip()
    index = visit.site.server.live.index(visit.snapshot)
    groups = _groups(visit, index, words) if words else []
    return visit.page(
        "search.html",
        None,
        words=words,
        groups=groups,
        total=sum(each.total for each in groups),
        suggestions=_suggestions(visit, words) if words and not groups else (),
        nodes=visit.items(named_alike(visit, words)) if words and not groups else (),
    )


def _groups(visit: Visit, index: SearchIndex, words: str) -> list[Group]:
    hits = index.search(words, first=None).items
    by_kind = {kind: [hit for hit in hits if kind_of(hit.node) == kind] for kind in ONTOLOGY.nodes}
    shown = [hit.node for found in by_kind.values() for hit in found[:AT_ONCE]]
    details = visit.site.server.live.store.details(shown)
    return [
        Group(
            kind,
            ONTOLOGY.nodes[kind].plural,
            len(found),
            tuple(
                Found(
                    visit.items([hit.node])[0],
                    BY.get(hit.by),
                    _short(details.get(hit.node, {}).get("description")),
                )
                for hit in found[:AT_ONCE]
            ),
            _rest(kind, words) if len(found) > AT_ONCE else None,
        )
        for kind, found in by_kind.items()
        if found
    ]


def _rest(kind: str, words: str) -> str | None:
    page = PLURAL.get(kind)
    return None if page is None else with_query(PAGE_PATHS[page], municipality="alle", words=words)


def _short(text: object) -> str | None:
    if text is None:
        return None
    line = " ".join(str(text).split())
    return line if len(line) <= LONGEST_NOTE else line[: LONGEST_NOTE - 1].rstrip() + "…"


def _suggestions(visit: Visit, words: str) -> tuple[Item, ...]:
    """The same words with those that no name has replaced by the nearest that one has."""
    known = visit.snapshot.derived(words_of_names)
    replaced = [next(iter(near(word, known)), word) for word in words.split()]
    other = " ".join(replaced)
    if other.casefold() == words.casefold():
        return ()
    return (Item(other, with_query(PAGE_PATHS["search"], q=other)),)


def words_of_names(snapshot: Snapshot) -> tuple[str, ...]:
    """The words of all names, of four letters and more; ask by ``snapshot.derived``."""
    fields = ("name", "danish_name", "english_name")
    names = [snapshot.value(node, field) for node in snapshot.ids for field in fields]
    found = {word.casefold() for name in names if name for word in _WORD.findall(str(name))}
    return tuple(sorted(found))
