"""From a TOML file to a mapping that has been held against the ontology."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import cast

from loaders.did_you_mean import did_you_mean, hint, near
from loaders.mapping.declared import Condition, Named, Order, Rule, TableRule, Target
from loaders.mapping.keys import MAPPING_KEYS, TABLE_KEYS, TARGET_KEYS, Expects, Key
from loaders.mapping.rule_reading import Renamed, fault_in, read_condition, read_rule
from loaders.mapping.section import Section, Told, joined
from loaders.recognise import column_key, known_columns
from loaders.rows import KINDS
from loaders.template_rows import is_required
from schema.messages import Message, Place, Refusal, say
from schema.names import same
from schema.sheets import SHEETS, Column, NameColumn, Sheet
from schema.text import Text

_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


def read_rules(path: Path) -> tuple[TableRule, ...]:
    """The rules in a mapping file; raises Refusal with all that is wrong with them."""
    told = Told(path.name)
    rules = tuple(_tables(_values(path), told))
    if told.messages:
        raise Refusal(*told.messages)
    return rules


def _values(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError as problem:
        raise Refusal(say("file-not-found", Place(path.name))) from problem
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise Refusal(say("file-not-readable", Place(path.name), reason=reason)) from problem
    except UnicodeDecodeError as problem:
        raise Refusal(say("mapping-not-toml", Place(path.name), reason="UTF-8")) from problem
    except RecursionError as problem:
        raise Refusal(say("mapping-not-toml", Place(path.name), reason="nested")) from problem
    except tomllib.TOMLDecodeError as problem:
        raise Refusal(_not_toml(path.name, str(problem))) from problem


def _not_toml(file: str, reason: str) -> Message:
    line = _LINE.search(reason)
    place = Place(file, row=int(line[1]) if line else None)
    return say("mapping-not-toml", place, reason=_LINE.sub("", reason))


def _tables(values: Mapping[str, object], told: Told) -> Iterator[TableRule]:
    section = Section(values, MAPPING_KEYS, "", told)
    renamed = _renamed(section)
    for path, table in section.tables("table"):
        yield _table(Section(table, TABLE_KEYS, path, told), renamed)


def _renamed(section: Section) -> Renamed:
    """The names to use, by kind and spelling."""
    found: dict[str, dict[str, str]] = {}
    for word, names in section.table("rename").items():
        path = joined("rename", word)
        kind = KINDS.read(word)
        if kind is None:
            kinds = list(KINDS.by_key)
            values = {"hint": did_you_mean(word, kinds), "kinds": kinds}
            section.told.say("mapping-kind-unknown", path, kind=word, **values)
            continue
        if not isinstance(names, dict):
            section.told.say("mapping-key-type", path, expected=Expects.TABLE.value)
            continue
        new = Section(names, dict.fromkeys(names, Key(Expects.TEXT)), path, section.told)
        found[kind] = {same(name): new.text(name) or name for name in names}
        _check_names(new, kind, names)
    return found


def _check_names(section: Section, kind: str, names: Iterable[str]) -> None:
    column = NameColumn(kind, kind, KINDS.by_key[kind].label, Text("", ""))
    for written in names:
        name = section.text(written)
        fault = None if name is None else fault_in(column, name)
        if fault is not None:
            section.told.say(fault.code, section.at(written), column=column.label, **fault.values)


def _table(section: Section, renamed: Renamed) -> TableRule:
    targets = [
        _target(Section(target, TARGET_KEYS, path, section.told), renamed)
        for path, target in section.tables("target")
    ]
    return TableRule(
        section.path,
        tuple(target for target in targets if target is not None),
        section.text("sheet"),
        section.number("header"),
        _conditions(section),
    )


def _conditions(section: Section) -> tuple[Condition, ...]:
    read = (
        read_condition(values, path, section.told) for path, values in section.tables("leave_out")
    )
    return tuple(condition for condition in read if condition is not None)


def _target(section: Section, renamed: Renamed) -> Target | None:
    leave_out = _conditions(section)
    name = section.text("sheet")
    sheet = None if name is None else _sheet(section, name)
    if sheet is None:
        return None
    by = section.text("by")
    keep = section.text("keep") or ("last" if by is not None else None)
    return Target(
        sheet,
        _rules(section, sheet, renamed),
        cast("Order | None", keep),
        None if by is None else Named(by, section.at("by")),
        section.yes("distinct") or False,
        leave_out,
    )


def _sheet(section: Section, name: str) -> Sheet | None:
    names = {
        form: sheet
        for sheet in SHEETS
        for form in (sheet.key, sheet.label.da, sheet.label.en, *sheet.also)
    }
    by_key = {column_key(form): sheet for form, sheet in reversed(names.items())}
    if column_key(name) in by_key:
        return by_key[column_key(name)]
    keys = [sheet.key for sheet in SHEETS]
    values = {"sheet": name, "hint": did_you_mean(name, names), "sheets": keys}
    section.told.say("mapping-target-unknown", section.at("sheet"), **values)
    return None


def _rules(section: Section, sheet: Sheet, renamed: Renamed) -> tuple[Rule, ...]:
    """The rules of a target's columns, each of which is named by any name that it goes by."""
    first: dict[str, str] = {}
    rules: list[Rule] = []
    strangers: list[str] = []
    at = section.at("columns")
    for name, value in section.table("columns").items():
        column = known_columns(sheet).get(column_key(name))
        if column is None:
            strangers.append(name)
            _unknown_field(section, sheet, name, first)
        elif column.key in first:
            values = {"column": column.label, "first": first[column.key], "second": name}
            section.told.say("mapping-field-twice", joined(at, name), **values)
        else:
            first[column.key] = name
            rule = read_rule(value, column, joined(at, name), section.told, renamed)
            rules += [] if rule is None else [rule]
    if "columns" in section:
        _look_for_missing(section, sheet, first, strangers)
    return tuple(rules)


def _unknown_field(section: Section, sheet: Sheet, name: str, used: Mapping[str, str]) -> None:
    forms = [form for column in sheet.columns for form in _forms(column)]
    free = [column.key for column in sheet.columns if column.key not in used]
    values = {"column": name, "hint": did_you_mean(name, forms), "columns": free}
    at = joined(section.at("columns"), name)
    section.told.say("mapping-field-unknown", at, sheet=sheet.label, **values)


def _forms(column: Column) -> tuple[str, ...]:
    return tuple(dict.fromkeys((column.key, column.label.da, column.label.en, *column.also)))


def _look_for_missing(
    section: Section, sheet: Sheet, found: Mapping[str, str], strangers: Iterable[str]
) -> None:
    for column in sheet.columns:
        if is_required(column) and column.key not in found:
            close = [name for name in strangers if near(name, _forms(column))]
            values = {"sheet": sheet.label, "column": column.key, "hint": hint(close)}
            section.told.say("mapping-field-missing", section.at("columns"), **values)
