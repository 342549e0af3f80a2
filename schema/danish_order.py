"""The order of the Danish alphabet: æ, ø and å come last, and aa is å."""

import re
import unicodedata

_AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})
_NUMBER = re.compile(r"\d+")


def danish_order(text: str) -> tuple[str, str]:
    """A key to sort names by; numbers in names count as numbers.

    >>> sorted(["Ældre", "Aabenraa", "Skole 10", "Zebra", "Skole 2"], key=danish_order)
    ['Skole 2', 'Skole 10', 'Zebra', 'Ældre', 'Aabenraa']
    """
    letters = unicodedata.normalize("NFC", text.casefold()).replace("aa", "å").translate(_AFTER_Z)
    plain = "".join(c for c in unicodedata.normalize("NFKD", letters) if not _is_mark(c))
    return _NUMBER.sub(lambda found: found[0].zfill(12), plain), text


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")
