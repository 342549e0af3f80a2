"""Departments that would be part of each other in a ring."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.rings import rings
from loaders.known import PARENT
from loaders.shown import NameOf
from loaders.statements import Draft
from schema.messages import Place, say
from schema.records import Statement


def states_parents(drafts: Iterable[Draft]) -> bool:
    """Whether any row says what a department is part of."""
    return any(said.field == PARENT for draft in drafts for said in draft.statements)


def refuse_rings(drafts: Sequence[Draft], known: Mapping[str, str], name_of: NameOf) -> bool:
    """Refuse the rows that, together with what is ``known`` of who is part of whom, make a
    department part of itself. Returns whether there are such rows."""
    found = False
    said = {
        statement.element: str(statement.value)
        for draft in drafts
        for statement in draft.statements
        if statement.field == PARENT
    }
    parents = {**known, **said}
    for ring in rings(parents, said):
        names = " > ".join(name_of(department) for department in (*ring, ring[0]))
        edges = {(department, parents[department]) for department in ring}
        for draft, statement in _rows_of(drafts, edges):
            at = draft.row.place
            place = Place(at.file, at.sheet, at.row, statement.column)
            draft.messages.append(say("part-of-ring", place, ring=names))
            found = True
    return found


def _rows_of(
    drafts: Sequence[Draft], edges: set[tuple[str, str]]
) -> Iterator[tuple[Draft, Statement]]:
    """The rows that say one of these, each once."""
    for draft in drafts:
        for statement in draft.statements:
            if statement.field == PARENT and (statement.element, str(statement.value)) in edges:
                yield draft, statement
                break
