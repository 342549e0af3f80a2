"""The shapes of the kinds as SVG elements, for pictures and legends alike."""

from math import cos, pi, sin
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from visualisations.looks import LINK_LOOKS, NODE_LOOKS, Shape

SVG = "http://www.w3.org/2000/svg"


def text_of(number: float) -> str:
    """A coordinate as SVG writes it."""
    return f"{number:.1f}".removesuffix(".0")


def add_node_shape(parent: Element, kind: str, x: float, y: float, radius: float) -> None:
    """Draw the kind's shape around a point."""
    look = NODE_LOOKS[kind]
    paint = {"fill": look.colour, "stroke": "#ffffff", "stroke-width": "1.5"}
    if look.shape == "dot":
        SubElement(
            parent, "circle", {"cx": text_of(x), "cy": text_of(y), "r": text_of(radius), **paint}
        )
        return
    corners = " ".join(
        f"{text_of(x + radius * dx)},{text_of(y + radius * dy)}" for dx, dy in _corners(look.shape)
    )
    SubElement(parent, "polygon", {"points": corners, **paint})


def _corners(shape: Shape) -> list[tuple[float, float]]:
    if shape == "square":
        return [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    if shape == "diamond":
        return [(0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)]
    if shape == "triangle":
        return [(0, -1.1), (1.1, 0.9), (-1.1, 0.9)]
    if shape == "hexagon":
        return [_at(1.05, turn / 6) for turn in range(6)]
    return [_at(1.25 if turn % 2 == 0 else 0.55, turn / 10 - 0.25) for turn in range(10)]


def _at(radius: float, turn: float) -> tuple[float, float]:
    return radius * cos(2 * pi * turn), radius * sin(2 * pi * turn)


def link_paint(kind: str) -> dict[str, str]:
    """How a link of the kind is stroked."""
    look = LINK_LOOKS[kind]
    paint = {"stroke": look.colour, "stroke-width": "1.6", "fill": "none"}
    if look.dash:
        paint["stroke-dasharray"] = " ".join(map(str, look.dash))
    return paint


def node_sign(kind: str) -> Markup:
    """The kind's shape alone, to stand before its name."""
    sign = _sign(20)
    add_node_shape(sign, kind, 10, 10, 7)
    return markup(sign)


def link_sign(kind: str) -> Markup:
    """A piece of the kind's line with its arrow, to stand before its name."""
    sign = _sign(34)
    SubElement(sign, "path", {"d": "M2 10H26", **link_paint(kind)})
    SubElement(sign, "path", {"d": "M25 6L32 10L25 14Z", "fill": LINK_LOOKS[kind].colour})
    return markup(sign)


def _sign(width: int) -> Element:
    return Element(
        "svg",
        {
            "xmlns": SVG,
            "viewBox": f"0 0 {width} 20",
            "width": str(width),
            "height": "20",
            "aria-hidden": "true",
            "focusable": "false",
        },
    )


def markup(element: Element) -> Markup:
    """The element as text that a template may insert as it is: ElementTree has escaped it."""
    return Markup(tostring(element, encoding="unicode"))  # noqa: S704
