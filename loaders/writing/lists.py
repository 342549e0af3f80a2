"""The hidden sheet behind the drop-downs: one column for each list."""

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template_rows import LISTS_SHEET
from loaders.writing.choices import Choices
from loaders.writing.safe_text import safe_text
from schema.text import Language


class ChoiceLists:
    """Collects the lists that sheets ask for; each is written once."""

    def __init__(self) -> None:
        self._lists: dict[str, Choices] = {}

    def range_of(self, choices: Choices) -> str:
        """What a drop-down refers to: the name of the range that the list will have."""
        self._lists.setdefault(choices.key, choices)
        return choices.key

    def add_to(self, workbook: Workbook, language: Language) -> None:
        """Add the sheet, where only a program finds it."""
        page = workbook.create_sheet(LISTS_SHEET.to(language))
        page.sheet_state = "veryHidden"
        for column, choices in enumerate(self._lists.values(), start=1):
            workbook.defined_names[choices.key] = _written(page, column, choices)


def _written(page: Worksheet, column: int, choices: Choices) -> DefinedName:
    for row, item in enumerate(choices.items, start=1):
        cell = page.cell(row, column)
        cell.value = safe_text(item) if isinstance(item, str) else item
        if isinstance(item, str):
            cell.data_type = "s"  # also where it looks like a formula
    letter = get_column_letter(column)
    area = f"{quote_sheetname(page.title)}!${letter}$1:${letter}${len(choices.items)}"
    return DefinedName(choices.key, attr_text=area)
