"""Pages for what went wrong: what happened, in words, and where to go from there."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from rapidfuzz import fuzz, process
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.frame import Frame
from api.pages.addresses import LANGUAGE, NODE_PATHS, PAGE_PATHS, node_path, slug_of
from api.pages.unknown import UnknownNode
from api.refused import RequestRefused
from api.request_log import shown_path
from graph.snapshot import Snapshot
from schema.messages import Message, Refusal, say
from schema.names import fold
from schema.ontology import ONTOLOGY
from schema.text import Text

if TYPE_CHECKING:
    from api.pages.site import Site
    from api.pages.visit import Visit

SUGGESTIONS = 6
_MOST_ALIKE = 3
_ALIKE = 70
"""How much an address must be like what was asked for, of 100."""
NOT_FOUND = Text("Siden findes ikke", "There is no such page")
WRONG = Text("Det gik ikke", "That did not work")
NOTHING_AT = Text(
    "Der er ingen side på denne adresse. Den kan være skrevet forkert, eller det, den viste, "
    "er fjernet igen.",
    "There is no page at this address. It may be misspelt, or what it showed has been removed.",
)
METHOD = Text("Sådan kan siden ikke bruges.", "The page cannot be used in this way.")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A node that may have been meant."""

    name: str
    kind: str
    kind_name: Text
    href: str


def failed(site: Site, request: Request, error: Exception) -> Response:
    """The page for an error; what nobody foresaw goes to the log under the number it shows."""
    match error:
        case UnknownNode():
            return _missing(site, request, _unknown(error))
        case HTTPException(status_code=404):
            return _missing(site, request, NOTHING_AT)
        case RequestRefused():
            said, status = [error.message], error.status_code
        case HTTPException():
            text = METHOD if error.status_code == 405 else Text(error.detail, error.detail)
            return _page(site, request, error.status_code, WRONG, [text], (), error.headers)
        case Refusal():
            said, status = list(error.messages), 503 if request.method == "GET" else 400
        case _:
            said, status = [_logged(site, request, error)], 500
    texts = [Text(message.text("da"), message.text("en")) for message in said]
    return _page(site, request, status, WRONG, texts, ())


def _logged(site: Site, request: Request, error: Exception) -> Message:
    reference = secrets.token_hex(4)
    path = shown_path(request.scope)
    site.server.log.error("internal-error reference=%s path=%s", reference, path, exc_info=error)
    return say("internal-error", reference=reference)


def _unknown(error: UnknownNode) -> Text:
    kind = ONTOLOGY.nodes[error.kind].name
    if not error.slug:
        return Text(
            f"Adressen siger ikke, hvilken {kind.da} det gælder.",
            f"The address does not say which {kind.en} it is about.",
        )
    return Text(
        f"Grafen har intet med navnet „{error.slug}“ under {kind.da}.",
        f"The graph has no {kind.en} named “{error.slug}”.",
    )


def _missing(site: Site, request: Request, text: Text) -> Response:
    visit = _visit(site, request)
    found = () if visit is None else suggestions(visit, unquote(request.url.path))
    return _page(site, request, 404, NOT_FOUND, [text], found)


def suggestions(visit: Visit, path: str) -> tuple[Suggestion, ...]:
    """What may have been meant by an address: first by how it is spelt, then by its words."""
    first, _, rest = path.strip("/").partition("/")
    kind = next((kind for kind, start in NODE_PATHS.items() if start == f"/{first}"), None)
    sought = [*visit.request.query_params.values()] if kind is None else [rest]
    sought = [text for text in sought if fold(text)] or [rest or first]
    snapshot = visit.snapshot
    slugs = snapshot.derived(folded_slugs)
    kinds = ONTOLOGY.nodes if kind is None else (kind,)
    found = [node for text in sought for node in _near(text, [slugs[each] for each in kinds])]
    found += _by_words(visit, " ".join(sought))
    return tuple(
        Suggestion(
            visit.name(node),
            node.partition(":")[0],
            ONTOLOGY.nodes[node.partition(":")[0]].name,
            node_path(node),
        )
        for node in list(dict.fromkeys(found))[:SUGGESTIONS]
    )


def folded_slugs(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """The addresses of each kind's nodes as they are compared; ask by ``snapshot.derived``."""
    return {
        kind: {node: fold(slug_of(node)) for node in snapshot.nodes(kind)}
        for kind in ONTOLOGY.nodes
    }


def _near(text: str, slugs: Sequence[Mapping[str, str]]) -> list[str]:
    """The nodes whose addresses are spelt nearly so, the nearest first."""
    folded = fold(text)
    found = [
        (-score, node)
        for some in slugs
        for _, score, node in process.extract(
            folded, some, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE
        )
    ]
    return [node for _, node in sorted(found)[:_MOST_ALIKE]]


def _by_words(visit: Visit, text: str) -> list[str]:
    index = visit.site.server.live.index(visit.snapshot)
    words = re.findall(r"\w{3,}", text)[:8]
    hits = [index.search(query, first=SUGGESTIONS).items for query in [" ".join(words), *words]]
    return [hit.node for each in hits for hit in each]


def _visit(site: Site, request: Request) -> Visit | None:
    """The visit, or None where the store itself cannot be asked: then that is what went wrong."""
    try:
        return site.visit(request)
    except Refusal:
        return None


def _page(
    site: Site,
    request: Request,
    status: int,
    title: Text,
    texts: Sequence[Text],
    found: Sequence[Suggestion],
    headers: Mapping[str, str] | None = None,
) -> Response:
    language = site.language_of(request)
    visit = _visit(site, request)
    frame = _bare_frame() if visit is None else visit.frame(None)
    template = site.environments[language].get_template("error.html")
    html = template.render(frame=frame, title=title, texts=texts, suggestions=found, status=status)
    return HTMLResponse(html, status, headers=dict(headers or {}) | {"cache-control": "no-store"})


def _bare_frame() -> Frame:
    return Frame(dict(PAGE_PATHS), None, f"{LANGUAGE}/en", None)
