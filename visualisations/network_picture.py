"""Everything that a page needs to show one network, in one value."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from schema.text import Language, Text
from visualisations.bends import bends
from visualisations.layout import Arrangement, layout
from visualisations.looks import LINK_LOOKS, NODE_LOOKS, names_of
from visualisations.network import NODES_AT_ONCE, Network, limited
from visualisations.network_interactive import Data, interactive
from visualisations.network_svg import svg
from visualisations.network_table import table
from visualisations.shapes import link_sign, node_sign
from visualisations.table import Table


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One kind in the picture: its sign, its name, how many there are of it."""

    kind: str
    sign: Markup
    label: Text
    count: int


@dataclass(frozen=True)
class NetworkPicture:
    """The drawing, the data of the interactive picture, the table: three views of one network."""

    id: str
    title: Text
    drawing: Markup
    data: Data
    table: Table
    node_kinds: tuple[LegendEntry, ...]
    link_kinds: tuple[LegendEntry, ...]
    shown: int
    left_out: int


def picture(
    network: Network,
    title: Text,
    language: Language,
    *,
    id_: str = "network",
    most: int = NODES_AT_ONCE,
    arrangement: Arrangement | None = None,
) -> NetworkPicture:
    """The network, cut to what can be read at once, drawn in all three ways."""
    drawn = limited(network, most)
    places = layout(drawn, arrangement)
    bent = bends(drawn, places)
    return NetworkPicture(
        id=id_,
        title=title,
        drawing=svg(drawn, places, bent, title, language),
        data=interactive(drawn, places, bent, language),
        table=table(drawn, title),
        node_kinds=_node_legend(drawn),
        link_kinds=_link_legend(drawn),
        shown=len(drawn.nodes),
        left_out=drawn.left_out,
    )


def _node_legend(network: Network) -> tuple[LegendEntry, ...]:
    counts = Counter(node.kind for node in network.nodes)
    return tuple(
        LegendEntry(kind, node_sign(kind), names_of(kind), counts[kind])
        for kind in NODE_LOOKS
        if kind in counts
    )


def _link_legend(network: Network) -> tuple[LegendEntry, ...]:
    counts = Counter(link.kind for link in network.links)
    phrases = {link.kind: link.phrase for link in network.links}
    return tuple(
        LegendEntry(kind, link_sign(kind), phrases[kind], counts[kind])
        for kind in LINK_LOOKS
        if kind in counts
    )
