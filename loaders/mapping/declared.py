"""What a mapping says, once it is read: tables, targets, and the rule of each column."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schema.sheets import Column, FieldColumn, LinkColumn, Sheet
from schema.text import Text

Order = Literal["first", "last"]


@dataclass(frozen=True, slots=True)
class Named:
    """A column of the file by its name, and the key of the mapping that names it."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Names (folded) that stand for several; what the column holds tells them apart."""

    names: frozenset[str]
    by: Named


@dataclass(frozen=True, slots=True)
class Rule:
    """How the cells of one of our columns come about. Which of ``columns``, ``flags`` and
    ``constant`` is filled tells where they come from; the rest is done to the text in the order
    of these fields. ``words`` and ``contains`` are by their folded text."""

    target: Column
    key: str
    columns: tuple[Named, ...] = ()
    flags: tuple[tuple[Named, tuple[str, ...]], ...] = ()
    constant: str | None = None
    split: re.Pattern[str] | None = None
    pattern: re.Pattern[str] | None = None
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contains: tuple[tuple[str, tuple[str, ...]], ...] = ()
    join: str | None = None
    renamed: Mapping[str, str] = field(default_factory=dict)
    apart: Apart | None = None
    otherwise: str | None = None

    @property
    def many(self) -> bool:
        """Whether a cell lists several."""
        target = self.target
        return isinstance(target, LinkColumn) or (
            isinstance(target, FieldColumn) and target.field.many
        )

    @property
    def names(self) -> bool:
        """Whether the column names nodes. A name of several parts is none while one is missing."""
        return not isinstance(self.target, FieldColumn)

    def named(self) -> tuple[Named, ...]:
        """All columns of the file that the rule reads."""
        by = () if self.apart is None else (self.apart.by,)
        return (*self.columns, *(flag for flag, _ in self.flags), *by)


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows that are left out: where a cell is one of these (folded), is none of them, is blank
    or filled, or holds the pattern."""

    column: Named
    reason: Text
    among: frozenset[str] | None = None
    not_among: frozenset[str] | None = None
    blank: bool | None = None
    matches: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """One of our sheets, made of the rows of a table. Of several rows about the same, ``keep``
    tells which stays: the first or the last, by the column ``by`` or by where they stand."""

    sheet: Sheet
    rules: tuple[Rule, ...]
    keep: Order | None = None
    by: Named | None = None
    distinct: bool = False
    leave_out: tuple[Condition, ...] = ()

    def named(self) -> tuple[Named, ...]:
        """All columns of the file that the target reads."""
        by = () if self.by is None else (self.by,)
        conditions = (condition.column for condition in self.leave_out)
        return (*(named for rule in self.rules for named in rule.named()), *by, *conditions)


@dataclass(frozen=True, slots=True)
class TableRule:
    """A table of the file, and the sheets of ours that it becomes. Without ``sheet`` it is every
    table that no other rule names; ``header`` is the number of the row with the headings."""

    key: str
    targets: tuple[Target, ...]
    sheet: str | None = None
    header: int | None = None
    leave_out: tuple[Condition, ...] = ()

    def named(self) -> tuple[Named, ...]:
        """All columns of the file that are read, each as often as it is named."""
        conditions = (condition.column for condition in self.leave_out)
        return (*(named for target in self.targets for named in target.named()), *conditions)
