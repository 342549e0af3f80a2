"""A request that goes no further: its status, and what is said about it."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from api.accept import GRAPHQL_RESPONSE, JSON, answer_type, language_of, wants_page
from api.json_body import write_json
from schema.messages import Message
from schema.text import Language


class RequestRefused(HTTPException):
    """Carries one message; a subclass of starlette's own, so pages can show it as theirs."""

    def __init__(
        self, status: int, message: Message, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(status, detail=message.text("da"), headers=headers)
        self.message = message


def refusal_response(refused: RequestRefused, media: str | None, language: Language) -> Response:
    """The refusal as GraphQL's errors for programs, as a plain sentence for everyone else."""
    if media not in {JSON, GRAPHQL_RESPONSE}:
        text = refused.message.text(language)
        return PlainTextResponse(text, refused.status_code, headers=refused.headers)
    from api.graphql_errors import error_entry  # and graphql-core, which pages do without

    body = {"errors": [error_entry([refused.message], language)]}
    return Response(
        write_json(body),
        refused.status_code,
        headers=refused.headers,
        media_type=f"{media}; charset=utf-8",
    )


async def answer_refusal(
    refused: RequestRefused, scope: Scope, receive: Receive, send: Send
) -> None:
    """Send the refusal in the type and language that the request asks for."""
    headers = Headers(scope=scope)
    media = None if wants_page(headers) else answer_type(headers)
    response = refusal_response(refused, media, language_of(headers))
    await response(scope, receive, send)
