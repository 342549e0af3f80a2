"""What a scan has to tell: lines with the code, place and values of a message."""

from collections.abc import Iterator

from loaders.reading.protocol import write_values
from loaders.reading.scan import Position, Scan
from loaders.reading.table import column_letter
from schema.text import Text

Line = dict[str, object]

_DANISH = {
    "#DIV/0!": "#DIVISION/0!",
    "#N/A": "#I/T",
    "#NAME?": "#NAVN?",
    "#NULL!": "#NUL!",
    "#NUM!": "#NUM!",
    "#REF!": "#REFERENCE!",
    "#VALUE!": "#VÆRDI!",
}


def tell(scan: Scan, hidden: bool, most: int) -> Iterator[Line]:
    """All that is to be said about the sheet; of one fault no more than `most` cells."""
    if hidden:
        yield _line("hidden-sheet")
    yield from _tell_hidden(scan)
    merged = sorted({area.address for area in scan.merged if area.first < scan.rows})
    if merged:
        yield _line("merged-cells", count=len(merged), cells=_named(merged))
    errors = sorted(scan.errors)
    for position in errors[:most]:
        error = scan.errors[position]
        shown = Text(da=_DANISH.get(error, error), en=error)
        yield _line("error-in-cell", position, error=shown)
    yield from _more(len(errors) - most, errors[-1:])
    for position in scan.uncalculated[:most]:
        yield _line("formula-without-value", position)
    yield from _more(len(scan.uncalculated) - most, scan.uncalculated[-1:])


def _tell_hidden(scan: Scan) -> Iterator[Line]:
    """Hidden rows and columns, as far as something stands in the sheet."""
    rows = [row + 1 for row in sorted(set(scan.hidden_rows)) if row < scan.rows]
    columns = [column for column in sorted(set(scan.hidden_columns)) if column < scan.columns]
    if rows:
        yield _line("hidden-rows", count=len(rows), rows=_named([str(row) for row in rows]))
    if columns:
        letters = _named([column_letter(column) for column in columns])
        yield _line("hidden-columns", count=len(columns), columns=letters)


def _named(names: list[str], most: int = 10) -> str:
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _more(count: int, last: list[Position]) -> Iterator[Line]:
    if count > 0:
        yield _line("more-of-the-same", last[0], count=count)


def _line(code: str, position: Position | None = None, **values: object) -> Line:
    place: Line = {}
    if position is not None:
        place = {"row": position[0] + 1, "column": column_letter(position[1])}
    return {"message": code, "values": write_values(values), **place}
