"""What is used for which of the five purposes, as matrices."""

from collections.abc import Callable

from api.pages.addresses import node_path
from api.pages.visit import Visit
from graph.tables import CrossTable
from schema.text import Text
from visualisations.matrix import Matrix, MatrixCell, MatrixHeading, MatrixLegend, step

ROWS = 17
SHORT = {
    "service": Text("Borgerservice", "Citizen service"),
    "process": Text("Processer og arbejdsgange", "Processes and workflows"),
    "wellbeing": Text("Trivsel og kompetencer", "Wellbeing and competences"),
    "resources": Text("Brug af ressourcer", "Use of resources"),
    "data": Text("Brug af data", "Use of data"),
}
"""The five purposes, short enough to stand over a column."""
UNTOLD = Text("Formål ikke oplyst", "No purpose told")


def departments_matrix(visit: Visit, table: CrossTable) -> Matrix:
    """Departments × purposes."""
    caption = Text(
        "Hvad forvaltningerne bruger løsninger til", "What departments use solutions for"
    )
    corner = Text("Antal løsninger", "Number of solutions")
    return _matrix(visit, table, "departments", caption, corner, visit.department_name)


def technologies_matrix(visit: Visit, table: CrossTable, most: int = ROWS) -> Matrix:
    """Technologies × purposes; ``most`` of those that are used."""
    caption = Text("Hvad teknologierne bruges til", "What technologies are used for")
    corner = Text("Antal anvendelser", "Number of uses")
    return _matrix(visit, table, "technologies", caption, corner, visit.name, most)


def _matrix(
    visit: Visit,
    table: CrossTable,
    id_: str,
    caption: Text,
    corner: Text,
    name: Callable[[str], str],
    most: int = ROWS,
) -> Matrix:
    untold = any(table.untold)
    counts = [
        (*row, silent) if untold else row
        for row, silent in zip(table.counts, table.untold, strict=True)
    ]
    used = [place for place, total in enumerate(table.totals) if total][:most]
    largest = max((count for place in used for count in counts[place]), default=0)
    labels = [SHORT[key] for key in table.columns] + ([UNTOLD] if untold else [])
    rows = tuple(
        (
            MatrixHeading(name(table.rows[place]), node_path(table.rows[place])),
            tuple(MatrixCell(str(count), step(count, largest)) for count in counts[place]),
        )
        for place in used
    )
    columns = tuple(MatrixHeading(visit.say(label)) for label in labels)
    return Matrix(
        id_, caption, corner, columns, rows, _legend(largest), len(table.rows) - len(used)
    )


def _legend(largest: int) -> tuple[MatrixLegend, ...]:
    if not largest:
        return ()
    most = Text("flest", "most")
    return (
        MatrixLegend("step-0", "0", Text("ingen", "none")),
        MatrixLegend("step-1", "1", Text("få", "few")),
        MatrixLegend(step(largest, largest), str(largest), most),
    )
