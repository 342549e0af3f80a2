"""What a list says of each solution, problem, technology, competence and department."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from api.pages.relation_order import STATUSES
from api.pages.rich_table import Item, RichCell
from api.pages.told import items_of
from api.pages.visit import Visit
from graph.facts import Facts
from graph.scope import Scope, scope_of
from graph.solved import held, status_of, unsolved_here
from schema.ontology import ONTOLOGY
from schema.text import Text
from schema.vocabulary import LEVEL, PRIORITY, STATUS

NOWHERE = RichCell((Item(Text("ingen", "nobody")),))
UNSOLVED = Item(Text("uløst", "unsolved"), badge="unsolved")
SOLVED = Item(Text("løst", "solved"), badge="solved")
UNFACED = Text("ingen har meldt det", "nobody has reported it")


@dataclass(frozen=True)
class Seen:
    """Who looks, and the part of the graph that the list is of."""

    visit: Visit

    @cached_property
    def scope(self) -> Scope:
        return scope_of(self.visit.snapshot, self.visit.municipality)

    @cached_property
    def departments(self) -> frozenset[str]:
        return frozenset(self.scope.nodes["department"])

    @cached_property
    def within(self) -> frozenset[str]:
        """The solutions and technologies of the part of the graph that the list is about."""
        return frozenset((*self.scope.nodes["solution"], *self.scope.nodes["technology"]))

    @cached_property
    def facts(self) -> Facts:
        return self.visit.snapshot.derived(Facts)

    @cached_property
    def states(self) -> dict[str, str]:
        """Which problems the departments face, and whether any of them has one unsolved."""
        snapshot = self.visit.snapshot
        start = snapshot.kind_range["department"].start
        rows = [snapshot.place[each] - start for each in self.scope.nodes["department"]]
        faced = np.asarray(self.facts.faces[rows].sum(axis=0)).ravel()
        unsolved = np.asarray(self.facts.unsolved[rows].sum(axis=0)).ravel()
        return {
            problem: "unsolved" if unsolved[place] else "solved"
            for place, problem in enumerate(snapshot.nodes("problem"))
            if faced[place]
        }

    def here(self, departments: Iterable[str]) -> list[str]:
        """Those of the departments that the list is about."""
        return [each for each in departments if each in self.departments]

    def links(self, nodes: Collection[str]) -> RichCell:
        """The first of the nodes by name as links; a word where there are none."""
        return self.visit.some(nodes) if nodes else NOWHERE

    def field(self, node: str, name: str) -> RichCell:
        """A structural field of a node in words; empty where it is not told."""
        value = self.visit.snapshot.value(node, name)
        field = ONTOLOGY.nodes[node.partition(":")[0]].by_name[name]
        return RichCell() if value is None else RichCell(items_of(self.visit, field, value))


def statuses(seen: Seen, solution: str) -> list[str]:
    """The statuses that a solution has in the departments of the list, in their order."""
    snapshot = seen.visit.snapshot
    using = seen.here(snapshot.incoming("USES", solution))
    found = {status_of(snapshot, department, solution) for department in using}
    return [status for status in STATUSES if status in found]


def solution_cells(seen: Seen, solution: str) -> tuple[RichCell, ...]:
    """Status, who uses it, what it solves, what it is built on."""
    snapshot = seen.visit.snapshot
    told = statuses(seen, solution)
    badges = tuple(Item(STATUS.by_key[each].label, badge=each) for each in told)
    proposing = seen.here(snapshot.incoming("PROPOSES", solution))
    if not told and proposing:
        badges = (Item(Text("foreslået", "proposed"), badge="proposed"),)
    return (
        RichCell(badges),
        seen.links(seen.here(snapshot.incoming("USES", solution)) or proposing),
        seen.links(snapshot.outgoing("SOLVES", solution)),
        seen.links(snapshot.outgoing("BUILT_ON", solution)),
    )


def problem_state(seen: Seen, problem: str) -> str | None:
    """Unsolved where any department of the list faces it unsolved, solved where all that face it
    have solved it, None where none of them faces it."""
    return seen.states.get(problem)


def problem_cells(seen: Seen, problem: str) -> tuple[RichCell, ...]:
    """Solved or not, how pressing, who faces it, what solves it somewhere."""
    snapshot = seen.visit.snapshot
    state = problem_state(seen, problem)
    facing = seen.here(snapshot.incoming("FACES", problem))
    told = {snapshot.told("FACES", each, problem, "priority") for each in facing} - {None}
    highest = max((str(each) for each in told), key=PRIORITY.codes.__getitem__, default=None)
    solvers = [
        each for each in snapshot.incoming("SOLVES", problem) if seen.facts.departments_using(each)
    ]
    marks = {"solved": (SOLVED,), "unsolved": (UNSOLVED,), None: (Item(UNFACED),)}
    urgent = () if highest is None else (Item(PRIORITY.by_key[highest].label, badge=highest),)
    return (
        RichCell(marks[state]),
        RichCell(urgent),
        seen.links(facing),
        seen.links(solvers),
    )


def technology_cells(seen: Seen, technology: str) -> tuple[RichCell, ...]:
    """What it does, how well tried it is, what is built on it, and who uses that."""
    snapshot = seen.visit.snapshot
    built = [e for e in snapshot.incoming("BUILT_ON", technology) if e in seen.within]
    using = {user for each in built for user in seen.facts.departments_using(each)}
    return (
        seen.field(technology, "kind"),
        seen.field(technology, "tried"),
        seen.links(built),
        seen.links(seen.here(using)),
    )


def competence_is_lacking(seen: Seen, competence: str) -> bool:
    """Whether something requires it and no department of the list has it."""
    snapshot = seen.visit.snapshot
    requiring = _requiring(seen, competence)
    return bool(requiring) and not seen.here(snapshot.incoming("HAS", competence))


def competence_cells(seen: Seen, competence: str) -> tuple[RichCell, ...]:
    """Who has it, the highest level, and what requires it."""
    snapshot = seen.visit.snapshot
    having = seen.here(snapshot.incoming("HAS", competence))
    levels = [int(str(snapshot.told("HAS", each, competence, "level"))) for each in having]
    highest = max(levels, default=None)
    word = None if highest is None else LEVEL.by_key[str(highest)].label
    level = "–" if word is None else Text(f"{highest} – {word.da}", f"{highest} – {word.en}")
    return (
        seen.links(having),
        RichCell((Item(level),)),
        seen.links(_requiring(seen, competence)),
    )


def _requiring(seen: Seen, competence: str) -> list[str]:
    requiring = seen.visit.snapshot.incoming("REQUIRES", competence)
    return [each for each in requiring if each in seen.within]


def department_cells(seen: Seen, department: str) -> tuple[RichCell, ...]:
    """Whom it serves, how mature it is, what it uses, and what stands unsolved."""
    snapshot = seen.visit.snapshot
    return (
        seen.field(department, "serves"),
        seen.field(department, "digital_maturity"),
        RichCell((Item(str(len(held(snapshot, department, "in_use")))),)),
        RichCell((Item(str(len(unsolved_here(snapshot, department)))),)),
    )


Cells = Callable[[Seen, str], tuple[RichCell, ...]]
