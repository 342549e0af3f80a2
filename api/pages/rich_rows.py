"""The rows of rich tables as HTML. A page has thousands of things in cells, so they are put
together here, each once, and ``rich_table.html`` has what stands around them."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol, cast

from jinja2 import Environment
from markupsafe import Markup, escape

from api.pages.origin import Origin, OriginRow
from api.pages.rich_table import Item, RichCell, RichRow, RichTable
from schema.text import Language, Text

SOURCE, SHEET = Text("Kilde", "Source"), Text("ark", "sheet")
ROW, COLUMN = Text("række", "row"), Text("kolonne", "column")


class _Signs(Protocol):
    """The macros of ``parts.html`` that draw the signs beside words."""

    badge: Callable[[str, Text | str], str]
    icon_of_kind: Callable[[str], str]


class RichRows:
    """What stands in rich tables, in the language of an environment."""

    def __init__(self, environment: Environment, language: Language) -> None:
        self._environment = environment
        self._language = language
        self._source, self._sheet, self._row_word, self._column_word = (
            word.to(language) for word in (SOURCE, SHEET, ROW, COLUMN)
        )
        self._badges: dict[tuple[str, str], str] = {}
        self._kinds: dict[str, str] = {}

    @cached_property
    def _signs(self) -> _Signs:
        return cast(_Signs, self._environment.get_template("parts.html").module)

    def rows(self, table: RichTable) -> Markup:
        """The rows of a table's body."""
        traced = table.traced
        return _markup("".join([self._row(row, table.numeric, traced) for row in table.rows]))

    def item(self, item: Item) -> Markup:
        """One thing: a badge, words that lead somewhere, or words alone."""
        return _markup(self._item(item))

    def origin(self, origin: Origin, label: str | None = None) -> Markup:
        """Where something was read, folded away."""
        return _markup(self._origin(origin, label))

    def _row(self, row: RichRow, numeric: frozenset[int], traced: bool) -> str:
        first, *others = map(self._cell, row.cells)
        parts = [f'<tr>\n<th scope="row">{first}</th>\n']
        for place, cell in enumerate(others, 1):
            opened = '<td class="numeric">' if place in numeric else "<td>"
            parts.append(f"{opened}{cell}</td>\n")
        if traced:
            origin = "" if row.origin is None else self._origin(row.origin)
            parts.append(f'<td class="table__origin">{origin}</td>')
        parts.append("</tr>\n")
        return "".join(parts)

    def _cell(self, cell: RichCell) -> str:
        items = cell.items
        if len(items) == 1:
            html = f"{self._item(items[0])}\n"
        elif items:
            listed = "".join([f"<li>{self._item(each)}</li>" for each in items])
            html = f'<ul class="several">{listed}</ul>'
        else:
            html = ""
        if cell.more:
            html += _quiet(_and_more(cell.more).to(self._language))
        if cell.note is not None:
            html += _quiet(escape(self._text(cell.note)))
        return html

    def _item(self, item: Item) -> str:
        text = self._text(item.text)
        if item.badge is not None:
            return self._badge(item.badge, text)
        if item.href is None:
            return escape(text)
        link = f'<a href="{escape(item.href)}">{escape(text)}</a>'
        return link if item.kind is None else f"{self._sign(item.kind)} {link}"

    def _origin(self, origin: Origin, label: str | None = None) -> str:
        shown = self._source if label is None else escape(label)
        rows = "".join(map(self._origin_row, origin.rows))
        if origin.more:
            rows += f'<li class="quiet">{_more_rows(origin.more).to(self._language)}</li>'
        return (
            f'<details class="origin">\n<summary>{shown}</summary>\n<ul>\n{rows}</ul>\n</details>\n'
        )

    def _origin_row(self, row: OriginRow) -> str:
        html = f"<li>{escape(row.file)}"
        if row.sheet is not None:
            html += f", {self._sheet} {escape(row.sheet)}"
        if row.row is not None:
            html += f", {self._row_word} {row.row}"
        columns = " · ".join([self._column(*each) for each in row.columns])
        return f"{html}{_quiet(columns) if columns else ''}</li>\n"

    def _column(self, label: Text, letter: str | None) -> str:
        said = escape(self._text(label))
        return said if letter is None else f"{said} ({self._column_word} {escape(letter)})"

    def _badge(self, key: str, text: str) -> str:
        known = self._badges.get((key, text))
        if known is None:
            known = self._badges[key, text] = self._signs.badge(key, text)
        return known

    def _sign(self, kind: str) -> str:
        known = self._kinds.get(kind)
        if known is None:
            known = self._kinds[kind] = self._signs.icon_of_kind(kind)
        return known

    def _text(self, text: str | Text) -> str:
        return text if isinstance(text, str) else text.to(self._language)


def _and_more(count: int) -> Text:
    return Text(f"og {count} mere", f"and {count} more")


def _more_rows(count: int) -> Text:
    if count == 1:
        return Text(
            "1 række mere siger det samme eller noget ældre.",
            "1 further row says the same or something older.",
        )
    return Text(
        f"{count} rækker mere siger det samme eller noget ældre.",
        f"{count} further rows say the same or something older.",
    )


def _quiet(html: str) -> str:
    return f'<span class="quiet">{html}</span>'


def _markup(html: str) -> Markup:
    return Markup(html)  # noqa: S704 -- put together above, with everything escaped
