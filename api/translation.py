"""The pages' words: written in Danish where they stand, translated by one catalogue."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

from schema.text import Language

CATALOGUES = Path(__file__).with_name("translations")


def catalogue(language: Language) -> Catalog:
    """The catalogue as it is written, for a language that has one."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translations(language: Language) -> NullTranslations:
    """What the templates' words become. Danish is what they are written in."""
    if language == "da":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return Translations(compiled, domain="messages")


class Words:
    """What templates call ``_`` and ``ngettext``: their words in one language, each looked up
    once. What is filled in is escaped."""

    def __init__(self, translated: NullTranslations) -> None:
        self._translated = translated
        self._known: dict[str, str] = {}
        self._whole: dict[str, Markup] = {}

    def say(self, word: str, /, **values: object) -> Markup:
        """A word of a template, with these values in it."""
        if not values:
            if word not in self._whole:
                self._whole[word] = _filled(self._translated.gettext(word), {})
            return self._whole[word]
        if word not in self._known:
            self._known[word] = self._translated.gettext(word)
        return _filled(self._known[word], values)

    def count(self, one: str, several: str, num: int, /, **values: object) -> Markup:
        """A word for so many; ``num`` can stand in it."""
        return _filled(self._translated.ngettext(one, several, num), {"num": num, **values})


def _filled(word: str, values: Mapping[str, object]) -> Markup:
    said = word % {name: escape(value) for name, value in values.items()}
    return Markup(said)  # noqa: S704 -- the templates' own words, and what is filled in is escaped
