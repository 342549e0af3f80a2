"""The page where GraphQL is tried in a browser; it asks no other host for anything."""

from collections.abc import Callable, Sequence

import strawberry
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.frame import Frame
from api.graphql_http import Page
from api.query_docs import documentation
from api.query_examples import EXAMPLES, QueryExample
from api.templating import environment
from schema.text import LANGUAGES, Language

FrameOf = Callable[[Request], Frame]
LanguageOf = Callable[[Request], Language]


def query_page(
    schema: strawberry.Schema,
    frame_of: FrameOf,
    language_of: LanguageOf,
    examples: Sequence[QueryExample] = EXAMPLES,
) -> Page:
    """A page for `graphql_app`. `?example=key` fills in one of the examples.

    Without JavaScript the form sends its question by GET, and the answer comes as JSON.
    """
    documented = documentation(schema)
    templates = {
        language: environment(language).get_template("query.html") for language in LANGUAGES
    }

    def page(request: Request) -> Response:
        asked = request.query_params.get("example")
        chosen = next((each for each in examples if each.key == asked), examples[0])
        html = templates[language_of(request)].render(
            frame=frame_of(request),
            action=request.url.path,
            examples=examples,
            chosen=chosen,
            documented=documented,
        )
        return HTMLResponse(html)

    return page
