"""Synergies between all departments of a municipality, or of two, as a matrix."""

from dataclasses import dataclass
from typing import get_args

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.frame import Choice
from api.pages import pair
from api.pages.addresses import PAGE_PATHS, node_path, pair_path, slug_of
from api.pages.site import Site
from api.pages.synergy_cards import heading
from api.pages.synergy_scope import departments_in
from api.pages.visit import Visit
from graph.synergy import synergies_between
from graph.synergy_kinds import DIRECTED, EXPLANATIONS, KINDS, LABELS, SynergyKind
from graph.synergy_matrix import Cell, SynergyMatrix, departments_of, synergy_matrix
from schema.text import Text
from visualisations.matrix import (
    Matrix,
    MatrixCell,
    MatrixHeading,
    MatrixLegend,
    largest_first,
    pages,
    step,
    sums,
)

AT_ONCE = 20
LISTED = 6


@dataclass(frozen=True, slots=True)
class ListedPair:
    """A pair in the list below the matrix."""

    names: str
    href: str
    points: int
    kinds: tuple[tuple[SynergyKind, Text], ...]
    sentence: Text


def routes(site: Site) -> list[BaseRoute]:
    """The matrix, and the page of a pair."""
    return [site.route(PAGE_PATHS["synergies"], show), *pair.routes(site)]


def show(visit: Visit) -> Response:
    """The matrix of the chosen municipality with itself or with another one."""
    kind = chosen_kind(visit)
    other = _other(visit)
    departments = departments_in(visit)
    others = None if other is None else departments_of(visit.snapshot, other)
    found = synergy_matrix(visit.snapshot, departments.chosen, others)
    rows, columns = _ordered(found, kind)
    page = min(visit.page_number(), pages(len(rows), AT_ONCE))
    across = min(visit.page_number("columns"), pages(len(columns), AT_ONCE))
    return visit.page(
        "synergies.html",
        "synergies",
        place=None if visit.municipality is None else visit.name(visit.municipality),
        other=None if other is None else visit.name(other),
        kind=kind,
        explanation=None if kind is None else EXPLANATIONS[kind],
        kinds=_kind_choices(visit, kind),
        withs=_municipality_choices(visit, other),
        matrix=_matrix(visit, found, kind, (rows, page), (columns, across)),
        listed=_listed(visit, found, kind),
        listed_left_out=max(0, sum(_of(cell, kind) > 0 for cell in found.cells) - LISTED),
        departments_left_out=departments.left_out,
        turned=None if other is None or kind not in DIRECTED else _turned(visit, other),
        page=page,
        row_pages=pages(len(rows), AT_ONCE),
        across=across,
        column_pages=pages(len(columns), AT_ONCE),
    )


def chosen_kind(visit: Visit) -> SynergyKind | None:
    """The kind in the address; None for all of them."""
    said = visit.query("kind")
    return next((kind for kind in get_args(SynergyKind) if kind == said), None)


def _other(visit: Visit) -> str | None:
    """The municipality to compare with."""
    said = visit.query("with")
    if said is None or visit.municipality is None:
        return None
    other = visit.known("municipality", said)
    return None if other == visit.municipality else other


def _turned(visit: Visit, other: str) -> str:
    """The same two municipalities with the other one giving."""
    own = None if visit.municipality is None else slug_of(visit.municipality)
    return visit.here(municipality=slug_of(other), page=None, columns=None, **{"with": own})


def _value(cell: Cell, kind: SynergyKind | None, giver: str) -> float | None:
    """What a cell shows with this department as the giver, where the kind has one."""
    if kind is None:
        return cell.total if cell.coverage > 0 else None
    return next(
        each.score for each in cell.scores if each.kind == kind and each.giver in {None, giver}
    )


def _of(cell: Cell, kind: SynergyKind | None) -> float:
    """What a pair stands by in the list."""
    return cell.total if kind is None else cell.score(kind) or 0.0


def _ordered(found: SynergyMatrix, kind: SynergyKind | None) -> tuple[list[str], list[str]]:
    """Rows and columns by the sum of what they show, the largest first."""

    def shown(giver: str, receiver: str) -> float:
        cell = found.cell(giver, receiver)
        return 0.0 if cell is None else _value(cell, kind, giver) or 0.0

    down = sums([shown(row, column) for column in found.columns] for row in found.rows)
    across = sums([shown(row, column) for row in found.rows] for column in found.columns)
    return (
        [found.rows[place] for place in largest_first(down, 1, len(down))],
        [found.columns[place] for place in largest_first(across, 1, len(across))],
    )


def _matrix(
    visit: Visit,
    found: SynergyMatrix,
    kind: SynergyKind | None,
    down: tuple[list[str], int],
    across: tuple[list[str], int],
) -> Matrix:
    rows, columns = _page_of(*down), _page_of(*across)
    shown = [
        _value(cell, kind, row)
        for row in rows
        for column in columns
        if (cell := found.cell(row, column)) is not None
    ]
    largest = max((value for value in shown if value is not None), default=0.0)
    return Matrix(
        "synergies",
        _caption(kind),
        _corner(kind),
        tuple(_heading(visit, column) for column in columns),
        tuple(
            (
                _heading(visit, row),
                tuple(
                    None
                    if (cell := found.cell(row, column)) is None
                    else _shown(visit, cell, (row, column), kind, largest)
                    for column in columns
                ),
            )
            for row in rows
        ),
        _legend(largest),
        len(down[0]) - len(rows),
        len(across[0]) - len(columns),
    )


def _corner(kind: SynergyKind | None) -> Text:
    if kind in DIRECTED:
        return Text(
            "Giver i rækken, modtager i kolonnen", "Giver in the row, receiver in the column"
        )
    return Text("Forvaltning", "Department")


def _page_of(departments: list[str], page: int) -> list[str]:
    return departments[(page - 1) * AT_ONCE : page * AT_ONCE]


def _heading(visit: Visit, department: str) -> MatrixHeading:
    return MatrixHeading(visit.department_name(department), node_path(department))


def _shown(
    visit: Visit, cell: Cell, ends: tuple[str, str], kind: SynergyKind | None, largest: float
) -> MatrixCell:
    value = _value(cell, kind, ends[0])
    first, second = map(visit.department_name, ends)
    href = pair_path(*ends)
    if value is None:
        story = Text(
            f"{first} og {second}: for lidt oplyst", f"{first} and {second}: too little told"
        )
        return MatrixCell("?", "too_little_known", href, story)
    parts = [
        (LABELS[each], score)
        for each in KINDS
        if (score := cell.score(each)) is not None and score > 0
    ]
    da = ", ".join(f"{label.da} {points(score)}" for label, score in parts) or "intet fundet"
    en = ", ".join(f"{label.en} {points(score)}" for label, score in parts) or "nothing found"
    story = Text(f"{first} og {second}: {da}", f"{first} and {second}: {en}")
    return MatrixCell(str(points(value)), step(value, largest), href, story)


def points(score: float) -> int:
    """A score as people read it: 0 to 100, and only nothing is 0."""
    return max(1, round(100 * score)) if score > 0 else 0


def _caption(kind: SynergyKind | None) -> Text:
    if kind is None:
        return Text("Samlet synergi, 0 til 100", "Synergy in all, 0 to 100")
    label = LABELS[kind]
    return Text(f"Synergi af slagsen „{label.da}“, 0 til 100", f"Synergy to {label.en}, 0 to 100")


def _legend(largest: float) -> tuple[MatrixLegend, ...]:
    if largest <= 0:
        return (MatrixLegend("step-0", "0", Text("intet fundet", "nothing found")),)
    return (
        MatrixLegend("step-0", "0", Text("intet fundet", "nothing found")),
        MatrixLegend("step-2", "", Text("lidt", "little")),
        MatrixLegend("step-4", "", Text("noget", "some")),
        MatrixLegend("step-6", str(points(largest)), Text("mest", "most")),
        MatrixLegend("too_little_known", "?", Text("for lidt oplyst", "too little told")),
    )


def _listed(visit: Visit, found: SynergyMatrix, kind: SynergyKind | None) -> list[ListedPair]:
    """The largest pairs, each with the most important thing its strongest kind rests on."""
    ranked = sorted(found.cells, key=lambda cell: -round(_of(cell, kind), 12))
    return [_pair(visit, cell, kind) for cell in ranked[:LISTED] if _of(cell, kind) > 0]


def _pair(visit: Visit, cell: Cell, kind: SynergyKind | None) -> ListedPair:
    known = [each for each in KINDS if cell.score(each)]
    strongest = max(known, key=lambda each: cell.score(each) or 0.0) if kind is None else kind
    answers = synergies_between(visit.snapshot, cell.department, cell.partner, [strongest])
    best = max(answers, key=lambda each: each.score or 0.0)
    names = " × ".join(map(visit.department_name, (cell.department, cell.partner)))
    return ListedPair(
        names if kind is None else visit.say(heading(visit, best)),
        pair_path(cell.department, cell.partner),
        points(_of(cell, kind)),
        tuple((each, _with_points(each, cell.score(each) or 0.0)) for each in known),
        best.evidence[0].explanation,
    )


def _with_points(kind: SynergyKind, score: float) -> Text:
    label = LABELS[kind]
    return Text(f"{label.da} {points(score)}", f"{label.en} {points(score)}")


def _kind_choices(visit: Visit, chosen: SynergyKind | None) -> tuple[Choice, ...]:
    every = Choice("", visit.say(Text("alle slags", "all kinds")), chosen is None)
    return (
        every,
        *(Choice(kind, visit.say(LABELS[kind]), kind == chosen) for kind in KINDS),
    )


def _municipality_choices(visit: Visit, other: str | None) -> tuple[Choice, ...]:
    """What to compare with: nothing to choose where all municipalities are shown."""
    if visit.municipality is None:
        return ()
    rest = [each for each in visit.snapshot.nodes("municipality") if each != visit.municipality]
    own = Choice("", visit.say(Text("hinanden", "one another")), other is None)
    named = (Choice(slug_of(each), visit.name(each), each == other) for each in rest)
    return (own, *named) if rest else ()
