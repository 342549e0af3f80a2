"""From a cell to a value of its field, or to what is wrong with it."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from loaders.codes import lost_a_zero, read_code
from loaders.dates import ImpossibleDate, UnreadableDate, read_date
from loaders.did_you_mean import hint, near
from loaders.numbers import read_number, read_whole_number
from loaders.reading.table import Cell
from schema.field import Field, FieldType, Form, Value
from schema.names import fold, tidy
from schema.text import Text
from schema.vocabulary import Vocabulary

LONGEST_NAME = 300
_SHOWN = 60
_SEPARATORS = re.compile(r"[;\r\n]+")
_LIST_MARKS = re.compile(r"(?:[•‣▪▫◦●○■□▸►➢✓✔]\s*|[-–—*·]\s+)+(?=\S)")
_STEP_WORD = re.compile(r"(?:niveau|trin|level|step)\s+", re.IGNORECASE)
_WORD_STEP = re.compile(r"(.*\S)\s*\(\s*(\d{1,3})\s*\)", re.DOTALL)
_STEP = re.compile(r"\(?(\d{1,3})\)?\s*(?:[-–—:.)/]\s*)?(.*)", re.DOTALL)
_LEVEL = re.compile(r"(.*\S)\s*\(\s*([1-5])\s*\)", re.DOTALL)
_LIKE_LEVEL = re.compile(r".*\S\s*\(\s*\d{1,2}\s*\)", re.DOTALL)
_IN_AN_ID = re.compile("[0-9A-Za-z]")
"""What is in the id of every name that it is in."""
_YES = frozenset({"ja", "yes", "j", "y", "x", "1", "sand", "true", "sandt"})
_NO = frozenset({"nej", "no", "n", "0", "falsk", "false"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell: the code of a message and its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listed:
    """A name in a list, and the level that stood in brackets after it."""

    name: str
    level: int | None = None


def cell_text(cell: Cell) -> str:
    """A cell as text; nothing for a blank one."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "ja" if cell else "nej"
    if isinstance(cell, datetime.datetime):
        at_midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if at_midnight else cell.isoformat(sep=" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def read_yes_no(cell: Cell) -> bool | None:
    """Yes or no in either language, or None where the cell says neither."""
    if isinstance(cell, bool):
        return cell
    text = cell_text(cell).casefold()
    if text in _YES:
        return True
    return False if text in _NO else None


def split(text: str) -> list[str]:
    """The parts of a list: what stands between semicolons and line breaks, without list marks."""
    parts = (tidy(each) for each in _SEPARATORS.split(text))
    return [_unmarked(part) for part in parts if part]


def _unmarked(part: str) -> str:
    marks = _LIST_MARKS.match(part)
    return part if marks is None else part[marks.end() :]


def read_name(cell: Cell) -> str | Fault:
    """A name; the cell is not blank."""
    if isinstance(cell, bool):
        return Fault("name-is-yes-no")
    name = tidy(cell_text(cell))
    return _name_fault(name) or name


def _name_fault(name: str) -> Fault | None:
    if len(name) > LONGEST_NAME:
        return Fault("name-too-long", {"length": len(name), "limit": LONGEST_NAME})
    named = _IN_AN_ID.search(name) is not None or fold(name)
    return None if named else Fault("name-without-letters", {"text": _short(name)})


@dataclass(frozen=True, slots=True)
class Remark:
    """What there is to say of a cell that can be read: the code of a message and its values."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a list: the name, and as it is folded; what is wrong with it or to say of it."""

    listed: Listed
    folded: str
    fault: Fault | None
    remark: Remark | None


class ListReader:
    """Reads cells that list names, with the level in brackets where there may be. Names recur in
    other lists, so each is looked at once."""

    def __init__(self, levels: bool = False) -> None:
        self._levels = levels
        self._seen: dict[str, _Part] = {}

    def __call__(self, cell: Cell) -> tuple[Listed, ...] | Fault:
        """The names that a cell lists, each once."""
        if isinstance(cell, bool):
            return Fault("name-is-yes-no")
        listed: dict[str, Listed] = {}
        for part in self._parts(cell):
            if part.fault is not None:
                return part.fault
            before = listed.get(part.folded)
            if before is None or (part.listed.level or 0) > (before.level or 0):
                listed[part.folded] = part.listed
        return tuple(listed.values())

    def remarks(self, cell: Cell) -> list[Remark]:
        """What there is to say of names that end in a number in brackets which is no level."""
        return [part.remark for part in self._parts(cell) if part.remark is not None]

    def _parts(self, cell: Cell) -> Iterator[_Part]:
        for text in _SEPARATORS.split(cell_text(cell)):
            part = self._seen.get(text)
            if part is None:
                tidied = tidy(text)
                if not tidied:
                    continue
                part = self._seen[text] = self._part(_unmarked(tidied))
            yield part

    def _part(self, text: str) -> _Part:
        found = _LEVEL.fullmatch(text) if self._levels else None
        name = tidy(found[1]) if found else text
        likened = self._levels and found is None and _LIKE_LEVEL.fullmatch(text)
        return _Part(
            Listed(name, int(found[2]) if found else None),
            fold(name),
            _name_fault(name),
            Remark("level-like-name", {"text": _short(text)}) if likened else None,
        )


def read_names(cell: Cell, levels: bool = False) -> tuple[Listed, ...] | Fault:
    """The names that one cell lists."""
    return ListReader(levels)(cell)


Reader = Callable[[Cell], Value | Fault]


def reader_of(declared: Field) -> Reader:
    """What reads a cell that is not blank as a value of the field."""
    match declared.type:
        case FieldType.WORD:
            return partial(_read_word, _vocabulary(declared))
        case FieldType.WORDS:
            return partial(_read_words, _vocabulary(declared))
        case FieldType.INTEGER:
            return partial(_read_integer, declared)
        case FieldType.NUMBER:
            return partial(_read_number, declared)
        case FieldType.DATE:
            return _read_date
        case FieldType.TEXTS:
            return _read_texts
        case FieldType.LONG_TEXT:
            return _read_long_text
        case FieldType.TEXT | FieldType.NODE:
            return _read_text if declared.form is None else partial(_read_code, declared.form)


def remark_on(declared: Field, cell: Cell, value: object) -> Remark | None:
    """What there is to say where a cell was read as the value and may mean another."""
    if declared.form is None or not lost_a_zero(declared.form, text := _read_text(cell)):
        return None
    return Remark("kle-read-as", {"text": text, "number": value})


def _vocabulary(declared: Field) -> Vocabulary:
    assert declared.vocabulary is not None
    return declared.vocabulary


def _read_text(cell: Cell) -> str:
    return tidy(cell_text(cell))


def _read_code(form: Form, cell: Cell) -> str | Fault:
    text = _read_text(cell)
    code = read_code(form, text)
    return Fault("kle-unreadable", {"text": _short(text)}) if code is None else code


def _read_texts(cell: Cell) -> tuple[str, ...]:
    return tuple(dict.fromkeys(split(cell_text(cell))))


def _read_long_text(cell: Cell) -> str:
    """Sentences, with their line breaks but without characters that nobody sees."""
    text = cell_text(cell)
    if is_plain_text(text):
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(map(_visible, composed.split("\n"))).strip()


def is_plain_text(text: str) -> bool:
    """Whether a text without blanks at its ends is kept just as it stands."""
    return text.isprintable() and (text.isascii() or unicodedata.is_normalized("NFC", text))


def _visible(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c for c in line if c == "\t" or unicodedata.category(c) not in ("Cc", "Cf"))


def _read_word(vocabulary: Vocabulary, cell: Cell) -> str | Fault:
    text = cell_text(cell)
    found = vocabulary.read(text)
    if found is not None:
        return found
    several = [vocabulary.read(part) for part in split(text)]
    if len(several) > 1 and None not in several:
        return Fault("one-word-only", {"text": _short(text)})
    return _unknown_word(vocabulary, text)


def _read_words(vocabulary: Vocabulary, cell: Cell) -> tuple[str, ...] | Fault:
    """The words, in the vocabulary's order. A comma separates where it can be nothing else."""
    found: set[str] = set()
    for part in split(cell_text(cell)):
        key = vocabulary.read(part)
        keys = [key] if key else [vocabulary.read(some) for some in part.split(",")]
        if None in keys:
            return _unknown_word(vocabulary, part)
        found.update(each for each in keys if each is not None)
    return tuple(word.key for word in vocabulary if word.key in found)


def _read_integer(declared: Field, cell: Cell) -> int | Fault:
    text = cell_text(cell)
    if declared.vocabulary is not None:
        return _read_step(declared, declared.vocabulary, text)
    number = cell if isinstance(cell, float) else read_whole_number(text)
    if number is None or isinstance(cell, bool):
        return Fault("number-unreadable", {"text": _short(text)})
    if not float(number).is_integer():
        return Fault("number-not-whole", {"text": _short(text)})
    return _out_of_range(declared, text) if _outside(declared, number) else int(number)


def _read_step(declared: Field, scale: Vocabulary, text: str) -> int | Fault:
    """A step of a scale: its number, its word, or both where they agree."""
    word = _STEP_WORD.match(text)
    number = read_number(text if word is None else text[word.end() :])
    if number is not None and number.is_integer():
        return _out_of_range(declared, text) if _outside(declared, number) else int(number)
    step = scale.read(text)
    if step is not None:
        return int(step)
    if (both := _STEP.fullmatch(text)) and scale.read(both[2]) == str(int(both[1])):
        return int(both[1])
    if (both := _WORD_STEP.fullmatch(text)) and scale.read(both[1]) == str(int(both[2])):
        return int(both[2])
    words = Text(_steps(scale, "da"), _steps(scale, "en"))
    return Fault(
        "scale-unreadable", {"text": _short(text), "hint": _hint(scale, text), "words": words}
    )


def _steps(scale: Vocabulary, language: str) -> str:
    return ", ".join(
        f"{word.key} {word.label.da if language == 'da' else word.label.en}" for word in scale
    )


def _outside(declared: Field, number: float) -> bool:
    low, high = declared.minimum, declared.maximum
    return (low is not None and number < low) or (high is not None and number > high)


def _out_of_range(declared: Field, text: str) -> Fault:
    limits = {"minimum": _plain(declared.minimum), "maximum": _plain(declared.maximum)}
    return Fault("number-out-of-range", {"text": _short(text), **limits})


def _plain(number: float | None) -> str:
    return "…" if number is None else f"{number:g}" if number < 10**6 else str(int(number))


def _read_number(declared: Field, cell: Cell) -> float | Fault:
    text = cell_text(cell)
    number = None if isinstance(cell, bool) else read_number(text)
    if number is None:
        return Fault("number-unreadable", {"text": _short(text)})
    return _out_of_range(declared, text) if _outside(declared, number) else number


def _read_date(cell: Cell) -> str | Fault:
    try:
        return read_date(cell)
    except ImpossibleDate:
        return Fault("date-impossible", {"text": _short(cell_text(cell))})
    except UnreadableDate:
        return Fault("date-unreadable", {"text": _short(cell_text(cell))})


def read_word(vocabulary: Vocabulary, text: str) -> str | Fault:
    """The key of a word in either language, or what is wrong with it."""
    return _read_word(vocabulary, text)


def _unknown_word(vocabulary: Vocabulary, text: str) -> Fault:
    words = Text(
        "; ".join(word.label.da for word in vocabulary),
        "; ".join(word.label.en for word in vocabulary),
    )
    return Fault(
        "word-unknown", {"text": _short(text), "hint": _hint(vocabulary, text), "words": words}
    )


def _hint(vocabulary: Vocabulary, text: str) -> Text:
    """The words that were probably meant, each named as its label whatever form was near."""
    forms = {
        form: word.label
        for word in vocabulary
        for form in (word.label.da, word.label.en, *word.also)
    }
    labels = [forms[form] for form in near(text, forms)]
    return hint(list(dict.fromkeys(labels)))


def _short(text: str) -> str:
    """A cell's text as a message shows it."""
    line = tidy(text)
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
