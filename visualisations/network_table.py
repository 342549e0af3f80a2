"""The same network as a table: every link in words, then the nodes that have none."""

from schema.text import Text
from visualisations.network import Network, NetworkNode
from visualisations.table import Cell, Column, Table

COLUMNS = (
    Column(Text("Fra", "From")),
    Column(Text("Forbindelse", "Relationship")),
    Column(Text("Til", "To")),
    Column(Text("Grundlag", "Evidence")),
)


def table(network: Network, title: Text) -> Table:
    """One row a link, in the order of the network, and one for each node that stands alone."""
    nodes = {node.id: node for node in network.nodes}
    rows = [
        (
            _cell(nodes[link.source]),
            Cell(link.phrase),
            _cell(nodes[link.target]),
            Cell(_joined(link.evidence)),
        )
        for link in network.links
    ]
    linked = {end for link in network.links for end in (link.source, link.target)}
    rows += [
        (_cell(node), Cell(""), Cell(""), Cell(_joined(node.evidence)))
        for node in network.nodes
        if node.id not in linked
    ]
    return Table(title, COLUMNS, tuple(rows))


def _cell(node: NetworkNode) -> Cell:
    return Cell(node.label, node.href)


def _joined(texts: tuple[Text, ...]) -> Text:
    return Text(" · ".join(text.da for text in texts), " · ".join(text.en for text in texts))
