import re

import pytest

from schema.message_kind import MessageKind
from schema.messages import MESSAGES, Message, Place, Refusal, say
from schema.text import Text


@pytest.mark.parametrize("kind", MESSAGES.values(), ids=lambda kind: kind.code)
def test_every_kind_of_message_has_a_code_and_a_sentence_in_both_languages(
    kind: MessageKind,
) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", kind.code)
    assert kind.says.da != kind.says.en
    assert "." in kind.says.da
    assert "." in kind.says.en
    values = dict.fromkeys(kind.placeholders, "§")
    message = Message(kind, Place(), values)
    assert message.text("da").count("§") >= len(values)
    assert message.text("en").count("§") >= len(values)


def test_a_message_says_its_values_in_the_readers_language() -> None:
    found = Text(da="en pdf", en="a PDF")
    message = say("not-a-spreadsheet", Place("ark.xlsx"), found=found)
    assert "men en pdf" in message.text("da")
    assert "but a PDF" in message.text("en")


def test_a_message_whose_sentence_lacks_a_value_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="found"):
        say("not-a-spreadsheet")


def test_values_that_look_like_placeholders_are_shown_as_they_are() -> None:
    assert "{0.x}" in say("workbook-damaged", reason="{0.x}").text("da")


def test_a_place_is_read_from_the_file_to_the_column() -> None:
    place = Place("ark.xlsx", "Status", 5, "C")
    assert place.text("da") == "ark.xlsx, arket „Status“, række 5, kolonne C"
    assert place.text("en") == "ark.xlsx, sheet “Status”, row 5, column C"
    assert Place().text("da") == ""


def test_a_refusal_tells_all_its_messages_in_danish() -> None:
    refusal = Refusal(say("encrypted", Place("a.xlsx")), say("empty-workbook", Place("b.xlsx")))
    assert [line.partition(":")[0] for line in str(refusal).splitlines()] == ["a.xlsx", "b.xlsx"]
    assert "adgangskode" in str(refusal)
    assert "password" in refusal.text("en")
