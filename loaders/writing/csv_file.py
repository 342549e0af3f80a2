"""A mapping sheet as csv that a Danish spreadsheet program opens rightly: UTF-8 with a byte order
mark, semicolons, and no cell that it would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from loaders.reading.formula_guard import guard
from loaders.template_rows import labels
from loaders.writing.cells import SheetCell
from schema.sheets import Sheet
from schema.text import Language

BYTE_ORDER_MARK = "\ufeff"


def csv_file(sheet: Sheet, rows: Iterable[Sequence[SheetCell]], language: Language) -> bytes:
    """The file: the sheet's labels, then the rows. It reads back as the same sheet."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(label) for label in labels(sheet, language)])
    writer.writerows([_text(cell, language) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def _text(cell: SheetCell, language: Language) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guard(cell)
        case date():
            return cell.isoformat()
        case float():
            return str(cell).replace(".", ",") if language == "da" else str(cell)
        case _:
            return str(cell)
