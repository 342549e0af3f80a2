"""A network as data for vis-network, built with pyvis, at the positions of the drawing."""

import json
from collections.abc import Sequence
from math import dist, pi
from typing import Any

from schema.text import Language
from visualisations.label import FONT_SIZE, NODE_RADIUS, lines, printable
from visualisations.layout import Layout
from visualisations.looks import LINK_LOOKS, NODE_LOOKS, name_of
from visualisations.network import Network, NetworkLink, NetworkNode
from visualisations.network_svg import FONT, HALO, INK

Data = dict[str, Any]


def interactive(
    network: Network, places: Layout, bends: Sequence[float], language: Language
) -> Data:
    """Nodes, edges, options and frame, ready to be written as JSON into a page; the links bent as
    ``bends`` tells."""
    # pyvis brings IPython along and costs 0.2 s: only what draws pays for it.
    from pyvis.network import Network as Builder

    builder = Builder(directed=True)
    builder.toggle_physics(False)
    for node in network.nodes:
        x, y = places.positions[node.id]
        focused = node.id in network.focus
        builder.add_node(node.id, x=x, y=y, **_node(node, language, focused))
    for number, (link, bend) in enumerate(zip(network.links, bends, strict=True)):
        length = dist(places.positions[link.source], places.positions[link.target])
        looks = _edge(link, bend, length, language)
        builder.add_edge(link.source, link.target, id=f"link-{number}", **looks)
    nodes, edges, _heading, _height, _width, options = builder.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": _options(json.loads(options)),
        "frame": {
            "left": places.left,
            "top": places.top,
            "width": places.width,
            "height": places.height,
        },
    }


def _node(node: NetworkNode, language: Language, focused: bool) -> Data:
    look = NODE_LOOKS[node.kind]
    return {
        "label": "\n".join(lines(node.label)) or " ",
        "shape": look.shape,
        "size": NODE_RADIUS,
        "borderWidth": 4 if focused else 1.5,
        "color": {
            "background": look.colour,
            "border": INK if focused else HALO,
            "highlight": {"background": look.colour, "border": INK},
            "hover": {"background": look.colour, "border": INK},
        },
        "kind": node.kind,
        "kindName": name_of(node.kind).to(language),
        "name": printable(node.label),
        "href": node.href,
        "evidence": [text.to(language) for text in node.evidence],
    }


def _edge(link: NetworkLink, bend: float, length: float, language: Language) -> Data:
    look = LINK_LOOKS[link.kind]
    return {
        "color": {"color": look.colour, "highlight": look.colour, "hover": look.colour},
        "dashes": list(look.dash) or False,
        "smooth": _curve(bend, length) if bend else False,
        "kind": link.kind,
        "phrase": link.phrase.to(language),
        "evidence": [text.to(language) for text in link.evidence],
    }


def _curve(bend: float, length: float) -> Data:
    # vis-network turns the way to the control point by roundness × 90° (here: its small-angle
    # inverse), clockwise for what ``bends`` calls left.
    return {
        "enabled": True,
        "type": "curvedCCW" if bend > 0 else "curvedCW",
        "roundness": round(abs(bend) / (length * pi / 4 or 1.0), 4),
    }


def _options(built: Data) -> Data:
    # pyvis strips every space from options that it is given, so these are laid over its own.
    return {
        **built,
        "autoResize": True,
        "nodes": {
            "font": {
                "face": FONT,
                "size": FONT_SIZE,
                "color": INK,
                "strokeWidth": 4,
                "strokeColor": HALO,
                "vadjust": -5,
            },
            "labelHighlightBold": True,
        },
        "edges": {
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
            "width": 1.6,
            "selectionWidth": 1.6,
            "hoverWidth": 1,
            "font": {"size": FONT_SIZE - 2, "face": FONT},
        },
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": True,
            "keyboard": False,
            "multiselect": False,
            "tooltipDelay": 150,
            "zoomView": False,
        },
    }
