"""Departments and solutions to choose from, in lists that a person can look through."""

from collections.abc import Iterable

from api.frame import Choice
from api.pages.addresses import slug_of
from api.pages.visit import Visit
from graph.synergy_matrix import departments_of
from graph.transfer_matrix import solutions_that_matter
from schema.names import municipality_of

AT_MOST = 120
"""Beyond so many a list is cut to what lies nearest; search finds the rest."""


def department_choices(visit: Visit, chosen: str, *beside: str) -> tuple[Choice, ...]:
    """All departments, or those of the municipalities of the chosen one and of those beside it."""
    departments: Iterable[str] = visit.snapshot.nodes("department")
    if len(visit.snapshot.nodes("department")) > AT_MOST:
        near = {municipality_of(each) for each in (chosen, *beside)}
        departments = [each for place in near for each in departments_of(visit.snapshot, place)]
    return tuple(
        Choice(slug_of(each), visit.department_name(each), each == chosen)
        for each in sorted(set(departments), key=visit.placed_order)
    )


def solution_choices(visit: Visit, chosen: str, department: str) -> tuple[Choice, ...]:
    """The solutions in use somewhere, or those that matter most to the department; and the chosen
    one."""
    found = solutions_that_matter(visit.snapshot, [department], AT_MOST).items
    return tuple(
        Choice(slug_of(each), visit.name(each), each == chosen)
        for each in visit.sorted_by_name(list({*found, chosen}))
    )
