"""How much a GraphQL document asks for, found in one walk over it.

Every fragment is measured once and remembered, so the walk takes time linear in the document
even where fragments contain each other so that writing them out would be exponential. Fragments
are taken innermost first, without recursion; within a definition the parser bounds the nesting.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    Node,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)
from graphql.language.ast import QUERY_DOCUMENT_KEYS

from api.list_size import Lists, field_type

# Nothing depends on how far past every limit a size is; small numbers are quick to add.
CEILING = 10**12


@dataclass(slots=True)
class Size:
    """What one selection set asks for, with the fragments written out.

    ``fields`` is how many fields the answer can hold, with what questions cost beyond it;
    ``keys`` has for each name in the answer how often it is asked for, and the most that the sets
    below it overlap.
    """

    depth: int = 0
    fields: int = 0
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def overlap(self) -> int:
        """The most selections that must be compared because they have the same name."""
        return max((min(CEILING, n * below) for n, below in self.keys.values()), default=1)

    def take_in(self, other: "Size") -> None:
        self.depth = max(self.depth, other.depth)
        self.fields = min(CEILING, self.fields + other.fields)
        for key, (count, below) in other.keys.items():
            self.add(key, count, below)

    def add(self, key: str, count: int, below: int) -> None:
        known, deepest = self.keys.get(key, (0, 1))
        self.keys[key] = (min(CEILING, known + count), max(deepest, below))


@dataclass(frozen=True, slots=True)
class DocumentSize:
    """The largest of a document's operations, and what the text itself holds."""

    depth: int
    fields: int
    overlap: int
    root_fields: int
    aliases: int
    directives: int
    longest_list: int


def measure(document: DocumentNode, schema: GraphQLSchema, lists: Lists) -> DocumentSize:
    """Measure all operations of a document; unknown names count as one field each."""
    walk = _Walk(schema, lists)
    fragments = {
        definition.name.value: definition
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
    for name in _innermost_first(fragments):
        fragment = fragments[name]
        on = schema.type_map.get(fragment.type_condition.name.value)
        walk.fragments[name] = walk.selections(fragment.selection_set, on)
    operations = [
        walk.selections(definition.selection_set, schema.get_root_type(definition.operation))
        for definition in document.definitions
        if isinstance(definition, OperationDefinitionNode)
    ]
    everything = [*operations, *walk.fragments.values()]
    counts = _Counts.of(document)
    return DocumentSize(
        depth=max((size.depth for size in operations), default=0),
        fields=max((size.fields for size in operations), default=0),
        overlap=max((size.overlap for size in everything), default=1),
        root_fields=max((_names(size) for size in operations), default=0),
        aliases=counts.aliases,
        directives=counts.directives,
        longest_list=max(counts.longest_list, lists.longest_variable()),
    )


def _names(size: Size) -> int:
    return min(CEILING, sum(count for count, _ in size.keys.values()))


class _Walk:
    def __init__(self, schema: GraphQLSchema, lists: Lists) -> None:
        self.schema = schema
        self.lists = lists
        self.fragments: dict[str, Size] = {}

    def selections(self, selected: SelectionSetNode, on: GraphQLNamedType | None) -> Size:
        size = Size()
        for selection in selected.selections:
            self._add(size, selection, on)
        return size

    def _add(self, size: Size, selection: SelectionNode, on: GraphQLNamedType | None) -> None:
        if isinstance(selection, FragmentSpreadNode):
            # A fragment that is not there, or contains itself, is for the validation to report.
            known = self.fragments.get(selection.name.value)
            if known is not None:
                size.take_in(known)
        elif isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            narrowed = self.schema.type_map.get(condition.name.value) if condition else on
            size.take_in(self.selections(selection.selection_set, narrowed))
        elif isinstance(selection, FieldNode):
            self._add_field(size, selection, on)

    def _add_field(self, size: Size, node: FieldNode, on: GraphQLNamedType | None) -> None:
        kind = field_type(self.schema, on, node.name.value)
        below = Size()
        if node.selection_set is not None:
            below = self.selections(node.selection_set, kind.named if kind else None)
        times = self.lists.times(node, on, kind)
        size.depth = max(size.depth, 1 + below.depth)
        work = self.lists.work(node, times) if on is self.schema.query_type else 0
        size.fields = min(CEILING, size.fields + 1 + work + times * below.fields)
        size.add(node.alias.value if node.alias else node.name.value, 1, below.overlap)


def _innermost_first(fragments: Mapping[str, FragmentDefinitionNode]) -> Iterator[str]:
    """The fragments' names so that each comes after those that it spreads."""
    spreads = {name: _spreads(fragment.selection_set) for name, fragment in fragments.items()}
    seen: set[str] = set()
    for root in fragments:
        path = [] if root in seen else [(root, iter(spreads[root]))]
        seen.add(root)
        while path:
            name, inner = path[-1]
            following = next((each for each in inner if each in spreads and each not in seen), None)
            if following is None:
                path.pop()
                yield name
            else:
                seen.add(following)
                path.append((following, iter(spreads[following])))


def _spreads(selected: SelectionSetNode) -> list[str]:
    names: list[str] = []
    stack = [selected]
    while stack:
        for selection in stack.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                names.append(selection.name.value)
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                stack.append(selection.selection_set)
    return names


@dataclass(slots=True)
class _Counts:
    aliases: int = 0
    directives: int = 0
    longest_list: int = 0

    @classmethod
    def of(cls, document: DocumentNode) -> "_Counts":
        counts = cls()
        stack: list[Node] = list(document.definitions)
        while stack:
            node = stack.pop()
            counts._count(node)
            for key in QUERY_DOCUMENT_KEYS.get(node.kind, ()):
                value = getattr(node, key)
                if isinstance(value, Node):
                    stack.append(value)
                elif isinstance(value, list | tuple):
                    stack.extend(each for each in value if isinstance(each, Node))
        return counts

    def _count(self, node: Node) -> None:
        if isinstance(node, FieldNode) and node.alias is not None:
            self.aliases += 1
        elif isinstance(node, DirectiveNode):
            self.directives += 1
        elif isinstance(node, ListValueNode):
            self.longest_list = max(self.longest_list, len(node.values))
