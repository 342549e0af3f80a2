"""From the tables of a file to the sheets that a mapping makes of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.cells import cell_text
from loaders.did_you_mean import did_you_mean
from loaders.mapping.choosing import Identity, reason_to_leave_out, superseded
from loaders.mapping.declared import Condition, Named, TableRule, Target
from loaders.mapping.source import Source, holds_any, no_column, source_of
from loaders.mapping.values import Made, identity, made
from loaders.reading.table import Cell, Table, column_letter
from loaders.recognise import Origin, RecognisedSheet, Recognition
from loaders.shown import shown_place
from schema.messages import Message, Place, say
from schema.names import tidy


def recognise_by(rules: Sequence[TableRule], mapping: str, tables: Sequence[Table]) -> Recognition:
    """The sheets that the rules of a mapping (the name of its file) make of a file's tables."""
    chosen = {i: rule for i, table in enumerate(tables) if (rule := _rule_of(table, rules, tables))}
    sheets: list[RecognisedSheet] = []
    left_out: list[Table] = [] if chosen else list(tables)
    messages = list(_about_sheets(rules, mapping, tables, chosen))
    for i, rule in chosen.items():
        source = source_of(tables[i], rule, mapping)
        messages += source.messages
        if source.usable:
            sheets += _sheets(source, rule)
        else:
            left_out.append(tables[i])
    return Recognition(tuple(sheets), tuple(left_out), tuple(messages))


def _rule_of(table: Table, rules: Sequence[TableRule], tables: Sequence[Table]) -> TableRule | None:
    """The rule that names the table, or else the first that names none and has a column in it."""
    named = (rule for rule in rules if rule.sheet is not None and _is_named(table, rule.sheet))
    found = next(named, None)
    if found is not None:
        return found
    unnamed = [rule for rule in rules if rule.sheet is None]
    alone = len(tables) == 1 and len(unnamed) == 1
    return next((rule for rule in unnamed if alone or holds_any(table, rule)), None)


def _is_named(table: Table, name: str) -> bool:
    parts = map(re.escape, tidy(name).casefold().split("*"))
    return re.fullmatch(".*".join(parts), tidy(table.sheet).casefold()) is not None


def _about_sheets(
    rules: Sequence[TableRule],
    mapping: str,
    tables: Sequence[Table],
    chosen: Mapping[int, TableRule],
) -> Iterator[Message]:
    """Sheets that the mapping names and the file has not, and the other way round."""
    here = [table.sheet for table in tables]
    used = {rule.key for rule in chosen.values()}
    absent = [rule for rule in rules if rule.sheet is not None and rule.key not in used]
    if not chosen and len(absent) == len(rules):
        names = [rule.sheet for rule in absent if rule.sheet is not None]
        values = {"sheet": names, "hint": did_you_mean(names[0], here), "sheets": here}
        yield say("mapping-sheet-missing", Place(tables[0].file), **values)
        return
    if not chosen:
        rule = next(rule for rule in rules if rule.sheet is None)
        yield from (no_column(table, rule) for table in tables)
        return
    for rule in absent:
        place = Place(mapping, key=f"{rule.key}.sheet")
        hint = did_you_mean(rule.sheet or "", here)
        yield say("mapping-sheet-absent", place, sheet=rule.sheet, hint=hint)
    for i, table in enumerate(tables):
        if i not in chosen:
            yield say("mapping-sheet-unused", Place(table.file, table.sheet))


def _sheets(source: Source, rule: TableRule) -> Iterator[RecognisedSheet]:
    """A sheet for each target. Rows that the rule leaves out are told of in the first."""
    rows = list(source.rows())
    left_out = _left_out(source, rule.leave_out, rows)
    for i, target in enumerate(rule.targets):
        mine = rows if i == 0 else [row for row in rows if row not in left_out]
        own = _left_out(source, target.leave_out, mine)
        yield _Making(source, rule, target, {**own, **left_out} if i == 0 else own).sheet(mine)


def _left_out(
    source: Source, conditions: Sequence[Condition], rows: Iterable[int]
) -> dict[int, Message]:
    """The rows that are left out, each with what is said of it."""
    found: dict[int, Message] = {}
    for row in rows:
        reason = reason_to_leave_out(conditions, source.table.rows[row], source.places)
        if reason is not None:
            found[row] = say("mapping-row-left-out", source.table.place(row), reason=reason)
    return found


@dataclass
class _Making:
    """One of our sheets on its way: rows of cells, and for each the letters that they came from."""

    source: Source
    rule: TableRule
    target: Target
    skipped: dict[int, Message]
    rows: dict[int, tuple[Made, ...]] = field(default_factory=dict)

    def sheet(self, rows: Sequence[int]) -> RecognisedSheet:
        seen: set[tuple[Cell, ...]] = set()
        for row in rows:
            cells = self.source.table.rows[row]
            new = tuple(made(rule, cells, self.source.places) for rule in self.target.rules)
            said = tuple(each.cell for each in new)
            if not self.target.distinct or said not in seen or row in self.skipped:
                self.rows[row] = new
            if row not in self.skipped:
                seen.add(said)
        self._settle()
        return self._made()

    def _settle(self) -> None:
        """Of rows about the same, keep one."""
        if self.target.keep is None:
            return
        about: dict[int, Identity] = {}
        for row, new in self.rows.items():
            found = identity(self.target.rules, [each.cell for each in new])
            if found is not None and row not in self.skipped:
                about[row] = found
        by = None
        if self.target.by is not None:
            index = self.source.places[self.target.by]
            by = {row: self.source.table.rows[row][index] for row in about}
        for row, kept in superseded(about, self.target.keep, by).items():
            place = self.source.table.place(row)
            other = shown_place(self.source.table.place(kept), place)
            self.skipped[row] = say("mapping-row-superseded", place, other=other)

    def _made(self) -> RecognisedSheet:
        table, rules = self.source.table, self.target.rules
        blank: tuple[Cell, ...] = (None,) * len(rules)
        cells = [blank] * len(table.rows)
        for row, new in self.rows.items():
            cells[row] = tuple(each.cell for each in new)
        return RecognisedSheet(
            Table(table.file, table.sheet, tuple(cells), table.first_row, table.visible),
            self.target.sheet,
            dict(enumerate(rule.target for rule in rules)),
            self.source.header,
            sorted(self.rows),
            dict.fromkeys(range(len(rules))),
            self._origin(),
        )

    def _origin(self) -> Origin:
        return Origin(
            {row: self._letters(new) for row, new in self.rows.items()},
            {row: self._listed(new) for row, new in self.rows.items()},
            self.skipped,
            {row: said for row, new in self.rows.items() if (said := self._unreadable(row, new))},
            self._columns(),
            frozenset(column_letter(self.source.places[named]) for named in self._deciding()),
        )

    def _letters(self, new: Sequence[Made]) -> dict[str, str | None]:
        pairs = zip(self.target.rules, new, strict=True)
        return {rule.target.key: each.letter for rule, each in pairs}

    def _listed(self, new: Sequence[Made]) -> dict[tuple[str, str], str]:
        pairs = zip(self.target.rules, new, strict=True)
        return {
            (rule.target.key, name): letter
            for rule, each in pairs
            for name, letter in each.letters.items()
        }

    def _unreadable(self, row: int, new: Sequence[Made]) -> list[Message]:
        """Flags that are neither set nor unset."""
        table = self.source.table
        return [
            say("mapping-flag-unreadable", table.place(row, at), text=cell_text(cells[at]))
            for each in new
            for at in each.unreadable
            for cells in (table.rows[row],)
        ]

    def _columns(self) -> dict[str, str]:
        """What is made of each column of the file."""
        keys: dict[str, dict[str, None]] = {}
        for rule in self.target.rules:
            for named in rule.named():
                letter = column_letter(self.source.places[named])
                keys.setdefault(letter, {})[rule.target.key] = None
        return {letter: ", ".join(found) for letter, found in keys.items()}

    def _deciding(self) -> list[Named]:
        conditions = (*self.rule.leave_out, *self.target.leave_out)
        by = [] if self.target.by is None else [self.target.by]
        return [*(condition.column for condition in conditions), *by]
