"""What the software tells a person: a stable code, a place, and a sentence that says what to do.

The sentences stand in the `messages_…` modules, one for each part of the work; this is where
they become one catalogue. `docs/errors.md` is made from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schema.message_kind import MessageKind, Severity
from schema.messages_files import FILES
from schema.messages_http import HTTP
from schema.messages_loading import LOADING
from schema.messages_mapping import MAPPING
from schema.messages_neo4j import NEO4J
from schema.messages_operations import OPERATIONS
from schema.messages_reading import READING
from schema.messages_settings import SETTINGS
from schema.messages_store import STORE
from schema.text import Language, Text

__all__ = ["MESSAGES", "Message", "MessageKind", "Place", "Refusal", "Severity", "say"]

_PLACE_WORDS = {
    "sheet": Text(da="arket „{}“", en="sheet “{}”"),
    "row": Text(da="række {}", en="row {}"),
    "column": Text(da="kolonne {}", en="column {}"),
    "key": Text(da="nøglen {}", en="key {}"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: row from 1, column as its letter; in TOML the key."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    key: str | None = None

    def text(self, language: Language) -> str:
        parts = [self.file] if self.file is not None else []
        for name, words in _PLACE_WORDS.items():
            value = getattr(self, name)
            if value is not None:
                parts.append(words.to(language).format(value))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to tell. A value that is a `Text` is shown in the reader's language."""

    kind: MessageKind
    place: Place = field(default_factory=Place)
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.kind.code

    def text(self, language: Language) -> str:
        shown = {name: _shown(value, language) for name, value in self.values.items()}
        return self.kind.says.to(language).format_map(shown)


class Refusal(Exception):  # noqa: N818  it is the user's word for it
    """Raised where nothing can go on; carries what there is to say about it."""

    def __init__(self, *messages: Message) -> None:
        super().__init__(*messages)
        self.messages = messages

    def text(self, language: Language) -> str:
        return "\n".join(_with_place(message, language) for message in self.messages)

    def __str__(self) -> str:
        return self.text("da")


def _with_place(message: Message, language: Language) -> str:
    place = message.place.text(language)
    return f"{place}: {message.text(language)}" if place else message.text(language)


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Text):
        return value.to(language)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_shown(each, language) for each in value)
    return str(value)


def _catalogue(*parts: Iterable[MessageKind]) -> dict[str, MessageKind]:
    kinds = [kind for part in parts for kind in part]
    catalogue = {kind.code: kind for kind in kinds}
    if len(catalogue) != len(kinds):
        raise ValueError("two kinds of message have the same code")
    return catalogue


MESSAGES: dict[str, MessageKind] = _catalogue(
    READING, LOADING, MAPPING, STORE, NEO4J, HTTP, SETTINGS, FILES, OPERATIONS
)


def say(code: str, place: Place | None = None, **values: object) -> Message:
    """The message with this code; a value that its sentence needs must be given."""
    kind = MESSAGES[code]
    missing = kind.placeholders - values.keys()
    if missing:
        raise TypeError(f"message {code!r} needs {', '.join(sorted(missing))}")
    return Message(kind, place if place is not None else Place(), values)
