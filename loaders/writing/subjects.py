"""Which rows each sheet has for a part of the graph, by the nodes that a row names."""

from collections.abc import Iterator, Mapping

from graph.excerpt import Excerpt
from schema.names import kind_of, municipality_of
from schema.ontology import ONTOLOGY
from schema.sheets import SHEETS, NameColumn, Sheet

Subject = Mapping[str, str]
"""The nodes that a row names, by the key of the column."""

PARENT = "parent"
NAME = "name"
NAMES = "names"


def subjects(graph: Excerpt, sheet: Sheet) -> Iterator[Subject]:
    """What each row of the sheet is about."""
    if sheet.key == NAMES:
        return map(_naming, _named_anew(graph))
    if sheet.relation is not None:
        return _related(graph, sheet, sheet.relation)
    kind = next(str(name.kind) for name in reversed(sheet.names) if name.required)
    return (_standing(graph, node) for node in graph.nodes[kind])


def _related(graph: Excerpt, sheet: Sheet, relation: str) -> Iterator[Subject]:
    """A row for each relationship; and where a row may name the target alone, one for each that
    no relationship leads to."""
    declared = ONTOLOGY.relations[relation]
    (source,), (target,) = declared.sources, declared.targets
    pairs = graph.relations[relation]
    for department, node in pairs:
        yield {**_standing(graph, department), target: node}
    column = sheet.by_key[source]
    if isinstance(column, NameColumn) and not column.required:
        reached = {node for _, node in pairs}
        yield from ({target: node} for node in graph.nodes[target] if node not in reached)


def _standing(graph: Excerpt, node: str) -> Subject:
    """A node with what it stands in: a department's municipality and parent."""
    if kind_of(node) != "department":
        return {kind_of(node): node}
    parent = graph.fields(node).get(PARENT)
    above = {} if parent is None else {PARENT: str(parent)}
    return {"municipality": municipality_of(node), "department": node, **above}


def _naming(node: str) -> Subject:
    home = {"municipality": municipality_of(node)} if kind_of(node) == "department" else {}
    return {**home, NAME: node}


def _named_anew(graph: Excerpt) -> Iterator[str]:
    """The nodes of which only the sheet Names can tell something, or that they exist at all."""
    with_row, in_list = _with_row(graph), _in_list(graph)
    for kind, nodes in graph.nodes.items():
        can_tell = [field for field in ONTOLOGY.nodes[kind].fields if NAMES in field.sheets]
        alone = [field for field in can_tell if field.sheets == (NAMES,)]
        for node in nodes:
            told = graph.fields(node)
            wanted = alone if node in with_row else can_tell
            if any(field.name in told for field in wanted) or node not in with_row | in_list:
                yield node


def _with_row(graph: Excerpt) -> set[str]:
    """The nodes that a row of another sheet names."""
    return {
        node
        for sheet in SHEETS
        if sheet.key != NAMES
        for subject in subjects(graph, sheet)
        for node in subject.values()
    }


def _in_list(graph: Excerpt) -> set[str]:
    """The nodes that stand in a list of another sheet."""
    relations = {
        link.relation for sheet in SHEETS for column in sheet.links for link in column.links
    }
    return {target for relation in relations for _, target in graph.relations[relation]}
