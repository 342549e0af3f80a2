"""Every word of the templates has its English, and nothing else stands in the catalogue."""

from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message as CatalogueMessage
from babel.messages.extract import extract_from_dir

from api.templating import TEMPLATES, environment
from api.translation import catalogue, translations

Word = str | tuple[str, ...]


def words_of_the_templates() -> Iterator[tuple[str, Word]]:
    """Where each word stands, and the word (both forms, where it has a plural)."""
    for folder in TEMPLATES:
        for file, line, message, _comments, _context in extract_from_dir(
            folder,
            method_map=[("**.html", "jinja2")],
            options_map={"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}},
        ):
            yield f"{file}:{line}", message


def forms(message: CatalogueMessage | None) -> list[str]:
    """What a message is translated to: one form, or one for each number."""
    if message is None or not message.string:
        return [""]
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_every_word_of_the_templates_has_an_english_translation() -> None:
    english = catalogue("en")
    missing = []
    for place, message in words_of_the_templates():
        found = english.get(message[0] if isinstance(message, tuple) else message)
        if not all(forms(found)):
            missing.append(f"{place}: {message}")
    assert missing == []


def test_the_catalogue_holds_no_word_that_no_template_says() -> None:
    said = {message for _place, message in words_of_the_templates()}
    kept = {message.id for message in catalogue("en") if message.id}
    assert kept - said == set()


def test_placeholders_survive_translation() -> None:
    wrong = [message.id for message in catalogue("en") if message.id and message.check()]
    assert wrong == []


def test_danish_is_said_as_it_is_written_and_english_is_translated() -> None:
    assert translations("da").gettext("Løsninger") == "Løsninger"
    assert translations("en").gettext("Løsninger") == "Solutions"


@pytest.mark.parametrize(("count", "danish"), [(1, "1 række mere"), (2, "2 rækker mere")])
def test_plurals_follow_the_count(count: int, danish: str) -> None:
    template = '{% from "tables.html" import left_out with context %}{{ left_out(count) }}'
    said = environment("da").from_string(template).render(count=count)
    assert danish in said
