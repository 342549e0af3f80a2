"""From a table of the mapping file to the rule of one of our columns."""

import re
from collections.abc import Mapping, Sequence

from loaders.cells import Fault, read_name, read_names, read_word, reader_of
from loaders.mapping.declared import Apart, Condition, Named, Rule
from loaders.mapping.keys import (
    APART_KEYS,
    COLUMN_KEYS,
    CONDITIONS,
    LEAVE_OUT_KEYS,
    SOURCES,
    Expects,
)
from loaders.mapping.section import Section, Told, joined
from loaders.rows import KINDS
from schema.names import fold
from schema.sheets import Column, FieldColumn, LinkColumn, NameColumn

Renamed = Mapping[str, Mapping[str, str]]
"""For each kind of node, the name to use for each spelling (what `same` leaves of it)."""


def read_rule(
    value: object, target: Column, path: str, told: Told, renamed: Renamed
) -> Rule | None:
    """The rule of a column: a text is the name of the column that it is read from. None where it
    is of another kind."""
    if isinstance(value, str):
        return Rule(target, path, (Named(value, path),), renamed=_renamed(target, renamed))
    if not isinstance(value, dict):
        told.say("mapping-key-type", path, expected=Expects.COLUMN.value)
        return None
    section = Section(value, COLUMN_KEYS, path, told)
    section.exactly_one(SOURCES)
    flags = section.words("flags")
    rule = Rule(
        target,
        path,
        _columns(section),
        tuple((Named(name, section.at("flags")), meant) for name, meant in flags.items()),
        section.text("constant"),
        _separators(section.texts("split")),
        _pattern(section, "pattern"),
        section.texts("strip_prefix"),
        section.texts("strip_suffix"),
        {fold(word): meant for word, meant in section.words("words").items()},
        tuple((fold(part), meant) for part, meant in section.words("contains").items()),
        section.text("join"),
        _renamed(target, renamed),
        _apart(section),
        section.text("otherwise"),
    )
    _check_meanings(section, target)
    return rule


def _columns(section: Section) -> tuple[Named, ...]:
    one = section.text("column")
    if one is not None:
        return (Named(one, section.at("column")),)
    return tuple(Named(name, section.at("columns")) for name in section.texts("columns"))


def _renamed(target: Column, renamed: Renamed) -> Mapping[str, str]:
    kind = None if isinstance(target, FieldColumn) else target.kind
    return {} if kind is None else renamed.get(kind, {})


def _separators(separators: Sequence[str]) -> re.Pattern[str] | None:
    if not separators:
        return None
    return re.compile("|".join([*map(re.escape, separators), ";", r"[\r\n]+"]))


def _pattern(section: Section, key: str) -> re.Pattern[str] | None:
    text = section.text(key)
    if text is None:
        return None
    try:
        return re.compile(text)
    except re.error as problem:
        section.told.say("mapping-pattern-unreadable", section.at(key), reason=problem)
        return None


def _apart(section: Section) -> Apart | None:
    apart = section.section("apart", APART_KEYS)
    if apart is None:
        return None
    names = frozenset(map(fold, apart.texts("names")))
    return Apart(names, Named(apart.text("by") or "", apart.at("by")))


def _check_meanings(section: Section, target: Column) -> None:
    """What the mapping itself puts into cells must be a value of the column."""
    for key in ("constant", "otherwise"):
        _check(section, section.at(key), target, section.text(key) or "")
    for key in ("flags", "words", "contains"):
        for word, meant in section.words(key).items():
            for text in meant:
                _check(section, joined(section.at(key), word), target, text)


def _check(section: Section, path: str, target: Column, text: str) -> None:
    fault = fault_in(target, text) if text.strip() else None
    if fault is not None:
        values = {"column": target.label, **fault.values}
        section.told.say(fault.code, path, **values)


def fault_in(target: Column, text: str) -> Fault | None:
    """What is wrong with a text as a cell of the column."""
    read: object
    match target:
        case FieldColumn():
            read = reader_of(target.field)(text)
        case LinkColumn():
            read = read_names(text, target.levels)
        case NameColumn():
            read = read_word(KINDS, text) if target.key == "kind" else read_name(text)
    return read if isinstance(read, Fault) else None


def read_condition(values: Mapping[str, object], path: str, told: Told) -> Condition | None:
    """Which rows are left out, and why; None where it cannot be read."""
    section = Section(values, LEAVE_OUT_KEYS, path, told)
    condition = section.exactly_one(CONDITIONS)
    name = section.text("column")
    if condition is None or name is None:
        return None
    return Condition(
        Named(name, section.at("column")),
        section.reason("reason"),
        frozenset(map(fold, section.texts("is"))) if condition == "is" else None,
        frozenset(map(fold, section.texts("is_not"))) if condition == "is_not" else None,
        section.yes("blank"),
        _pattern(section, "matches"),
    )
