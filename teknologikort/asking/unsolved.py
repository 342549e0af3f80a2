"""``teknologikort ask unsolved``: what nobody here has solved, and what solves it elsewhere."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from schema.text import Text
from schema.vocabulary import PRIORITY
from teknologikort.asking.answer import UNKNOWN, Answer, Cell, Detail, Group, Point, Table
from teknologikort.asking.form import Form, first_option, form_options, left_out
from teknologikort.asking.scope import of_whom

if TYPE_CHECKING:
    from graph.unsolved import Facing, Solver, UnsolvedProblem
    from teknologikort.asking.asked import Asked, Json

_NAMED = 3
_TITLE = Text("Uløste problemer", "Unsolved problems")
_COLUMNS = (
    Text("problem", "problem"),
    Text("høj prioritet", "high priority"),
    Text("uløst hos", "unsolved in"),
    Text("løses andre steder med", "solved elsewhere with"),
    Text("på vej", "on the way"),
)
_FLAT = (
    *_COLUMNS[:2],
    Text("antal forvaltninger", "departments"),
    *_COLUMNS[2:],
    Text("problemets id", "problem id"),
)
_FACING = Text("Uløst hos", "Unsolved in")
_SOLVERS = Text("Løsninger", "Solutions")
_NONE = Text("ingen kendt løsning", "no known solution")


@click.command()
@click.argument("municipality", required=False)
@first_option(20)
@form_options
def command(form: Form, municipality: str | None, first: int) -> None:
    """Problemer, som forvaltninger står med og ikke har løst, de mest presserende først.

    \b
    Problems that departments face and have not solved, the most pressing first;
    with what solves them elsewhere.

    \b
      teknologikort ask unsolved
      teknologikort ask unsolved eksempel --first 100 --csv
    """

    def question(asked: "Asked") -> Answer:
        home = None if municipality is None else asked.find(municipality, "municipality")
        return _answer(asked.within(home), home, first)

    form.give(question)


def _answer(asked: "Asked", municipality: str | None, first: int) -> Answer:
    from graph.unsolved import unsolved_problems

    cut = unsolved_problems(asked.snapshot, municipality, first)
    asked.read(element for one in cut.items for element in elements_of(one))
    notes = left_out(len(cut.items), cut.total)
    if not cut.items:
        notes = (Text("Ingen, så vidt det er oplyst.", "None, as far as is told."),)
    return Answer(
        of_whom(asked, _TITLE, municipality),
        [unsolved_table(asked, cut.items)],
        Table(_FLAT, [_flat(asked, one) for one in cut.items]),
        asked.answered("unsolved", cut.total, [unsolved_data(asked, one) for one in cut.items]),
        [_detail(asked, one) for one in cut.items],
        notes,
    )


def elements_of(problem: "UnsolvedProblem") -> Iterator[str]:
    """All that says who faces a problem and what solves it."""
    for facing in problem.facing:
        yield from facing.elements
    for solver in problem.solvers:
        yield from solver.elements


def unsolved_table(
    asked: "Asked", problems: "Sequence[UnsolvedProblem]", title: Text | None = None
) -> Table:
    """The problems, who faces them and what solves them."""
    return Table(_COLUMNS, [_row(asked, one, _NAMED) for one in problems], title)


def _row(asked: "Asked", one: "UnsolvedProblem", most: int | None) -> Sequence[Cell]:
    facing = asked.names((each.department for each in one.facing), most)
    in_use = [each.solution for each in one.solvers if each.in_use]
    coming = [each.solution for each in one.solvers if not each.in_use and _is_coming(each)]
    solved = asked.names(in_use, most) if in_use else _NONE
    return asked.name(one.problem), one.high, facing, solved, asked.names(coming, most)


def _is_coming(solver: "Solver") -> bool:
    return bool(solver.on_the_way or solver.proposed_by)


def _flat(asked: "Asked", one: "UnsolvedProblem") -> Sequence[Cell]:
    problem, high, *rest = _row(asked, one, None)
    return problem, high, len(one.facing), *rest, one.problem


def _detail(asked: "Asked", one: "UnsolvedProblem") -> Detail:
    facing = [Point(_faced(asked, each), each.elements) for each in one.facing]
    solvers = [Point(_solved(asked, each), each.elements) for each in one.solvers]
    return Detail(
        asked.name(one.problem),
        [Group(_FACING, facing), Group(_SOLVERS, solvers)],
        [*facing, *solvers],
    )


def _faced(asked: "Asked", facing: "Facing") -> Text:
    name = asked.name(facing.department)
    word = UNKNOWN if facing.priority is None else PRIORITY.by_key[facing.priority].label
    return Text(f"{name.da} (prioritet: {word.da})", f"{name.en} (priority: {word.en})")


def _solved(asked: "Asked", solver: "Solver") -> Text:
    name = asked.name(solver.solution)
    told = [
        (solver.in_use, "i brug hos", "in use in"),
        (solver.on_the_way, "på vej hos", "on the way in"),
        (solver.proposed_by, "foreslået af", "proposed by"),
    ]
    named = [(asked.names(where), da, en) for where, da, en in told if where]
    da = ", ".join(f"{how} {where.da}" for where, how, _ in named)
    en = ", ".join(f"{how} {where.en}" for where, _, how in named)
    return Text(f"{name.da}: {da}" if da else name.da, f"{name.en}: {en}" if en else name.en)


def unsolved_data(asked: "Asked", one: "UnsolvedProblem") -> "Json":
    """A problem as JSON."""
    return {
        "problem": asked.node(one.problem),
        "high": one.high,
        "solvedElsewhere": one.solved_elsewhere,
        "facing": [
            {
                "department": asked.node(each.department),
                "priority": each.priority,
                "source": asked.source(each.elements),
            }
            for each in one.facing
        ],
        "solvers": [
            {
                "solution": asked.node(each.solution),
                "inUse": asked.nodes(each.in_use),
                "onTheWay": asked.nodes(each.on_the_way),
                "proposedBy": asked.nodes(each.proposed_by),
                "source": asked.source(each.elements),
            }
            for each in one.solvers
        ],
    }
