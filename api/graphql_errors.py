"""Errors as the asker reads them: a stable code, and a sentence in their language."""

import logging
import secrets
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphql import (
    AbortedGraphQLExecutionError,
    GraphQLError,
    GraphQLSyntaxError,
    ValueNode,
    VariableNode,
)
from graphql.language.parser import MAX_NESTING_DEPTH

from api.limits import Limits, too_many_tokens
from schema.messages import Message, Refusal, say
from schema.text import Language, Text

# A list of a thousand items that all fail is one thing to mend, not a thousand.
_MOST_ERRORS = 100
_LONGEST_DETAIL = 300
_OVER_NESTING = Text(da=f"mere end {MAX_NESTING_DEPTH}", en=f"more than {MAX_NESTING_DEPTH}")


class ErrorReport:
    """The errors of one answer. What is ours to mend goes to the log under a number."""

    def __init__(self, language: Language, limits: Limits, log: logging.Logger) -> None:
        self._language = language
        self._limits = limits
        self._log = log
        self._references: dict[tuple[type[BaseException], str], str] = {}

    def shown(self, errors: Iterable[GraphQLError]) -> list[dict[str, Any]]:
        """The errors as they stand in the answer, the first hundred of them."""
        return [self._one(error) for error, _ in zip(errors, range(_MOST_ERRORS), strict=False)]

    def _one(self, error: GraphQLError) -> dict[str, Any]:
        said = self._messages(error)
        shown = error_entry(said, self._language)
        if error.locations:
            shown["locations"] = [location.formatted for location in error.locations]
        if error.path is not None:
            shown["path"] = error.path
        return shown

    def _messages(self, error: GraphQLError) -> Sequence[Message]:
        cause = _cause(error)
        if isinstance(cause, Refusal):
            return cause.messages
        if isinstance(cause, GraphQLSyntaxError):
            return [self._syntax(cause)]
        if not isinstance(cause, GraphQLError):
            return [self.internal(cause, error.path)]
        if _is_about_a_value(error):
            return [say("bad-argument", detail=_detail(error))]
        if error.path is None:
            return [say("query-invalid", detail=_detail(error))]
        return [self.internal(cause, error.path)]

    def _syntax(self, error: GraphQLSyntaxError) -> Message:
        if "more than" in error.description and "tokens" in error.description:
            return too_many_tokens(self._limits)
        if "nested too deeply" in error.description:
            return say("query-too-deep", found=_OVER_NESTING, limit=self._limits.depth)
        place = error.locations[0] if error.locations else None
        return say(
            "query-syntax",
            line=place.line if place else 1,
            column=place.column if place else 1,
            detail=_sentence(error.description),
        )

    def internal(self, cause: BaseException, path: Sequence[str | int] | None = None) -> Message:
        """Log what happened with its traceback; the asker is told the number only."""
        same = (type(cause), str(cause))
        reference = self._references.get(same)
        if reference is None:
            reference = self._references[same] = secrets.token_hex(4)
            where = ".".join(map(str, path)) if path else "-"
            self._log.error("internal-error reference=%s path=%s", reference, where, exc_info=cause)
        return say("internal-error", reference=reference)


def error_entry(said: Sequence[Message], language: Language) -> dict[str, Any]:
    """One entry of ``errors``; several messages of one cause stand together in ``messages``."""
    first = said[0]
    extensions: dict[str, Any] = {"code": first.code}
    if "reference" in first.values:
        extensions["reference"] = first.values["reference"]
    if len(said) > 1 or first.place.text(language):
        extensions["messages"] = list(_with_places(said, language))
    return {"message": first.text(language), "extensions": extensions}


def _with_places(said: Iterable[Message], language: Language) -> Iterator[dict[str, Any]]:
    for message in said:
        place = message.place
        yield {
            "code": message.code,
            "message": message.text(language),
            "file": place.file,
            "sheet": place.sheet,
            "row": place.row,
            "column": place.column,
        }


def _cause(error: GraphQLError) -> BaseException:
    """What was raised first, under the wrappings of GraphQL."""
    cause: BaseException = error
    while True:
        if isinstance(cause, GraphQLError) and cause.original_error is not None:
            cause = cause.original_error
        elif isinstance(cause, AbortedGraphQLExecutionError):
            cause = cause.reason
        else:
            return cause


def _is_about_a_value(error: GraphQLError) -> bool:
    """Whether the query is right, and a value given in it or with it is not."""
    node = error.nodes[0] if error.nodes else None
    if isinstance(node, ValueNode) and not isinstance(node, VariableNode):
        return True
    return error.message.startswith(("Variable ", "Argument ")) and "invalid" in error.message


def _detail(error: GraphQLError) -> str:
    # Names that resemble the wrong one would tell what is in the schema; they are also slow.
    # A wrong value is quoted in the message however long it is.
    return _sentence(_shortened(error.message.partition(" Did you mean")[0]))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_DETAIL else f"{text[:_LONGEST_DETAIL]}…"
