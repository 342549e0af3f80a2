"""What the commands show: tables, messages and progress, in the language of the settings.

Tables are drawn where a person looks on, and are plain aligned text where a program reads.
Results go to standard output, everything about them to standard error.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from typing import TextIO

import click

from schema.message_kind import Severity
from schema.messages import Message
from schema.text import Language, Text
from teknologikort.settings import Settings

_PATIENCE = 1.0
"""Seconds before progress is shown."""
_SEVERITY: Mapping[Severity, tuple[Text, str]] = {
    "error": (Text("Fejl", "Error"), "red"),
    "warning": (Text("Advarsel", "Warning"), "yellow"),
    "note": (Text("Bemærk", "Note"), "cyan"),
}
Cell = str | Text | int | float | None
Advance = Callable[[int], None]


@dataclass(frozen=True)
class Terminal:
    """Where a command speaks, and in which language."""

    language: Language

    def word(self, text: Cell) -> str:
        """A text in the reader's language; nothing for None."""
        if isinstance(text, Text):
            return text.to(self.language)
        return "" if text is None else str(text)

    def say(self, text: Cell = "", bold: bool = False) -> None:
        """A line of the result."""
        click.secho(self.word(text), bold=bold or None)

    def tell(self, text: Cell) -> None:
        """A line about the result."""
        click.echo(self.word(text), err=True)

    def heading(self, text: Cell) -> None:
        """A line above what belongs to it."""
        click.echo()
        self.say(text, bold=True)

    def table(self, columns: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> None:
        """Rows below their headings; columns of numbers stand to the right."""
        kept = [list(row) for row in rows]
        right = [_all_numbers([row[i] for row in kept]) for i in range(len(columns))]
        heads = [self.word(column) for column in columns]
        cells = [[self.word(cell) for cell in row] for row in kept]
        if sys.stdout.isatty():
            _drawn(heads, cells, right)
        else:
            for line in _plain(heads, cells, right):
                click.echo(line)

    def messages(self, messages: Iterable[Message]) -> None:
        """Each message with its severity, place and code, the gravest first."""
        order: list[Severity] = list(_SEVERITY)
        for message in sorted(messages, key=lambda each: order.index(each.kind.severity)):
            self.message(message)

    def message(self, message: Message) -> None:
        word, colour = _SEVERITY[message.kind.severity]
        place = message.place.text(self.language)
        lead = click.style(word.to(self.language), fg=colour, bold=True)
        where = f" {place}:" if place else ":"
        code = click.style(f"[{message.code}]", dim=True)
        click.echo(f"{lead}{where} {message.text(self.language)} {code}", err=True)

    @contextmanager
    def progress(self, doing: Text, total: int | None = None) -> Iterator[Advance]:
        """Shows how far it is, after a second and only where a person looks on."""
        if not sys.stderr.isatty():
            yield _quiet
            return
        with _bar(doing.to(self.language), total, sys.stderr) as advance:
            yield advance


def terminal_of(settings: Settings) -> Terminal:
    """Where the commands speak under these settings."""
    return Terminal("en" if settings.language == "en" else "da")


def _quiet(steps: int) -> None:
    """Nobody looks on."""


def _all_numbers(cells: Sequence[Cell]) -> bool:
    told = [cell for cell in cells if cell is not None]
    return bool(told) and all(isinstance(cell, int | float) for cell in told)


def _plain(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]
) -> Iterator[str]:
    """Each row as one line, columns aligned, two blanks between them."""
    lines = [[" ".join(cell.split()) for cell in line] for line in [heads, *rows]]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        placed = zip(line, widths, right, strict=True)
        cells = [cell.rjust(width) if far else cell.ljust(width) for cell, width, far in placed]
        yield "  ".join(cells).rstrip()


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> None:
    from rich.box import SIMPLE_HEAD  # rich is imported where it is used: it takes a while
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as RichText

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for head, far in zip(heads, right, strict=True):
        table.add_column(RichText(head), justify="right" if far else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(RichText, row))
    Console(file=sys.stdout).print(table)


@contextmanager
def _bar(doing: str, total: int | None, file: TextIO) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(file=file), transient=True)
    task = bar.add_task(doing, total=total)
    patience = Timer(_PATIENCE, bar.start)
    patience.start()

    def advance(steps: int) -> None:
        bar.advance(task, steps)

    try:
        yield advance
    finally:
        patience.cancel()
        patience.join()
        bar.stop()
