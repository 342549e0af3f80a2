"""The first page: what is in use, where departments can help one another, what is unsolved."""

from dataclasses import dataclass

import numpy as np
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.pages.addresses import node_path
from api.pages.purposes import departments_matrix, technologies_matrix
from api.pages.site import Site
from api.pages.synergy_cards import largest_of_each_kind
from api.pages.synergy_scope import departments_in
from api.pages.visit import Visit
from graph.lacks import Lack
from graph.naming import joined
from graph.overview import Overview, Popular, overview
from graph.scope import Scope, scope_of
from graph.snapshot import Snapshot
from graph.synergy_matrix import synergy_matrix
from graph.unsolved import Solver, UnsolvedProblem, solved_elsewhere
from schema.text import Text
from schema.vocabulary import PRIORITY
from visualisations.table import Cell, Column, Table

FIRST = 5
POPULAR = 7
NAMED = 3
IN_USE = "in_use"


@dataclass(frozen=True, slots=True)
class UnsolvedItem:
    """An unsolved problem as the first page tells of it."""

    name: str
    href: str
    priority: str | None
    priority_label: Text | None
    faced_by: Text
    elsewhere: Text


def routes(site: Site) -> list[BaseRoute]:
    """The front page."""
    return [site.route("/", show)]


def show(visit: Visit) -> Response:
    """The digital status of the chosen municipality, or of all."""
    found = _found(visit)
    departments = departments_in(visit)
    matrix = synergy_matrix(visit.snapshot, departments.chosen)
    return visit.page(
        "overview.html",
        "overview",
        place=None if visit.municipality is None else visit.name(visit.municipality),
        numbers=_numbers(found),
        using=_using(scope_of(visit.snapshot, visit.municipality)),
        under_way=_under_way(scope_of(visit.snapshot, visit.municipality)),
        popular=[_popular(visit, each) for each in found.used_by_many.items[:POPULAR]],
        pairs=len(matrix.cells),
        pairs_with_synergy=sum(cell.total > 0 for cell in matrix.cells),
        synergies=largest_of_each_kind(visit, matrix),
        departments_left_out=departments.left_out,
        unsolved=[_unsolved(visit, each) for each in found.unsolved.items[:FIRST]],
        unsolved_total=found.unsolved.total,
        solved_elsewhere=solved_elsewhere(visit.snapshot, visit.municipality),
        departments=departments_matrix(visit, found.departments),
        technologies=technologies_matrix(visit, found.technologies),
        lacks=_lacks(found.lacks),
    )


def _found(visit: Visit) -> Overview:
    """As much as is shown; of the whole graph reckoned once a revision."""
    if visit.municipality is None:
        return visit.snapshot.derived(everywhere)
    return overview(visit.snapshot, visit.municipality, POPULAR)


def everywhere(snapshot: Snapshot) -> Overview:
    """The overview of the whole graph; ask for it by ``snapshot.derived``."""
    return overview(snapshot, None, POPULAR)


def _numbers(found: Overview) -> dict[str, int]:
    """How many there are of each kind of node, and of uses by status."""
    return {count.key: count.number for count in (*found.kinds, *found.statuses)}


def _using(scope: Scope) -> tuple[int, int]:
    """How many solutions are in use, and how many departments have one."""
    uses = scope.uses.with_status(IN_USE)
    return len(np.unique(uses.solutions)), len(np.unique(uses.departments))


def _under_way(scope: Scope) -> tuple[int, int]:
    """How many further solutions are on trial, and how many more are planned."""
    in_use, on_trial, planned = (
        scope.uses.with_status(status).solutions for status in (IN_USE, "pilot", "planned")
    )
    tried = np.setdiff1d(on_trial, in_use)
    return len(tried), len(np.setdiff1d(planned, np.concatenate([in_use, tried])))


def _popular(visit: Visit, popular: Popular) -> tuple[str, str, str]:
    """A solution's name and page, and who uses it."""
    names = [visit.department_name(each) for each in popular.departments]
    return visit.name(popular.solution), node_path(popular.solution), visit.say(_listed(names))


def _unsolved(visit: Visit, unsolved: UnsolvedProblem) -> UnsolvedItem:
    names = [visit.department_name(each.department) for each in unsolved.facing]
    priorities = [each.priority for each in unsolved.facing if each.priority is not None]
    return UnsolvedItem(
        visit.name(unsolved.problem),
        node_path(unsolved.problem),
        priorities[0] if priorities else None,
        priority_label(priorities[0]) if priorities else None,
        _listed(names),
        _elsewhere(visit, [each for each in unsolved.solvers if each.in_use]),
    )


def priority_label(key: str) -> Text:
    """A priority in words that stand alone: ``høj prioritet``."""
    word = PRIORITY.by_key[key].label
    return Text(f"{word.da} prioritet", f"{word.en} priority")


def _elsewhere(visit: Visit, solvers: list[Solver]) -> Text:
    if not solvers:
        return Text("Ingen har løst det.", "Nobody has solved it.")
    best = next((each for each in solvers if each.solved_in), solvers[0])
    by = visit.name(best.solution)
    if best.solved_in:
        where = visit.department_name(best.solved_in[0])
        return Text(f"Løst hos {where} med {by}.", f"Solved in {where} with {by}.")
    where = visit.department_name(best.in_use[0])
    return Text(f"{by} hos {where} kan løse det.", f"{by} in {where} can solve it.")


def _listed(names: list[str]) -> Text:
    """Some names and how many more there are."""
    rest = len(names) - NAMED
    if rest <= 0:
        return Text(joined(names, "og"), joined(names, "and"))
    first = names[:NAMED]
    return Text(joined([*first, f"{rest} mere"], "og"), joined([*first, f"{rest} more"], "and"))


def _lacks(lacks: tuple[Lack, ...]) -> Table:
    missing = sorted((each for each in lacks if each.number), key=lambda each: -each.number)
    columns = (
        Column(Text("Det er ikke oplyst", "What is not told")),
        Column(Text("Antal", "Number"), numeric=True),
        Column(Text("Ud af", "Out of"), numeric=True),
    )
    rows = tuple(
        (
            Cell(Text(_capital(each.label.da), _capital(each.label.en))),
            Cell(str(each.number)),
            Cell(str(each.of)),
        )
        for each in missing
    )
    return Table(Text("Hvad kortlægningen mangler", "What the mapping lacks"), columns, rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
