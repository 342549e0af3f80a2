"""Departments × the solutions that matter most to them, coloured by what a transfer would be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from api.pages import card
from api.pages.addresses import PAGE_PATHS, card_path, node_path
from api.pages.site import Site
from api.pages.synergy_scope import departments_in
from api.pages.visit import Visit
from graph.outcome import Outcome
from graph.transfer import GROUPS, WORTH, transfer
from graph.transfer_card import transfer_card
from graph.transfer_matrix import Cell, TransferMatrix, solutions_that_matter, transfer_matrix
from graph.transfer_order import ORDER
from schema.text import Text
from visualisations.matrix import (
    Matrix,
    MatrixCell,
    MatrixHeading,
    MatrixLegend,
    largest_first,
    pages,
    sums,
)

ROWS = 20
COLUMNS = 15
LISTED = 6
SHORT = {
    "take_over": Text("hel", "whole"),
    "adapt": Text("tilpas", "adapt"),
    "other_technology": Text("anden", "other"),
    "learn_from": Text("lær", "learn"),
    "already_there": Text("her", "here"),
    "not_for_them": Text("–", "–"),
    "too_little_known": Text("?", "?"),
}
"""What stands in a cell; the legend says it in full."""
CAPTION = Text(
    "Hvad det ville være at tage løsningen i brug her",
    "What it would be to take the solution into use here",
)


@dataclass(frozen=True, slots=True)
class ListedTransfer:
    """A transfer in the list below the matrix; ``points`` is the fit, 0 to 100."""

    solution: str
    department: str
    href: str
    outcome: Outcome
    points: int
    sentence: Text | None


def routes(site: Site) -> list[BaseRoute]:
    """The matrix, and the card of a solution and a department."""
    return [site.route(PAGE_PATHS["transfer"], show), *card.routes(site)]


def show(visit: Visit) -> Response:
    """The matrix of the chosen municipality's departments, a page of solutions at a time."""
    departments = departments_in(visit)
    column = visit.page_number("columns")
    found = solutions_that_matter(visit.snapshot, departments.chosen, column * COLUMNS)
    column = min(column, pages(found.total, COLUMNS))
    solutions = found.items[(column - 1) * COLUMNS : column * COLUMNS]
    answers = transfer_matrix(visit.snapshot, departments.chosen, solutions)
    row = min(visit.page_number(), pages(len(departments.chosen), ROWS))
    rows = largest_first(sums(map(_worths, answers.cells)), row, ROWS)
    return visit.page(
        "transfers.html",
        "transfer",
        place=None if visit.municipality is None else visit.name(visit.municipality),
        matrix=_matrix(visit, answers, rows),
        more=found.total - len(solutions),
        listed=list(_listed(visit, answers, rows)),
        departments_left_out=departments.left_out,
        page=row,
        row_pages=pages(len(departments.chosen), ROWS),
        across=column,
        column_pages=pages(found.total, COLUMNS),
    )


def _worths(cells: Sequence[Cell]) -> Iterator[float]:
    for cell in cells:
        yield WORTH.get(cell.outcome, 0.0) * (cell.score or 0.0)


def _matrix(visit: Visit, answers: TransferMatrix, rows: Sequence[int]) -> Matrix:
    return Matrix(
        "transfers",
        CAPTION,
        Text("Forvaltning", "Department"),
        tuple(_heading(visit.name(each), each) for each in answers.solutions),
        tuple(
            (
                _heading(
                    visit.department_name(answers.departments[place]), answers.departments[place]
                ),
                tuple(
                    _cell(visit, answers.departments[place], solution, cell)
                    for solution, cell in zip(answers.solutions, answers.cells[place], strict=True)
                ),
            )
            for place in rows
        ),
        tuple(MatrixLegend(each.key, SHORT[each.key], each.label) for each in ORDER),
        len(answers.departments) - len(rows),
    )


def _heading(name: str, node: str) -> MatrixHeading:
    return MatrixHeading(name, node_path(node))


def _cell(visit: Visit, department: str, solution: str, cell: Cell) -> MatrixCell:
    who, what = visit.department_name(department), visit.name(solution)
    da, en = cell.outcome.label.da, cell.outcome.label.en
    if cell.score is not None and cell.outcome not in GROUPS:
        fit = round(100 * cell.score)
        da, en = f"{da}, egnethed {fit} %", f"{en}, fit {fit}%"
    story = Text(f"{what} hos {who}: {da}", f"{what} in {who}: {en}")
    href = card_path(solution, department)
    return MatrixCell(SHORT[cell.outcome.key], cell.outcome.key, href, story)


def _listed(visit: Visit, answers: TransferMatrix, rows: Sequence[int]) -> Iterator[ListedTransfer]:
    """The most obvious of the transfers that are shown, each with what it could gain."""
    found = [
        (ORDER.index(cell.outcome), -(cell.score or 0.0), solution, answers.departments[place])
        for place in rows
        for solution, cell in zip(answers.solutions, answers.cells[place], strict=True)
        if cell.outcome not in GROUPS
    ]
    for rank, score, solution, department in sorted(found)[:LISTED]:
        told = transfer_card(visit.snapshot, transfer(visit.snapshot, solution, department))
        yield ListedTransfer(
            visit.name(solution),
            visit.department_name(department),
            card_path(solution, department),
            ORDER[rank],
            round(-100 * score),
            told.potential[0] if told.potential else None,
        )
