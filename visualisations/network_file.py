"""A network as one file that opens offline: style, scripts and data are all inside it."""

from base64 import b64encode
from dataclasses import dataclass, replace
from hashlib import sha256

from jinja2 import Environment
from markupsafe import Markup

from schema.text import Language, Text
from visualisations.network import Network
from visualisations.network_picture import picture


@dataclass(frozen=True, slots=True)
class Assets:
    """What the file carries with it: the style sheet and the scripts, in their order."""

    style: str
    scripts: tuple[str, ...]


def document(
    network: Network,
    title: Text,
    language: Language,
    templates: Environment,
    assets: Assets,
    revision: int | None = None,
) -> str:
    """The HTML document. Its own policy lets nothing in but what was put there here."""
    # A page's address leads nowhere from a file.
    alone = replace(network, nodes=tuple(replace(node, href=None) for node in network.nodes))
    scripts = tuple(_inside(script, "script") for script in assets.scripts)
    style = _inside(assets.style, "style")
    return templates.get_template("network_file.html").render(
        picture=picture(alone, title, language),
        revision=revision,
        style=Markup(style),  # noqa: S704 -- our own style sheet, checked by _inside
        scripts=[Markup(script) for script in scripts],  # noqa: S704 -- likewise
        policy=_policy(style, scripts),
    )


def _inside(content: str, element: str) -> str:
    if f"</{element}" in content.lower():
        raise ValueError(f"this content would end its <{element}> element")
    return content


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    allowed = " ".join(_fingerprint(script) for script in scripts)
    return f"default-src 'none'; style-src {_fingerprint(style)}; script-src {allowed}"


def _fingerprint(content: str) -> str:
    # Browsers read every line end as a newline before they compute it.
    unified = content.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{b64encode(sha256(unified.encode()).digest()).decode()}'"
