"""A sentence or a label in the two languages of the software."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["da", "en"]
LANGUAGES: tuple[Language, ...] = ("da", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """What a person reads, in Danish and in English."""

    da: str
    en: str

    def to(self, language: Language) -> str:
        return self.da if language == "da" else self.en
