"""Finding one node by words: what was meant, or what could have been."""

from dataclasses import dataclass

from api.pages.rich_table import Item
from api.pages.visit import Visit
from loaders.did_you_mean import near
from schema.names import kind_of

CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Picked:
    """A field that names a node. ``value`` is what stands in it; without a node, ``candidates``
    are those that could be meant, each with the address that chooses it."""

    name: str
    value: str
    node: str | None
    candidates: tuple[Item, ...] = ()

    @property
    def is_unanswered(self) -> bool:
        """Whether something was asked for and nothing was chosen."""
        return bool(self.value) and self.node is None


def pick(visit: Visit, name: str) -> Picked:
    """What the address says under this name: an id, a name that only one node bears, or words."""
    said = (visit.query(name) or "").strip()
    if said in visit.snapshot:
        return Picked(name, shown_as(visit, said), said)
    if not said:
        return Picked(name, "", None)
    bearing = bearers(visit, said)
    if len(bearing) == 1:
        return Picked(name, said, bearing[0])
    return Picked(name, said, None, tuple(_candidate(visit, name, e) for e in _meant(visit, said)))


def bearers(visit: Visit, text: str) -> list[str]:
    """The nodes that bear exactly this name."""
    index = visit.site.server.live.index(visit.snapshot)
    found = index.search(text, first=CANDIDATES).items
    return [hit.node for hit in found if hit.by == "whole name"]


def shown_as(visit: Visit, node: str) -> str:
    """What to write in a field so that it means this node: its name, or its id where others bear
    the same name."""
    name = visit.name(node)
    return name if bearers(visit, name) == [node] else node


def _meant(visit: Visit, words: str) -> list[str]:
    index = visit.site.server.live.index(visit.snapshot)
    found = [hit.node for hit in index.search(words, first=CANDIDATES).items]
    return found or named_alike(visit, words)


def named_alike(visit: Visit, words: str) -> list[str]:
    """The nodes whose names look like what was written."""
    names: dict[str, str] = {}
    for node in visit.snapshot.ids:
        names.setdefault(visit.name(node), node)
    return [names[name] for name in near(words, names)]


def _candidate(visit: Visit, name: str, node: str) -> Item:
    return Item(visit.placed(node), visit.here(**{name: node}), kind=kind_of(node))
