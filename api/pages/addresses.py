"""Where the pages are: the same readable addresses in both languages."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from urllib.parse import quote, quote_plus

from schema.names import kind_of

PAGE_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "home": "/",
        "overview": "/",
        "synergies": "/synergier",
        "transfer": "/overfoersel",
        "departments": "/forvaltninger",
        "solutions": "/loesninger",
        "problems": "/problemer",
        "technologies": "/teknologier",
        "competences": "/kompetencer",
        "proposals": "/forslag",
        "network": "/netvaerk",
        "loads": "/indlaesninger",
        "graphql": "/graphql",
        "search": "/soeg",
    }
)
NODE_PATHS: Mapping[str, str] = MappingProxyType(
    {
        "municipality": "/kommune",
        "department": "/forvaltning",
        "solution": "/loesning",
        "problem": "/problem",
        "technology": "/teknologi",
        "competence": "/kompetence",
    }
)
PAIR = "/synergier/par"
CARD = "/overfoersel/kort"
PATH = "/netvaerk/vej"
LANGUAGE = "/sprog"
_PLAIN = re.compile(r"[A-Za-z0-9_.~/:-]*")


def slug_of(node: str) -> str:
    """A node's id without its kind."""
    return node.partition(":")[2]


def asked_node(kind: str, slug: str) -> str:
    """The id that an address of this kind asks for, whether or not there is such a node."""
    return f"{kind}:{slug.strip('/').removeprefix(f'{kind}:')}"


def node_path(node: str) -> str:
    """The page of a node: ``/forvaltning/eksempel/sundhed-og-omsorg``."""
    return f"{NODE_PATHS[kind_of(node)]}/{quote(slug_of(node))}"


def pair_path(a: str, b: str) -> str:
    """The page of two departments' synergies."""
    return with_query(PAIR, a=slug_of(a), b=slug_of(b))


def card_path(solution: str, department: str) -> str:
    """The page of what it would be to take over a solution in a department."""
    return with_query(CARD, solution=slug_of(solution), department=slug_of(department))


def with_query(path: str, **values: str | int | None) -> str:
    """A path with those of the values that are there."""
    return with_items(
        path, [(name, str(value)) for name, value in values.items() if value is not None]
    )


def with_items(path: str, items: Sequence[tuple[str, str]]) -> str:
    """A path with these values, of which a name can have several."""
    if not items:
        return path
    return f"{path}?{'&'.join([f'{_quoted(name)}={_quoted(value)}' for name, value in items])}"


def _quoted(text: str) -> str:
    # A matrix has hundreds of addresses, and in nearly all of them there is nothing to quote.
    return text if _PLAIN.fullmatch(text) else quote_plus(text, safe="/:")
