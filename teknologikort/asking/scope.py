"""Of whom an answer is: one municipality or all of them."""

from typing import TYPE_CHECKING

from schema.text import Text

if TYPE_CHECKING:
    from teknologikort.asking.asked import Asked


def of_whom(asked: "Asked", what: Text, municipality: str | None) -> Text:
    """A title that names the municipality, where it is of one."""
    if municipality is None:
        return what
    name = asked.name(municipality)
    return Text(f"{what.da} i {name.da}", f"{what.en} in {name.en}")
