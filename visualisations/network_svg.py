"""A network drawn as SVG on the server: there at once, on paper and without scripts."""

from collections.abc import Iterator, Sequence
from math import hypot

from markupsafe import Markup

from schema.text import Language, Text
from visualisations.bends import control_point
from visualisations.label import FONT_SIZE, LINE_HEIGHT, NODE_RADIUS, lines, printable
from visualisations.layout import Layout
from visualisations.looks import LINK_LOOKS, NODE_LOOKS, name_of, names_of
from visualisations.network import Network, NetworkLink, NetworkNode
from visualisations.shapes import SVG, link_paint, markup, node_shape
from visualisations.shapes import text_of as number
from visualisations.spacing import Point
from visualisations.svg_text import element, words

FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
INK = "#14262e"
HALO = "#ffffff"
LEGEND_LINE = 26
ARROW_LENGTH = 9
# A drawing is shown a little larger than it is measured, so that labels match the page's text.
ENLARGED = 1.15


def svg(
    network: Network,
    places: Layout,
    bends: Sequence[float],
    title: Text,
    language: Language,
    *,
    legend: bool = False,
) -> Markup:
    """The picture as an SVG element, its links bent as ``bends`` tells. With a legend it can stand
    alone as a file."""
    room = LEGEND_LINE * (_legend_length(network) + 1) if legend else 0
    width, height = max(places.width, 320.0 if legend else 0.0), places.height + room
    frame = (places.left, places.top, width, height)
    around = {
        "xmlns": SVG,
        "viewBox": " ".join(number(side) for side in frame),
        "width": number(width * ENLARGED),
        "height": number(height * ENLARGED),
        "role": "group",
        "aria-label": printable(title.to(language)),
        "font-family": FONT,
        "font-size": str(FONT_SIZE),
    }
    drawn = [
        _title(title.to(language)),
        # The table below says the same in words, so the lines are silent to a screen reader.
        element("g", {"aria-hidden": "true"}, *_links(network, places, bends, language)),
        *(
            _node(node, places.positions[node.id], language, node.id in network.focus)
            for node in network.nodes
        ),
        *(_legend(network, places, language) if legend else ()),
    ]
    return markup(element("svg", around, *drawn))


def _title(text: str) -> str:
    return element("title", {}, words(printable(text)))


def _links(
    network: Network, places: Layout, bends: Sequence[float], language: Language
) -> Iterator[str]:
    labels = {node.id: node.label for node in network.nodes}
    kinds = {node.id: node.kind for node in network.nodes}
    for link, bend in zip(network.links, bends, strict=True):
        if link.source == link.target:
            continue
        start, end = places.positions[link.source], places.positions[link.target]
        line, arrow = _curve(start, end, bend)
        yield element(
            "g",
            {
                "data-link": link.kind,
                "data-ends": f"{kinds[link.source]} {kinds[link.target]}",
            },
            _title(link_story(link, labels, language)),
            element("path", {"d": line, **link_paint(link.kind)}),
            element("path", {"d": arrow, "fill": LINK_LOOKS[link.kind].colour}),
        )


def link_story(link: NetworkLink, labels: dict[str, str], language: Language) -> str:
    """What a link says, and what it rests on, in one text."""
    sentence = f"{labels[link.source]} {link.phrase.to(language)} {labels[link.target]}"
    return "\n".join([sentence, *(text.to(language) for text in link.evidence)])


def node_story(node: NetworkNode, language: Language) -> str:
    """What a node is, and what is worth knowing of it, in one text."""
    kind = name_of(node.kind).to(language)
    heading = f"{node.label} ({kind})"
    return "\n".join([heading, *(text.to(language) for text in node.evidence)])


def _curve(start: Point, end: Point, bend: float) -> tuple[str, str]:
    control = control_point(start, end, bend)
    out, into = _unit(start, control), _unit(control, end)
    tip = (end[0] - into[0] * (NODE_RADIUS + 4), end[1] - into[1] * (NODE_RADIUS + 4))
    foot = (tip[0] - into[0] * ARROW_LENGTH, tip[1] - into[1] * ARROW_LENGTH)
    side = (-into[1] * ARROW_LENGTH * 0.45, into[0] * ARROW_LENGTH * 0.45)
    source = (start[0] + out[0] * NODE_RADIUS, start[1] + out[1] * NODE_RADIUS)
    line = f"M{_pair(source)}Q{_pair(control)} {_pair(foot)}"
    wings = [(foot[0] + side[0], foot[1] + side[1]), (foot[0] - side[0], foot[1] - side[1])]
    return line, f"M{_pair(tip)}L{_pair(wings[0])}L{_pair(wings[1])}Z"


def _unit(start: Point, end: Point) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _node(node: NetworkNode, place: Point, language: Language, focused: bool) -> str:
    kind = name_of(node.kind).to(language)
    named = {
        "data-node": printable(node.id),
        "data-kind": node.kind,
        "aria-label": printable(f"{node.label}, {kind}"),
    }
    x, y = place
    ring = {"cx": number(x), "cy": number(y), "r": number(NODE_RADIUS + 5)}
    halo = {**ring, "fill": HALO, "stroke": INK, "stroke-width": "2"}
    drawn = (
        _title(node_story(node, language)),
        element("circle", halo) if focused else "",
        node_shape(node.kind, x, y, NODE_RADIUS),
        _label(node.label, x, y, "700" if focused else "400"),
    )
    if node.href is None:
        return element("g", {**named, "role": "img"}, *drawn)
    return element("a", {**named, "href": printable(node.href)}, *drawn)


def _label(label: str, x: float, y: float, weight: str) -> str:
    written = {
        "text-anchor": "middle",
        "fill": INK,
        "stroke": HALO,
        "stroke-width": "4",
        "stroke-linejoin": "round",
        "paint-order": "stroke",
        "font-weight": weight,
    }
    below = y + NODE_RADIUS + 6 + FONT_SIZE * 0.8
    rows = (
        element("tspan", {"x": number(x), "y": number(below + row * LINE_HEIGHT)}, words(line))
        for row, line in enumerate(lines(label))
    )
    return element("text", written, *rows)


def _legend_length(network: Network) -> int:
    return len({node.kind for node in network.nodes}) + len({link.kind for link in network.links})


def _legend(network: Network, places: Layout, language: Language) -> Iterator[str]:
    x, y = places.left + 24, places.top + places.height + LEGEND_LINE
    nodes = {node.kind for node in network.nodes}
    links = {link.kind: link.phrase for link in network.links}
    for kind in (kind for kind in NODE_LOOKS if kind in nodes):
        yield node_shape(kind, x + 12, y, 8)
        yield _legend_text(x + 44, y, names_of(kind).to(language))
        y += LEGEND_LINE
    for kind in (kind for kind in LINK_LOOKS if kind in links):
        line = f"M{number(x - 6)} {number(y)}H{number(x + 30)}"
        yield element("path", {"d": line, **link_paint(kind)})
        yield _legend_text(x + 44, y, links[kind].to(language))
        y += LEGEND_LINE


def _legend_text(x: float, y: float, text: str) -> str:
    return element("text", {"x": number(x), "y": number(y + 4), "fill": INK}, words(text))
