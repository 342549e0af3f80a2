"""How much one may ask for at once, and what is said to those who ask for more."""

from collections.abc import Iterator

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, VariableNode

from api.bounds import Limits as Limits
from api.list_size import Lists
from api.query_size import DocumentSize, measure
from schema.messages import Message, say
from schema.text import Text

QUESTIONS = frozenset(
    {
        "synergies",
        "transferability",
        "whoElse",
        "unsolvedProblems",
        "proposals",
        "path",
        "search",
        "overview",
    }
)
"""The fields of a query that are reckoned over the whole graph, not only looked up."""

_TOKENS = Text(da="antallet af ord og tegn", en="the number of words and signs")
_ROOT_FIELDS = Text(da="antallet af felter yderst", en="the number of outermost fields")
_DIRECTIVES = Text(da="antallet af direktiver", en="the number of directives")
_LIST = Text(da="længden af en liste", en="the length of a list")
_OVERLAP = Text(
    da="gentagelserne af det samme felt", en="the number of times the same field is asked for"
)


def too_many_tokens(limits: Limits) -> Message:
    """What is said where the parser stopped reading."""
    return say("query-too-large", what=_TOKENS, limit=limits.tokens)


def check_document(
    document: DocumentNode, schema: GraphQLSchema, variables: dict[str, object], limits: Limits
) -> list[Message]:
    """What speaks against running this document; nothing where it keeps within the limits."""
    given = _with_defaults(document, variables)
    lists = Lists(limits.page, limits.plain_list, given, QUESTIONS, limits.question)
    return list(_exceeded(measure(document, schema, lists), limits))


def _exceeded(size: DocumentSize, limits: Limits) -> Iterator[Message]:
    if size.depth > limits.depth:
        yield say("query-too-deep", found=size.depth, limit=limits.depth)
    if size.aliases > limits.aliases:
        yield say("query-too-many-aliases", found=size.aliases, limit=limits.aliases)
    counted = (
        (_ROOT_FIELDS, size.root_fields, limits.root_fields),
        (_DIRECTIVES, size.directives, limits.directives),
        (_LIST, size.longest_list, limits.list_items),
        (_OVERLAP, size.overlap, limits.overlap),
    )
    for what, found, limit in counted:
        if found > limit:
            yield say("query-too-large", what=what, limit=limit)
    if size.fields > limits.fields:
        yield say("query-too-costly", found=size.fields, limit=limits.fields)


def _with_defaults(document: DocumentNode, variables: dict[str, object]) -> dict[str, object]:
    """The variables as given, and for `$first: Int = 50` its default where it is not given."""
    defaults: dict[str, object] = {}
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for declared in definition.variable_definitions or ():
                number = getattr(declared.default_value, "value", None)
                if isinstance(declared.variable, VariableNode) and _is_count(number):
                    defaults[declared.variable.name.value] = int(str(number)[:12])
    return {**defaults, **variables}


def _is_count(number: object) -> bool:
    return isinstance(number, str) and number.isascii() and number.isdigit()
