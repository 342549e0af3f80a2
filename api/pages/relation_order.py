"""In which order a node's relationships are shown, and what else is worth knowing of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.pages.names import Order
from api.pages.rich_table import Item, RichCell
from api.pages.visit import Visit
from graph.facts import Facts
from graph.solved import solvers_here, status_of
from schema.names import kind_of
from schema.text import Text
from schema.vocabulary import DECISION, NECESSITY, PRIORITY

STATUSES = ("in_use", "pilot", "planned", "retired")
Ends = tuple[str, str]


def in_order(visit: Visit, relation: str, ends: Sequence[Ends], far: int) -> list[Ends]:
    """Relationships as (source, target), the weightiest first, then by the name of the far end
    (1 the target, 0 the source)."""

    def place(each: Ends) -> tuple[int, Order]:
        return _weight(visit, relation, *each), visit.placed_order(each[far])

    return sorted(ends, key=place)


def _weight(visit: Visit, relation: str, source: str, target: str) -> int:
    snapshot = visit.snapshot
    match relation:
        case "USES":
            return STATUSES.index(str(status_of(snapshot, source, target)))
        case "FACES":
            told = snapshot.told(relation, source, target, "priority")
            return 0 if told is None else -1 - PRIORITY.codes[str(told)]
        case "PROPOSES":
            told = snapshot.told(relation, source, target, "decision")
            return 0 if told is None else DECISION.codes[str(told)]
        case "HAS" | "FAMILIAR_WITH":
            told = snapshot.told(relation, source, target, "level")
            return -int(str(told or 0))
        case "REQUIRES":
            told = snapshot.told(relation, source, target, "necessity")
            return 0 if told is None else -NECESSITY.codes[str(told)]
        case _:
            return 0


@dataclass(frozen=True, slots=True)
class Derived:
    """A column that follows from the rest of the graph."""

    label: Text
    cell: Callable[[Visit, str, str], RichCell]


def derived_columns(relation: str, outgoing: bool) -> tuple[Derived, ...]:
    """The further columns of a relationship's table, seen from its source or from its target."""
    return _DERIVED.get((relation, outgoing), ())


def _solved(visit: Visit, department: str, problem: str) -> RichCell:
    solvers = solvers_here(visit.snapshot, department, problem)
    if not solvers:
        return RichCell((Item(Text("uløst", "unsolved"), badge="unsolved"),))
    return visit.few(solvers)


def _in_use(visit: Visit, solution: str, _other: str) -> RichCell:
    using = visit.snapshot.derived(Facts).departments_using(solution)
    if not using:
        return RichCell((Item(Text("ingen steder", "nowhere")),))
    return visit.few(using)


def _faced(visit: Visit, _solution: str, problem: str) -> RichCell:
    facing = visit.snapshot.incoming("FACES", problem)
    return visit.some(facing)


_SOLVED_HERE = Derived(Text("løst med", "solved with"), _solved)
_IN_USE = Derived(Text("i brug hos", "in use in"), _in_use)
_DERIVED: dict[tuple[str, bool], tuple[Derived, ...]] = {
    ("FACES", True): (_SOLVED_HERE,),
    ("FACES", False): (_SOLVED_HERE,),
    ("SOLVES", False): (_IN_USE,),
    ("BUILT_ON", False): (_IN_USE,),
    ("SOLVES", True): (Derived(Text("mærkes af", "faced by"), _faced),),
}


def kind_label(kinds: Sequence[str], names: Callable[[str], Text]) -> Text:
    """What stands at the far end, in words: ``løsning eller teknologi``."""
    texts = [names(kind) for kind in kinds]
    return Text(" eller ".join(t.da for t in texts), " or ".join(t.en for t in texts))


def far_kinds(ends: Sequence[Ends], far: int) -> list[str]:
    """The kinds at the far end, in the order in which they appear."""
    return list(dict.fromkeys(kind_of(each[far]) for each in ends))
