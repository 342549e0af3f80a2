"""Where pages are rendered: one environment a language, everything escaped."""

from datetime import date, datetime
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined

import visualisations
from api.translation import Words, translations
from schema.text import Language, Text

LOCALES: dict[Language, str] = {"da": "da_DK", "en": "en_GB"}
TEMPLATES = (
    Path(__file__).with_name("templates"),
    Path(visualisations.__file__).with_name("templates"),
)


def environment(language: Language) -> Environment:
    """Templates of the pages and of the pictures, in one language.

    Filters: ``text`` (a Text or a str, as the reader's language has it), ``heading`` (the same
    with a capital letter), ``number``, ``percent``, ``date``.
    """
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
        auto_reload=False,
    )
    words = Words(translations(language))
    made.globals.update({"_": words.say, "ngettext": words.count})
    locale = LOCALES[language]

    def text(said: Text | str) -> str:
        return said if isinstance(said, str) else said.to(language)

    def heading(said: Text | str) -> str:
        words = text(said)
        return words[:1].upper() + words[1:]

    def number(value: float, decimals: int | None = None) -> str:
        places = "#,##0.###" if decimals is None else _decimals(decimals)
        return format_decimal(value, format=places, locale=locale)

    def percent(share: float) -> str:
        return format_percent(share, locale=locale)

    def day(value: date | str) -> str:
        return written_date(value, locale)

    made.filters.update(text=text, heading=heading, number=number, percent=percent, date=day)
    made.globals["language"] = language
    return made


def _decimals(count: int) -> str:
    return "#,##0" + ("." + "0" * count if count else "")


def written_date(value: date | str, locale: str) -> str:
    """A day, a month or a year as people write it; what is no date stays as it is."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return format_date(value, "long", locale=locale)
    parts = value.split("-")
    try:
        if len(parts) == 3:
            return format_date(date.fromisoformat(value), "long", locale=locale)
        if len(parts) == 2:
            month = date(int(parts[0]), int(parts[1]), 1)
            return format_skeleton("yMMMM", month, locale=locale)
    except ValueError:
        return value
    return value
