"""A table of the file as a mapping sees it: where its headings stand, and which column is which."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.cells import cell_text
from loaders.did_you_mean import did_you_mean
from loaders.mapping.declared import Named, TableRule
from loaders.reading.table import Table, column_letter
from loaders.recognise import column_key
from schema.messages import Message, Place, say
from schema.names import tidy
from schema.text import Text

HEADER_WITHIN = 10
"""In how many of the first filled rows the headings are looked for."""


@dataclass
class Source:
    """A table, the row of its headings, and where each column that the mapping names stands."""

    table: Table
    header: int
    places: dict[Named, int] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    @property
    def usable(self) -> bool:
        return not any(message.kind.severity == "error" for message in self.messages)

    def rows(self) -> Iterator[int]:
        """The rows below the headings in which any of the columns is filled."""
        read = sorted(set(self.places.values()))
        for row in range(self.header + 1, len(self.table.rows)):
            cells = self.table.rows[row]
            if any(cell_text(cells[index]) for index in read):
                yield row


def holds_any(table: Table, rule: TableRule) -> bool:
    """Whether any column that the rule names is among the headings of the table."""
    return _header(table, rule) is not None


def source_of(table: Table, rule: TableRule, mapping: str) -> Source:
    """The table with the columns of the rule found in it, and what there is to say about them."""
    header = _header(table, rule)
    if header is None:
        return Source(table, 0, messages=[no_column(table, rule)])
    source = Source(table, header)
    _Finding(source, mapping).find(rule.named())
    return source


def _header(table: Table, rule: TableRule) -> int | None:
    """The row with most of the columns that the rule names, or None where no row has any."""
    wanted = {column_key(named.name) for named in rule.named()}
    if rule.header is not None:
        rows = [rule.header - table.first_row]
        rows = [row for row in rows if 0 <= row < len(table.rows)]
    else:
        filled = (i for i, row in enumerate(table.rows) if any(map(cell_text, row)))
        rows = [row for row, _ in zip(filled, range(HEADER_WITHIN), strict=False)]
    found = {row: len(wanted & _keys_in(table, row)) for row in rows}
    best = max(found, key=lambda row: (found[row], -row), default=None)
    return best if best is not None and found[best] > 0 else None


def _keys_in(table: Table, row: int) -> set[str]:
    return {column_key(cell_text(cell)) for cell in table.rows[row] if cell_text(cell)}


def no_column(table: Table, rule: TableRule) -> Message:
    """That no column of the rule stands in the table, and which was probably meant."""
    names = list(dict.fromkeys(named.name for named in rule.named()))
    first = next((row for row in table.rows if any(map(cell_text, row))), ())
    hints = (did_you_mean(tidy(cell_text(cell)), names) for cell in first if cell_text(cell))
    found = next((hint for hint in hints if hint.da), Text("", ""))
    return say("mapping-no-column", Place(table.file, table.sheet), hint=found)


class _Finding:
    """Looks for columns among the headings; each that is missing or stands twice is said once."""

    def __init__(self, source: Source, mapping: str) -> None:
        self._source = source
        self._mapping = mapping
        self._names: dict[int, str] = {}
        self._stands: dict[str, list[int]] = {}
        for index, cell in enumerate(source.table.rows[source.header]):
            if text := tidy(cell_text(cell)):
                self._names[index] = text
                self._stands.setdefault(column_key(text), []).append(index)

    def find(self, columns: Iterable[Named]) -> None:
        asked: set[str] = set()
        for named in columns:
            key = column_key(named.name)
            indexes = self._stands.get(key, [])
            if indexes:
                self._source.places[named] = indexes[0]
            if key not in asked and len(indexes) != 1:
                self._source.messages.append(self._about(named, indexes))
            asked.add(key)
        self._tell_unused()

    def _about(self, named: Named, indexes: Sequence[int]) -> Message:
        table = self._source.table
        if indexes:
            place = table.place(self._source.header, indexes[1])
            letters = {"first": column_letter(indexes[0]), "second": column_letter(indexes[1])}
            return say("column-twice", place, column=tidy(named.name), **letters)
        shown = Place(table.file, table.sheet)
        return say(
            "mapping-column-missing",
            Place(self._mapping, key=named.key),
            column=named.name,
            table=Text(shown.text("da"), shown.text("en")),
            hint=did_you_mean(named.name, self._names.values()),
        )

    def _tell_unused(self) -> None:
        read = set(self._source.places.values())
        unused = [
            f"{name} ({column_letter(i)})" for i, name in self._names.items() if i not in read
        ]
        if unused:
            place = self._source.table.place(self._source.header)
            self._source.messages.append(say("mapping-columns-unused", place, columns=unused))
