"""What nodes are called on the pages, and their order by name: found once a revision."""

from collections.abc import Collection, Sequence
from heapq import nsmallest
from typing import TypeVar

from graph.naming import placed, title
from graph.snapshot import Snapshot
from schema.danish_order import danish_order
from schema.names import kind_of
from schema.text import Language

_MOST = 100_000
"""So many names are remembered at a time."""
Order = tuple[tuple[str, str], str]
T = TypeVar("T")


class Names:
    """The names of one snapshot in one language."""

    def __init__(self, snapshot: Snapshot, language: Language) -> None:
        self._snapshot = snapshot
        self._language = language
        self._names: dict[str, str] = {}
        self._placed: dict[str, str] = {}
        self._orders: dict[str, Order] = {}
        self._placed_orders: dict[str, Order] = {}
        self._kinds: dict[str, list[str]] = {}

    def of(self, node: str) -> str:
        """What a node is called."""
        name = self._names.get(node)
        if name is None:
            name = title(self._snapshot, node).to(self._language)
            _remember(self._names, node, name)
        return name

    def placed(self, department: str) -> str:
        """What a department is called, with its municipality."""
        name = self._placed.get(department)
        if name is None:
            name = placed(self._snapshot, department).to(self._language)
            _remember(self._placed, department, name)
        return name

    def ordered(self, nodes: Collection[str]) -> list[str]:
        """The nodes in the order of a Danish dictionary."""
        kind = kind_of(next(iter(nodes))) if nodes else ""
        if not nodes or 2 * len(nodes) < len(self._snapshot.nodes(kind)):
            return sorted(nodes, key=self.order)
        wanted = set(nodes)
        found = [node for node in self._whole(kind) if node in wanted]
        return found if len(found) == len(nodes) else sorted(nodes, key=self.order)

    def first(self, nodes: Collection[str], most: int) -> list[str]:
        """The first few of them in that order."""
        return nsmallest(most, nodes, key=self.order)

    def _whole(self, kind: str) -> Sequence[str]:
        if kind not in self._kinds:
            self._kinds[kind] = sorted(self._snapshot.nodes(kind), key=self.order)
        return self._kinds[kind]

    def order(self, node: str) -> Order:
        """What a node is sorted by: its name, then its id."""
        order = self._orders.get(node)
        if order is None:
            order = danish_order(self.of(node)), node
            _remember(self._orders, node, order)
        return order

    def placed_order(self, department: str) -> Order:
        """What a department is sorted by where it is named with its municipality."""
        order = self._placed_orders.get(department)
        if order is None:
            order = danish_order(self.placed(department)), department
            _remember(self._placed_orders, department, order)
        return order


def danish_names(snapshot: Snapshot) -> Names:
    """The Danish names; ask for them by ``snapshot.derived``."""
    return Names(snapshot, "da")


def english_names(snapshot: Snapshot) -> Names:
    """The English names; ask for them by ``snapshot.derived``."""
    return Names(snapshot, "en")


def _remember(known: dict[str, T], node: str, value: T) -> None:
    if len(known) >= _MOST:
        known.clear()
    known[node] = value
