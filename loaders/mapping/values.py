"""From the cells of a row to the cell of one of our columns, by its rule."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.cells import cell_text, read_yes_no, split
from loaders.mapping.declared import Named, Rule
from loaders.reading.table import Cell, column_letter
from schema.names import fold, same
from schema.sheets import NameColumn

Places = Mapping[Named, int]
"""Where in a row each column that the mapping names stands."""


@dataclass(frozen=True, slots=True)
class Made:
    """A cell of ours: ``letter`` names the columns that it was made of, ``letters`` those of
    each text that it lists; ``unreadable`` are flags that are neither set nor unset."""

    cell: Cell
    letter: str | None
    letters: Mapping[str, str] = field(default_factory=dict)
    unreadable: tuple[int, ...] = ()


_Piece = tuple[str, int]
"""A text, and the column in which it stood."""


def made(rule: Rule, cells: Sequence[Cell], places: Places) -> Made:
    """The cell that the rule makes of a row."""
    if rule.constant is not None:
        return Made(rule.constant, None)
    if rule.flags:
        return _of_flags(rule, cells, places)
    filled = [places[named] for named in rule.columns if cell_text(cells[places[named]])]
    if filled and _is_taken_as_it_is(rule):
        return Made(cells[filled[0]], column_letter(filled[0]))
    apart = cell_text(cells[places[rule.apart.by]]) if rule.apart is not None else ""
    pieces = [(text, at) for at in filled for text in _treated(rule, cell_text(cells[at]))]
    if rule.join is not None and pieces:
        if rule.names and len({at for _, at in pieces}) < len(rule.columns):
            return _listed(rule, [], places)
        whole = rule.join.join(text for text, _ in pieces)
        return Made(_called(rule, whole, apart), _letters(at for _, at in pieces))
    return _listed(rule, [(_called(rule, text, apart), at) for text, at in pieces], places)


def _is_taken_as_it_is(rule: Rule) -> bool:
    """Whether nothing is done to the cell, so that a date or a number stays one."""
    treated = rule.pattern or rule.prefixes or rule.suffixes or rule.words or rule.contains
    parted = rule.many or rule.split or rule.join is not None
    return not (treated or parted or rule.renamed or rule.apart)


def _of_flags(rule: Rule, cells: Sequence[Cell], places: Places) -> Made:
    pieces: list[_Piece] = []
    unreadable: list[int] = []
    for named, meant in rule.flags:
        at = places[named]
        is_set = read_yes_no(cells[at]) if cell_text(cells[at]) else False
        if is_set is None:
            unreadable.append(at)
        elif is_set:
            pieces += [(_called(rule, word, ""), at) for word in meant if word]
    found = _listed(rule, pieces, places)
    return Made(found.cell, found.letter, found.letters, tuple(unreadable))


def _listed(rule: Rule, pieces: Sequence[_Piece], places: Places) -> Made:
    """Of several pieces, all where the column lists, else the first."""
    if not pieces:
        return Made(rule.otherwise, None if rule.otherwise else _first_letter(rule, places))
    if not rule.many:
        text, at = pieces[0]
        return Made(text, column_letter(at))
    stands: dict[str, list[int]] = {}
    for text, at in pieces:
        stands.setdefault(text, []).append(at)
    letters = {fold(text): _letters(indexes) for text, indexes in stands.items()}
    return Made("; ".join(stands), _letters(at for _, at in pieces), letters)


def _first_letter(rule: Rule, places: Places) -> str | None:
    """A cell that stays blank is missed where it should have stood."""
    named = rule.named()
    return column_letter(places[named[0]]) if named else None


def _letters(indexes: Iterable[int]) -> str:
    return ", ".join(map(column_letter, sorted(set(indexes))))


def _treated(rule: Rule, text: str) -> Iterator[str]:
    """The texts that a cell comes to: parted, stripped, and put into other words."""
    for part in _parts(rule, text):
        stripped = _stripped(rule, part)
        if stripped:
            yield from (meant for meant in _meant(rule, stripped) if meant)


def _parts(rule: Rule, text: str) -> list[str]:
    if rule.split is not None:
        return [part.strip() for part in rule.split.split(text)]
    return split(text) if rule.many and rule.join is None else [text]


def _stripped(rule: Rule, text: str) -> str:
    if rule.pattern is not None:
        text = _found(rule.pattern, text)
    for prefix in rule.prefixes:
        if text.casefold().startswith(prefix.casefold()):
            text = text[len(prefix) :]
            break
    for suffix in rule.suffixes:
        if text.casefold().endswith(suffix.casefold()):
            text = text[: -len(suffix)]
            break
    return text.strip()


def _found(pattern: re.Pattern[str], text: str) -> str:
    """What the pattern finds: its first group that took part, or all of it where it has none."""
    found = pattern.search(text)
    if found is None:
        return ""
    groups = found.groups() or (found[0],)
    return next((group for group in groups if group is not None), "")


def _meant(rule: Rule, text: str) -> Sequence[str]:
    """What a text stands for: its own words first, then the words that it contains."""
    if not rule.words and not rule.contains:
        return (text,)
    folded = fold(text)
    if folded in rule.words:
        return rule.words[folded]
    if not rule.contains:
        return (text,)
    within = f"-{folded}"
    return [word for part, meant in rule.contains if f"-{part}" in within for word in meant]


def _called(rule: Rule, text: str, apart: str) -> str:
    """The text by the name that the mapping gives it."""
    name = rule.renamed.get(same(text), text) if rule.renamed else text
    kept_apart = rule.apart is not None and apart and fold(name) in rule.apart.names
    return f"{name} ({apart})" if kept_apart else name


def identity(rules: Sequence[Rule], row: Sequence[Cell]) -> tuple[str, ...] | None:
    """What a row of ours is about: the names in its name columns; None where one that it needs
    is blank."""
    names: list[str] = []
    for rule, cell in zip(rules, row, strict=True):
        if isinstance(rule.target, NameColumn):
            name = fold(cell_text(cell))
            if rule.target.required and not name:
                return None
            names.append(name)
    return tuple(names)
