"""The three forms of an answer: text for the terminal, csv for spreadsheets, JSON for programs."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence

import click

from graph.provenance import SayingRow
from loaders.reading.formula_guard import guard
from schema.text import Language, Text
from teknologikort.asking.answer import UNKNOWN, Amount, Answer, Cell, Detail, Share, Table
from teknologikort.asking.asked import Asked
from teknologikort.asking.numbers import decimal, percent
from teknologikort.terminal import Cell as Shown
from teknologikort.terminal import Terminal

_DECIMALS = 4
_BYTE_ORDER_MARK = "\ufeff"
_EVIDENCE = Text("grundlag", "evidence")
_SOURCES = Text("kilder", "sources")


def show(terminal: Terminal, asked: Asked, answer: Answer, evidence: bool) -> None:
    """The answer as text, with what stands behind it where that is asked for."""
    terminal.say(answer.title, bold=True)
    if answer.lead is not None:
        terminal.say(answer.lead)
    for table in answer.tables:
        if table.title is not None:
            terminal.heading(table.title)
        if table.rows:
            rows = [[shown(cell, asked.language) for cell in row] for row in table.rows]
            terminal.table(table.columns, rows)
    for detail in answer.details if evidence or answer.in_full else ():
        if detail.says_something():
            terminal.say()
            if detail.title != answer.title:
                terminal.say(detail.title, bold=True)
            _show_detail(terminal, asked, detail, evidence)
    if answer.notes:
        terminal.tell("")
    for note in answer.notes:
        terminal.tell(note)


def _show_detail(terminal: Terminal, asked: Asked, detail: Detail, evidence: bool) -> None:
    parts = () if detail.parts is None else (detail.parts,)
    for group in (*parts, *detail.groups, *(detail.on_request if evidence else ())):
        if group.points:
            terminal.say(Text(f"  {group.heading.da}:", f"  {group.heading.en}:"))
        for point in group.points:
            terminal.say(Text(f"    {point.says.da}", f"    {point.says.en}"))
            for source in asked.sources(point.elements) if evidence else ():
                terminal.say(f"      ({source_text(source, asked.language)})")


def source_text(source: SayingRow, language: Language) -> str:
    """A source as people read it: file, sheet, row, columns."""
    said = [source.file] if source.file is not None else []
    if source.sheet is not None:
        said.append(Text(f"arket „{source.sheet}“", f"sheet “{source.sheet}”").to(language))
    if source.row is not None:
        said.append(Text(f"række {source.row}", f"row {source.row}").to(language))
    if source.columns:
        letters = ", ".join(source.columns)
        said.append(Text(f"kolonne {letters}", f"column {letters}").to(language))
    return ", ".join(said)


def shown(cell: Cell, language: Language) -> Shown:
    """A cell as people read it: shares as percent, the unknown by that name."""
    match cell:
        case Share(value) | Amount(value) if value is None:
            return UNKNOWN
        case Share(value) if value is not None:
            return percent(value, language)
        case Amount(value) if value is not None:
            return decimal(value, language, 2)
        case _:
            return cell  # type: ignore[return-value]


def write_csv(asked: Asked, answer: Answer, evidence: bool) -> None:
    """The answer as one table: byte order mark, semicolons, the unknown by that name; with what
    each row rests on as two more columns where the evidence is asked for."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    table = _with_evidence(asked, answer) if evidence and answer.details else answer.flat
    writer.writerow([guard(asked.say(column)) for column in table.columns])
    writer.writerows([_csv(cell, asked.language) for cell in row] for row in table.rows)
    click.echo((_BYTE_ORDER_MARK + file.getvalue()).encode(), nl=False)


def _with_evidence(asked: Asked, answer: Answer) -> Table:
    """Each row of the flat table with the evidence and the sources of its detail."""
    rows: list[Sequence[Cell]] = []
    for row, detail in zip(answer.flat.rows, answer.details, strict=True):
        said = detail.evidence
        sources = asked.sources([element for point in said for element in point.elements])
        where = [source_text(source, asked.language) for source in sources]
        rows.append([*row, _joined(asked.say(point.says) for point in said), _joined(where)])
    return Table([*answer.flat.columns, _EVIDENCE, _SOURCES], rows)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _csv(cell: Cell, language: Language) -> str:
    match cell:
        case Share(value) | Amount(value):
            unknown = UNKNOWN.to(language)
            return unknown if value is None else _number(value, language)
        case Text():
            return guard(cell.to(language))
        case str():
            return guard(cell)
        case _:
            return "" if cell is None else str(cell)


def _number(value: float, language: Language) -> str:
    text = f"{round(value, _DECIMALS):g}"
    return text.replace(".", ",") if language == "da" else text


def write_json(answer: Answer) -> None:
    """All of the answer, as `docs/command-line.md` describes it."""
    json.dump(answer.data, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")
