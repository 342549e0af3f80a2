"""What stands around every page: where one is, where one can go, what the page is built on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["info", "success", "warning", "error"]
PAGES = (
    "overview",
    "synergies",
    "transfer",
    "departments",
    "solutions",
    "problems",
    "technologies",
    "competences",
    "proposals",
    "network",
    "loads",
    "graphql",
)


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the way to this page; the last one is the page itself and has no address."""

    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose in a list."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A word to the reader above the page's content."""

    tone: Tone
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """Everything ``base.html`` shows around the content.

    ``hrefs`` has an address for each of ``PAGES`` that is there, and for ``search`` and ``home``;
    ``here`` is one of them or None. The choice of municipality is sent as ``municipality`` to
    ``municipality_href``, together with ``municipality_fields``.
    """

    hrefs: Mapping[str, str]
    here: str | None
    language_href: str
    revision: int | None
    municipalities: tuple[Choice, ...] = ()
    municipality_href: str = ""
    crumbs: tuple[Crumb, ...] = ()
    notices: tuple[Notice, ...] = ()
    query: str = ""
    static: str = "/static"
    municipality_fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def municipality(self) -> str | None:
        """The name of the chosen municipality."""
        return next((choice.label for choice in self.municipalities if choice.chosen), None)
