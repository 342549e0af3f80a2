"""A GraphQL schema as it runs for people we do not know: within limits, and silent inside."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from contextvars import ContextVar
from typing import Any, cast

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    validate,
)
from graphql import (
    ExecutionResult as GraphQLResult,
)
from graphql.pyutils import AbortSignal
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule
from strawberry.types import ExecutionContext

from api.by_level.answering import answer_by_level
from api.known_documents import KnownDocuments
from api.limits import Limits, check_document
from schema.messages import Message, Refusal, say

# More than this many faults in one query tell the asker nothing more.
_MOST_FAULTS = 20


class LimitedSchema(strawberry.Schema):
    """A copy of a schema that refuses what is too much before it is validated or run."""

    _limits: Limits
    _documents: KnownDocuments

    @classmethod
    def of(cls, schema: strawberry.Schema, limits: Limits) -> "LimitedSchema":
        limited = cls.__new__(cls)
        vars(limited).update(vars(schema))
        limited._limits = limits
        limited._documents = KnownDocuments()
        limited.execution_context_class = _executor(limited, limits)
        return limited

    def get_extensions(self, sync: bool = False) -> list[SchemaExtension]:
        return [_WithinLimits(self._limits, self._documents), *super().get_extensions(sync)]

    def reads(self, query: str, operation_name: str | None) -> bool:
        """Whether what was run changes nothing."""
        document = self._documents.find(query)
        operation = None if document is None else get_operation_ast(document, operation_name)
        return operation is not None and operation.operation is OperationType.QUERY

    def at_once(
        self,
        query: str,
        variables: dict[str, Any] | None,
        operation_name: str | None,
        context: Any,
    ) -> "GraphQLResult | Deadline | None":
        """The answer to a plain query whose text is known, without all that stands around the
        execution of a new one; None where the whole way has to be gone. Where that was found out
        on the way, it is to be gone in the time that is left, which is what is returned then, and
        set as ``TRIED``."""
        if self.extensions or not self.reads(query, operation_name):
            return None
        document = self._documents.find(query)
        if document is None or check_document(
            document, self._schema, variables or {}, self._limits
        ):
            return None
        executor = self.execution_context_class.build(
            self._schema,
            document,
            context_value=context,
            raw_variable_values=variables,
            operation_name=operation_name,
        )
        if isinstance(executor, list):
            return None
        deadline = cast(Deadline, executor.abort_signal)
        with suppress(Exception):
            data = answer_by_level(self, executor, deadline.check)
            if data is not None:
                return GraphQLResult(data, None)
        if deadline.aborted:
            return GraphQLResult(None, [GraphQLError("", original_error=deadline.reason)])
        return deadline

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Nothing: the view logs what is ours to mend, once and with its reference number."""


class Deadline:
    """The signal that execution looks at before every field: when it is over, it is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self.reason = Refusal(say("query-too-slow", seconds=f"{seconds:g}"))

    @property
    def aborted(self) -> bool:
        return time.monotonic() > self._end

    def check(self) -> None:
        """Raise the reason where the time is over."""
        if self.aborted:
            raise self.reason

    async def wait(self) -> Refusal:
        """Wait until the time is over; cancels resolvers that wait for something themselves."""
        while not self.aborted:
            await asyncio.sleep(max(0.001, self._end - time.monotonic()))
        return self.reason


TRIED: ContextVar[Deadline | None] = ContextVar("tried", default=None)
"""The time of a query that was tried at once in vain."""


def _executor(
    schema: strawberry.Schema, limits: Limits
) -> type[StrawberryGraphQLCoreExecutionContext]:
    class DeadlineExecutor(StrawberryGraphQLCoreExecutionContext):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            changes = self.operation.operation is OperationType.MUTATION
            seconds = limits.mutation_seconds if changes else limits.query_seconds
            self._tried = TRIED.get()
            # Any object with `aborted` and `reason` will do, says graphql-core.
            self.abort_signal = cast(AbortSignal, self._tried or Deadline(seconds))

        def execute_operation(self, *args: Any, **kwargs: Any) -> Any:
            """By level where that gives an answer; what is raised there is raised anew, at its
            place in the answer, by graphql-core."""
            with suppress(Exception):
                data = self._tried or answer_by_level(schema, self, self._check_time)
                if isinstance(data, dict):
                    return GraphQLResult(data, None)
            return super().execute_operation(*args, **kwargs)

        def _check_time(self) -> None:
            if self.abort_signal is not None and self.abort_signal.aborted:
                raise self.abort_error()

        def execute_field(self, *args: Any, **kwargs: Any) -> Any:
            # Left to itself it looks only at what is awaited, and once more at the end.
            self._check_time()
            return super().execute_field(*args, **kwargs)

    return DeadlineExecutor


class _WithinLimits(SchemaExtension):
    def __init__(self, limits: Limits, documents: KnownDocuments) -> None:
        self._limits = limits
        self._documents = documents

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = self._limits.tokens
        yield

    def on_parse(self) -> Iterator[None]:
        """A text that was found valid before is not read again."""
        self.execution_context.graphql_document = self._known()
        yield

    def on_validate(self) -> Iterator[None]:
        """Say what is wrong; strawberry validates only where nothing was said before it."""
        self.execution_context.pre_execution_errors = list(self._faults())
        yield

    def _known(self) -> DocumentNode | None:
        return self._documents.find(self.execution_context.query or "")

    def _faults(self) -> Iterator[GraphQLError]:
        context = self.execution_context
        document = context.graphql_document
        if document is None:
            raise RuntimeError("validation was reached without a document")
        # Its public name is the first operation's where the asker gave none.
        if _is_ambiguous(document, context._provided_operation_name):
            yield refusing(say("query-operation"))
            return
        graphql_schema = context.schema._schema
        over = check_document(document, graphql_schema, context.variables or {}, self._limits)
        if over:
            yield from (refusing(message) for message in over)
            return
        if document is self._known():
            return
        rules = (*context.validation_rules, MaybeNullValidationRule, OneOfInputValidationRule)
        faults = validate(graphql_schema, document, rules, _MOST_FAULTS, hide_suggestions=True)
        yield from faults
        if not faults:
            self._documents.remember(context.query or "", document)


def refusing(message: Message) -> GraphQLError:
    """An error of GraphQL that carries what there is to say to a person."""
    return GraphQLError(message.code, original_error=Refusal(message))


def _is_ambiguous(document: DocumentNode, chosen: str | None) -> bool:
    """Whether there are several operations and none is named; strawberry takes the first."""
    operations: Sequence[OperationDefinitionNode] = [
        each for each in document.definitions if isinstance(each, OperationDefinitionNode)
    ]
    return len(operations) > 1 and chosen is None
