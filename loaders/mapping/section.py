"""A table of a TOML file as it is read: known keys of the right kind, and a place for each."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from loaders.did_you_mean import did_you_mean
from loaders.mapping.keys import Expects, Keys
from schema.messages import Message, Place, say
from schema.text import Text

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_ORDERS = ("first", "last")


@dataclass
class Told:
    """What there is to say about a mapping file, with the file's name at every place."""

    file: str
    messages: list[Message] = field(default_factory=list)

    def say(self, code: str, at: str, /, **values: object) -> None:
        self.messages.append(say(code, Place(self.file, key=at or None), **values))


def joined(path: str, key: str) -> str:
    """The path of a key within a table, as TOML writes it."""
    quoted = key if _BARE.fullmatch(key) else f'"{key}"'
    return f"{path}.{quoted}" if path else quoted


class Section:
    """One table. What is unknown, missing or of another kind is said once, and read as absent."""

    def __init__(self, values: Mapping[str, object], keys: Keys, path: str, told: Told) -> None:
        self.path = path
        self.told = told
        self._keys = keys
        self._values = dict(values)
        self._wrong: set[str] = set()
        for name in values:
            if name not in keys:
                self._unknown(name)
        for name, key in keys.items():
            if name not in self._values:
                if key.required:
                    self.say("mapping-key-missing", key=name, expected=key.expects.value)
            elif not _fits(key.expects, self._values[name]):
                self.told.say("mapping-key-type", self.at(name), expected=key.expects.value)
                self._wrong.add(name)
                del self._values[name]

    def _unknown(self, name: str) -> None:
        values = {"key": name, "hint": did_you_mean(name, self._keys), "keys": list(self._keys)}
        self.told.say("mapping-key-unknown", self.at(name), **values)
        del self._values[name]

    def at(self, name: str) -> str:
        return joined(self.path, name)

    def say(self, code: str, /, **values: object) -> None:
        """Say something about the table as a whole."""
        self.told.say(code, self.path, **values)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str) -> str | None:
        return _text(self._values[name]) if name in self._values else None

    def texts(self, name: str) -> tuple[str, ...]:
        return _texts(self._values.get(name, []))

    def number(self, name: str) -> int | None:
        value = self._values.get(name)
        return value if isinstance(value, int) else None

    def yes(self, name: str) -> bool | None:
        value = self._values.get(name)
        return value if isinstance(value, bool) else None

    def words(self, name: str) -> dict[str, tuple[str, ...]]:
        """What is meant by each word, in the order of the file."""
        return {word: _texts(meant) for word, meant in self.table(name).items()}

    def table(self, name: str) -> Mapping[str, object]:
        value = self._values.get(name)
        return value if isinstance(value, dict) else {}

    def tables(self, name: str) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Each of the tables with its path; they are counted from 1."""
        values = self._values.get(name)
        for number, value in enumerate(values if isinstance(values, list) else [], start=1):
            yield f"{self.at(name)}[{number}]", value

    def section(self, name: str, keys: Keys) -> "Section | None":
        found = name in self._values
        return Section(self.table(name), keys, self.at(name), self.told) if found else None

    def reason(self, name: str) -> Text:
        value = self._values.get(name, "")
        if isinstance(value, dict):
            return Text(str(value["da"]), str(value["en"]))
        return Text(str(value), str(value))

    def exactly_one(self, names: Sequence[str]) -> str | None:
        """Which of these keys there is; says so where it is none or several."""
        found = [name for name in names if name in self._values or name in self._wrong]
        if len(found) == 1:
            return None if found[0] in self._wrong else found[0]
        self.say("mapping-one-of", keys=names)
        return None


def _fits(expects: Expects, value: object) -> bool:
    match expects:
        case Expects.TEXT:
            return _is_text(value)
        case Expects.TEXTS:
            return _is_texts(value)
        case Expects.NUMBER:
            return isinstance(value, int) and not isinstance(value, bool) and value >= 1
        case Expects.YES_NO:
            return isinstance(value, bool)
        case Expects.ORDER:
            return value in _ORDERS
        case Expects.WORDS:
            return isinstance(value, dict) and all(map(_is_texts, value.values()))
        case Expects.REASON:
            return isinstance(value, str) or _is_in_both_languages(value)
        case Expects.TABLE:
            return isinstance(value, dict)
        case Expects.TABLES:
            return isinstance(value, list) and all(isinstance(each, dict) for each in value)
        case Expects.COLUMN:
            return isinstance(value, str | dict)


def _is_text(value: object) -> bool:
    return isinstance(value, str | int | float | datetime.date) and not isinstance(value, bool)


def _is_texts(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and all(map(_is_text, value)))


def _is_in_both_languages(value: object) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"da", "en"}
        and all(isinstance(each, str) for each in value.values())
    )


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, list) else (_text(value),)
