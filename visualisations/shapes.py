"""The shapes of the kinds as SVG elements, for pictures and legends alike."""

from collections.abc import Mapping
from functools import cache
from math import cos, pi, sin

from markupsafe import Markup

from visualisations.looks import LINK_LOOKS, NODE_LOOKS, Shape
from visualisations.svg_text import element

SVG = "http://www.w3.org/2000/svg"


def text_of(number: float) -> str:
    """A coordinate as SVG writes it."""
    return f"{number:.1f}".removesuffix(".0")


def node_shape(kind: str, x: float, y: float, radius: float) -> str:
    """The kind's shape around a point."""
    look = NODE_LOOKS[kind]
    paint = {"fill": look.colour, "stroke": "#ffffff", "stroke-width": "1.5"}
    if look.shape == "dot":
        return element(
            "circle", {"cx": text_of(x), "cy": text_of(y), "r": text_of(radius), **paint}
        )
    corners = " ".join(
        [
            f"{text_of(x + radius * dx)},{text_of(y + radius * dy)}"
            for dx, dy in _corners(look.shape)
        ]
    )
    return element("polygon", {"points": corners, **paint})


@cache
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


@cache
def link_paint(kind: str) -> Mapping[str, str]:
    """How a link of the kind is stroked."""
    look = LINK_LOOKS[kind]
    paint = {"stroke": look.colour, "stroke-width": "1.6", "fill": "none"}
    if look.dash:
        paint["stroke-dasharray"] = " ".join(map(str, look.dash))
    return paint


@cache
def node_sign(kind: str) -> Markup:
    """The kind's shape alone, to stand before its name."""
    return _sign(20, node_shape(kind, 10, 10, 7))


@cache
def link_sign(kind: str) -> Markup:
    """A piece of the kind's line with its arrow, to stand before its name."""
    line = element("path", {"d": "M2 10H26", **link_paint(kind)})
    arrow = element("path", {"d": "M25 6L32 10L25 14Z", "fill": LINK_LOOKS[kind].colour})
    return _sign(34, line, arrow)


def _sign(width: int, *drawn: str) -> Markup:
    frame = {
        "xmlns": SVG,
        "viewBox": f"0 0 {width} 20",
        "width": str(width),
        "height": "20",
        "aria-hidden": "true",
        "focusable": "false",
    }
    return markup(element("svg", frame, *drawn))


def markup(drawn: str) -> Markup:
    """A drawing as text that a template may insert as it is: ``element`` has escaped it."""
    return Markup(drawn)  # noqa: S704
