"""The lists of departments, solutions, problems, technologies and competences."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Choice
from api.pages.addresses import PAGE_PATHS
from api.pages.list_rows import (
    Cells,
    Seen,
    competence_cells,
    competence_is_lacking,
    department_cells,
    problem_cells,
    problem_state,
    solution_cells,
    statuses,
    technology_cells,
)
from api.pages.purposes import technologies_matrix
from api.pages.rich_table import RichCell, RichRow, RichTable
from api.pages.site import Site
from api.pages.visit import Visit
from graph.tables import technologies_by_purpose
from schema.ontology import ONTOLOGY
from schema.text import Text
from schema.vocabulary import STATUS, TECHNOLOGY_KIND
from visualisations.matrix import Matrix, pages

AT_ONCE = 50
States = tuple[tuple[str, Text], ...]


def _always(_seen: Seen, _node: str, _state: str) -> bool:
    return True


@dataclass(frozen=True)
class ListOf:
    """How one kind of node is listed. ``states`` are what can be filtered by, beside words."""

    page: str
    kind: str
    columns: tuple[Text, ...]
    cells: Cells
    about: Text
    states: States = ()
    states_label: Text = field(default_factory=lambda: Text("", ""))
    is_in_state: Callable[[Seen, str, str], bool] = _always
    numeric: frozenset[int] = frozenset()


def _has_status(seen: Seen, solution: str, state: str) -> bool:
    if state == "proposed":
        return bool(seen.here(seen.visit.snapshot.incoming("PROPOSES", solution)))
    return state in statuses(seen, solution)


def _is_of_kind(seen: Seen, technology: str, state: str) -> bool:
    return seen.visit.snapshot.value(technology, "kind") == state


LISTS = (
    ListOf(
        "departments",
        "department",
        (
            Text("betjener", "serves"),
            Text("digital modenhed", "digital maturity"),
            Text("løsninger i brug", "solutions in use"),
            Text("uløste problemer", "unsolved problems"),
        ),
        department_cells,
        Text("Hvem de er til for, og hvor langt de er.", "Whom they serve, and how far they are."),
        numeric=frozenset({3, 4}),
    ),
    ListOf(
        "solutions",
        "solution",
        (
            Text("status", "status"),
            Text("hos", "in"),
            Text("løser", "solves"),
            Text("er bygget på", "is built on"),
        ),
        solution_cells,
        Text("Det, der er i brug, på vej eller foreslået.", "What is in use, coming or proposed."),
        (
            *((word.key, word.label) for word in STATUS),
            ("proposed", Text("foreslået", "proposed")),
        ),
        Text("Status", "Status"),
        _has_status,
    ),
    ListOf(
        "problems",
        "problem",
        (
            Text("løst?", "solved?"),
            Text("prioritet", "priority"),
            Text("mærkes af", "faced by"),
            Text("løses et sted med", "solved somewhere with"),
        ),
        problem_cells,
        Text(
            "Et problem er uløst, når blot én af dem, der mærker det, ikke har løst det.",
            "A problem is unsolved when even one of those who face it has not solved it.",
        ),
        (("unsolved", Text("uløst", "unsolved")), ("solved", Text("løst", "solved"))),
        Text("Løst eller uløst", "Solved or unsolved"),
        lambda seen, problem, state: problem_state(seen, problem) == state,
    ),
    ListOf(
        "technologies",
        "technology",
        (
            Text("teknologitype", "kind of technology"),
            Text("afprøvethed", "how well tried"),
            Text("løsninger", "solutions"),
            Text("i brug hos", "in use in"),
        ),
        technology_cells,
        Text("Det, løsningerne er bygget på.", "What the solutions are built on."),
        tuple((word.key, word.label) for word in TECHNOLOGY_KIND),
        Text("Teknologitype", "Kind of technology"),
        _is_of_kind,
    ),
    ListOf(
        "competences",
        "competence",
        (
            Text("findes hos", "held by"),
            Text("højeste niveau", "highest level"),
            Text("kræves af", "required by"),
        ),
        competence_cells,
        Text(
            "Det, mennesker skal kunne for at drive eller bruge løsningerne.",
            "What people must be able to do to run or use the solutions.",
        ),
        (("lacking", Text("kræves, men findes ikke", "required, but nobody has it")),),
        Text("Vis", "Show"),
        lambda seen, competence, _state: competence_is_lacking(seen, competence),
    ),
)


def routes(site: Site) -> list[BaseRoute]:
    """A page for each list."""
    return [site.route(PAGE_PATHS[each.page], _page(each)) for each in LISTS]


def _page(listed: ListOf) -> Callable[[Visit], Response]:
    return lambda visit: show(visit, listed)


def show(visit: Visit, listed: ListOf) -> Response:
    """A page of the list, of the chosen municipality, filtered by words and state."""
    seen = Seen(visit)
    state = visit.query("state")
    if state not in {key for key, _ in listed.states}:
        state = None
    nodes = _found(seen, listed, state)
    count = pages(len(nodes), AT_ONCE)
    page = min(visit.page_number(), count)
    shown = nodes[(page - 1) * AT_ONCE : page * AT_ONCE]
    kind = ONTOLOGY.nodes[listed.kind]
    return visit.page(
        "list.html",
        listed.page,
        kind=kind,
        about=listed.about,
        place=None if visit.municipality is None else visit.name(visit.municipality),
        table=_table(seen, listed, shown),
        total=len(nodes),
        whole=len(_all(seen, listed)),
        page=page,
        last_page=count,
        words=visit.query("words") or "",
        states_label=listed.states_label,
        states=_choices(visit, listed, state),
        matrix=_purposes(seen) if listed.kind == "technology" else None,
    )


def _all(seen: Seen, listed: ListOf) -> Sequence[str]:
    """The nodes of the list; of a municipality's problems those that its departments face."""
    nodes = seen.scope.nodes[listed.kind]
    if listed.kind != "problem" or seen.visit.municipality is None:
        return nodes
    return tuple(each for each in nodes if problem_state(seen, each) is not None)


def _found(seen: Seen, listed: ListOf, state: str | None) -> list[str]:
    visit = seen.visit
    nodes = _all(seen, listed)
    if words := visit.query("words"):
        index = visit.site.server.live.index(visit.snapshot)
        hits = {hit.node for hit in index.search(words, (listed.kind,), None).items}
        nodes = tuple(each for each in nodes if each in hits)
    if state is not None:
        nodes = tuple(each for each in nodes if listed.is_in_state(seen, each, state))
    return visit.sorted_by_name(nodes)


def _table(seen: Seen, listed: ListOf, nodes: list[str]) -> RichTable:
    kind = ONTOLOGY.nodes[listed.kind]
    notes = _functions(seen, nodes) if listed.kind == "solution" else {}
    rows = tuple(
        RichRow(
            (
                RichCell(seen.visit.items([node]), notes.get(node)),
                *listed.cells(seen, node),
            )
        )
        for node in nodes
    )
    return RichTable("list", kind.plural, (kind.name, *listed.columns), rows, listed.numeric)


def _functions(seen: Seen, solutions: list[str]) -> Mapping[str, str]:
    details = seen.visit.site.server.live.store.details(solutions)
    return {
        node: str(fields["function"]) for node, fields in details.items() if "function" in fields
    }


def _choices(visit: Visit, listed: ListOf, state: str | None) -> tuple[Choice, ...]:
    if not listed.states:
        return ()
    every = Choice("", visit.say(Text("alle", "all")), state is None)
    return (every, *(Choice(key, visit.say(label), key == state) for key, label in listed.states))


def _purposes(seen: Seen) -> Matrix:
    return technologies_matrix(seen.visit, technologies_by_purpose(seen.scope), AT_ONCE)
