"""The pages' words: written in Danish where they stand, translated by one catalogue."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

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
