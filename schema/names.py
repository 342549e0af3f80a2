"""How a name becomes an id: the same name, however it is typed, is the same node."""

import re
import unicodedata

_LETTERS = (("æ", "ae"), ("ø", "oe"), ("å", "aa"), ("ß", "ss"))
_SIGNS = (("+", " plus "), ("#", " sharp "), ("&", " og "), ("%", " procent "))
_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212_]+")
_NOT_PLAIN = re.compile(r"[^0-9a-z]+")
_PATH = re.compile(r"\s*>\s*")


class NamelessError(ValueError):
    """A name without a single letter or digit, from which no id can be made."""


def _visible(text: str) -> str:
    """Without characters that nobody sees: soft hyphens, zero-width blanks, marks of direction."""
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n\r")


def _composed(text: str) -> str:
    """Unicode's NFKC, after which å is one character however it was typed."""
    if text.isascii():
        return _visible(text)
    return unicodedata.normalize("NFKC", _visible(text))


def tidy(name: str) -> str:
    """The name as it is shown: composed, with single ordinary blanks."""
    return " ".join(_composed(name).split())


def same(name: str) -> str:
    """What two spellings share when they are the same name: blind to case, and blanks, hyphens and
    dashes are one."""
    return _DASHES.sub(" ", _composed(_composed(name).casefold())).strip()


def fold(name: str) -> str:
    """The name in an id: lower-case letters and digits, joined by single hyphens.

    >>> fold("Sundhed & Omsorg")
    'sundhed-og-omsorg'
    """
    if name.isascii():
        text = _replaced(_visible(name).lower(), _SIGNS)
        return _NOT_PLAIN.sub("-", text).strip("-")
    text = _replaced(_replaced(_composed(_composed(name).casefold()), _LETTERS), _SIGNS)
    if text.isascii():
        return _NOT_PLAIN.sub("-", text).strip("-")
    plain = _replaced(_without_marks(text).casefold(), _LETTERS)
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    """One after the other: on short texts far quicker than a table of translations."""
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _without_marks(text: str) -> str:
    return "".join(
        c
        for c in unicodedata.normalize("NFKD", text)
        if not unicodedata.category(c).startswith("M")
    )


def node_id(kind: str, name: str) -> str:
    """The id of the node of this kind and name, such as ``solution:sms-service``.

    Raises NamelessError when the name has neither letter nor digit.
    """
    folded = fold(name)
    if not folded:
        raise NamelessError(name)
    return f"{kind}:{folded}"


def department_path(name: str) -> tuple[str, ...]:
    """A department's name as written, from the outermost: ``Sundhed > Administration``."""
    return tuple(tidy(part) for part in _PATH.split(name) if part.strip())


def department_id(municipality: str, name: str) -> str:
    """The id of a department within its municipality: ``department:eksempel/sundhed``."""
    parts = [fold(part) for part in (municipality, *department_path(name))]
    if len(parts) < 2 or not all(parts):
        raise NamelessError(name)
    return "department:" + "/".join(parts)


def kind_of(node: str) -> str:
    """The kind in a node's id."""
    return node.partition(":")[0]


def municipality_of(department: str) -> str:
    """The id of the municipality that a department's id names."""
    return "municipality:" + department.partition(":")[2].partition("/")[0]
