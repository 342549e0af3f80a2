"""One mapping sheet in the workbook: its top rows, its drop-downs, and any rows of data."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template_rows import example, explanations, is_required, labels
from loaders.writing import style
from loaders.writing.cells import SheetCell
from loaders.writing.choices import Names, choices_of, words_of
from loaders.writing.lists import ChoiceLists
from loaders.writing.safe_text import safe_text
from schema.field import FieldType
from schema.sheets import Column, FieldColumn, Sheet
from schema.text import Language, Text

LONGEST_CELL = 32_767
"""Characters in a cell of Excel."""
LAST_ROW = 5_000
"""How far down the drop-downs reach, or as far as there are rows."""
_DATES = {"da": "dd-mm-yyyy", "en": "yyyy-mm-dd"}
_AS_TYPED = "@"
_WRONG = Text("Vælg fra listen", "Choose from the list")
_NUMBER = Text("Skriv et tal", "Write a number")
_NUMBER_FROM_TO = Text("Skriv et tal fra {} til {}.", "Write a number from {} to {}.")
_ONE_OF = Text(
    "Her kan kun stå et af ordene på listen. Pilen i cellen viser dem.",
    "Only one of the words on the list can stand here. The arrow in the cell shows them.",
)
_SOME_OF = Text(
    "Skriv et eller flere af disse ord med semikolon imellem:",
    "Write one or more of these words with semicolons between them:",
)


class Written(NamedTuple):
    """How many rows of data were written, and how many texts had to be cut."""

    rows: int
    cut: int


def add_page(
    workbook: Workbook,
    sheet: Sheet,
    language: Language,
    names: Names,
    lists: ChoiceLists,
    rows: Iterable[Sequence[SheetCell]] | None,
) -> Written:
    """Add the sheet: with an example to fill in after where ``rows`` is None, else with these."""
    page = workbook.create_sheet(sheet.label.to(language))
    page.sheet_properties.tabColor = style.TABS.get(sheet.key, style.BRAND)
    _columns(page, sheet)
    _header(page, sheet, language)
    _explain(page, sheet, language)
    if rows is None:
        _example(page, sheet, language)
        written = Written(0, 0)
    else:
        written = _data(page, rows, _DATES[language])
    last = max(LAST_ROW, page.max_row)
    for index, column in enumerate(sheet.columns, start=1):
        area = f"{get_column_letter(index)}3:{get_column_letter(index)}{last}"
        check = _check(column, language, names, lists)
        if check is not None:
            check.add(area)
            page.add_data_validation(check)
    _view(page, sheet)
    return written


def _columns(page: Worksheet, sheet: Sheet) -> None:
    """Widths, and how cells look that nobody has filled in yet."""
    for index, column in enumerate(sheet.columns, start=1):
        dimension = page.column_dimensions[get_column_letter(index)]
        dimension.width = style.width(column)
        dimension.alignment = style.TOP
        dimension.font = style.font()
        if isinstance(column, FieldColumn) and column.field.type is FieldType.TEXT:
            dimension.number_format = _AS_TYPED  # 0101 and 27.36 stay as they are typed


def _header(page: Worksheet, sheet: Sheet, language: Language) -> None:
    texts = [text[:1].upper() + text[1:] for text in labels(sheet, language)]
    for index, (column, text) in enumerate(zip(sheet.columns, texts, strict=True), start=1):
        cell = page.cell(1, index, text)
        cell.font, cell.fill, cell.alignment = style.HEADER_FONT, style.HEADER_FILL, style.MIDDLE
        cell.border = style.REQUIRED_LINE if is_required(column) else style.PLAIN_LINE
        words = words_of(column, language)
        if words:
            cell.comment = _comment(words, language)
    page.row_dimensions[1].height = max(30.0, _tall(sheet, texts, 11))


def _comment(words: Sequence[str], language: Language) -> Comment:
    text = "\n".join([_SOME_OF.to(language), *(f"• {word}" for word in words)])
    return Comment(text, "teknologikort", height=40 + 20 * len(words), width=320)


def _explain(page: Worksheet, sheet: Sheet, language: Language) -> None:
    texts = explanations(sheet, language)
    for index, text in enumerate(texts, start=1):
        cell = page.cell(2, index, text)
        cell.font, cell.fill, cell.alignment = style.NOTE_FONT, style.NOTE_FILL, style.TOP
        cell.border = style.ROW_LINE
    page.row_dimensions[2].height = _tall(sheet, texts, 9)


def _example(page: Worksheet, sheet: Sheet, language: Language) -> None:
    cells = example(sheet, language)
    for index, value in enumerate(cells, start=1):
        cell = _cell(page, 3, index)
        _put(cell, value, _DATES[language])
        cell.font, cell.fill, cell.alignment = style.EXAMPLE_FONT, style.EXAMPLE_FILL, style.TOP
        cell.border = style.ROW_LINE
    page.row_dimensions[3].height = _tall(sheet, ["" if c is None else str(c) for c in cells], 11)


def _tall(sheet: Sheet, texts: Sequence[str], size: float) -> float:
    widths = [style.width(column) for column in sheet.columns]
    return style.height(list(zip(texts, widths, strict=True)), size)


def _data(page: Worksheet, rows: Iterable[Sequence[SheetCell]], dates: str) -> Written:
    count = cut = 0
    for count, row in enumerate(rows, start=1):
        for index, value in enumerate(row, start=1):
            if value is not None:
                cell = _cell(page, count + 2, index)
                cut += _put(cell, value, dates)
                cell.alignment = style.TOP
    return Written(count, cut)


def _cell(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    assert isinstance(cell, Cell)  # the sheet has no merged cells
    return cell


def _put(cell: Cell, value: SheetCell, dates: str) -> bool:
    """Write a value so that it stays what it is: no text becomes a formula or an error. Tells
    whether it had to be cut."""
    if isinstance(value, str):
        plain = safe_text(value)
        cell.value = plain[:LONGEST_CELL]
        cell.data_type = "s"
        cell.number_format = _AS_TYPED
        return len(plain) > LONGEST_CELL
    cell.value = value
    if isinstance(value, date):
        cell.number_format = dates
    return False


def _check(
    column: Column, language: Language, names: Names, lists: ChoiceLists
) -> DataValidation | None:
    """What may be chosen or typed in a column's cells."""
    choices = choices_of(column, language, names)
    if choices is not None:
        check = DataValidation("list", formula1=lists.range_of(choices), allow_blank=True)
        check.showErrorMessage = choices.closed
        check.errorTitle, check.error = _WRONG.to(language), _ONE_OF.to(language)
        return check
    if isinstance(column, FieldColumn) and column.field.type in _NUMBERS:
        return _number_check(column, language)
    return None


_NUMBERS = {FieldType.INTEGER: "whole", FieldType.NUMBER: "decimal"}


def _number_check(column: FieldColumn, language: Language) -> DataValidation | None:
    low, high = column.field.minimum, column.field.maximum
    if low is None or high is None:
        return None
    check = DataValidation(
        _NUMBERS[column.field.type],  # type: ignore[arg-type]
        operator="between",
        formula1=f"{low:.0f}",
        formula2=f"{high:.0f}",
        allow_blank=True,
        showErrorMessage=True,
    )
    check.errorTitle = _NUMBER.to(language)
    check.error = _NUMBER_FROM_TO.to(language).format(f"{low:.0f}", f"{high:.0f}")
    return check


def _view(page: Worksheet, sheet: Sheet) -> None:
    """The header stays in sight; on wide sheets so do the names of the row."""
    wide = len(sheet.columns) > 2 * len(sheet.names)
    page.freeze_panes = page.cell(2, len(sheet.names) + 1 if wide else 1).coordinate
    page.sheet_view.zoomScale = 100
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth = style.pages_across(sheet.columns)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
