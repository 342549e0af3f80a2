"""A request that goes no further: its status, and what is said about it."""

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response

from api.accept import GRAPHQL_RESPONSE, JSON
from api.graphql_errors import error_entry
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
    body = {"errors": [error_entry([refused.message], language)]}
    return Response(
        write_json(body),
        refused.status_code,
        headers=refused.headers,
        media_type=f"{media}; charset=utf-8",
    )
