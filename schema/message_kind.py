"""What a message can be: its code, how grave it is, and its sentence in both languages."""

import string
from dataclasses import dataclass
from typing import Literal

from schema.text import Text

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class MessageKind:
    """A message before it has a place and values; `says` holds {named} placeholders."""

    code: str
    severity: Severity
    says: Text

    @property
    def placeholders(self) -> frozenset[str]:
        both = self.says.da + self.says.en
        return frozenset(name for _, name, _, _ in string.Formatter().parse(both) if name)


def error(code: str, da: str, en: str) -> MessageKind:
    """Something that must be put right before the row, or the file, can be loaded."""
    return MessageKind(code, "error", Text(da=da, en=en))


def warning(code: str, da: str, en: str) -> MessageKind:
    """Something that is loaded, and is probably not what was meant."""
    return MessageKind(code, "warning", Text(da=da, en=en))


def note(code: str, da: str, en: str) -> MessageKind:
    """Something worth knowing; nothing needs to be done."""
    return MessageKind(code, "note", Text(da=da, en=en))
