"""The first sheet of the workbook: how to fill it in."""

from collections.abc import Sequence

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template_rows import GUIDE_SHEET
from loaders.writing import style
from schema.sheets import Sheet
from schema.text import Language, Text

_TITLE = Text("Kortlægningsark", "Mapping sheets")
_LEAD = Text(
    "Fortæl, hvad I bruger, hvilke problemer det løser, og hvad der skal til. Så kan alle se, hvem "
    "der kan dele, gå sammen eller lære af hinanden.",
    "Tell what you use, which problems it solves, and what it takes. Then everybody can see who "
    "could share, join forces or learn from each other.",
)
_STEPS: Sequence[tuple[Text, Text]] = (
    (
        Text("Begynd med Status", "Begin with Status"),
        Text(
            "Skriv én række for hver løsning, som en forvaltning bruger. Fortsæt med de andre ark, "
            "når I har noget at skrive i dem; et tomt ark gør ikke noget.",
            "Write one row for each solution that a department uses. Go on with the other sheets "
            "when you have something for them; an empty sheet does no harm.",
        ),
    ),
    (
        Text("Udfyld det, I ved", "Fill in what you know"),
        Text(
            "Kun kolonner med * skal udfyldes. Lad en celle stå tom, hvis I ikke ved det: tomt "
            "betyder ukendt, ikke nej.",
            "Only columns with * must be filled in. Leave a cell empty if you do not know: empty "
            "means unknown, not no.",
        ),
    ),
    (
        Text("Skriv det samme navn overalt", "Write the same name everywhere"),
        Text(
            "Det samme navn er den samme løsning, det samme problem og så videre – også på tværs "
            "af forvaltninger. Pilen i cellen viser de navne, der findes i forvejen; nye må gerne "
            "skrives.",
            "The same name is the same solution, the same problem and so on, across departments "
            "too. The arrow in the cell shows the names that exist already; new ones are welcome.",
        ),
    ),
    (
        Text("Vælg ordene fra listen", "Choose words from the list"),
        Text(
            "Hvor der er faste ord, viser pilen dem. Hvor der må stå flere, står ordene i "
            "bemærkningen på kolonnens overskrift.",
            "Where there are fixed words the arrow shows them. Where several may stand, the words "
            "are in the note on the column's heading.",
        ),
    ),
    (
        Text("Flere i samme celle", "Several in one cell"),
        Text(
            "Sæt semikolon imellem: SMS; Chatbot. Et niveau skrives i parentes efter kompetencen: "
            "GIS (3).",
            "Put semicolons between them: SMS; Chatbot. A level stands in brackets after the "
            "competence: GIS (3).",
        ),
    ),
    (
        Text("Datoer", "Dates"),
        Text(
            "31-12-2024, december 2024 eller bare 2024.",
            "2024-12-31, December 2024 or simply 2024.",
        ),
    ),
    (
        Text("Ingen personoplysninger", "No personal data"),
        Text(
            "Skriv en funktion i stedet for en person, og aldrig et CPR-nummer.",
            "Write a function instead of a person, and never a CPR number.",
        ),
    ),
    (
        Text("De øverste rækker", "The top rows"),
        Text(
            "Den lyse række forklarer hver kolonne, og rækken i kursiv er et eksempel. De læses "
            "ikke med og må gerne slettes. Lad overskrifterne stå.",
            "The pale row explains each column, and the row in italics is an example. They are "
            "not read and may be deleted. Let the headings stand.",
        ),
    ),
    (
        Text("Når I er færdige", "When you are done"),
        Text(
            "Gem filen, og giv den til den, der samler kortlægningen. „teknologikort load FIL "
            "--dry-run“ viser, hvad der ville blive indlæst, og ændrer ikke noget.",
            "Save the file and hand it to whoever collects the mapping. “teknologikort load FILE "
            "--dry-run” shows what would be loaded and changes nothing.",
        ),
    ),
)
_SHEETS = Text("Arkene", "The sheets")
_NARROW, _WIDE = 30, 84
_FIRST_STEP = 5


def add_guide(workbook: Workbook, sheets: Sequence[Sheet], language: Language) -> None:
    """Add the guide, with a link to each of the sheets."""
    page = workbook.create_sheet(GUIDE_SHEET.to(language))
    page.sheet_view.showGridLines = False
    page.sheet_properties.tabColor = style.BRAND
    page.column_dimensions["A"].width = 3
    page.column_dimensions["B"].width = _NARROW
    page.column_dimensions["C"].width = _WIDE
    _heading(page, language)
    for number, (what, how) in enumerate(_STEPS):
        text = f"{number + 1}. {what.to(language)}"
        _line(page, _FIRST_STEP + number, text, how.to(language))
    below = _FIRST_STEP + len(_STEPS) + 1
    _section(page, below, _SHEETS.to(language))
    for row, sheet in enumerate(sheets, start=below + 1):
        _line(page, row, sheet.label.to(language), sheet.explanation.to(language))
        _link(page, row, sheet.label.to(language))
    _paper(page)


def _link(page: Worksheet, row: int, title: str) -> None:
    cell = page.cell(row, 2)
    assert isinstance(cell, Cell)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!A1")
    cell.font = style.font("075E6B", bold=True)


def _heading(page: Worksheet, language: Language) -> None:
    for row, tall in ((1, 34.0), (2, 38.0)):
        page.row_dimensions[row].height = tall
        for column in range(1, 4):
            page.cell(row, column).fill = style.HEADER_FILL
    title, lead = page.cell(1, 2, _TITLE.to(language)), page.cell(2, 2, _LEAD.to(language))
    title.font = style.font(style.WHITE, size=20, bold=True)
    title.alignment = Alignment(vertical="center")
    lead.font = style.font("C9DDE1")
    lead.alignment = style.TOP
    page.merge_cells(start_row=2, start_column=2, end_row=2, end_column=3)
    for column in range(1, 4):
        page.cell(2, column).border = style.underline(style.SUN, "thick")
    page.row_dimensions[3].height = 10
    _section(page, 4, Text("Sådan gør I", "How to do it").to(language))


def _section(page: Worksheet, row: int, text: str) -> None:
    cell = page.cell(row, 2, text)
    cell.font = style.font(style.BRAND, size=14, bold=True)
    page.row_dimensions[row].height = 26
    cell.alignment = Alignment(vertical="center")


def _line(page: Worksheet, row: int, what: str, how: str) -> None:
    for column, text in ((2, what), (3, how)):
        cell = page.cell(row, column, text)
        cell.alignment = style.TOP
        cell.font = style.font(bold=column == 2)
        cell.border = style.underline(style.LINE)
    page.row_dimensions[row].height = style.height([(what, _NARROW), (how, _WIDE)]) + 3


def _paper(page: Worksheet) -> None:
    page.page_setup.paperSize = 9
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 1
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
