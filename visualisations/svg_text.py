"""SVG written as text: elements in elements, everything escaped."""

import re
from collections.abc import Mapping

_QUOTED = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\r": "&#13;",
    "\n": "&#10;",
    "\t": "&#09;",
}
_SPECIAL = re.compile('[&<>"\r\n\t]')


def element(name: str, attributes: Mapping[str, str], *inside: str) -> str:
    """An element with what is inside it: other elements, or ``words``."""
    told = "".join([f' {key}="{_quoted(value)}"' for key, value in attributes.items()])
    content = "".join(inside)
    return f"<{name}{told}>{content}</{name}>" if content else f"<{name}{told} />"


def words(text: str) -> str:
    """A text as it stands inside an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    if _SPECIAL.search(value) is None:
        return value
    return "".join([_QUOTED.get(letter, letter) for letter in value])
