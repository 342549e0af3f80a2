"""Numbers that are names: a KLE number and a municipality's number, as people write them."""

import re

from schema.field import Form

_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_KLE = re.compile(
    r"(?:kle[\s:.-]*)?"
    r"(?P<main>\d{1,2})"
    r"(?:[.,](?P<short>\d)|[.,-](?P<group>\d{2})|[.,](?P<inner>\d{2})[.,](?P<subject>\d{2}))?"
    r"(?:[.\s-]?(?P<facet>[a-z]\d{2}))?"
    r"(?:\.?[\s:,-]+[^\W\d].*)?",  # its title
    re.IGNORECASE | re.DOTALL,
)
_MUNICIPALITY = re.compile(r"([0-9]{1,4})(?:[.,]0+)?")


def read_code(form: Form, text: str) -> str | None:
    """The text in the form that the field keeps, or None where it cannot be one."""
    match form:
        case Form.KLE:
            return _kle(text)
        case Form.MUNICIPALITY:
            found = _MUNICIPALITY.fullmatch(text)
            # Abroad the numbers have other forms, and any of them is as good.
            return text if found is None else found[1].zfill(4)


def lost_a_zero(form: Form, text: str) -> bool:
    """Whether the text may be a number of which a spreadsheet program dropped the last zero."""
    found = _matched(text) if form is Form.KLE else None
    return found is not None and found["short"] is not None


def _kle(text: str) -> str | None:
    """Main group, group and subject as far as they are told: 27, 27.36 or 27.36.04."""
    found = _matched(text)
    if found is None or (found["subject"] and len(found["main"]) < 2):
        return None
    group = found["group"] or found["inner"]
    # A cell of the number 27.30 holds 27.3.
    group = f"{found['short']}0" if found["short"] else group
    parts = (found["main"].zfill(2), group, found["subject"])
    return ".".join(part for part in parts if part) + (found["facet"] or "").upper()


def _matched(text: str) -> re.Match[str] | None:
    return _KLE.fullmatch(_DASH.sub("-", text))
