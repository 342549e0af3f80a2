"""What the asker wants to read: the media type and the language, by the headers of the request."""

from collections.abc import Iterator
from typing import Literal

from starlette.datastructures import Headers

from schema.text import Language

MediaType = Literal["application/graphql-response+json", "application/json", "text/html"]
GRAPHQL_RESPONSE: MediaType = "application/graphql-response+json"
JSON: MediaType = "application/json"
HTML: MediaType = "text/html"

# Where an asker says only „anything“, the older type is the one that every client reads.
_ANYTHING: MediaType = JSON
_LARGEST_HEADER = 2_000


def answer_type(headers: Headers) -> MediaType | None:
    """The type that a GraphQL answer should have; None where no type we have is accepted.

    Where several are wanted equally, ``application/graphql-response+json`` comes first.
    """
    return _best(headers, (GRAPHQL_RESPONSE, JSON))


def wants_page(headers: Headers) -> bool:
    """Whether a person in a browser asks: a page is wanted rather than JSON."""
    return _best(headers, (GRAPHQL_RESPONSE, JSON, HTML)) == HTML


def language_of(headers: Headers) -> Language:
    """Danish, unless English is wanted more (RFC 9110, 12.5.4)."""
    wanted: dict[str, float] = {}
    for name, quality, _ in _ranges(headers.get("accept-language", "")):
        short = name.partition("-")[0]
        wanted[short] = max(quality, wanted.get(short, 0.0))
    return "en" if wanted.get("en", 0.0) > wanted.get("da", 0.0) else "da"


def _best(headers: Headers, offered: tuple[MediaType, ...]) -> MediaType | None:
    accept = headers.get("accept", "").strip()
    if not accept:
        return _ANYTHING
    exact: dict[str, float] = {}
    anything = 0.0
    for name, quality, parameters in _ranges(accept):
        if name in {"*/*", "application/*"}:
            anything = max(anything, quality)
        elif parameters.get("charset", "utf-8") in {"utf-8", "utf8"}:
            exact[name] = quality
    ranked = [media for media in offered if exact.get(media, 0.0) > 0]
    best = max(ranked, key=lambda media: exact[media], default=None)
    if best is not None and exact[best] >= anything:
        return best
    return _ANYTHING if anything > 0 and exact.get(_ANYTHING) != 0.0 else best


def _ranges(header: str) -> Iterator[tuple[str, float, dict[str, str]]]:
    for part in header[:_LARGEST_HEADER].lower().split(","):
        name, *rest = (piece.strip() for piece in part.split(";"))
        if not name:
            continue
        pairs = (piece.partition("=") for piece in rest)
        parameters = {key.strip(): value.strip().strip('"') for key, _, value in pairs}
        yield name, _quality(parameters.get("q", "1")), parameters


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0.0 <= value <= 1.0 else 0.0
